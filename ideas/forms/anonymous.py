"""The code of a place, and what a facilitator prints of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import TermsForm


class SiteCodeForm(TermsForm):
    """The code read on a wall."""

    code = forms.CharField(
        label=_("Code of your place"),
        help_text=_("Ten letters and digits, on the sheet posted where you work. It changes each week."),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code posted in your place.")},
    )


class UnitField(forms.ModelChoiceField):
    """A place of the facilitator."""

    def label_from_instance(self, unit):
        return unit.name


class PrintCodeForm(TermsForm):
    """For which box, which place and which week."""

    space = forms.ChoiceField(label=_("For which box?"), widget=forms.RadioSelect)
    unit = UnitField(queryset=None, label=_("For which place?"), empty_label=_("Choose…"))
    week = forms.ChoiceField(label=_("For which week?"), widget=forms.RadioSelect)

    def __init__(self, *args, spaces, units, weeks, **kwargs):
        super().__init__(*args, **kwargs)
        self.spaces = {space.slug: space for space in spaces}
        self.fields["space"].choices = [(space.slug, space.name) for space in spaces]
        if len(spaces) == 1:
            self.fields["space"].widget = forms.HiddenInput()
            self.fields["space"].initial = spaces[0].slug
        self.fields["unit"].queryset = units
        self.fields["week"].choices = weeks
        self.fields["week"].initial = weeks[0][0]

    def clean_space(self):
        """The box itself."""
        return self.spaces[self.cleaned_data["space"]]
