"""Reads of the paper desk."""

from dataclasses import dataclass

from django.db.models import Count

from src.directory.viewer import as_viewer
from src.foundations import clock

from .enums import BatchState
from .models import Batch


@dataclass(frozen=True)
class Line:
    """A batch on the desk: what awaits, and whether its sheets should be gone already."""

    batch: Batch
    typed: int
    is_late: bool
    may_check: bool
    is_mine: bool

    @property
    def remaining(self) -> int:
        return self.typed


def desk(viewer) -> list[Line]:
    """The batches of the viewer's places that await something, the nearest destruction first; one statement."""
    viewer = as_viewer(viewer)
    today = clock.today()
    batches = (
        Batch.objects.visible_to(viewer)
        .exclude(state=BatchState.DESTROYED)
        .select_related("unit", "typed_by", "checked_by")
        .annotate(typed=Count("sheets"))
        .order_by("destroy_by", "pk")[:200]
    )
    return [
        Line(
            batch,
            batch.typed,
            batch.destroy_by < today,
            batch.is_checking and batch.typed_by_id != viewer.user_id,
            batch.typed_by_id == viewer.user_id,
        )
        for batch in batches
    ]


def destroyed(viewer, limit: int = 50) -> list[Batch]:
    """What was destroyed last in the viewer's places, by whom and when."""
    found = Batch.objects.visible_to(viewer).filter(state=BatchState.DESTROYED)
    return list(found.select_related("unit", "destroyed_by").order_by("-destroyed_on", "-pk")[:limit])


def next_sheet(batch: Batch):
    """The next sheet to look at again."""
    return batch.sheets.select_related("code").order_by("position").first()
