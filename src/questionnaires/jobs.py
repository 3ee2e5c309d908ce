"""What the ticker and the relay do for questionnaires: closing what is over, opening secret answers."""

from datetime import timedelta

from src.foundations import outbox
from src.foundations.ticking import on_tick

from . import services
from .models import Questionnaire
from .services.closing import OPEN_TOPIC
from .services.reminding import REMIND_TOPIC, tell_reminder


@on_tick("questionnaires.close", every=timedelta(minutes=5))
def close(now) -> None:
    """Close what is over; answers were already refused from the minute it ended."""
    services.close_due(now)


@on_tick("questionnaires.unusual_days", every=timedelta(hours=6))
def look_at_days(now) -> None:
    """Tell the days that brought far more answers than the others by an open link."""
    services.look_at_days(now)


@outbox.handles(OPEN_TOPIC)
def open_answers(payload: dict) -> None:
    """Open the secret answers of a questionnaire that was just closed, and tell its results."""
    services.open_answers(questionnaire=Questionnaire.objects.get(reference=payload["reference"]))


@outbox.handles(REMIND_TOPIC)
def remind(payload: dict) -> None:
    """Tell everybody concerned that a questionnaire is open."""
    tell_reminder(payload["reference"])


@on_tick("questionnaires.frames", every=timedelta(minutes=5))
def count_people(now) -> None:
    """Count the people asked by the questionnaires that have just opened."""
    services.frames_due(now)


@on_tick("questionnaires.outreach", every=timedelta(hours=1))
def reach_out(now) -> None:
    """Open the tasks that the gaps of open questionnaires call for."""
    services.outreach_due(now)
