"""Reading spaces from another program: ``/api/v1/spaces/``, through the same gate as the screens."""

from datetime import datetime

from ninja import Query, Router, Schema

from src.foundations import clock, keyset

from .models import Space

PAGE_SIZE = 50

router = Router(tags=["spaces"])


class PhaseOut(Schema):
    """Between two moments, what may be done."""

    name: str
    verbs: list[str]
    starts_at: datetime
    ends_at: datetime | None


class SpaceOut(Schema):
    """A place where contributions of one kind are made."""

    slug: str
    name: str
    summary: str
    circle: str
    activities: list[str]
    identity_modes: list[str]
    is_archive: bool
    licence_note: str
    open_verbs: list[str]
    phases: list[PhaseOut]


class SpacePage(Schema):
    """One page of spaces; ``next`` is the cursor of the following one, opaque and signed."""

    items: list[SpaceOut]
    next: str | None


class PageQuery(Schema):
    """Where to start, and nothing else: there is no ``since``, because order would then tell time."""

    cursor: str = ""


def _space(space: Space) -> dict:
    now = clock.now()
    phases = list(space.phases.all())
    running = [phase for phase in phases if phase.starts_at <= now and (phase.ends_at is None or now < phase.ends_at)]
    verbs = set() if space.is_archive else {verb for phase in running for verb in phase.verbs}
    return {
        "slug": space.slug,
        "name": space.name,
        "summary": space.summary,
        "circle": space.circle,
        "activities": space.activities,
        "identity_modes": space.identity_modes,
        "is_archive": space.is_archive,
        "licence_note": space.licence_note,
        "open_verbs": sorted(verbs),
        "phases": [
            {"name": phase.name, "verbs": phase.verbs, "starts_at": phase.starts_at, "ends_at": phase.ends_at}
            for phase in phases
        ],
    }


@router.get("/", response=SpacePage, summary="Spaces one may see")
def list_spaces(request, page: Query[PageQuery]):
    """Spaces whose circle contains the caller, by address. A stranger reads those open to everyone."""
    spaces = Space.objects.visible_to(request.viewer).prefetch_related("phases")
    found = keyset.paginate(spaces, order=("slug",), cursor=page.cursor, size=PAGE_SIZE)
    return {"items": [_space(space) for space in found.items], "next": found.next_cursor}
