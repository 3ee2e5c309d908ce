"""What the ticker and the relay do for meetings."""

from datetime import timedelta

from src.foundations import outbox
from src.foundations.ticking import on_tick

from .services import telling
from .services.holding import GIVEN_TOPIC
from .services.planning import TELL_TOPIC
from .services.topics import ASIDE_TOPIC


@outbox.handles(TELL_TOPIC)
def tell(payload: dict) -> None:
    """Tell everybody concerned what became of a meeting."""
    telling.tell_change(payload["reference"], payload["what"], payload["sequence"])


@outbox.handles(ASIDE_TOPIC)
def tell_topic(payload: dict) -> None:
    """Tell its author what became of a topic."""
    telling.tell_topic(payload["reference"])


@outbox.handles(GIVEN_TOPIC)
def tell_owner(payload: dict) -> None:
    """Tell somebody what a meeting gave them to do."""
    telling.tell_owner(payload["reference"])


@on_tick("meetings.late", every=timedelta(hours=6))
def remind_late(now) -> None:
    """Tell those who run it, and who decide for it, that a group has not met for its agreed period."""
    telling.remind_late(now)


@on_tick("meetings.soon", every=timedelta(hours=1))
def remind_coming(now) -> None:
    """Tell members, the day before, that their meeting takes place."""
    telling.remind_coming(now)
