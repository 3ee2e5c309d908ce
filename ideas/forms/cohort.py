"""The forms of a cohort: who applies, when they are free, who accompanies a project, what it reaches."""

import re
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.directory.backends import find_account
from src.foundations import clock

from .fields import PlainTextField, TermsForm
from .propose import ProposalForm
from .steps import REASON_MAX, DayField, text_area

LINES_MOST = 50
_LINE = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})\s*[:–-]?\s*(.+)$")


def milestone_lines(steps) -> str:
    """Milestones as they are typed: one a line, the day then the name."""
    return "\n".join(f"{day:%d/%m/%Y} {name}" for day, name in steps)


class MilestonesField(forms.CharField):
    """Milestones, one a line: a day, then a name."""

    def in_words(self, steps) -> str:
        """As they are read again, before a space is created."""
        return " · ".join(f"{name} ({date_format(day, 'SHORT_DATE_FORMAT')})" for day, name in steps)

    widget = forms.Textarea

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Milestones"))
        kwargs.setdefault("help_text", gettext_lazy("One a line: the day, then its name. For example: %(example)s"))
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 6}))
        kwargs.setdefault("max_length", 4000)
        super().__init__(**kwargs)
        self.help_text = self.help_text % {"example": "15/03/2027 Premier essai"}

    def clean(self, value) -> list[tuple[date, str]]:
        steps = []
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        for number, line in enumerate(lines[:LINES_MOST], start=1):
            found = _LINE.match(line)
            try:
                day = date(int(found[3]), int(found[2]), int(found[1])) if found else None
            except ValueError:
                day = None
            if day is None:
                sentence = _("Line %(number)d has no day that exists: write “15/03/2027 First trial”.")
                raise ValidationError(sentence % {"number": number})
            if len(found[4]) > 120:
                raise ValidationError(_("Line %(number)d is too long: 120 characters at most.") % {"number": number})
            steps.append((day, " ".join(found[4].split())))
        return sorted(steps)


class PeopleField(forms.CharField):
    """Colleagues, one a line, by identifier, e-mail or personnel number."""

    widget = forms.Textarea

    def clean(self, value) -> list:
        found, unknown = {}, []
        for line in [line.strip() for line in super().clean(value).splitlines() if line.strip()][:LINES_MOST]:
            account = find_account(line)
            if account is None or not account.is_active:
                unknown.append(line[:80])
            else:
                found[account.pk] = account
        if unknown:
            raise ValidationError(_("No account found for: %(names)s.") % {"names": ", ".join(unknown)})
        return list(found.values())


class PersonField(forms.CharField):
    """One colleague, by identifier, e-mail or personnel number."""

    def clean(self, value):
        typed = super().clean(value)
        account = find_account(typed) if typed else None
        if typed and (account is None or not account.is_active):
            raise ValidationError(_("No account found. Check what you typed."))
        return account


def team_field(**kwargs) -> PeopleField:
    """Who applies together with the author."""
    return PeopleField(
        label=gettext_lazy("Who applies with you"),
        help_text=gettext_lazy(
            "One a line: e-mail, identifier or personnel number. Each is asked, and says yes for themself."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        **kwargs,
    )


class ApplicationForm(ProposalForm):
    """Applying to a cohort: the project, the people, and one's own yes."""

    team = team_field()
    consent = forms.BooleanField(
        label=gettext_lazy("I want to take part, and my line of management will be asked when my time is free"),
        error_messages={"required": gettext_lazy("Tick the box: an application says that you want to take part.")},
    )

    field_order = ["body", "title", "identity", "team", "consent", "token", "draft"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Your project, or what makes you want to take part")
        if len(self.fields["identity"].choices) == 1 and not self.is_bound:
            self.initial["identity"] = self.fields["identity"].choices[0][0]


class TeamForm(TermsForm):
    """The author names colleagues after sending."""

    team = team_field()

    def clean_team(self):
        if not self.cleaned_data["team"]:
            raise ValidationError(_("Name one person at least."))
        return self.cleaned_data["team"]


class ReleaseForm(TermsForm):
    """From which day somebody's time is free."""

    day = DayField(
        label=gettext_lazy("Free from"),
        error_messages={"required": gettext_lazy("Give the day from which their time is free.")},
    )


class MentorForm(TermsForm):
    """Who accompanies a project."""

    mentor = PersonField(
        label=gettext_lazy("Mentor"),
        help_text=gettext_lazy(
            "E-mail, identifier or personnel number. Neither of the team, nor in its line of management."
        ),
        max_length=254,
        error_messages={"required": gettext_lazy("Say who accompanies this project.")},
    )


class NoteForm(TermsForm):
    """What a project reached of one milestone."""

    text = PlainTextField(
        label=gettext_lazy("What was reached, and what is left"),
        max_length=REASON_MAX,
        widget=text_area(3),
        error_messages={"required": gettext_lazy("Write what was reached, in a sentence.")},
    )
    is_validated = forms.BooleanField(label=gettext_lazy("This milestone is reached"), required=False)


class CohortForm(TermsForm):
    """The calendar of a cohort."""

    milestones = MilestonesField(error_messages={"required": gettext_lazy("Plan one milestone at least.")})
    demo_day = DayField(
        label=gettext_lazy("Demo day"),
        help_text=gettext_lazy("The day projects are presented to everybody. It is the last milestone."),
        error_messages={"required": gettext_lazy("Give the day of the presentation.")},
    )


def wizard_fields(starts_on: date | None = None) -> dict[str, forms.Field]:
    """What an organiser says of a new cohort beside the usual questions, with first values to correct."""
    start = starts_on or clock.today()
    steps = [
        (start + timedelta(days=90), _("The question is clear")),
        (start + timedelta(days=150), _("First trial with users")),
        (start + timedelta(days=210), _("What the trial taught")),
    ]
    return {
        "milestones": MilestonesField(initial=milestone_lines(steps)),
        "demo_day": DayField(
            label=_("Demo day"),
            help_text=_("The day projects are presented to everybody. It is the last milestone."),
            initial=start + timedelta(days=240),
        ),
    }
