"""What the relay and the ticker do for accountability: carry announcements, remind."""

from datetime import datetime, timedelta

from src.foundations import outbox
from src.foundations.ticking import on_tick

from .services import announcing, escalation


@outbox.handles(announcing.TOPIC)
def apply_announcement(payload: dict) -> None:
    """Bring a large announcement to its subjects, in slices."""
    announcing.apply_batch(payload["batch"])


@on_tick("accountability.escalation", every=timedelta(hours=1))
def climb(now: datetime) -> None:
    """Remind those who owe an answer, level after level."""
    escalation.escalate(now)
