"""One answer to several ideas that stay apart: drafted, countersigned or prepared in one go, whole or not at all."""

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.accountability.models import AnnouncementBatch
from src.accountability.services.decisions import check_answer
from src.directory.viewer import as_viewer
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.sentences import already_moved

from .. import rules
from ..models import Idea
from .answering import (
    another_decider,
    draft_fast_answer,
    not_line_alone,
    one_person_answer,
    prepare_decision,
    prepared_of,
    refusal_to_announce,
    second_person,
)
from .steps import way_out

LARGEST = 40


class SomeRefused(ValidationError):
    """Some of the ideas chosen can't receive the answer; nothing was done for the others either.

    ``refused``: reference → why, in a sentence; the screen keeps the others chosen.
    """

    def __init__(self, ideas: Iterable, refused: dict[str, str]):
        self.refused = refused
        titles = {idea.reference: idea.title for idea in ideas}
        sentences = [
            _("“%(title)s”: %(why)s") % {"title": titles[reference], "why": why} for reference, why in refused.items()
        ]
        super().__init__({"together": sentences})


def draft_together(*, ideas, actor, **answer) -> AnnouncementBatch:
    """Draft the same answer for several ideas of the fast lane, each its own, to be countersigned in one go.

    Each idea moves to its countersignature, as by ``draft_fast_answer``. Refuses an incomplete answer
    (ValidationError by field), fewer than two ideas, and, with ``SomeRefused``, ideas that aren't the actor's to
    answer, aren't there any more, or were oriented as a project: then nothing is written.
    """
    ideas, viewer = _chosen(ideas), as_viewer(actor)
    check_answer(**{"outcome": "", "text": ""} | answer)
    _refuse_some(ideas, lambda idea: _why_not_draft(idea, viewer))
    with transaction.atomic():
        for idea in ideas:
            _each(ideas, idea, lambda idea: draft_fast_answer(idea=idea, actor=actor, **answer))
        return accountability.gather_decisions([prepared_of(idea) for idea in ideas], actor=viewer)


def prepare_together(*, ideas, actor, planned_for=None, **answer) -> AnnouncementBatch:
    """Prepare the same decision for several ideas, quietly, in one announcement. Nothing else changes anywhere.

    Refuses as ``draft_together``; an idea whose line of management would answer alone is refused by the hierarchy
    guard's constant sentence, journalled.
    """
    ideas, viewer = _chosen(ideas), as_viewer(actor)
    check_answer(**{"outcome": "", "text": ""} | answer)
    _refuse_some(ideas, lambda idea: _why_not_decide(idea, viewer))
    with transaction.atomic():
        decisions = []
        for idea in ideas:
            _each(ideas, idea, lambda idea: decisions.append(prepare_decision(idea=idea, actor=actor, **answer)))
        return accountability.gather_decisions(decisions, actor=viewer, planned_for=planned_for)


def countersign_together(*, ideas, actor) -> AnnouncementBatch:
    """Sign the drafts of several ideas and announce them in one go; each closes its own promise.

    Refuses with ``SomeRefused`` the ideas whose draft isn't the actor's to sign (their own draft, their own idea,
    another unit, both of one line of management), which wait for somebody else: then nothing is announced.
    """
    ideas, viewer = _chosen(ideas), as_viewer(actor)
    drafts = {idea.reference: prepared_of(idea) for idea in ideas}
    _refuse_some(ideas, lambda idea: _why_not_sign(idea, viewer, drafts[idea.reference]))
    with transaction.atomic():
        signed = []
        for idea in ideas:
            draft = drafts[idea.reference]
            _each(
                ideas, idea, lambda idea, draft=draft: signed.append(accountability.countersign(draft, actor=viewer))
            )
        return accountability.announce_together(signed, actor=viewer)


# ---------------------------------------------------------------------------------------------------- one by one
def _why_not_draft(idea, viewer) -> str | None:
    return _why_not(idea, viewer, "fast_answer", "fast_answer") or one_person_answer(idea, viewer, {})


def _why_not_decide(idea, viewer) -> str | None:
    # The guard of the hierarchy journals: it is asked last.
    refusal = _why_not(idea, viewer, "decision", "decide") or another_decider(idea, viewer)
    return refusal or not_line_alone(idea, viewer, {})


def _why_not_sign(idea, viewer, draft) -> str | None:
    refusal = _why_not(idea, viewer, "countersign", "countersign")
    if refusal or draft is None:
        return refusal or _("No answer is drafted for this idea.")
    return second_person(idea, viewer, {"draft": draft}) or refusal_to_announce(draft)


def _why_not(idea, viewer, form: str, action: str) -> str | None:
    """Why this person can't give this idea this answer now: their own, another's, moved meanwhile."""
    if rules.can(viewer, action, idea):
        return None
    if idea.is_of(viewer):
        return _("You wrote this idea: somebody else answers it.")
    if not idea.is_shown:
        return _("It is hidden by the moderation: its answer waits.")
    if way_out(idea, form) is None:
        return already_moved(idea, "staff")
    return _("This answer isn't yours to give.")


# --------------------------------------------------------------------------------------------------------- plumbing
def _chosen(ideas) -> list[Idea]:
    """The ideas, once each, in one order for all who lock them."""
    chosen = sorted({idea.pk: idea for idea in ideas}.values(), key=lambda idea: idea.pk)
    if len(chosen) < 2:
        raise ValidationError({"together": _("Tick at least two ideas: one alone is answered from its own page.")})
    if len(chosen) > LARGEST:
        raise ValidationError({"together": _("Answer at most %(most)d ideas together.") % {"most": LARGEST}})
    return chosen


def _refuse_some(ideas, why_not: Callable) -> None:
    refused = {idea.reference: str(why) for idea in ideas if (why := why_not(idea))}
    if refused:
        raise SomeRefused(ideas, refused)


def _each(ideas, idea, act: Callable) -> None:
    """Do it for one idea; what moved between the check and now is told as a refusal of that one."""
    try:
        act(idea)
    except (TransitionNotAllowed, PermissionDenied) as refusal:
        raise SomeRefused(ideas, {idea.reference: str(refusal)}) from refusal
