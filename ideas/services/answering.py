"""The answer: drafted and countersigned in the fast lane, or prepared and announced after a study."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.accountability.enums import Outcome
from src.accountability.models import AnnouncementBatch, Decision
from src.accountability.services.decisions import check_answer
from src.directory.viewer import as_viewer
from src.publishing.services import drafting
from src.workflow import process_cache
from src.workflow.enums import StageKind
from src.workflow.exceptions import ConditionNotMet, TransitionNotAllowed
from src.workflow.sentences import already_moved
from src.workflow.services import fire

from .. import rules, validators
from ..enums import ONE_PERSON_SCALES, leads_to
from ..models import Assessment, Idea
from . import beside_choice, cohorts, hierarchy
from .appealing import another_decider
from .steps import move, way_out

FIELDS = (
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
)
ANSWERING = ("decision", "countersign")


# -------------------------------------------------------------------------------------------------- fast lane
def draft_fast_answer(*, idea, actor, at=None, **answer):
    """Write the whole answer alone, for somebody else to countersign: no scorecard, nothing public yet."""
    return move(idea, "fast_answer", actor=actor, data={"_answer": check_answer(**_known(answer))}, at=at)


def keep_draft(idea, transition, viewer, data, entry) -> None:
    """Effect of a drafted answer: a decision in preparation, new or rewritten after it was sent back."""
    draft = prepared_of(idea)
    if draft is not None:
        accountability.edit_decision(draft, actor=viewer, **data["_answer"])
        return
    accountability.prepare_decision(
        actor=viewer,
        subject_kind=Idea.subject_kind,
        subject_reference=idea.reference,
        unit=idea.unit,
        subject=idea,
        turn=idea.turn,
        fast_lane=True,
        **data["_answer"],
    )


def countersign(*, idea, actor) -> Decision:
    """Take the drafted answer as one's own and announce it at once. Refuses whoever drafted it."""
    viewer = as_viewer(actor)
    _check_way(idea, viewer, "countersign", "countersign")
    draft = prepared_of(idea)
    if draft is None:
        raise TransitionNotAllowed(_("No answer is drafted for this idea."))
    refusal = second_person(idea, viewer, {"draft": draft})
    if refusal:
        raise TransitionNotAllowed(refusal)
    with transaction.atomic():
        signed = accountability.countersign(draft, actor=viewer)
        _announce(idea, signed, viewer)
    idea.refresh_from_db()
    signed.refresh_from_db()
    return signed


def send_back(*, idea, actor, text: str, at=None):
    """Send the draft back to who wrote it, with what must change."""
    return move(idea, "reason", actor=actor, data={"text": _required(text)}, from_kind=StageKind.COUNTERSIGN, at=at)


# -------------------------------------------------------------------------------------------------- decisions
def prepare_decision(*, idea, actor, planned_for=None, **answer) -> Decision:
    """Write the decision quietly, under the actor's name; again to rewrite it. Nothing else changes anywhere.

    Where seats are counted, a yes takes those of the application and refuses, in a sentence, when they are taken.
    """
    viewer = as_viewer(actor)
    _check_way(idea, viewer, "decision", "decide")
    counted = idea.has_seats
    answer = _known(answer)
    values = check_answer(**(cohorts.complete_yes(idea, answer) if counted else answer))
    if values["outcome"] not in outcomes_by(idea, "decision"):
        raise ValidationError({"outcome": _("The process has no step for this answer.")})
    refusal = another_decider(idea, viewer)
    if not refusal and not says_yes_alone(idea):
        refusal = not_line_alone(idea, viewer, {})
    if refusal:
        raise TransitionNotAllowed(refusal)
    with transaction.atomic():
        decision = _write_prepared(idea, viewer, planned_for, values)
        if counted:
            cohorts.follow_prepared(idea, values["outcome"])
    return decision


def _write_prepared(idea, viewer, planned_for, values: dict) -> Decision:
    """The decision in preparation, new or rewritten. In the caller's transaction."""
    known = prepared_of(idea)
    if known is None:
        return accountability.prepare_decision(
            actor=viewer,
            subject_kind=Idea.subject_kind,
            subject_reference=idea.reference,
            unit=idea.unit,
            subject=idea,
            turn=idea.turn,
            planned_for=planned_for,
            **values,
        )
    decision = accountability.edit_decision(known, actor=viewer, **values)
    if planned_for is not None and planned_for != decision.batch.planned_for:
        accountability.gather_decisions([decision], actor=viewer, planned_for=planned_for)
    return decision


