"""Form fields that survive hostile or clumsy input: control characters, lone surrogates, a megabyte of text."""

import re
import unicodedata

from django import forms

from .text import tidy

# Lone surrogates and non-characters: no database and no page can hold them.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def plain_text(value: str, *, one_line: bool = False) -> str:
    """The text as a person reads it: tidy, NFC, without what can't be written."""
    return unicodedata.normalize("NFC", tidy(_UNWRITABLE.sub("", value), one_line=one_line))


class PlainTextField(forms.CharField):
    """Several lines of plain text.

    No ``maxlength`` reaches the browser: a paste that is too long stays whole and is refused with a sentence.
    """

    widget = forms.Textarea
    one_line = False

    def to_python(self, value):
        return super().to_python(plain_text(value, one_line=self.one_line) if isinstance(value, str) else value)

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        attrs.pop("minlength", None)
        return attrs


class LineField(PlainTextField):
    """One line of plain text; line ends become spaces."""

    widget = forms.TextInput
    one_line = True
