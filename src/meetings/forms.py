"""The forms of meetings: what is raised, planned, written and told."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from src.foundations.plain_fields import LineField, PlainTextField, plain_text
from src.participation.enums import IdentityMode, Signature
from theme.forms import ChoiceLabel

from . import owners
from .enums import ActionState, Outcome, Rhythm, Weekday
from .services.holding import SUMMARY_MAX
from .services.topics import BODY_MAX, REASON_MAX, TITLE_MAX

TEAM = "team"


class PlainForm(forms.Form):
    """A form whose errors the server tells."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def _day(label, **kwargs):
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write a whole date: day, month and year.")},
        **kwargs,
    )


def _hour(label):
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose an hour."), "invalid": _("Write an hour, like 05:40.")},
    )


def _number(label, low, high, **kwargs):
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        error_messages={
            "required": _("Write a number."),
            "invalid": _("Write a whole number."),
            "min_value": _("Write %(limit_value)d or more."),
            "max_value": _("Write %(limit_value)d or less."),
        },
        **kwargs,
    )


class TopicWords(PlainForm):
    """What somebody asks to talk about, on a screen or on a sheet."""

    title = LineField(
        label=_("What do you want to talk about?"),
        max_length=TITLE_MAX,
        help_text=_("One sentence. For example: the gate stays open at night."),
        error_messages={
            "required": _("Say in a sentence what you want to talk about."),
            "max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d."),
        },
    )
    body = PlainTextField(
        label=_("Why it matters"),
        required=False,
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What happens, since when, what you would suggest. Name nobody."),
        error_messages={"max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d.")},
    )


class TopicForm(TopicWords):
    """What somebody asks to talk about, and under which name."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, modes, is_small=False, initial=None):
        super().__init__(data, initial=initial)
        choices = []
        if IdentityMode.NAMED in modes:
            hint = gettext("Your colleagues see your first name and your job. They can answer you.")
            choices.append((IdentityMode.NAMED.value, ChoiceLabel(IdentityMode.NAMED.label, hint)))
            team = gettext("Your colleagues see the name of your team, not yours.")
            choices.append((TEAM, ChoiceLabel(Signature.TEAM.label, team)))
        if IdentityMode.PROTECTED in modes:
            hints = [
                gettext(
                    "Your name is shown to nobody, not even to your managers or to who runs the meeting. It stays "
                    "under lock and key."
                )
            ]
            if is_small:
                hints.append(gettext("If you describe your team or your place, your colleagues could recognise you."))
            choices.append((IdentityMode.PROTECTED.value, ChoiceLabel(IdentityMode.PROTECTED.label, *hints)))
        self.fields["identity"] = forms.ChoiceField(
            label=_("Under which name?"),
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose under which name you write."),
                "invalid_choice": _("Choose one of the ways offered."),
            },
        )

    @property
    def signed(self) -> dict:
        """The identity chosen, as the service takes it."""
        chosen = self.cleaned_data["identity"]
        if chosen == TEAM:
            return {"identity_mode": IdentityMode.NAMED, "signature": Signature.TEAM}
        return {"identity_mode": chosen}


class SheetForm(TopicWords):
    """A topic on a sheet of paper: nobody's name is asked, it is signed by the team of the place."""

    def __init__(self, series, data=None):
        super().__init__(data)
        self.series = series
        self.fields["title"].error_messages["required"] = _("Copy the sentence of the sheet.")


class SeriesForm(PlainForm):
    """How the meetings are held."""

    rules = PlainTextField(
        label=_("Rules of the meetings"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Who comes, on whose working time, how the agenda is made. Members read it."),
        error_messages={"max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d.")},
    )
    every = forms.TypedChoiceField(label=_("How often"), choices=Rhythm.choices, coerce=int)
    weekday = forms.TypedChoiceField(label=_("Usual day"), choices=Weekday.choices, coerce=int)
    usual_time = _hour(_("Usual hour"))
    minutes = _number(_("How long, in minutes"), 10, 480)
    place = LineField(label=_("Place"), required=False, max_length=160)
    remote_url = forms.URLField(
        label=_("Link to take part from afar"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": _("Write a whole address, beginning with https://")},
    )
    capacity = _number(_("Seats"), 2, 10_000, required=False, help_text=_("Empty: nobody is turned away."))


class WhenForm(PlainForm):
    """When and where one meeting is."""

    day = _day(_("Day"))
    hour = _hour(_("Hour"))
    minutes = _number(_("How long, in minutes"), 10, 480)
    place = LineField(label=_("Place"), required=False, max_length=160)
    remote_url = forms.URLField(
        label=_("Link to take part from afar"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": _("Write a whole address, beginning with https://")},
    )
    capacity = _number(_("Seats"), 2, 10_000, required=False, help_text=_("Empty: nobody is turned away."))

    def clean_remote_url(self):
        url = self.cleaned_data["remote_url"]
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Write a whole address, beginning with https://"))
        return url


class ReasonForm(PlainForm):
    """Why: read by the people concerned."""

    reason = PlainTextField(
        label=_("Why"),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The people concerned read it."),
        error_messages={
            "required": _("Say why, in a sentence."),
            "max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d."),
        },
    )


class CancelForm(PlainForm):
    """Why a meeting is cancelled."""

    reason = LineField(
        label=_("Why"),
        max_length=300,
        help_text=_("Everybody invited reads it, in the message and in their calendar."),
        error_messages={
            "required": _("Say in a few words why it is cancelled."),
            "max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d."),
        },
    )


