"""Asking a colleague to sign an idea too."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import LineField, TermsForm


class InviteForm(TermsForm):
    """Both must go together: an address alone asks nobody, and tells nothing of who has an account."""

    last_name = LineField(
        label=_("Last name of your colleague"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the last name of your colleague.")},
    )
    identifier = LineField(
        label=_("Their e-mail address at work, or personnel number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the address or the number of your colleague.")},
    )
