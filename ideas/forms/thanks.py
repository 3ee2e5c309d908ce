"""A word of thanks."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import PlainTextField, TermsForm
from .steps import text_area

THANKS_MAX = 300


class ThanksForm(TermsForm):
    """What the author says to those who answered."""

    text = PlainTextField(
        label=_("Your word of thanks"),
        max_length=THANKS_MAX,
        widget=text_area(3),
        error_messages={"required": _("Write a word before sending it.")},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("token", uuid.uuid4())
