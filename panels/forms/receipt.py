"""A volunteer's receipt: typed again from paper, pasted, or the file they kept."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .draws import PlainForm

MOST_TYPED = 8000
MOST_FILE = 64 * 1024
# How the lines of a receipt begin, whatever a keyboard made of them.
NAMES = {"ticket": "Ticket", "nombre": "Nombre", "profil": "Profil", "foyer": "Foyer", "controle": "Contrôle"}


def tidied(typed: str) -> str:
    """What was typed, as the proof reads it: names of lines as printed, plain spaces, a ticket in capitals."""
    lines = []
    for line in typed.replace("\u00a0", " ").replace("\u202f", " ").splitlines():
        first, _space, rest = line.strip().partition(" ")
        bare = unicodedata.normalize("NFD", first.rstrip(":")).encode("ascii", "ignore").decode().lower()
        name = NAMES.get(bare, first)
        rest = rest.strip().removeprefix(": ")
        lines.append(f"{name} {rest.upper() if name == 'Ticket' else rest}")
    return "\n".join(lines)


class ReceiptForm(PlainForm):
    """``entry`` is what the receipt says, once valid."""

    hide_optional = True
    receipt = forms.CharField(
        label=gettext_lazy("Your receipt, as it is written"),
        required=False,
        max_length=MOST_TYPED,
        strip=True,
        help_text=gettext_lazy(
            "Every line of it: Ticket, Nombre, each Profil, Foyer if there is one, Contrôle. Write the lines Profil "
            "exactly as they are printed; in the number, O counts as 0 and capitals don’t matter."
        ),
        widget=forms.Textarea(
            attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
        ),
        error_messages={"max_length": gettext_lazy("This is longer than a receipt.")},
    )
    file = forms.FileField(
        label=gettext_lazy("Or the file of your receipt (recu.json)"),
        required=False,
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )

    entry = None
    path = None

    def clean_receipt(self):
        """As the proof reads it."""
        return tidied(self.cleaned_data["receipt"])

    def clean_file(self):
        """A file is small, or isn't a receipt."""
        sent = self.cleaned_data["file"]
        if sent is not None and sent.size > MOST_FILE:
            raise ValidationError(_("This file is too big to be a receipt."))
        return sent

    def clean(self):
        """Read what was given; one sentence for what can't be."""
        from .. import proof  # beside the engine, which loads with it

        cleaned = super().clean()
        if self.errors:
            return cleaned
        typed, sent = cleaned.get("receipt"), cleaned.get("file")
        if not typed and not sent:
            self.add_error("receipt", _("Type your receipt, or choose its file."))
            return cleaned
        try:
            if sent:
                self.path = proof.read_receipt(sent.read())
                self.entry = self.path.entry
            else:
                self.entry = proof.typed_receipt(typed)
        except (proof.Refused, ValueError):
            self.add_error("file" if sent else "receipt", self._unread(bool(sent)))
        return cleaned

    def _unread(self, sent: bool) -> str:
        if sent:
            return _("This file isn’t a receipt, or was changed since.")
        return _(
            "This receipt can’t be read: a line is missing, or a sign was mistyped. Compare it line by line with the "
            "paper; the number and the check are the likeliest."
        )
