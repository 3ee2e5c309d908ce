"""Forms of measures: the public filter, and what those who run one say of it."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.directory.models import Unit
from src.foundations import clock
from src.foundations.plain_fields import LineField, PlainTextField

from . import registry
from .enums import RUNNING, MeasureStatus, Reason
from .measure_reading import SILENT, MeasureQuestion

STATES = (
    ("a-venir", MeasureStatus.PLANNED.label),
    ("en-cours", pgettext_lazy("measures", "Under way")),
    (SILENT, pgettext_lazy("measures", "Without news")),
    ("a-confirmer", MeasureStatus.DELIVERED.label),
    ("confirmee", MeasureStatus.VERIFIED.label),
    ("arretee", MeasureStatus.STOPPED.label),
)


class MeasureForm(forms.Form):
    """Base: the server's French messages are used, never the browser's."""

    use_required_attribute = False

    def __init__(self, *args, measure=None, **kwargs):
        kwargs.setdefault("label_suffix", "")
        self.measure = measure
        super().__init__(*args, **kwargs)


class MeasureFilterForm(MeasureForm):
    """Draws what ``MeasureQuestion`` has read, and never refuses."""

    q = forms.CharField(
        label=_("Search in measures"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    etat = forms.ChoiceField(label=_("State"), required=False)
    direction = forms.ChoiceField(label=_("Direction"), required=False)
    origine = forms.ChoiceField(label=_("Where it comes from"), required=False)
    annee = forms.ChoiceField(label=pgettext_lazy("of a measure", "Year"), required=False)

    def __init__(self, question: MeasureQuestion, choices):
        super().__init__(initial=question.asked)
        offered = {
            "etat": [("", _("All states")), *STATES],
            "direction": [("", _("All directions")), *choices.directions],
            "origine": [("", _("Wherever it comes from")), *choices.origins],
            "annee": [("", _("All years")), *choices.years],
        }
        for name, pairs in offered.items():
            self.fields[name].choices = pairs


def _text(label, help_text="", rows=4):
    return PlainTextField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Write a sentence or two.")},
    )


def _day(label, help_text="", required=True):
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Give a day."),
            "invalid": _("Write the day as 2027-03-31, or choose it in the calendar."),
        },
    )


def _picture():
    return forms.FileField(
        label=_("A photo, if you have one"),
        help_text=_("JPEG, PNG or WebP, 8 MB at most. Its place and its device are erased when it arrives."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


def _alt():
    return LineField(
        label=_("What does the photo show?"),
        help_text=_("In one sentence, for people who can't see it. No face, no name."),
        required=False,
    )


class NewsForm(MeasureForm):
    """Where it stands: two lines, and what was done since."""

    text = _text(_("What is new?"), _("Two lines are enough. Everybody reads them."))
    status = forms.ChoiceField(label=_("Where does it stand?"), choices=[(one.value, one.label) for one in RUNNING])
    reached = forms.MultipleChoiceField(
        label=_("Steps done since the last news"), required=False, widget=forms.CheckboxSelectMultiple
    )
    photo = _picture()
    photo_alt = _alt()
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, measure, **kwargs):
        super().__init__(*args, measure=measure, **kwargs)
        self.initial.setdefault("status", measure.status)
        self.initial.setdefault("token", uuid.uuid4())
        waiting = [(str(one.pk), one.title) for one in measure.milestones.all() if one.done_on is None]
        if waiting:
            self.fields["reached"].choices = waiting
        else:
            del self.fields["reached"]


class WordsForm(MeasureForm):
    """The words everybody reads."""

    title = LineField(label=_("Title"), help_text=_("What is done, in one line. 10 to 160 characters."))
    changes = _text(_("What does it change, and for whom?"))


class MilestoneForm(MeasureForm):
    """One more step."""

    title = LineField(label=_("What will be done"))
    planned_on = _day(_("For which day?"))


class ShiftForm(MeasureForm):
    """Another day for a step, with the reason everybody reads."""

    milestone = forms.ChoiceField(label=_("Which step?"), widget=forms.RadioSelect)
    planned_on = _day(_("For which day?"))
    text = _text(_("Why does the date change?"), _("Everybody reads both dates and the reason."))

    def __init__(self, *args, measure, **kwargs):
        super().__init__(*args, measure=measure, **kwargs)
        waiting = [one for one in measure.milestones.all() if one.done_on is None]
        self.fields["milestone"].choices = [(str(one.pk), one.title) for one in waiting]


class IndicatorForm(MeasureForm):
    """By which figure it is followed."""

    name = LineField(label=_("What is counted?"), help_text=_("For example: falls in the changing rooms."))
    unit = LineField(label=_("In what?"), help_text=_("For example: %, places, days."), required=False)
    method = LineField(label=_("How is it counted, and by whom?"), required=False)
    baseline = forms.DecimalField(label=_("At the beginning"), required=False, max_digits=14, decimal_places=2)
    target = forms.DecimalField(label=_("Aim"), required=False, max_digits=14, decimal_places=2)
    value = forms.DecimalField(label=_("Today"), required=False, max_digits=14, decimal_places=2)
    measured_on = _day(_("Counted on"), required=False)


class CarrierForm(MeasureForm):
    """What carries the measure: « kind:reference », or nothing."""

    carrier = forms.ChoiceField(
        label=_("What carries it?"),
        help_text=_("Its page and the page of the measure lead to each other."),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the list, or “Nothing of this kind”.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [
            (group, [(f"{kind}:{reference}", label) for reference, label in offered])
            for kind, one in registry.carriers().items()
            for group, offered in one.offered()
        ]
        self.fields["carrier"].choices = [("", _("Nothing of this kind")), *groups]


class DoneForm(MeasureForm):
    """It is done, and what proves it."""

    proof = _text(
        _("What proves that it is done?"),
        _("Say what can be seen, and where. Others will look at it and confirm: never you."),
    )
    photo = _picture()
    photo_alt = _alt()


class StopForm(MeasureForm):
    """It stops, for good, with a reason."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose a reason")), *Reason.choices])
    text = _text(_("Why does it stop?"), _("Everybody reads it, under your name. 60 to 1,200 characters."), rows=6)


class AgainForm(MeasureForm):
    """It wasn't finished."""

    text = _text(_("What is missing?"), _("Everybody reads it."))


class SeenForm(MeasureForm):
    """A correspondent's word."""

    text = _text(_("What did you see, and where?"), _("Your word confirms the measure. Everybody reads it."))


class AdoptForm(MeasureForm):
    """Take in hand what came from another platform."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("Which direction takes it in hand?"), empty_label=_("Choose a direction")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.current(clock.today()).directions().order_by("name")


def _yes_or_no(label):
    return forms.TypedChoiceField(
        label=label,
        choices=[("oui", pgettext_lazy("answer", "Yes")), ("non", pgettext_lazy("answer", "No"))],
        coerce=lambda value: value == "oui",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )


class GroundForm(MeasureForm):
    """Three questions, yes or no."""

    done = _yes_or_no(_("Is it done, where you work?"))
    suits = _yes_or_no(_("Does it suit those who use it?"))
    lasts = _yes_or_no(_("Do you think that it will last?"))


class SlipForm(GroundForm):
    """The same, from a printed slip: its two codes first."""

    reference = LineField(label=_("Reference of the measure"), help_text=_("Six signs, at the top of the slip."))
    code = LineField(label=_("Code of the slip"), help_text=_("Ten signs, at the bottom of the slip."))
    field_order = ("reference", "code", "done", "suits", "lasts")
