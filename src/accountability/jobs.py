"""What the relay and the ticker do for accountability: carry announcements, remind."""

from datetime import datetime, timedelta

from src.foundations import outbox
from src.foundations.ticking import on_tick

from . import telling, telling_owed
from .services import announcing, awaited, escalation, ground, measure_silence, measures


@outbox.handles(announcing.TOPIC)
def apply_announcement(payload: dict) -> None:
    """Bring a large announcement to its subjects, in slices."""
    announcing.apply_batch(payload["batch"])


@on_tick("accountability.escalation", every=timedelta(hours=1))
def climb(now: datetime) -> None:
    """Remind those who owe an answer, level after level."""
    escalation.escalate(now)


@outbox.handles(escalation.TOPIC)
def escalated(payload: dict) -> None:
    """An answer is due soon, or late: those it is expected of are told."""
    telling_owed.tell_escalated(payload["owed"], payload["level"])


@outbox.handles(measures.MOVED_TOPIC)
def measure_moved(payload: dict) -> None:
    """A measure was said to be done: who may confirm it hears of it."""
    telling.tell_moved(payload["step"])


@outbox.handles(measures.NEWS_TOPIC)
def measure_news(payload: dict) -> None:
    """News of a measure: those who follow where it comes from hear of them."""
    telling.tell_news(payload["note"])


@outbox.handles(measure_silence.TOPIC)
def measure_silent(payload: dict) -> None:
    """Ninety days without news."""
    telling.tell_silent(payload["measure"], payload["level"])


@on_tick("accountability.silence", every=timedelta(hours=6))
def silence(now: datetime) -> None:
    """Tell owners, then directions, of the measures nobody hears of."""
    measure_silence.remind_silent(now)


@outbox.handles(ground.OPENED_TOPIC)
def ground_opened(payload: dict) -> None:
    """People were drawn: they are asked."""
    telling.tell_drawn(payload["check"])


@outbox.handles(ground.CLOSED_TOPIC)
def ground_closed(payload: dict) -> None:
    """The ground answered: those who run the measure hear how."""
    telling.tell_checked(payload["check"])


@on_tick("accountability.ground", every=timedelta(hours=1))
def close_checks(now: datetime) -> None:
    """Close the checks whose thirty days are over."""
    ground.close_due(now)


@outbox.handles(awaited.ASKED_TOPIC)
def signature_asked(payload: dict) -> None:
    """A reply waits for an elected official."""
    telling.tell_to_sign(payload["signature"])


@outbox.handles(awaited.ANSWERED_TOPIC)
def signature_answered(payload: dict) -> None:
    """A reply was signed, or sent back: the direction hears of it."""
    telling.tell_signed(payload["signature"])
