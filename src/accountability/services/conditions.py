"""What would change an answer: noted when it is announced, then said to be met, once, by somebody who says how."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules
from ..enums import KIND_OF_REASON, REFUSALS, ConditionKind, Reason
from ..models import Decision, ReopeningCondition

MET_MIN, MET_MAX = 20, 1000


def lines_of(text: str) -> list[str]:
    """The conditions of an answer, one a line; the dash of a list is no word of theirs."""
    lines = (line.strip().removeprefix("-").removeprefix("•").strip() for line in text.splitlines())
    return [line for line in lines if line]


def note_conditions(decision: Decision) -> None:
    """Give each condition of an announced "no" or "later" its row; safe to call twice, nothing for other answers."""
    if decision.outcome not in REFUSALS:
        return
    kind = decision.condition_kind or KIND_OF_REASON.get(Reason(decision.reason), ConditionKind.OTHER)
    ReopeningCondition.objects.bulk_create(
        [
            ReopeningCondition(decision=decision, position=place, kind=kind, words=words, due_on=decision.condition_on)
            for place, words in enumerate(lines_of(decision.reopening_conditions), start=1)
        ],
        ignore_conflicts=True,
    )


def check_met(text: str) -> str:
    """What has changed, trimmed; refuses with a sentence what is too short to be understood, or too long."""
    text = (text or "").replace("\r\n", "\n").strip()
    if not MET_MIN <= len(text) <= MET_MAX:
        raise ValidationError(
            _("Say what has changed, in %(min)s to %(max)s characters: those you ask decide on it.")
            % {"min": MET_MIN, "max": MET_MAX}
        )
    return text


@transaction.atomic
def meet_condition(
    condition: ReopeningCondition, *, actor, unit, text: str, subject=None, on: date | None = None
) -> ReopeningCondition:
    """Say that a condition is met, and how; it can't be taken back. What follows is the subject's room to say.

    ``unit`` holds the subject now. Refuses who doesn't answer for it, or wrote the subject (PermissionDenied), a text
    too short (ValidationError) and a condition already met, told with who and when (TransitionNotAllowed).
    """
    viewer = as_viewer(actor)
    decision = condition.decision
    if not rules.can_meet_condition(viewer, unit, decision.subject_kind, decision.subject_reference, subject=subject):
        raise PermissionDenied(_("Only those who answer for the direction say that a condition is met."))
    text = check_met(text)
    waiting = ReopeningCondition.objects.filter(pk=condition.pk, met_on__isnull=True)
    if not waiting.update(met_on=on or clock.today(), met_by=viewer.user, met_text=text):
        raise _already_met(condition)
    condition.refresh_from_db()
    return condition


def _already_met(condition: ReopeningCondition) -> TransitionNotAllowed:
    known = ReopeningCondition.objects.select_related("met_by").get(pk=condition.pk)
    return TransitionNotAllowed(
        _("%(who)s already said on %(when)s that this condition is met.")
        % {"who": known.met_by.short_name, "when": date_format(known.met_on, "DATE_FORMAT")}
    )
