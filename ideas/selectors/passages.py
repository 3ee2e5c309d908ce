"""Where an idea came from and where its copies went, for whoever may see them; where it may go."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from src.directory.viewer import as_viewer
from src.participation.limits import with_limits
from src.participation.models import Space
from src.participation.rules import with_phases

from ..models import Idea, SpacePassage
from ..services.passing import why_not


@dataclass(frozen=True, kw_only=True)
class PassageView:
    """One passage, read from the page of one of its ideas."""

    kind: str
    # This page is the copy's, or the moved idea's; otherwise the idea a copy was made from.
    is_arrival: bool
    before: str
    after: str
    text: str
    on: date
    # The other idea of a copy, when the viewer may see it.
    title: str
    url: str


def with_passages(ideas):
    """The same ideas, knowing whether a passage is told of them: the others cost no statement more."""
    told = SpacePassage.objects.filter(Q(idea_id=OuterRef("pk")) | Q(source_id=OuterRef("pk")))
    return ideas.annotate(has_passages=Exists(told))


def with_origin(ideas, viewer):
    """The same ideas, with the space their last passage came from, where the viewer sees it: for lists."""
    seen = Space.objects.visible_to(as_viewer(viewer)).order_by().values("pk")
    last = SpacePassage.objects.filter(idea_id=OuterRef("pk"), from_space__in=seen).order_by("-pk")
    return ideas.annotate(came_from=Subquery(last.values("from_space__name")[:1]))


def passages_of(idea, viewer) -> list[PassageView]:
    """Its passages, the oldest first: two statements where there are some, none otherwise (``with_passages``).

    A space the viewer doesn't see isn't named to them.
    """
    if not getattr(idea, "has_passages", True):
        return []
    viewer = as_viewer(viewer)
    found = list(
        SpacePassage.objects.filter(Q(idea=idea) | Q(source=idea))
        .select_related("from_space", "to_space")
        .order_by("pk")
    )
    others = {passage.source_id if passage.idea_id == idea.pk else passage.idea_id for passage in found} - {None}
    seen = Idea.objects.visible_to(viewer).in_bulk(others) if others else {}
    spaces = set(
        Space.objects.visible_to(viewer)
        .filter(pk__in={one for passage in found for one in (passage.from_space_id, passage.to_space_id)})
        .values_list("pk", flat=True)
    )
    views = []
    for passage in found:
        arrival = passage.idea_id == idea.pk
        other = seen.get(passage.source_id if arrival else passage.idea_id)
        if not arrival and other is None:
            # A copy in a space one doesn't see: nothing is said of it.
            continue
        views.append(
            PassageView(
                kind=passage.kind,
                is_arrival=arrival,
                before=passage.from_space.name if passage.from_space_id in spaces else "",
                after=passage.to_space.name if passage.to_space_id in spaces else "",
                text=passage.text,
                on=passage.made_on,
                title=other.title if other else "",
                url=other.get_absolute_url() if other else "",
            )
        )
    return views


def spaces_for(viewer, idea) -> list[tuple[Space, str]]:
    """The spaces one sees that take ideas, each with the sentence that says why this idea can't go there."""
    spaces = (
        Space.objects.visible_to(as_viewer(viewer))
        .filter(is_archive=False, is_draft=False, process__isnull=False)
        .exclude(pk=idea.space_id)
        .select_related("steering_unit", "process")
        .order_by("name")
    )
    return [(space, why_not(idea, space)) for space in with_limits(with_phases(spaces))]
