"""How a facilitator tells who stands there: the code on an old paper, or the number and the card."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import LineField

from .plain import PlainForm
from .verifying import CodeField

OFF = {"autocomplete": "off", "spellcheck": "false"}


class PaperForm(PlainForm):
    """The code of an attestation the person holds."""

    way = forms.CharField(widget=forms.HiddenInput, initial="paper")
    code = CodeField(
        label=gettext_lazy("Code of the attestation"),
        help_text=gettext_lazy("On the paper the person holds: twelve signs, in three groups."),
        error_messages={"required": gettext_lazy("Type the code that is on the attestation.")},
    )

    def __init__(self, *args, **kwargs):
        # Two forms on one page: each has identifiers of its own.
        super().__init__(*args, auto_id="papier_%s", **kwargs)


class CardForm(PlainForm):
    """A personnel number and the personal code of a letter."""

    way = forms.CharField(widget=forms.HiddenInput, initial="card")
    number = LineField(
        label=gettext_lazy("Personnel number"),
        max_length=16,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": gettext_lazy("Type the personnel number.")},
    )
    card = LineField(
        label=gettext_lazy("Personal code"),
        max_length=40,
        widget=forms.TextInput(attrs=OFF),
        help_text=gettext_lazy("On the letter of the City, thirteen signs. Printing doesn’t use it up."),
        error_messages={"required": gettext_lazy("Type the personal code.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="carte_%s", **kwargs)

    def say_unknown(self) -> None:
        self.add_error(
            "card",
            ValidationError(
                _(
                    "This number and this code don’t go together, or the code was used already. Somebody who chose a "
                    "password signs in at a kiosk, and prints there."
                )
            ),
        )
