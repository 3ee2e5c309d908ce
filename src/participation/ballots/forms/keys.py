"""What a key holder sends: a public half, a word, two halves, the key of the urn. Base64, as the pages write it."""

import base64
import binascii

from django import forms
from django.utils.translation import gettext_lazy as _

from ..services.keys import HALF_BYTES, KEY_BYTES


def _bytes(text: str, length: int) -> bytes | None:
    """The bytes of one line, None when they aren't of that length."""
    try:
        held = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return held if len(held) == length else None


class _KeyForm(forms.Form):
    use_required_attribute = False
    hide_optional = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}


class RegisterForm(_KeyForm):
    """The public half of a key; to replace one already registered is said by a box to tick."""

    public_key = forms.CharField(
        label=_("The public half of your key"),
        help_text=_("The line shown by the script, or the line “public” of your file."),
        max_length=200,
        error_messages={"required": _("Paste the public half of your key.")},
    )
    again = forms.BooleanField(
        label=_("Replace the key I registered before: its file will open nothing any more."), required=False
    )

    def __init__(self, *args, holder, **kwargs):
        super().__init__(*args, **kwargs)
        self.holder = holder
        if holder.public_key is None:
            del self.fields["again"]

    def clean_public_key(self) -> bytes:
        """32 bytes."""
        held = _bytes(self.cleaned_data["public_key"].removeprefix("public:"), KEY_BYTES)
        if held is None:
            raise forms.ValidationError(_("This isn't the public half of a key: copy the whole line."))
        return held

    def clean(self):
        """A key already registered isn't replaced by mistake."""
        sent = self.cleaned_data.get("public_key")
        if sent and "again" in self.fields and not self.is_same and not self.cleaned_data.get("again"):
            self.add_error("again", _("You already registered a key: tick this box to replace it."))
        return self.cleaned_data

    @property
    def is_same(self) -> bool:
        """Whether it is the key registered already, sent again."""
        known = self.holder.public_key
        return known is not None and bytes(known) == self.cleaned_data.get("public_key")


class WordForm(_KeyForm):
    """The word of the rehearsal."""

    word = forms.CharField(
        label=_("The word that your key opened"),
        max_length=40,
        error_messages={"required": _("Paste the word that your key opened.")},
    )


class HalvesForm(_KeyForm):
    """What the first of two opened: a line for each of the two others, in their order."""

    halves = forms.CharField(
        label=_("The two lines that your key opened"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Paste the two lines that your key opened.")},
    )

    def clean_halves(self) -> list[bytes]:
        """Two halves of one length."""
        halves = [_bytes(line, HALF_BYTES) for line in self.cleaned_data["halves"].splitlines() if line.strip()]
        if len(halves) != 2 or None in halves:
            raise forms.ValidationError(_("These aren't two halves: copy the two lines, whole."))
        return halves


class _NeverShown(forms.TextInput):
    def format_value(self, value):
        return None


class UrnForm(_KeyForm):
    """The key of the urn; it never comes back on a page."""

    # "secret" in its name: no page of the house ever gives such a field back.
    urn_secret = forms.CharField(
        label=_("The key of the urn, that your key opened"),
        max_length=200,
        widget=_NeverShown,
        error_messages={"required": _("Paste the key of the urn, that your key opened.")},
    )

    def clean_urn_secret(self) -> bytes:
        """32 bytes."""
        held = _bytes(self.cleaned_data["urn_secret"], KEY_BYTES)
        if held is None:
            raise forms.ValidationError(_("This isn't the key of the urn: copy the whole line, and paste it again."))
        return held
