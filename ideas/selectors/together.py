"""What is answered together: the ideas of a queue to choose from, the drafts signed in one go, ready-made answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.accountability.models import Decision
from src.accountability.rules import can_countersign
from src.directory.viewer import as_viewer
from src.search import selectors as search
from src.workflow.enums import StageKind

from ..models import AnswerTemplate, Idea
from .queues import queue
from .rows import author_label

# A queue and the form by which several of its ideas are answered in one go.
ANSWERED_TOGETHER = {"to_answer_now": "fast_answer", "to_decide": "decision"}
MOST_SHOWN = 40


@dataclass(frozen=True)
class Choice:
    """An idea that may receive the common answer, and who will read it."""

    reference: str
    title: str
    url: str
    readers: str
    unit_label: str


def choices_in(viewer, name: str) -> list[Choice]:
    """The first ideas of a queue, to tick; empty for who holds no role there. One statement.

    KeyError for a queue whose ideas aren't answered together.
    """
    ANSWERED_TOGETHER[name]
    rows = queue(viewer, name, size=MOST_SHOWN).rows
    return [
        Choice(row.reference, row.title, row.url, _readers(row.author_label, row.supports), row.direction_label)
        for row in rows
    ]


def close_to(ideas: list[Idea], reference: str) -> list[str]:
    """References of those of ``ideas`` that say nearly what the one named says, itself first; empty without it."""
    asked = next((idea for idea in ideas if idea.reference == reference), None)
    if asked is None:
        return []
    others = Idea.objects.filter(pk__in=[idea.pk for idea in ideas if idea != asked])
    found = search.similar(Idea.subject_kind, f"{asked.title}\n{asked.body}", others, limit=MOST_SHOWN)
    return [reference, *(one.reference for one in found)]


def ideas_named(viewer, references: Iterable[str]) -> list[Idea]:
    """The ideas with these references that the viewer sees, ready for the rules. One statement."""
    viewer = as_viewer(viewer)
    wanted = list(references)[: 2 * MOST_SHOWN]
    return list(Idea.objects.visible_to(viewer).for_work(viewer).filter(reference__in=wanted).order_by("pk"))


def drafted_with(viewer, idea) -> list[Idea]:
    """Ideas whose draft was written in one go with this one's, and that the viewer may sign too. Two statements."""
    viewer = as_viewer(viewer)
    drafts = (
        Decision.objects.visible_to(viewer)
        .prepared()
        .filter(
            subject_kind=Idea.subject_kind,
            is_fast_lane=True,
            batch__in=Decision.objects.prepared()
            .filter(subject_kind=Idea.subject_kind, subject_reference=idea.reference)
            .values("batch"),
        )
        .exclude(subject_reference=idea.reference)
        .select_related("unit")
    )
    others = {draft.subject_reference: draft for draft in drafts}
    if not others:
        return []
    ideas = [each for each in ideas_named(viewer, others) if each.stage_kind == StageKind.COUNTERSIGN]
    return [each for each in ideas if can_countersign(viewer, others[each.reference])]


def choice_of(idea) -> Choice:
    """The line of one idea among those of a common answer."""
    unit = idea.unit.name if idea.unit else ""
    readers = _readers(author_label(idea), idea.counts.supports)
    return Choice(idea.reference, idea.title, idea.get_absolute_url(), readers, unit)


def templates_for(ideas: Iterable[Idea]) -> list[AnswerTemplate]:
    """Ready-made answers offered for all these ideas: those of their units, of the units above, of the city."""
    branches = [set(_branch(idea.unit)) for idea in ideas]
    common = set.intersection(*branches) if branches else set()
    offered = AnswerTemplate.objects.filter(is_offered=True)
    return list(offered.filter(Q(unit__isnull=True) | Q(unit_id__in=common)).order_by("name", "pk")[:100])


def _branch(unit) -> list[int]:
    return [int(part) for part in unit.path.split("/") if part] if unit else []


def _readers(author: str, supports: int) -> str:
    if not supports:
        return author
    others = ngettext("%(n)d person who supports it", "%(n)d people who support it", supports) % {"n": supports}
    return _("%(author)s, and %(others)s") % {"author": author, "others": others}
