"""A code read from a paper, and a file held against what was printed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import LineField

from .. import codes
from .plain import PlainForm

FILE_MAX = 4 * 1024 * 1024


class CodeField(LineField):
    """A code, however it is written; its value is the twelve signs."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        )
        super().__init__(**kwargs)

    def clean(self, value):
        signs = codes.normalise(super().clean(value))
        if not signs and not self.required:
            return ""
        if strange := codes.unknown_signs(signs):
            raise ValidationError(
                _("“%(signs)s” is in no code: 0, O, 1, I, L and U are never used. Read the code again.")
                % {"signs": strange[:12]}
            )
        if len(signs) != codes.LENGTH:
            raise ValidationError(
                _("A code has twelve signs, in three groups of four; you typed %(count)d.") % {"count": len(signs)}
            )
        if not codes.is_code(signs):
            raise ValidationError(
                _("This code isn’t right: one sign was misread, or two changed places. Read it again.")
            )
        return signs


class CodeForm(PlainForm):
    """The code of an attestation; nothing else may be searched."""

    code = CodeField(
        label=gettext_lazy("Code of the attestation"),
        help_text=gettext_lazy(
            "Twelve signs under the square, for instance K7QM-2XR9-D4TB. Blanks, dashes and capitals don’t matter."
        ),
        error_messages={"required": gettext_lazy("Type the code that is on the attestation.")},
    )


class FileForm(PlainForm):
    """The file somebody received, read once and not kept."""

    file = forms.FileField(
        label=gettext_lazy("The PDF file you received"),
        help_text=gettext_lazy("It is read once, here, and nothing of it is kept. 4 MB at most."),
        error_messages={
            "required": gettext_lazy("Choose the file first."),
            "empty": gettext_lazy("This file is empty: choose the PDF you received."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > FILE_MAX:
            raise ValidationError(_("This file is over 4 MB: no attestation is so heavy."))
        return file
