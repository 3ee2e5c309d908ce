"""What people and the data protection officer type here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from src.participation.enums import IdentityMode

from .models import ProcessingWords


class ErasureForm(forms.Form):
    """One box to tick, so that nobody erases by a slip."""

    understood = forms.BooleanField(
        label=_("I have read what goes, and that nobody can bring it back"),
        error_messages={"required": _("Tick this box if you want your data to be erased.")},
    )


class IdentityForm(forms.Form):
    """How forms offer that one appears."""

    identity = forms.ChoiceField(
        label=_("Offer me first"),
        choices=[
            ("", _("What each form proposes")),
            (IdentityMode.NAMED.value, IdentityMode.NAMED.label),
            (IdentityMode.PROTECTED.value, IdentityMode.PROTECTED.label),
        ],
        required=False,
        widget=forms.RadioSelect,
    )


class WordsForm(forms.ModelForm):
    """What the officer writes of one processing."""

    class Meta:
        model = ProcessingWords
        fields = ["legal_basis", "recipients", "notes"]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in fields}
        help_texts = {
            "legal_basis": _("Empty: what Terrain proposes."),
            "recipients": _("Empty: what Terrain proposes."),
        }
