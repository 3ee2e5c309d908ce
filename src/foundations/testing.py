"""What tests of every room use: run what is due, now, and see every failure."""

from django.db.models import F

from . import outbox
from .models import OutboxEvent


def drain_outbox() -> int:
    """Run everything due, including what handlers emit; a handler's exception comes out."""
    return outbox.drain(raising=True)


def undrained() -> list[str]:
    """Topics of effects that were due as soon as written, whatever the clock says now, and that nobody tried."""
    rows = OutboxEvent.objects.filter(done_at=None, dead_at=None, attempts=0, not_before__lte=F("created_at"))
    return list(rows.order_by("pk").values_list("topic", flat=True))


def forget_effects() -> int:
    """Throw away what the preparation of a test left due."""
    return OutboxEvent.objects.all().delete()[0]