def announce_decision(*, idea, actor) -> Decision:
    """Announce the prepared decision: from now on everybody in the circle reads it, and the author is told."""
    viewer = as_viewer(actor)
    _check_way(idea, viewer, "decision", "decide")
    decision = prepared_of(idea)
    if decision is None:
        raise TransitionNotAllowed(_("No decision is prepared for this idea."))
    _announce(idea, decision, viewer)
    idea.refresh_from_db()
    return decision


def prepared_of(idea) -> Decision | None:
    """The decision waiting to be announced: for verbs, and for the deciders' own pages, never for others."""
    return accountability.prepared_decision(Idea.subject_kind, idea.reference)


def back_to_study(*, idea, actor, text: str, at=None):
    """Ask for more study before deciding, with what is missing."""
    data = {"text": _required(text)}
    return move(idea, "reason", actor=actor, data=data, from_kind=StageKind.DECISION_PENDING, at=at)


# ----------------------------------------------------------------------- what accountability asks of its subjects
def apply_announced(decision: Decision) -> None:
    """What an announcement does to its idea: the stage, the journal, the promise kept, and the outbox row.

    Called by accountability, in its transaction or by slices; a second call changes nothing.
    """
    idea = Idea.objects.select_related("owed", "unit").get(reference=decision.subject_reference)
    if idea.decision_id == decision.pk:
        return
    transition = _answering_way(idea, decision)
    if transition is None:
        raise TransitionNotAllowed(already_moved(idea, "staff"))
    role = transition.who[0]
    if len(transition.who) > 1:
        held = idea.roles_of(as_viewer(decision.decided_by))
        role = next((code for code in transition.who if code in held), role)
    fire(
        idea,
        transition.slug,
        actor=decision.decided_by,
        as_role=role,
        vouched=True,
        at=decision.batch.announced_at,
        data={"reason_code": decision.reason, "_decision": decision},
    )
    drafting.ask_for_draft(Idea.subject_kind, idea.reference)


def refusal_to_announce(decision: Decision) -> str | None:
    """Why an idea can't receive its answer now: its author took it back, or it isn't to be decided any more."""
    idea = Idea.objects.filter(reference=decision.subject_reference).first()
    if idea is not None and not idea.is_shown:
        return _("The idea %(reference)s is hidden by the moderation: its answer waits.") % {
            "reference": decision.subject_reference
        }
    if idea is not None and _answering_way(idea, decision) is not None:
        return None
    return _("The idea %(reference)s isn't waiting for this answer any more.") % {
        "reference": decision.subject_reference
    }


def has_interest(reference: str, viewer) -> bool:
    """Whether the viewer wrote the idea, under their name or not, or is named by the application it is."""
    mine = Q(pk__in=Idea.objects.of(viewer).filter(reference=reference).values("pk"))
    if viewer.is_authenticated:
        mine |= Q(people__user_id=viewer.user_id)
    return Idea.objects.filter(mine, reference=reference).exists()


def ask_for_decision(idea, transition, viewer, data, entry) -> None:
    """Effect that refuses an answer without its decision: nobody closes an idea by a bare step."""
    if data.get("_decision") is None:
        raise ConditionNotMet(_("Prepare the decision, then announce it."))


def drop_prepared(idea, transition, viewer, data, entry) -> None:
    """Effect of a step after which the answer in preparation means nothing: another unit, or no answer at all."""
    for decision in Decision.objects.prepared().filter(
        subject_kind=Idea.subject_kind, subject_reference=idea.reference
    ):
        decision.delete()
        AnnouncementBatch.objects.filter(
            pk=decision.batch_id, announced_at__isnull=True, decisions__isnull=True
        ).delete()


def outcomes_by(idea, form: str) -> list[str]:
    """The answers that the idea's process has, by a decision now or by the countersignature of a draft."""
    graph = process_cache.graph(idea.process_id)
    stages = [idea.stage_id]
    if form == "fast_answer":
        stages = [way.to_stage_id for way in graph.ways_out(idea.stage_id) if way.form == form]
    kinds = [way.to_stage.kind for stage in stages for way in graph.ways_out(stage) if way.form in ANSWERING]
    return [outcome for outcome in Outcome.values if any(leads_to(outcome, kind) for kind in kinds)]


