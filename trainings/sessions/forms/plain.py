"""What the forms of sessions share."""

from django import forms
from django.utils.translation import gettext_lazy

from src.foundations.plain_fields import PlainTextField

from ..models.session import REASON_MAX


class PlainForm(forms.Form):
    """A form whose errors the server tells."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def reason(label, missing, **kwargs) -> PlainTextField:
    """Why, in a few lines."""
    return PlainTextField(
        label=label,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing, "max_length": gettext_lazy("Shorten it: 500 characters at most.")},
        **kwargs,
    )


class NothingForm(PlainForm):
    """A gesture that asks nothing."""
