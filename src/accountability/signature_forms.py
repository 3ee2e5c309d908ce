"""Forms of signatures: asking for one, signing, sending back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from src.foundations.plain_fields import LineField

from .forms import MeasureForm, _text


class OfficialChoice(forms.ModelChoiceField):
    """Names of the elected, as they sign."""

    def label_from_instance(self, official):
        return official.get_full_name()


class AskForm(MeasureForm):
    """Who is asked to sign."""

    official = OfficialChoice(
        queryset=None,
        label=_("Who signs this reply?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who signs."),
            "invalid_choice": _("Choose an elected official of the list."),
        },
    )

    def __init__(self, *args, officials, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["official"].queryset = officials


class SignForm(MeasureForm):
    """One's name under a reply."""

    function = LineField(
        label=_("Your function, as it will be read after your name"),
        help_text=_("For example: deputy mayor for the reception of inhabitants."),
        required=False,
    )
    read = forms.BooleanField(
        label=_("I have read the reply. Everybody in its circle will read it under my name."),
        error_messages={"required": _("Tick the box once you have read the reply.")},
    )
    read_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)


class ReturnForm(MeasureForm):
    """What must change."""

    text = _text(_("What must change?"), _("The direction alone reads it."))
