"""Choosing k ideas among those studied in a space: kept for the study, then announced together, exactly as many."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.accountability.enums import Outcome
from src.accountability.models import Decision
from src.directory.viewer import as_viewer
from src.participation.enums import Visibility
from src.workflow.enums import StageKind

from .. import validators
from ..models import Idea
from .answering import prepare_decision
from .steps import move

YES = frozenset({Outcome.ACCEPTED, Outcome.PILOT})
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


def count_of(space, decisions) -> Count:
    """How the choice of a space stands if these decisions were announced. Two statements."""
    ideas = Idea.objects.filter(space=space, is_imported=False)
    announced = Decision.objects.announced().filter(
        subject_kind=Idea.subject_kind, outcome__in=YES, subject_reference__in=ideas.values("reference")
    )
    here = [decision.subject_reference for decision in decisions]
    left = ideas.filter(stage_kind__in=WAITING, visibility=Visibility.SHOWN).exclude(scale="")
    return Count(
        wanted=space.chosen_count,
        chosen=announced.count() + sum(decision.outcome in YES for decision in decisions),
        unanswered=left.exclude(reference__in=here).count(),
    )


def refusal_to_announce_together(decisions: list) -> str | None:
    """Why an announcement can't leave so: where a space chooses, exactly as many, and everybody studied is answered.

    An answer drafted apart and countersigned, before any study, isn't part of the choice.
    """
    studied = {decision.subject_reference: decision for decision in decisions if not decision.is_fast_lane}
    by_space: dict = {}
    ideas = Idea.objects.filter(reference__in=studied, space__chosen_count__isnull=False).select_related("space")
    for idea in ideas.order_by("pk"):
        by_space.setdefault(idea.space, []).append(studied[idea.reference])
    return next((refusal for space, those in by_space.items() if (refusal := count_of(space, those).refusal)), None)
