"""Once a choice is announced: what is looked at again is answered apart, and a yes comes besides those chosen."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from src.accountability.enums import Outcome
from src.accountability.models import Decision
from src.workflow.enums import StageKind

from ..models import Idea, IdeaJournalEntry
from ..rules import REFUSED

YES = frozenset({Outcome.ACCEPTED, Outcome.PILOT})


def yes_announced_in(space, *, but=None):
    """The yes of a space's choice, announced; without those of the announcement ``but``, and those given besides."""
    ideas = Idea.objects.filter(space=space, is_imported=False).exclude(stage_kind=StageKind.ACCEPTED)
    found = Decision.objects.announced().filter(
        subject_kind=Idea.subject_kind, outcome__in=YES, subject_reference__in=ideas.values("reference")
    )
    return found if but is None else found.exclude(batch_id=but)


def looked_at_again():
    """Whether the idea of the outer query came back to the study after a refusal: it has a promise of its own."""
    return Exists(_back().filter(idea=OuterRef("pk")))


def is_looked_at_again(idea) -> bool:
    """Whether the idea came back to the study after a refusal. One statement."""
    return _back().filter(idea=idea).exists()


def is_beside_choice(idea, *, but=None) -> bool:
    """Whether a yes to this idea comes besides the choice: looked at again, after those chosen were announced."""
    if idea.space.chosen_count is None or not is_looked_at_again(idea):
        return False
    return yes_announced_in(idea.space, but=but).exists()


def beside_the_choice(idea, viewer, data) -> str | None:
    """Guard of a yes besides the choice: never a way round the number that was told."""
    decision = data.get("_decision")
    if is_beside_choice(idea, but=decision.batch_id if decision else None):
        return None
    return _("Here a “yes” is given by the choice, together with the others.")


def way_of_yes(idea, decision: Decision, ways: list):
    """Among the steps that give this answer, the choice's own, or the one besides it."""
    if len(ways) < 2:
        return ways[0] if ways else None
    beside = is_beside_choice(idea, but=decision.batch_id)
    return next((way for way in ways if (way.to_stage.kind != StageKind.SELECTED) == beside), ways[0])


def _back():
    return IdeaJournalEntry.objects.filter(from_kind__in=REFUSED, to_kind=StageKind.IN_REVIEW)
