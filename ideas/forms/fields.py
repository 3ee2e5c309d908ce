"""The fields of this room's forms, and the base they all have."""

from django import forms

from src.foundations.plain_fields import LineField, PlainTextField, plain_text

__all__ = ["LineField", "PlainTextField", "TermsForm", "plain_text"]


class TermsForm(forms.Form):
    """Base of every form here: the server's French messages are used, never the browser's."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
