"""The generic door of the transition page: from a transition and its cleaned form to the verb that does it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.workflow import process_cache
from src.workflow.enums import Actor, StageKind
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.sentences import already_moved

from .accompanying import graduate
from .answering import (
    FIELDS,
    announce_decision,
    back_to_study,
    countersign,
    draft_fast_answer,
    prepare_decision,
    send_back,
)
from .appealing import appeal_answer
from .authoring import answer_question, wake_up, withdraw
from .choosing import shortlist
from .jury import convene
from .orienting import accept_transfer, orient, propose_transfer, refuse_transfer
from .screening import ask_author, remove, screen
from .settling import send_up
from .steps import move
from .studying import close_study, start_study
from .together import countersign_together
from .tracking import FORM


def perform(*, idea, transition: str, actor, data: dict):
    """Do what the form of ``transition`` asks, with its cleaned ``data`` (keys of docs/ideas.md).

    Refuses with TransitionNotAllowed a transition that doesn't leave the idea's stage, and all that its verb refuses.
    """
    way = process_cache.graph(idea.process_id).transition(transition)
    roles = idea.roles_of(as_viewer(actor))
    if not roles:
        raise PermissionDenied(_("This step is not yours to take."))
    if way is None or way.from_stage_id != idea.stage_id:
        reader = Actor.AUTHOR if roles == {Actor.AUTHOR} else "staff"
        raise TransitionNotAllowed(already_moved(idea, reader))
    return _VERBS[way.form](idea, way, actor, data)


def _confirm(idea, way, actor, data):
    if idea.stage_kind == StageKind.SUBMITTED and way.to_stage.kind == StageKind.OPEN:
        return screen(idea=idea, actor=actor)
    return move(idea, "", actor=actor, to_kind=way.to_stage.kind)


def _reason(idea, way, actor, data):
    text = data.get("text", "")
    if way.to_stage.kind == StageKind.REMOVED:
        return remove(idea=idea, actor=actor, reason_code=data.get("reason_code", ""), text=text)
    verb = {
        StageKind.TRANSFERRED: refuse_transfer,
        StageKind.COUNTERSIGN: send_back,
        StageKind.DECISION_PENDING: back_to_study,
    }.get(idea.stage_kind)
    if verb is not None:
        return verb(idea=idea, actor=actor, text=text)
    kept = {"reason_code": data.get("reason_code", ""), "text": text}
    return move(idea, "reason", actor=actor, data=kept, to_kind=way.to_stage.kind)


def _author_answer(idea, way, actor, data):
    verb = wake_up if idea.stage_kind == StageKind.DORMANT else answer_question
    return verb(idea=idea, actor=actor, text=data["text"])


def _decision(idea, way, actor, data):
    answer = {name: data.get(name) for name in FIELDS}
    decision = prepare_decision(idea=idea, actor=actor, planned_for=data.get("planned_for"), **answer)
    return announce_decision(idea=idea, actor=actor) if data.get("announce") else decision


def _countersign(idea, way, actor, data):
    others = data.get("together") or []
    if others:
        return countersign_together(ideas=[idea, *others], actor=actor)
    return countersign(idea=idea, actor=actor)


def _orientation(idea, way, actor, data):
    kept = {name: data.get(name) for name in ("direction", "service", "scale", "owner")}
    return orient(idea=idea, actor=actor, text=data.get("text", ""), **kept)


def _by_objection(idea, way, actor, data):
    raise TransitionNotAllowed(_("A removed idea comes back by the answer to its author's objection."))


def _by_its_own_page(idea, way, actor, data):
    raise TransitionNotAllowed(_("Two ideas are merged, and separated again, from their own page."))


def _by_measure(idea, way, actor, data):
    raise TransitionNotAllowed(_("This step follows the measure: move the measure itself."))


_VERBS = {
    "appeal": lambda idea, way, actor, data: appeal_answer(idea=idea, actor=actor, text=data["text"]),
    "merge": _by_its_own_page,
    "unmerge": _by_its_own_page,
    "": _confirm,
    FORM: _by_measure,
    "restore": _by_objection,
    "orientation": _orientation,
    "shortlist": lambda idea, way, actor, data: shortlist(idea=idea, actor=actor, text=data.get("text", "")),
    "question": lambda idea, way, actor, data: ask_author(idea=idea, actor=actor, text=data["text"]),
    "author_answer": _author_answer,
    "reason": _reason,
    "study": lambda idea, way, actor, data: start_study(
        idea=idea, actor=actor, assessors=data["assessors"], due_on=data.get("due_on")
    ),
    "jury": lambda idea, way, actor, data: convene(idea=idea, actor=actor),
    "graduation": lambda idea, way, actor, data: graduate(idea=idea, actor=actor, text=data.get("text", "")),
    "close_study": lambda idea, way, actor, data: close_study(
        idea=idea, actor=actor, text=data.get("text", ""), late_text=data.get("late_text", "")
    ),
    "fast_answer": lambda idea, way, actor, data: draft_fast_answer(
        idea=idea, actor=actor, **{name: data.get(name) for name in FIELDS}
    ),
    "countersign": _countersign,
    "decision": _decision,
    "go_up": lambda idea, way, actor, data: send_up(idea=idea, actor=actor, text=data["text"]),
    "transfer": lambda idea, way, actor, data: propose_transfer(
        idea=idea, actor=actor, direction=data["direction"], text=data["text"]
    ),
    "transfer_answer": lambda idea, way, actor, data: accept_transfer(
        idea=idea, actor=actor, service=data.get("service"), text=data.get("text", "")
    ),
    "withdraw": lambda idea, way, actor, data: withdraw(
        idea=idea, actor=actor, reason=data.get("reason", ""), hide_body=data.get("hide_body", False)
    ),
}
