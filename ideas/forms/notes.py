"""An internal note."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from ..validators import STATEMENT_MAX
from .fields import PlainTextField, TermsForm
from .steps import text_area


class NoteForm(TermsForm):
    """What one leaves for those who handle the idea."""

    text = PlainTextField(
        label=_("Your note"),
        help_text=_(
            "Signed with your name. Facts useful to the answer: nothing on somebody’s health or private life."
        ),
        max_length=STATEMENT_MAX,
        widget=text_area(5),
        error_messages={"required": _("Write your note before keeping it.")},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("token", uuid.uuid4())
