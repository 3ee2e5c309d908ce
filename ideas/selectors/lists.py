"""Lists of ideas: everybody's, one's own, and the choices of their filters."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from taggit.models import Tag

from src.directory.enums import UnitKind
from src.directory.models import Unit
from src.directory.viewer import as_viewer
from src.foundations import clock, keyset
from src.participation import limits
from src.participation.enums import Visibility
from src.participation.models import Space
from src.participation.rules import with_phases
from src.search.selectors import matching
from src.workflow.enums import DECIDED, StageKind

from .. import rules
from ..enums import STAGES_OF_OUTCOME, IdeaKind, PublicStep
from ..models import Idea, TaggedIdea
from .passages import with_origin
from .rows import IdeaRow, row_of

ORDERS = {
    "newest": ("-week", "reference"),
    "supported": ("-counts__supports", "reference"),
    "due": ("owed__promised_on", "reference"),
}
STEPS = {
    PublicStep.RECEIVED: ("submitted", "open", "qualified", "transferred"),
    "needs_info": ("needs_info",),
    PublicStep.STUDY: ("shortlisted", "in_review", "countersign", "decision_pending"),
    PublicStep.DECIDED: tuple(sorted(DECIDED)),
    PublicStep.IN_PROGRESS: ("in_progress", "delivered"),
    PublicStep.CONFIRMED: ("verified", "graduated"),
    "withdrawn": ("withdrawn",),
    "dormant": ("dormant",),
}
# Steps this version of the process reaches; the others are offered once ideas get there.
OFFERED = (PublicStep.RECEIVED, "needs_info", PublicStep.STUDY, PublicStep.DECIDED, "withdrawn", "dormant")
PAGE = 20
TAGS = 60


@dataclass(frozen=True)
class IdeaList:
    """One page of a list."""

    rows: list[IdeaRow]
    next_cursor: str
    previous_cursor: str
    filters: dict = field(default_factory=dict)


@dataclass(frozen=True)
class FilterChoices:
    """What each filter offers, as (value, label)."""

    steps: list
    directions: list
    tags: list
    spaces: list
    kinds: list


@dataclass(frozen=True)
class MyIdeas:
    """One's own ideas, named and protected, and those whose question waits for an answer."""

    rows: list[IdeaRow]
    to_answer: list[IdeaRow]


def idea_list(
    viewer,
    *,
    step: str = "",
    outcome: str = "",
    direction: str = "",
    tag: str = "",
    space: str = "",
    kind: str = "",
    q: str = "",
    mine: bool = False,
    sort: str = "newest",
    cursor: str | None = None,
    size: int = PAGE,
    with_tags: bool = False,
) -> IdeaList:
    """Ideas the viewer may see, filtered and sorted, a page at a time. Values that mean nothing are left aside.

    One statement, two more with a search, one more with tags. Orders end with the random reference: none tells an
    hour.
    """
    viewer = as_viewer(viewer)
    filters = {
        "step": step if step in STEPS else "",
        "outcome": outcome if outcome in DECIDED else "",
        "direction": direction,
        "tag": tag,
        "space": space,
        "kind": kind if kind in IdeaKind.values else "",
        "q": q.strip(),
        "mine": bool(mine),
        "sort": sort if sort in ORDERS else "newest",
    }
    found = _filtered(Idea.objects.visible_to(viewer), viewer, filters)
    if filters["q"]:
        found = found.filter(pk__in=matching(Idea.subject_kind, filters["q"], among=found))
    lines = with_origin(found.for_rows(viewer), viewer)
    if filters["sort"] == "supported":
        # Every idea has its counters: saying so lets the database start from their index.
        lines = lines.filter(counts__supports__gte=0)
    if with_tags:
        lines = lines.prefetch_related("tags")
    page = keyset.paginate(lines, order=ORDERS[filters["sort"]], cursor=cursor or "", size=size)
    return IdeaList(
        [row_of(idea, viewer, with_tags=with_tags) for idea in page.items],
        page.next_cursor,
        page.previous_cursor,
        filters,
    )