def says_yes_alone(idea) -> bool:
    """Whether only a yes can be given from there, for lack of which the idea goes up: no manager refuses alone."""
    return not {Outcome.DECLINED, Outcome.DEFERRED} & set(outcomes_by(idea, "decision"))


def _answering_way(idea, decision: Decision):
    ways = process_cache.graph(idea.process_id).ways_out(idea.stage_id)
    return beside_choice.way_of_yes(
        idea,
        decision,
        [way for way in ways if way.form in ANSWERING and leads_to(decision.outcome, way.to_stage.kind)],
    )


# ------------------------------------------------------------------------------------------------------ guards
def one_person_answer(idea, viewer, data) -> str | None:
    """Guard: the fast lane is for what was oriented as already there, a quick fix or out of scope."""
    if idea.scale in ONE_PERSON_SCALES:
        return None
    return _("This idea was oriented as a project: it is studied before it is answered.")


def answer_has_a_way(idea, viewer, data) -> str | None:
    """Guard: the answer drafted is one that the process can give from there: no "yes" beside a choice."""
    answer = data.get("_answer")
    if answer is None or answer["outcome"] in outcomes_by(idea, "fast_answer"):
        return None
    return _("Here a “yes” is given by the choice, together with the others: keep the idea for the study.")


def second_person(idea, viewer, data) -> str | None:
    """Guard: two people answer, and not both from the author's line of management."""
    if "_decision" in data or viewer is None:
        return None
    draft = data.get("draft") or prepared_of(idea)
    if draft is None:
        return None
    if draft.drafted_by_id == viewer.user_id:
        return _("You wrote this answer: somebody else countersigns it.")
    pair = {draft.drafted_by_id, viewer.user_id}
    if hierarchy.line_managers(idea, pair) == pair:
        return hierarchy.refuse(idea, viewer, "countersign")
    return None


def not_line_alone(idea, viewer, data) -> str | None:
    """Guard: a manager of the author's line decides only after two people outside that line assessed the idea."""
    if "_decision" in data or viewer is None:
        return None
    if not hierarchy.line_managers(idea, {viewer.user_id}):
        return None
    voices = set(Assessment.objects.filter(seat__idea=idea).values_list("seat__user_id", flat=True))
    if len(voices - hierarchy.line_managers(idea, voices)) >= 2:
        return None
    return hierarchy.refuse(idea, viewer, "decide")


def seats_held(idea, viewer, data) -> str | None:
    """Guard of a yes to an application: who may decide it, then whether everybody holds a seat."""
    return not_line_alone(idea, viewer, data) or cohorts.seats_held(idea, viewer, data)


def yes_beside_the_choice(idea, viewer, data) -> str | None:
    """Guard of a yes besides an announced choice: who may decide it, then whether it is one."""
    return not_line_alone(idea, viewer, data) or beside_choice.beside_the_choice(idea, viewer, data)


def _check_way(idea, viewer, form: str, action: str) -> None:
    """PermissionDenied for a wrong person, TransitionNotAllowed for a wrong moment."""
    if rules.can(viewer, action, idea):
        if idea.has_seats and cohorts.in_team(idea, viewer.user_id):
            raise PermissionDenied(_("You are of this application: somebody else answers it."))
        return
    if way_out(idea, form) is None and idea.roles_of(viewer) & {"decision_maker", "delegate"}:
        raise TransitionNotAllowed(already_moved(idea, "staff"))
    raise PermissionDenied(_("This answer isn't yours to give."))


def _announce(idea, decision, viewer) -> None:
    """Announce, unless the author took the idea back meanwhile: what was prepared went with it."""
    together = Decision.objects.filter(batch_id=decision.batch_id).exclude(pk=decision.pk).exists()
    try:
        if together:
            # One of several drafted together, signed alone: the others keep waiting.
            accountability.announce_together([decision], actor=viewer)
        else:
            accountability.announce(decision.batch, viewer)
    except AnnouncementBatch.DoesNotExist:
        raise TransitionNotAllowed(already_moved(idea, "staff"))


def _known(answer: dict) -> dict:
    unknown = answer.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"An answer has no {', '.join(sorted(unknown))}.")
    return {"outcome": "", "text": ""} | {name: value for name, value in answer.items() if value is not None}


def _required(text: str) -> str:
    try:
        return validators.clean_statement(text)
    except ValidationError as error:
        raise ValidationError({"text": error})
