"""What an organiser says of a barometer: its words, its next edition, what is followed, earlier figures, findings."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations.found_fields import FoundForm
from src.foundations.plain_fields import LineField, PlainTextField

from .. import answering_findings, comparing
from ..enums import AnswerMode
from ..services.barometers import MOST_EDITIONS, Typed
from .answering import PlainForm


def _day(label, missing) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    errors = {"required": missing, "invalid": gettext_lazy("Write a whole date: day, month and year.")}
    return forms.DateField(label=label, widget=widget, error_messages=errors)


def _whole(label, missing="", *, least: int = 1, most: int = 10**7, **kwargs) -> forms.IntegerField:
    """A whole number; without ``missing``, the sentence for an empty field, it may be left out."""
    return forms.IntegerField(
        label=label,
        required=bool(missing),
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": missing,
            "invalid": gettext_lazy("Write a whole number, for instance 12."),
        },
        **kwargs,
    )


class BarometerForm(PlainForm):
    """The words of a barometer; the number of its first edition here, when it is begun."""

    title = LineField(
        label=gettext_lazy("Title"),
        max_length=140,
        error_messages={"required": gettext_lazy("Give it a title: people see it first.")},
    )
    introduction = PlainTextField(
        label=gettext_lazy("Introduction"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What is followed, how often, and who decides what comes of it."),
    )
    number = _whole(
        gettext_lazy("Which edition is this questionnaire?"),
        gettext_lazy("Say which edition it is."),
        most=MOST_EDITIONS,
        help_text=gettext_lazy("1 if nothing was asked before. The figures of earlier editions are typed afterwards."),
    )

    def __init__(self, data=None, *, initial=None, begins=False):
        super().__init__(data, initial=initial)
        if not begins:
            del self.fields["number"]


class FollowForm(PlainForm):
    """Which answers of a question are counted."""

    counted = forms.MultipleChoiceField(
        label=gettext_lazy("Answers whose share is told"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Together they make one share. It no longer changes afterwards."),
        error_messages={"required": gettext_lazy("Tick the answers whose share is told: one at least, never all.")},
    )
    is_core = forms.BooleanField(
        label=gettext_lazy("Asked in each edition"),
        required=False,
        help_text=gettext_lazy("Otherwise it is of the optional block, that an edition may leave out."),
    )

    def __init__(self, question, data=None):
        super().__init__(data, initial={"is_core": True})
        self.fields["counted"].choices = comparing.answers_of(question)


class NextEditionForm(PlainForm):
    """The next edition: its title, its days, how people answer."""

    title = LineField(
        label=gettext_lazy("Title"),
        max_length=140,
        error_messages={"required": gettext_lazy("Give it a title: people see it first.")},
    )
    starts_on = _day(gettext_lazy("First day"), gettext_lazy("Choose the first day."))
    ends_on = _day(gettext_lazy("Last day"), gettext_lazy("Choose the last day."))
    answer_mode = forms.ChoiceField(
        label=gettext_lazy("How do people answer?"),
        widget=forms.RadioSelect,
        choices=AnswerMode.choices,
        help_text=gettext_lazy("Another way than before makes editions harder to compare."),
        error_messages={
            "required": gettext_lazy("Choose how people answer."),
            "invalid_choice": gettext_lazy("Choose how people answer."),
        },
    )
    keep_optional = forms.BooleanField(
        label=gettext_lazy("Ask the questions of the optional block too"), required=False
    )

    def __init__(self, data=None, *, initial=None, has_optional=True):
        super().__init__(data, initial=initial)
        if not has_optional:
            del self.fields["keep_optional"]


class PastEditionForm(PlainForm):
    """An edition held elsewhere: when, of how many, from which report; then a share for each followed question."""

    hide_optional = True

    number = _whole(
        gettext_lazy("Number of the edition"), gettext_lazy("Say which edition it is."), most=MOST_EDITIONS
    )
    ended_on = _day(gettext_lazy("Last day"), gettext_lazy("Choose the last day."))
    asked = _whole(gettext_lazy("People asked"), help_text=gettext_lazy("If the report says it."))
    answered = _whole(gettext_lazy("People who answered"), gettext_lazy("Say how many people answered."))
    source = LineField(
        label=gettext_lazy("Where do these figures come from?"),
        max_length=200,
        help_text=gettext_lazy("The report, and its page: everybody who reads the barometer reads this."),
        error_messages={"required": gettext_lazy("Say where these figures come from.")},
    )

    def __init__(self, tracked, data=None, *, initial=None, texts=None, number=None):
        super().__init__(data, initial=initial)
        self.tracked, self.edition_number = list(tracked), number
        if number is not None:
            del self.fields["number"]
        for place, one in enumerate(self.tracked, start=1):
            text = (texts or {}).get(one.key) or one.counted_words
            self.fields[f"share_{one.key}"] = forms.DecimalField(
                label=_("%(n)d. %(question)s Share, in percent") % {"n": place, "question": text},
                required=False,
                max_digits=4,
                decimal_places=1,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                help_text=_("Of: %(answers)s. Empty: not asked, or not told.") % {"answers": one.counted_words},
                error_messages={"invalid": _("Write a share, for instance 46 or 46.5.")},
            )
            self.fields[f"number_{one.key}"] = _whole(
                _("Question %(n)d: people who answered it") % {"n": place},
                help_text=_("Empty: as many as answered at all."),
            )
            self.fields[f"wording_{one.key}"] = LineField(
                label=_("Question %(n)d: asked in other words? Write them") % {"n": place},
                required=False,
                max_length=400,
                help_text=_("The line then stops: it can't be compared."),
            )

    @property
    def figures(self) -> dict:
        """The shares typed, by followed question."""
        cleaned = self.cleaned_data
        return {
            one: Typed(
                share=Decimal(cleaned[f"share_{one.key}"]),
                number=cleaned.get(f"number_{one.key}") or cleaned["answered"],
                wording=cleaned.get(f"wording_{one.key}") or "",
            )
            for one in self.tracked
            if cleaned.get(f"share_{one.key}") is not None
        }

    def values(self) -> dict:
        """What the service takes."""
        names = ("ended_on", "asked", "answered", "source")
        number = self.edition_number or self.cleaned_data["number"]
        return {name: self.cleaned_data[name] for name in names} | {"number": number, "figures": self.figures}


class FindingForm(PlainForm):
    """What an edition calls for."""

    subject = forms.ChoiceField(
        label=gettext_lazy("About"),
        error_messages={
            "required": gettext_lazy("Choose a question, or a theme."),
            "invalid_choice": gettext_lazy("Choose a question, or a theme."),
        },
    )
    text = PlainTextField(
        label=gettext_lazy("What it tells us"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two sentences, as people said it. Name nobody."),
        error_messages={"required": gettext_lazy("Say in a sentence what it tells us.")},
    )

    def __init__(self, data=None, *, subjects=None, initial=None):
        super().__init__(data, initial=initial)
        if subjects is None:
            del self.fields["subject"]
        else:
            self.fields["subject"].choices = [("", _("Choose a question, or a theme")), *subjects]


class MeasureForm(FoundForm, PlainForm):
    """The measure that answers a finding: its reference, or words and then a choice among those found."""

    reference = LineField(
        label=gettext_lazy("Which measure?"),
        help_text=gettext_lazy("Words of its title, its place, or the six signs of its reference."),
        error_messages={"required": gettext_lazy("Write words of its title, or its reference.")},
    )
    which = forms.ChoiceField(
        label=gettext_lazy("Measures found"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose a measure in this list.")),
    )

    def __init__(self, data=None, *, finding):
        super().__init__(data)
        self.offer(lambda typed, most: answering_findings.find(finding, typed, most))
