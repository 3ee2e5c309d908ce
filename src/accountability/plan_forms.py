"""Forms of plans: the public filter, and what those who compose one say of it."""

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from src.directory.enums import Role
from src.directory.models import Unit
from src.foundations import clock
from src.foundations.found_fields import FoundForm
from src.foundations.plain_fields import LineField, PlainTextField

from . import measure_choice, plan_reading
from .forms import STATES, MeasureForm, _day, _text
from .models import PlanOrientation


class PlanFilterForm(MeasureForm):
    """Draws what ``PlanQuestion`` has read, and never refuses."""

    q = forms.CharField(
        label=_("Search in this plan"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    axe = forms.ChoiceField(label=pgettext_lazy("of a plan", "Axis"), required=False)
    etat = forms.ChoiceField(label=_("State"), required=False)
    direction = forms.ChoiceField(label=_("Direction"), required=False)

    def __init__(self, question, page):
        super().__init__(initial=question.asked)
        axes = [(str(block.part.number), str(block.part)) for block in page.axes]
        self.fields["axe"].choices = [("", _("All axes")), *axes]
        self.fields["etat"].choices = [("", _("All states")), *STATES]
        self.fields["direction"].choices = [("", _("All directions")), *page.directions]


class PlanForm(MeasureForm):
    """What a plan is, before its measures."""

    title = LineField(label=_("Title of the plan"), help_text=_("10 to 160 characters."))
    summary = _text(_("What is it for?"), _("In a few lines, for everybody."))
    adopted_on = _day(_("Adopted on"))
    ends_on = _day(_("Runs until"), _("Leave it empty if no end was decided."), required=False)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("Which direction follows it?"),
        empty_label=_("Choose a direction"),
        error_messages={"required": _("Choose a direction.")},
    )

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.current(clock.today()).directions().order_by("name")
        if not viewer.has_role(Role.ADMINISTRATOR):
            units = units.filter(viewer.role_condition(Role.DECISION_MAKER, "path"))
        self.fields["unit"].queryset = units


class AxisForm(MeasureForm):
    """One more axis."""

    title = LineField(label=_("Title of the axis"))


class OrientationForm(MeasureForm):
    """One more orientation, under an axis."""

    axis = forms.ModelChoiceField(queryset=None, label=_("Under which axis?"), empty_label=None)
    title = LineField(label=_("Title of the orientation"))

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["axis"].queryset = plan.axes.all()


def _orientations(plan):
    return PlanOrientation.objects.filter(axis__plan=plan).select_related("axis").order_by("axis__number", "number")


def _number(label, help_text="", required=True):
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=1,
        max_value=9999,
        error_messages={
            "required": _("Give a number."),
            "invalid": _("Write a number in figures, for example 23."),
            "min_value": _("Numbers begin at 1."),
            "max_value": _("Numbers end at 9999."),
        },
    )


class AttachForm(FoundForm, MeasureForm):
    """One more measure, under an orientation: found by its reference, or by words among those a plan may hold."""

    orientation = forms.ModelChoiceField(queryset=None, label=_("Under which orientation?"), empty_label=None)
    reference = LineField(
        label=_("Which measure?"), help_text=_("Words of its title, its place, or the six signs of its reference.")
    )
    which = forms.ChoiceField(
        label=_("Measures found"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a measure in this list.")),
    )
    number = _number(_("Number in the plan"), _("Leave it empty to take the next one."), required=False)

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["orientation"].queryset = _orientations(plan)
        self.offer(lambda typed, most: measure_choice.offered(plan_reading.attachable(plan), typed, most))


class PartForm(MeasureForm):
    """Other words or another number for an axis or an orientation."""

    title = LineField(label=_("Title"))
    number = _number(pgettext_lazy("rank in a plan", "Number"))


class EntryForm(MeasureForm):
    """Another place for a measure in its plan."""

    orientation = forms.ModelChoiceField(queryset=None, label=_("Under which orientation?"), empty_label=None)
    number = _number(_("Number in the plan"))

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["orientation"].queryset = _orientations(plan)


class ReportForm(MeasureForm):
    """A year of a plan, in words: an introduction, and a few lines an axis. Figures come by themselves."""

    year = forms.TypedChoiceField(label=_("Which year does it tell?"), coerce=int)
    figures_on = _day(_("Figures of which day?"), _("Each measure is told as it stood that evening."))
    introduction = _text(_("What was this year?"), _("Everybody reads it. 40 to 2,400 characters."), rows=6)

    def __init__(self, *args, plan, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
        for axis in plan.axes.all():
            self.fields[f"axis_{axis.number}"] = PlainTextField(
                label=axis_label(axis),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def said(self) -> dict[int, str]:
        """Number of an axis → its words."""
        return {
            int(name.removeprefix("axis_")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("axis_")
        }


def axis_label(axis) -> str:
    """ "Axis 2. Sober purchases", as pages say it."""
    return gettext("Axis %(number)s. %(title)s") % {"number": axis.number, "title": axis.title}
