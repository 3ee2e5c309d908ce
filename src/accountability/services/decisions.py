"""Decisions in preparation: written quietly, changed or thrown away, countersigned; nobody else can infer them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock
from src.workflow.exceptions import TransitionNotAllowed

from .. import registry, rules
from ..enums import REFUSALS, Outcome, Reason
from ..models import AnnouncementBatch, Decision
from .announcing import already_announced, announce
from .awaited import signature_under, written_again
from .conditions import condition_errors
from .signing import signature_of

TEXT_MIN, TEXT_MAX = 120, 1200
LATER_MAX = timedelta(days=366)
EDITABLE = (
    "outcome",
    "reason",
    "text",
    "reopening_conditions",
    "condition_kind",
    "condition_on",
    "condition_terms",
    "revisit_on",
    "measure_owner",
    "first_milestone",
    "first_milestone_on",
    "signed_as",
)


def prepare_decision(
    *,
    actor,
    subject_kind: str,
    subject_reference: str,
    unit,
    outcome: str,
    text: str,
    reason: str = "",
    reopening_conditions: str = "",
    condition_kind: str = "",
    condition_on: date | None = None,
    condition_terms: str = "",
    revisit_on: date | None = None,
    measure_owner: str = "",
    first_milestone: str = "",
    first_milestone_on: date | None = None,
    signed_as: str = "",
    drafted_by=None,
    fast_lane: bool = False,
    planned_for: date | None = None,
    batch: AnnouncementBatch | None = None,
    subject=None,
    turn: int = 1,
) -> Decision:
    """Write a decision that nobody but its deciders can see, and nothing else anywhere.

    With ``fast_lane`` it is a draft that the delegate or a decision-maker countersigns. Refuses: somebody who
    doesn't decide for the unit, or wrote the subject (PermissionDenied); an incomplete answer (ValidationError
    by field); a subject whose answer is already in preparation, or that this person answered before in the same turn
    (TransitionNotAllowed). ``subject``: what the caller has just read, so that its author isn't read again. ``turn``:
    one more each time a "later" came back on its own date.
    """
    viewer = as_viewer(actor)
    may = rules.can_draft if fast_lane else rules.can_decide
    allowed = may(viewer, unit, subject_kind, subject_reference, subject=subject)
    if not allowed:
        raise PermissionDenied(_("Only the person who decides for this unit can answer, and never on their own idea."))
    now = clock.now()
    answer = check_answer(
        outcome=outcome,
        text=text,
        reason=reason,
        reopening_conditions=reopening_conditions,
        condition_kind=condition_kind,
        condition_on=condition_on,
        condition_terms=condition_terms,
        revisit_on=revisit_on,
        measure_owner=measure_owner,
        first_milestone=first_milestone,
        first_milestone_on=first_milestone_on,
    )
    if batch is not None and batch.announced_at is not None:
        raise TransitionNotAllowed(_("This announcement was already made: prepare another one."))
    try:
        with transaction.atomic():
            batch = batch or AnnouncementBatch.objects.create(
                unit=unit, created_by=viewer.user, created_at=now, planned_for=planned_for
            )
            return Decision.objects.create(
                subject_kind=subject_kind,
                subject_reference=subject_reference,
                unit=unit,
                decided_by=viewer.user,
                drafted_by=viewer.user if fast_lane else drafted_by,
                is_fast_lane=fast_lane,
                signed_as=signed_as or signature_of(viewer.user),
                prepared_at=now,
                batch=batch,
                turn=turn,
                **answer,
            )
    except IntegrityError:
        mine = Decision.objects.announced().filter(subject_kind=subject_kind, subject_reference=subject_reference)
        if mine.filter(decided_by=viewer.user, turn=turn).exists():
            raise TransitionNotAllowed(_("You already answered this: somebody else answers it again."))
        raise TransitionNotAllowed(_("An answer to this subject is already in preparation: change that one."))


@transaction.atomic
def edit_decision(decision: Decision, *, actor, **changes) -> Decision:
    """Change a decision in preparation; ``changes`` are its fields. A change of a countersigned draft asks again.

    Refuses somebody who doesn't decide (PermissionDenied), an incomplete answer (ValidationError) and a decision
    that was announced meanwhile (TransitionNotAllowed).
    """
    unknown = changes.keys() - set(EDITABLE)
    if unknown:
        raise TypeError(f"A decision has no {', '.join(sorted(unknown))} to change.")
    viewer = as_viewer(actor)
    _check_hand(viewer, decision)
    answer = {name: changes.get(name, getattr(decision, name)) for name in EDITABLE}
    del answer["signed_as"]
    answer = check_answer(**answer)
    # Whoever rewrites a draft signs it; another answer keeps the name it bears, that somebody may have just signed.
    author = {"drafted_by": viewer.user, "signed_as": signature_of(viewer.user)} if decision.is_fast_lane else {}
    if changes.get("signed_as"):
        author["signed_as"] = changes["signed_as"]
    _hold(decision)
    under = signature_under(decision, answer)
    touched = (
        Decision.objects.prepared()
        .filter(pk=decision.pk)
        .update(
            **answer,
            **author,
            decided_by=viewer.user,
            countersigned_at=None,
            prepared_at=clock.now(),
        )
    )
    if not touched:
        raise _announced_meanwhile(decision)
    if under is not None:
        written_again(under)
        # A name that stood under other words no longer stands: the decider's own, until it is signed again.
        Decision.objects.filter(pk=decision.pk).update(signed_as=signature_of(viewer.user))
    decision.refresh_from_db()
    return decision


@transaction.atomic
def discard_decision(decision: Decision, *, actor) -> None:
    """Throw a decision in preparation away, and its announcement when nothing is left in it. Same refusals.

    The room of its subject is told in the same transaction.
    """
    _check_hand(as_viewer(actor), decision)
    _hold(decision)
    if not Decision.objects.prepared().filter(pk=decision.pk).delete()[0]:
        raise _announced_meanwhile(decision)
    registry.discarded(decision)
    _drop_if_empty([decision.batch_id])


@transaction.atomic
def countersign(decision: Decision, *, actor) -> Decision:
    """Take the draft of the fast lane as one's own decision; it can then be announced.

    Refuses the drafter, somebody without the role and the author of the subject (PermissionDenied), and a draft
    that somebody already countersigned or announced (TransitionNotAllowed).
    """
    viewer = as_viewer(actor)
    if not rules.can_countersign(viewer, decision):
        raise PermissionDenied(_("Somebody else of the direction countersigns this answer."))
    _hold(decision)
    touched = (
        Decision.objects.prepared()
        .filter(pk=decision.pk, is_fast_lane=True, countersigned_at__isnull=True, prepared_at=decision.prepared_at)
        .update(countersigned_at=clock.now(), decided_by=viewer.user, signed_as=signature_of(viewer.user))
    )
    if not touched:
        raise TransitionNotAllowed(_("This answer changed meanwhile: read it again before countersigning."))
    decision.refresh_from_db()
    return decision


@transaction.atomic
def gather_decisions(
    decisions: Iterable[Decision], *, actor, name: str = "", planned_for: date | None = None
) -> AnnouncementBatch:
    """Put decisions in preparation into one new announcement, so that they become public together.

    Refuses a decision the actor doesn't decide on (a draft to countersign: doesn't draft for), and one announced
    meanwhile, told with who and when.
    """
    viewer, decisions = as_viewer(actor), sorted(decisions, key=lambda decision: decision.pk)
    if not decisions:
        raise ValidationError(_("Choose at least one answer to announce."))
    for decision in decisions:
        # A draft still waits for its second signature: gathering it announces nothing.
        _check_hand(viewer, decision, announcing=not decision.awaits_countersignature)
    units = {decision.unit_id for decision in decisions}
    batch = AnnouncementBatch.objects.create(
        name=name,
        unit=decisions[0].unit if len(units) == 1 else None,
        created_by=viewer.user,
        created_at=clock.now(),
        planned_for=planned_for,
    )
    left = sorted({decision.batch_id for decision in decisions})
    for batch_id in left:
        # Holds the row: an announcement under way is waited for, then seen.
        waiting = AnnouncementBatch.objects.filter(pk=batch_id, announced_at__isnull=True)
        if not waiting.update(announced_at=None):
            raise _moved_meanwhile(decisions)
    for decision in decisions:
        moved = Decision.objects.filter(pk=decision.pk, batch_id=decision.batch_id).update(batch=batch)
        if not moved:
            raise _moved_meanwhile(decisions)
    _drop_if_empty(left)
    for decision in decisions:
        decision.batch = batch
    return batch


@transaction.atomic
def announce_together(decisions: Iterable[Decision], *, actor) -> AnnouncementBatch:
    """Gather prepared decisions and announce them in one go, so that of two people at once one wins.

    Refuses what gathering and announcing refuse; the one who comes second reads who announced, and when.
    """
    return announce(gather_decisions(decisions, actor=actor), actor)


def announced_meanwhile(decisions: Iterable[Decision]) -> TransitionNotAllowed | None:
    """The refusal for decisions of which one is announced already: who, and when. None when none is."""
    announced = Decision.objects.announced().filter(pk__in=[decision.pk for decision in decisions])
    first = announced.select_related("batch").order_by("pk").first()
    return already_announced(first.batch) if first else None


def _moved_meanwhile(decisions: list[Decision]) -> TransitionNotAllowed:
    refusal = announced_meanwhile(decisions)
    if refusal is not None:
        return refusal
    there = set(Decision.objects.filter(pk__in=[each.pk for each in decisions]).values_list("pk", flat=True))
    gone = next((decision for decision in decisions if decision.pk not in there), None)
    if gone is not None:
        return already_announced(gone.batch)
    return TransitionNotAllowed(_("An answer of this announcement has just changed: read it again."))


def hold_prepared(subject_kind: str, subject_reference: str) -> None:
    """Take the row of what is prepared for a subject before the subject's own, as an announcement does.

    To call first, in the caller's transaction, by a verb that ends the subject: in the other order both would wait
    for each other. One statement.
    """
    prepared = Decision.objects.filter(subject_kind=subject_kind, subject_reference=subject_reference)
    waiting = AnnouncementBatch.objects.filter(announced_at__isnull=True, pk__in=prepared.values("batch_id"))
    waiting.update(announced_at=None)


def prepared_decision(subject_kind: str, subject_reference: str) -> Decision | None:
    """The decision in preparation for a subject. For services alone: pages go through ``visible_to``."""
    return (
        Decision.objects.prepared()
        .filter(subject_kind=subject_kind, subject_reference=subject_reference)
        .select_related("batch", "unit")
        .first()
    )


def check_answer(
    *,
    outcome: str,
    text: str,
    reason: str = "",
    reopening_conditions: str = "",
    condition_kind: str = "",
    condition_on: date | None = None,
    condition_terms: str = "",
    revisit_on: date | None = None,
    measure_owner: str = "",
    first_milestone: str = "",
    first_milestone_on: date | None = None,
) -> dict:
    """The fields of a complete answer, trimmed; refuses an incomplete one with a sentence by field."""
    answer = {
        "outcome": str(outcome),
        "text": (text or "").replace("\r\n", "\n").strip(),
        "reason": str(reason or ""),
        "reopening_conditions": (reopening_conditions or "").replace("\r\n", "\n").strip(),
        "condition_kind": str(condition_kind or ""),
        "condition_on": condition_on,
        "condition_terms": condition_terms or "",
        "revisit_on": revisit_on,
        "measure_owner": (measure_owner or "").strip(),
        "first_milestone": (first_milestone or "").strip(),
        "first_milestone_on": first_milestone_on,
    }
    errors = _text_errors(answer) | _no_errors(answer) | _yes_errors(answer)
    if errors:
        raise ValidationError(errors)
    if answer["outcome"] != Outcome.DEFERRED:
        answer["revisit_on"] = None
    if answer["outcome"] not in REFUSALS:
        answer["condition_kind"], answer["condition_on"], answer["condition_terms"] = "", None, ""
    return answer


def _text_errors(answer: dict) -> dict:
    errors = {}
    if answer["outcome"] not in Outcome.values:
        errors["outcome"] = _("Choose one of the five answers.")
    if not TEXT_MIN <= len(answer["text"]) <= TEXT_MAX:
        errors["text"] = _("Write the answer in %(min)s to %(max)s characters: why, and what comes next.") % {
            "min": TEXT_MIN,
            "max": TEXT_MAX,
        }
    if answer["reason"] and answer["reason"] not in Reason.values:
        errors["reason"] = _("Choose a reason from the list.")
    return errors


def _no_errors(answer: dict) -> dict:
    errors = {}
    if answer["outcome"] not in REFUSALS:
        return errors
    if not answer["reason"]:
        errors["reason"] = _("A “no” or a “later” says its reason.")
    errors |= condition_errors(answer)
    if answer["outcome"] == Outcome.DEFERRED:
        today = clock.today()
        if answer["revisit_on"] is None:
            errors["revisit_on"] = _("A “later” has a date.")
        elif not today < answer["revisit_on"] <= today + LATER_MAX:
            errors["revisit_on"] = _("Choose a date within the next twelve months.")
    return errors


def _yes_errors(answer: dict) -> dict:
    errors = {}
    if answer["outcome"] not in (Outcome.ACCEPTED, Outcome.PILOT):
        return errors
    if not answer["measure_owner"]:
        errors["measure_owner"] = _("Say who will do it.")
    if not answer["first_milestone"]:
        errors["first_milestone"] = _("Say what the first step is.")
    if answer["first_milestone_on"] is None:
        errors["first_milestone_on"] = _("Give the date of the first step.")
    elif answer["first_milestone_on"] < clock.today():
        errors["first_milestone_on"] = _("The first step is still to come: choose today or later.")
    return errors


def _check_hand(viewer, decision: Decision, *, announcing: bool = False) -> None:
    kind, reference = decision.subject_kind, decision.subject_reference
    if decision.is_fast_lane and not announcing and rules.can_draft(viewer, decision.unit, kind, reference):
        return
    if not rules.can_decide(viewer, decision.unit, kind, reference, is_fast_lane=decision.is_fast_lane):
        raise PermissionDenied(_("Only the person who decides for this unit can answer, and never on their own idea."))


def _hold(decision: Decision) -> None:
    """Take the row of the decision's announcement, so that one of a change and an announcement comes second.

    Without it a change that began beside an announcement would be kept, and the subject would say the words before.
    """
    hold_prepared(decision.subject_kind, decision.subject_reference)


def _announced_meanwhile(decision: Decision) -> TransitionNotAllowed:
    batch = AnnouncementBatch.objects.filter(decisions__pk=decision.pk).first()
    if batch is None:
        return TransitionNotAllowed(_("This answer was thrown away meanwhile."))
    return already_announced(batch)


def _drop_if_empty(batch_ids: Iterable[int]) -> None:
    AnnouncementBatch.objects.filter(
        pk__in=list(batch_ids), announced_at__isnull=True, decisions__isnull=True
    ).delete()
