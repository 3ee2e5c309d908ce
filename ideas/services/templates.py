"""Ready-made answers: written, changed and taken away by administrators."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.accountability.enums import Outcome, Reason
from src.accountability.services.decisions import TEXT_MAX
from src.foundations import journal

from ..models import AnswerTemplate


def save_answer_template(
    *,
    actor,
    name: str,
    text: str,
    unit=None,
    outcome: str = "",
    reason: str = "",
    reopening_conditions: str = "",
    is_offered: bool = True,
    template: AnswerTemplate | None = None,
) -> AnswerTemplate:
    """Write a ready-made answer, or change ``template``; those who answer for the unit are offered it from then on.

    Refuses (ValidationError by field) no name, no text, one longer than an answer may be, an answer or a reason
    that isn't in the lists, and a name already taken in the unit. Answers already given don't change.
    """
    errors = {}
    name, text = name.strip(), text.replace("\r\n", "\n").strip()
    if not name:
        errors["name"] = _("Give it a name.")
    if not 0 < len(text) <= TEXT_MAX:
        errors["text"] = _("Write the answer, in %(max)d characters at most.") % {"max": TEXT_MAX}
    if outcome and outcome not in Outcome.values:
        errors["outcome"] = _("Choose one of the five answers.")
    if reason and reason not in Reason.values:
        errors["reason"] = _("Choose a reason from the list.")
    if errors:
        raise ValidationError(errors)
    template = template or AnswerTemplate()
    template.name, template.unit, template.text, template.outcome = name, unit, text, outcome
    template.reason, template.reopening_conditions = reason, reopening_conditions.strip()
    template.is_offered = is_offered
    try:
        with transaction.atomic():
            template.save()
            journal.record("ideas.template.saved", actor=actor, object_ref=f"answer_template:{template.pk}")
    except IntegrityError:
        raise ValidationError({"name": _("This unit already has a ready-made answer with this name.")})
    return template


@transaction.atomic
def remove_answer_template(template: AnswerTemplate, *, actor=None) -> None:
    """Take a ready-made answer away; the answers that began from it stay as they were given."""
    journal.record("ideas.template.removed", actor=actor, object_ref=f"answer_template:{template.pk}")
    template.delete()