def _filtered(found, viewer, filters):
    # What moderation hides is read from "my ideas" and from the moderators' queue.
    found = found.of(viewer) if filters["mine"] else found.filter(visibility=Visibility.SHOWN)
    found = found.filter(space__slug=filters["space"]) if filters["space"] else found.outside_archives()
    if filters["step"]:
        found = found.filter(stage_kind__in=STEPS[filters["step"]], is_imported=False)
    elif not filters["space"] and not filters["mine"]:
        # What left its way is found by its own filter.
        found = found.exclude(stage_kind__in=(StageKind.WITHDRAWN, StageKind.DORMANT))
    if filters["outcome"]:
        kinds = STAGES_OF_OUTCOME.get(filters["outcome"], {filters["outcome"]})
        found = found.filter(stage_kind__in=kinds, is_imported=False)
    if filters["direction"]:
        found = found.filter(direction__code=filters["direction"])
    if filters["tag"]:
        found = found.filter(
            Exists(TaggedIdea.objects.filter(content_object=OuterRef("pk"), tag__slug=filters["tag"]))
        )
    if filters["kind"]:
        found = found.filter(kind=filters["kind"])
    if filters["sort"] == "due":
        found = found.filter(owed__answered_on__isnull=True, owed__cancelled_on__isnull=True, owed__isnull=False)
    return found


def filter_choices(viewer) -> FilterChoices:
    """What the filters of the list offer; tags only of ideas the viewer sees. Three statements."""
    viewer = as_viewer(viewer)
    used = TaggedIdea.objects.filter(tag_id=OuterRef("pk"), content_object__in=Idea.objects.visible_to(viewer))
    spaces = Space.objects.visible_to(viewer).order_by("is_archive", "name")
    return FilterChoices(
        steps=[(str(step), _step_word(step)) for step in OFFERED],
        directions=[(unit.code, unit.name) for unit in directions()],
        tags=list(Tag.objects.filter(Exists(used)).order_by("name").values_list("slug", "name")[:TAGS]),
        spaces=[(space.slug, space.name) for space in spaces if rules.ACTIVITY in space.activities],
        kinds=[(kind.value, kind.label) for kind in (IdeaKind.IDEA, IdeaKind.PAIN_POINT)],
    )


def _step_word(step: str) -> str:
    return {
        "needs_info": _("Question to the author"),
        "withdrawn": _("Withdrawn"),
        "dormant": _("Dormant"),
    }.get(step) or PublicStep(step).label


def my_ideas(viewer) -> MyIdeas:
    """Everything the viewer wrote, newest week first. One statement."""
    viewer = as_viewer(viewer)
    if not viewer.is_authenticated:
        return MyIdeas([], [])
    mine = with_origin(Idea.objects.of(viewer).for_rows(viewer), viewer)
    ideas = list(mine.order_by("-week", "reference"))
    rows = [row_of(idea, viewer) for idea in ideas]
    waiting = [row for row, idea in zip(rows, ideas, strict=True) if idea.stage_kind == StageKind.NEEDS_INFO]
    return MyIdeas(rows, waiting)


def live_idea(viewer, reference: str) -> IdeaRow:
    """One idea as a line, for a card on another page; Idea.DoesNotExist when the viewer doesn't see it."""
    viewer = as_viewer(viewer)
    return row_of(Idea.objects.visible_to(viewer).for_rows(viewer).get(reference=reference), viewer)


def spaces_to_propose(viewer) -> list[Space]:
    """The spaces where the viewer may send an idea now, those of the home page first. Two statements."""
    viewer = as_viewer(viewer)
    if not viewer.is_authenticated:
        return []
    spaces = (
        Space.objects.visible_to(viewer)
        .filter(limits.condition(viewer), is_archive=False, process__isnull=False)
        .select_related("process", "steering_unit")
        .order_by("-on_home_page", "name")
    )
    return [space for space in with_phases(spaces) if rules.may_propose(viewer, space)]


def directions() -> list[Unit]:
    """The directions of today, by name."""
    return list(Unit.objects.directions().current(clock.today()).order_by("name"))


def services_of(direction) -> list[Unit]:
    """The services of a direction today, by name."""
    below = Unit.objects.current(clock.today()).under(direction).filter(Q(kind=UnitKind.SERVICE))
    return list(below.order_by("name"))
