"""Finding people who are concerned, and what is decided about one of them."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from src.foundations.plain_fields import LineField

from ..enums import ExemptionCode, RequirementState
from .plain import CHOOSE, PlainForm, day

SORTS = {"": pgettext_lazy("sort", "The nearest day first"), "nom": pgettext_lazy("sort", "By name")}


class SearchForm(PlainForm):
    """Which obligations are shown."""

    hide_optional = True

    q = LineField(label=gettext_lazy("Words of the title or the decision"), required=False, max_length=100)
    etat = forms.ChoiceField(label=pgettext_lazy("obligation", "State"), required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["etat"].choices = [
            ("", _("All")),
            ("preparation", pgettext_lazy("obligation", "In preparation")),
            ("active", pgettext_lazy("obligation", "Active")),
            ("terminee", pgettext_lazy("obligation", "Ended")),
        ]

    @property
    def asked(self) -> dict[str, str]:
        """The filters that hold; one that isn't one shows everything."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class NamesForm(PlainForm):
    """Which people are shown, and in which order."""

    hide_optional = True

    q = LineField(label=gettext_lazy("Name or personnel number"), required=False, max_length=100)
    etat = forms.ChoiceField(label=pgettext_lazy("requirement", "State"), required=False)
    service = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    tri = forms.ChoiceField(label=pgettext_lazy("sort", "Order"), required=False, choices=list(SORTS.items()))

    def __init__(self, data, *, units):
        super().__init__(data)
        every = [("", _("All"))]
        self.fields["etat"].choices = [*every, *RequirementState.choices]
        self.fields["service"].choices = [*every, *((unit.code, unit.name) for unit in units)]

    @property
    def asked(self) -> dict[str, str]:
        """The filters that hold; one that isn't one shows everything."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ExtendForm(PlainForm):
    """A later day."""

    until = day(gettext_lazy("New day"))


class ExemptForm(PlainForm):
    """An exemption, out of the closed list."""

    code = forms.ChoiceField(
        label=pgettext_lazy("exemption", "Reason"),
        widget=forms.RadioSelect,
        choices=ExemptionCode.choices,
        error_messages=CHOOSE,
        help_text=gettext_lazy("Nothing about health or opinions is written here."),
    )
    until = day(
        gettext_lazy("Until"), required=False, help_text=gettext_lazy("Leave it empty if it has no end for now.")
    )


class AbsenceForm(PlainForm):
    """A long absence: its days alone."""

    starts_on = day(gettext_lazy("First day of the absence"))
    ends_on = day(
        gettext_lazy("Last day of the absence"),
        required=False,
        help_text=gettext_lazy("Leave it empty if it isn’t known: you write it when the person is back."),
    )

    def clean(self):
        said = super().clean()
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Choose a day from the first day of the absence on."))
        return said


class ReturnForm(PlainForm):
    """The last day of an absence that had none."""

    ends_on = day(gettext_lazy("Last day of the absence"))


class FileForm(PlainForm):
    """A file of trainings done elsewhere."""

    file = forms.FileField(
        label=gettext_lazy("File (CSV)"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty: choose another one."),
            "invalid": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