class HeldForm(PlainForm):
    """That it took place, and how many came."""

    present = _number(
        _("How many people were there"),
        1,
        10_000,
        required=False,
        help_text=_("Optional. Under eleven, the number is kept but never shown."),
    )


class OutcomeForm(PlainForm):
    """What was done with one line of the agenda."""

    outcome = forms.ChoiceField(
        label=_("What was done with it"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what was done with it."),
            "invalid_choice": _("Choose one of the three."),
        },
    )
    text = PlainTextField(
        label=_("In a sentence"),
        required=False,
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was said, or why. Its author reads it."),
        error_messages={"max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d.")},
    )


class ActionForm(PlainForm):
    """Something promised."""

    text = LineField(
        label=_("What will be done"),
        max_length=160,
        error_messages={
            "required": _("Say what will be done, in ten signs or more."),
            "max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d."),
        },
    )
    owner_label = LineField(
        label=_("Who does it"),
        max_length=160,
        help_text=_("A function or a team. For example: the head of the workshop."),
        error_messages={
            "required": _("Say who does it: a function, a team."),
            "max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d."),
        },
    )
    owner = LineField(
        label=_("Given to"),
        required=False,
        max_length=254,
        help_text=_(
            "Somebody of the group: a name, an e-mail or a personnel number. They are told, and read it on their "
            "to-do list; the minutes show the function alone."
        ),
        error_messages={"max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d.")},
    )
    due_on = _day(_("Before"))
    is_measure = forms.BooleanField(
        label=_("Follow it as a measure"),
        required=False,
        help_text=_("With the minutes, it becomes a measure of the city: its page tells where it stands."),
    )

    def __init__(self, data=None, *, series):
        super().__init__(data)
        typed = plain_text(data.get("owner", "")[:254], one_line=True) if data is not None else ""
        self.found = owners.named(series, typed) if typed else []
        if 1 < len(self.found) <= owners.MOST:
            self.fields["owner_choice"] = forms.ChoiceField(
                label=_("Which of them?"),
                choices=[(owners.mark(series, one), owners.words(one)) for one in self.found],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Several people answer to that name: choose one."),
                    "invalid_choice": _("Several people answer to that name: choose one."),
                },
            )
            self.order_fields(["text", "owner_label", "owner", "owner_choice", "due_on", "is_measure"])
        self.series = series

    def clean(self):
        cleaned = super().clean()
        typed, picked = cleaned.get("owner"), cleaned.pop("owner_choice", "")
        if not typed:
            cleaned["owner"] = None
        elif not self.found:
            self.add_error("owner", _("Nobody of this group answers to that name: check it, or leave it empty."))
        elif len(self.found) > owners.MOST:
            self.add_error("owner", _("Too many people answer to that name: write the first name and the last name."))
        elif len(self.found) == 1:
            cleaned["owner"] = self.found[0]
        else:
            cleaned["owner"] = next((one for one in self.found if owners.mark(self.series, one) == picked), None)
        return cleaned


class EndForm(PlainForm):
    """What became of an action."""

    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[
            (ActionState.DONE.value, ActionState.DONE.label),
            (ActionState.DROPPED.value, ActionState.DROPPED.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it."), "invalid_choice": _("Choose one of the two.")},
    )
    closing = LineField(
        label=_("In a sentence"),
        required=False,
        max_length=300,
        help_text=_("If it is given up, members read why."),
        error_messages={"max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d.")},
    )


class MinutesForm(PlainForm):
    """What was said and decided."""

    summary = PlainTextField(
        label=_("What was said"),
        max_length=SUMMARY_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A few sentences. Quote nobody by name without their agreement."),
        error_messages={
            "required": _("Write what was said, in a few sentences."),
            "max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d."),
        },
    )
    decisions = PlainTextField(
        label=_("What was decided"),
        required=False,
        max_length=SUMMARY_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One decision a line."),
        error_messages={"max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d.")},
    )
    # The minutes as they were when the page was drawn: two tabs, or two people, don't erase each other.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def clean_seen(self):
        return self.cleaned_data["seen"] or None


class CorrectionForm(MinutesForm):
    """The same, published already: what is corrected is said."""

    correction = LineField(
        label=_("What is corrected"),
        max_length=300,
        help_text=_("Members read it beside the minutes; the earlier ones stay readable."),
        error_messages={
            "required": _("Say in a sentence what is corrected."),
            "max_length": _("Write at most %(limit_value)d signs: there are %(show_value)d."),
        },
    )


class FilterForm(PlainForm):
    """Which groups are listed."""

    q = LineField(label=_("Words to find"), required=False, max_length=80)
    etat = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("retard", _("Have not met")), ("jour", _("As agreed"))],
    )
