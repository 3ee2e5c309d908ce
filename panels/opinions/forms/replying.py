"""The city's answers, the measures they become, grades, yearly hearings."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panels.forms.plain import PlainForm, day, whole
from src.directory.enums import UnitKind
from src.directory.models import Unit

from ..enums import GradeValue, Outcome
from .writing import line, words


class AnswerForm(PlainForm):
    """One of four outcomes, its reason, what goes with it, who signs."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What does the city answer?"),
        widget=forms.RadioSelect,
        choices=Outcome.choices,
        error_messages={
            "required": gettext_lazy("Choose what the city answers."),
            "invalid_choice": gettext_lazy("Choose what the city answers."),
        },
    )
    text = words(
        gettext_lazy("Reply and reason"), 4000, missing=gettext_lazy("Write the reply, and its reason."), rows=8,
        help_text=gettext_lazy("Yes, no or later first; then why; then what comes next."),
    )  # fmt: skip
    change = words(
        gettext_lazy("What changes, if it is accepted with a change"), 1000, missing="", rows=3, required=False
    )
    would_change = words(
        gettext_lazy("What would change the answer, if it is refused in this form"), 1000, missing="", rows=3,
        required=False,
    )  # fmt: skip
    study_until = day(gettext_lazy("Until which day, if it is under study"), required=False)
    signed_name = line(gettext_lazy("Signed by"), 120, missing=gettext_lazy("Somebody signs, by name."))
    signed_capacity = line(
        gettext_lazy("In what capacity"), 140, missing=gettext_lazy("Write in what capacity they sign.")
    )
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)


class MeasureForm(PlainForm):
    """The measure that an accepted recommendation becomes."""

    title = line(gettext_lazy("The measure"), 140, missing=gettext_lazy("Write what will be done."))
    changes = words(
        gettext_lazy("What it changes for people"), 600, missing=gettext_lazy("Write what it changes."), rows=4
    )
    first_step = line(gettext_lazy("First step"), 240, missing=gettext_lazy("Write the first step."))
    first_step_on = day(gettext_lazy("Day of the first step"))


class AssignForm(PlainForm):
    """Which direction answers."""

    unit = forms.ModelChoiceField(
        label=gettext_lazy("Direction that answers"),
        queryset=Unit.objects.none(),
        error_messages={
            "required": gettext_lazy("Choose a direction."),
            "invalid_choice": gettext_lazy("Choose a direction of the list."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(kind=UnitKind.DIRECTION).order_by("name")


class GradesForm(PlainForm):
    """One word on each reply."""

    def __init__(self, *args, replies, **kwargs):
        super().__init__(*args, **kwargs)
        for one in replies:
            number = one.article.number
            self.fields[f"reply_{number}"] = forms.ChoiceField(
                label=_("Recommendation %(n)d: does the reply answer what was asked?") % {"n": number},
                choices=GradeValue.choices,
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": _("Choose yes, partly or no.")},
            )

    def values(self) -> dict[int, str]:
        """What was chosen, by number of recommendation."""
        return {
            int(name.removeprefix("reply_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("reply_") and value
        }


class SlipForm(GradesForm):
    """The same from a paper that came back, and whose number it bears."""

    member = whole(gettext_lazy("Number of the member"), gettext_lazy("Write the number on the slip."), least=1)


class HearingForm(PlainForm):
    """When and where the next hearing is."""

    held_on = day(gettext_lazy("Day of the hearing"))
    place = line(gettext_lazy("Place"), 140, missing=gettext_lazy("Write where it is."))


class AccountForm(PlainForm):
    """What was said at a hearing, in general and of each measure."""

    city_words = words(gettext_lazy("What the city said"), 4000, missing=gettext_lazy("Write what the city said."))
    member_words = words(
        gettext_lazy("What the members said"), 4000, missing=gettext_lazy("Write what the members said.")
    )

    def __init__(self, *args, measures, **kwargs):
        super().__init__(*args, **kwargs)
        for one in measures:
            label = _("Of the measure “%(title)s”") % {"title": one.title}
            self.fields[f"measure_{one.pk}"] = words(label, 1000, missing="", rows=3, required=False)

    def said(self) -> dict[int, str]:
        """What was said of each measure, by its key."""
        return {
            int(name.removeprefix("measure_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("measure_") and value
        }
