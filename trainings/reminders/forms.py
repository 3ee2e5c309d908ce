"""What human resources send: when people are reminded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import Step


class StepsForm(forms.Form):
    """The moments of a plan."""

    use_required_attribute = False
    steps = forms.MultipleChoiceField(
        label=_("When people are reminded"),
        choices=Step.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one moment at least.")},
    )

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
