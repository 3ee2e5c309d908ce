"""The code of the room; the scan of the sheet; a line of the sheet said otherwise."""

from django import forms
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import LineField

from ..enums import Presence
from .plain import PlainForm, reason


class CodeForm(PlainForm):
    """The code shown in the room."""

    code = LineField(
        label=gettext_lazy("Code of the room"),
        max_length=12,
        help_text=gettext_lazy("Six figures on the trainer’s screen. They change every minute."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write the six figures that you read on the screen."),
            "max_length": gettext_lazy("The code has six figures."),
        },
    )


class ScanForm(PlainForm):
    """The signed paper, scanned."""

    scan = forms.FileField(
        label=gettext_lazy("Scan of the signed sheet"),
        required=False,
        help_text=gettext_lazy("A PDF, or a photo where everything is read. It can be added later, once."),
        error_messages={
            "invalid": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty. Scan the sheet again, then send it."),
        },
    )


class AmendForm(PlainForm):
    """What the sheet should say, and why."""

    becomes = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=Presence.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what happened."),
            "invalid_choice": gettext_lazy("Choose in the list."),
        },
    )
    reason = reason(
        gettext_lazy("Why the sheet said otherwise"),
        gettext_lazy("Say why: the person reads it, and it stays with the sheet."),
    )
