"""Choosing k ideas among those studied in a space: kept for the study, then announced together, exactly as many."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.viewer import as_viewer
from src.participation.ballots.standing import vote_of
from src.participation.enums import Visibility
from src.workflow.enums import StageKind

from .. import validators
from ..models import Idea
from .answering import prepare_decision
from .beside_choice import YES, is_beside_choice, is_looked_at_again, looked_at_again, yes_announced_in
from .steps import move

# Where an idea waits for the choice of its space.
WAITING = frozenset({StageKind.SHORTLISTED, StageKind.IN_REVIEW, StageKind.NEEDS_INFO, StageKind.DECISION_PENDING})


@dataclass(frozen=True)
class Count:
    """How a choice stands: how many are to be chosen, are chosen, and still lack an answer."""

    wanted: int
    chosen: int
    unanswered: int

    @property
    def refusal(self) -> str:
        """Why it can't be announced so, in one sentence; empty when it can."""
        if self.chosen < self.wanted:
            return ngettext(
                "%(chosen)d is chosen, the choice asks for %(wanted)d: %(missing)s more is missing.",
                "%(chosen)d are chosen, the choice asks for %(wanted)d: %(missing)s more are missing.",
                self.chosen,
            ) % {"chosen": self.chosen, "wanted": self.wanted, "missing": self.wanted - self.chosen}
        if self.chosen > self.wanted:
            return _("%(chosen)d are chosen, the choice asks for %(wanted)d: %(over)s too many.") % {
                "chosen": self.chosen,
                "wanted": self.wanted,
                "over": self.chosen - self.wanted,
            }
        if self.unanswered:
            return ngettext(
                "%(count)d idea kept for the study has no answer here: all are answered together.",
                "%(count)d ideas kept for the study have no answer here: all are answered together.",
                self.unanswered,
            ) % {"count": self.unanswered}
        return ""


def shortlist(*, idea, actor, text: str = "", at=None):
    """Keep an idea for the study of its space; the author and those who follow it are told."""
    data = {"text": validators.clean_statement(text, required=False), "owner": as_viewer(actor).user}
    return move(idea, "shortlist", actor=actor, data=data, at=at)


@transaction.atomic
def prepare_not_chosen(*, space, references, actor, **answer) -> int:
    """Prepare the same answer for several ideas of a space, all or none; how many. What each refuses, it refuses."""
    ideas = Idea.objects.filter(
        space=space, reference__in=references, stage_kind=StageKind.DECISION_PENDING
    ).select_related("unit", "space", "owed")
    found = sorted(ideas, key=lambda idea: idea.reference)
    for idea in found:
        prepare_decision(idea=idea, actor=actor, **answer)
    return len(found)


@transaction.atomic
def prepare_after_vote(*, space, answers: dict[str, dict], actor) -> int:
    """Prepare the answers that a vote asks for, all or none: a yes to those retained, a no to the others; how many.

    ``answers`` holds each answer by reference. Refuses with ValidationError a yes to an idea that the vote didn't
    retain, a no to one that it did, and an idea that it wasn't asked about. What each idea refuses, it refuses.
    """
    vote = vote_of(space, Idea.subject_kind)
    refusal = against_the_vote(vote, {reference: answer["outcome"] for reference, answer in answers.items()})
    if vote is None or refusal or set(answers) - set(vote.lines):
        raise ValidationError(refusal or _("No vote was asked about these ideas."), code="vote")
    ideas = Idea.objects.filter(
        space=space, reference__in=answers, stage_kind=StageKind.DECISION_PENDING
    ).select_related("unit", "space", "owed")
    found = sorted(ideas, key=lambda idea: idea.reference)
    for idea in found:
        prepare_decision(idea=idea, actor=actor, **answers[idea.reference])
    return len(found)


def against_the_vote(vote, outcomes: dict[str, str]) -> str:
    """Why these answers don't say what the vote decided, in one sentence; empty when they do, or without a vote.

    A tie for the last place is decided by people: any answer holds for those tied.
    """
    if vote is None:
        return ""
    decided = {reference: line for reference, line in vote.lines.items() if reference in outcomes and not line.is_tied}
    refused = sum(line.is_retained and outcomes[reference] not in YES for reference, line in decided.items())
    added = sum(not line.is_retained and outcomes[reference] in YES for reference, line in decided.items())
    if refused:
        return ngettext(
            "%(n)d idea that the vote retained has another answer than “yes”: what was voted is done.",
            "%(n)d ideas that the vote retained have another answer than “yes”: what was voted is done.",
            refused,
        ) % {"n": refused}
    if added:
        return ngettext(
            "%(n)d idea has a “yes” that the vote didn't give it.",
            "%(n)d ideas have a “yes” that the vote didn't give them.",
            added,
        ) % {"n": added}
    return ""


def count_of(space, decisions) -> Count:
    """How the choice of a space stands if these decisions were announced. Two statements."""
    ideas = Idea.objects.filter(space=space, is_imported=False)
    announced = yes_announced_in(space)
    here = [decision.subject_reference for decision in decisions]
    # What is looked at again has its own promise: the choice doesn't wait for it.
    left = ideas.filter(stage_kind__in=WAITING, visibility=Visibility.SHOWN).exclude(scale="")
    return Count(
        wanted=space.chosen_count,
        chosen=announced.count() + sum(decision.outcome in YES for decision in decisions),
        unanswered=left.exclude(looked_at_again()).exclude(reference__in=here).count(),
    )


def refusal_to_announce_together(decisions: list) -> str | None:
    """Why an announcement can't leave so: where a space chooses, exactly as many, and everybody studied is answered.

    An answer drafted apart and countersigned, before any study, isn't part of the choice; nor is the answer to an idea
    looked at again, unless it is a yes given before the choice.
    """
    studied = {decision.subject_reference: decision for decision in decisions if not decision.is_fast_lane}
    by_space: dict = {}
    ideas = Idea.objects.filter(reference__in=studied, space__chosen_count__isnull=False).select_related("space")
    for idea in ideas.order_by("pk"):
        decision = studied[idea.reference]
        if is_looked_at_again(idea) and (decision.outcome not in YES or is_beside_choice(idea)):
            continue
        by_space.setdefault(idea.space, []).append(decision)
    return next((refusal for space, those in by_space.items() if (refusal := _refusal(space, those))), None)


def _refusal(space, decisions) -> str:
    """As many as told, everybody answered, and as the space voted."""
    outcomes = {decision.subject_reference: decision.outcome for decision in decisions}
    return count_of(space, decisions).refusal or against_the_vote(vote_of(space, Idea.subject_kind), outcomes)
