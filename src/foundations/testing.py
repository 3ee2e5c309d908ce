"""What tests of every room use: run what is due, now, and see every failure."""

from . import outbox
from .models import OutboxEvent


def drain_outbox() -> int:
    """Run everything due, including what handlers emit; a handler's exception comes out."""
    return outbox.drain(raising=True)


def undrained() -> list[str]:
    """Topics of effects that are due and that the test hasn't run."""
    return list(outbox.due().order_by("pk").values_list("topic", flat=True))


def forget_effects() -> int:
    """Throw away what the preparation of a test left due."""
    return OutboxEvent.objects.all().delete()[0]
