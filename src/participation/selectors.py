"""Reads of openings of identities: the public count, and what waits for one person."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from src.foundations import clock, together

from .enums import OpeningState
from .models import IdentityOpening, Phase, SpaceLimit, SpaceMember


@dataclass(frozen=True)
class Year:
    """What happened in a year: counts of openings, public as such, whatever their size."""

    year: int
    opened: int
    refused: int
    expired: int


def openings_by_year() -> list[Year]:
    """Every year since the first request that is kept, this one at least, newest first, zeros included.

    One statement. The total alone is told: neither ground, direction nor month, which could lead to a text.
    """
    counted = {
        row["year"]: row
        for row in IdentityOpening.objects.annotate(year=ExtractYear("asked_at"))
        .values("year")
        .annotate(
            opened=Count("pk", filter=Q(state=OpeningState.OPENED)),
            refused=Count("pk", filter=Q(state=OpeningState.REFUSED)),
            expired=Count(
                "pk",
                filter=Q(state=OpeningState.EXPIRED) | Q(state=OpeningState.WAITING, expires_at__lte=clock.now()),
            ),
        )
    }
    this_year = clock.today().year
    first = min([this_year, *counted])
    blank = {"opened": 0, "refused": 0, "expired": 0}
    return [
        Year(year, *(counted.get(year, blank)[name] for name in ("opened", "refused", "expired")))
        for year in range(this_year, first - 1, -1)
    ]


@together.reading
def waiting_for(viewer):
    """Requests this person may confirm or refuse now: asked by somebody else, for another of their functions."""
    functions = viewer.fact("opening_functions")
    if not functions:
        return 0
    waiting = IdentityOpening.objects.filter(state=OpeningState.WAITING, expires_at__gt=clock.now())
    waiting = waiting.exclude(asked_by_id=viewer.user_id)
    if len(functions) == 1:
        waiting = waiting.exclude(asked_as=functions[0])
    return (yield together.counted(waiting))


@together.reading
def read_spaces(spaces, viewer):
    """Give spaces what rules ask of them for this viewer: phases, limits, and the viewer's own seat. One statement.

    For objects read for this viewer alone: ``members`` holds nobody else.
    """
    spaces = list(spaces)
    ids = sorted({space.pk for space in spaces})
    if not ids:
        return spaces
    phases, limits, members = yield (
        Phase.objects.filter(space_id__in=ids),
        SpaceLimit.objects.filter(
            space_id__in=sorted({space.pk for space in spaces if space.is_limited})
        ).select_related("unit", "job_family"),
        SpaceMember.objects.filter(space_id__in=ids, user_id=viewer.user_id),
    )
    together.attach(spaces, "phases", phases, "space_id")
    together.attach(spaces, "limits", limits, "space_id")
    together.attach(spaces, "members", members, "space_id")
    return spaces
