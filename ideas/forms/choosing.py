"""The same answer for several ideas that aren't chosen: why, and what could change it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from src.accountability.enums import Outcome, Reason
from src.accountability.services.decisions import check_answer

from ..validators import ANSWER_MAX, ANSWER_MIN
from .fields import PlainTextField, TermsForm
from .steps import text_area


class NotChosenForm(TermsForm):
    """One answer, prepared for each idea ticked; each can still be rewritten by itself."""

    ideas = forms.MultipleChoiceField(
        label=_("For which ideas?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick one idea at least.")},
    )
    text = PlainTextField(
        label=_("The official response, in plain words"),
        help_text=_("It starts with “No”. Say why the others were chosen, then what comes next."),
        min_length=ANSWER_MIN,
        max_length=ANSWER_MAX,
        widget=text_area(6),
        error_messages={"required": _("Write the response: a decision without a text can't be saved.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose…")), *Reason.choices],
        error_messages={"required": _("Choose a reason.")},
    )
    reopening_conditions = PlainTextField(
        label=_("What could change the answer"),
        max_length=600,
        widget=text_area(3),
        error_messages={"required": _("Say what could change the answer.")},
    )

    def __init__(self, *args, candidates=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ideas"].choices = [(row.reference, row.title) for row in candidates]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        try:
            check_answer(**self.answer())
        except ValidationError as refusal:
            for field, errors in refusal.error_dict.items():
                self.add_error(field if field in self.fields else None, errors)
        return cleaned

    def answer(self) -> dict:
        """What the service is told for each idea."""
        names = ("text", "reason", "reopening_conditions")
        return {"outcome": Outcome.DECLINED.value, **{name: self.cleaned_data.get(name, "") for name in names}}
