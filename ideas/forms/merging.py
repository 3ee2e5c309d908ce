"""Proposing a merge, and answering it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from theme.forms import ChoiceLabel

from .fields import LineField, TermsForm
from .moderation import StatedField

YES, NO = "oui", "non"


class MergeForm(TermsForm):
    """Which idea this one would join, and why: read by both authors."""

    close = forms.ChoiceField(
        label=_("Which idea does it say the same thing as?"), widget=forms.RadioSelect, required=False
    )
    reference = LineField(
        label=_("Another one, by its reference"),
        help_text=_("Six letters and digits, as on its page. Read before the list above."),
        required=False,
        max_length=12,
    )
    text = StatedField(
        label=_("Why merge them"),
        help_text=_("Both authors read it. What do they share, and what would one answer change?"),
        error_messages={"required": _("Say why: the two authors decide on your reasons.")},
    )

    def __init__(self, *args, close, **kwargs):
        super().__init__(*args, **kwargs)
        if close:
            self.fields["close"].choices = [
                (row.reference, ChoiceLabel(row.title, row.excerpt[:160], row.step_label)) for row in close
            ]
        else:
            del self.fields["close"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("reference") and not cleaned.get("close") and "reference" not in self.errors:
            field = "close" if "close" in self.fields else "reference"
            self.add_error(field, _("Choose the idea it would join, or give its reference."))
        return cleaned

    def wanted(self) -> str:
        return self.cleaned_data.get("reference") or self.cleaned_data.get("close") or ""


class MergeAnswerForm(TermsForm):
    """The word of one of the two authors."""

    answer = forms.ChoiceField(
        label=_("Do you agree to merge the two ideas?"),
        choices=[
            (YES, ChoiceLabel(_("Yes, merge them"), _("One answer for both. It can be undone for seven days."))),
            (NO, ChoiceLabel(_("No, keep them apart"), _("Each keeps its own answer. No reason is asked."))),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
