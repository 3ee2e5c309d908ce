"""What the ticker and the relay do for questionnaires: closing what is over, opening secret answers."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth import get_user_model

from src.foundations import outbox
from src.foundations.ticking import on_tick
from src.notices.services import send
from src.participation.enums import Circle
from src.participation.rules import can_see_space

from . import services
from .models import BarometerFollow, Edition, Questionnaire
from .notices import EditionTold
from .services.closing import OPEN_TOPIC
from .services.findings import TOLD_TOPIC, tell_due
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


@on_tick("questionnaires.editions", every=timedelta(minutes=10))
def look_at_editions(now) -> None:
    """Have the followers of a barometer told that the figures of an edition came out."""
    tell_due(now)


@outbox.handles(TOLD_TOPIC)
def tell_edition(payload: dict) -> None:
    """Tell those who follow a barometer, and may still read it, that an edition can be compared."""
    edition = Edition.objects.select_related("barometer__space").filter(pk=payload["edition"]).first()
    if edition is None:
        return
    barometer = edition.barometer
    send(
        EditionTold.code,
        recipients=_followers(barometer),
        context={"title": barometer.title, "reference": barometer.reference, "number": edition.number},
        key=f"edition:{edition.pk}",
    )


def _followers(barometer) -> Iterator[int]:
    """Accounts that follow a barometer; a circle of members is asked one by one."""
    rows = BarometerFollow.objects.filter(barometer=barometer).order_by("user_id")
    if barometer.space.circle != Circle.MEMBERS:
        yield from rows.values_list("user_id", flat=True).iterator()
        return
    for user in get_user_model().objects.filter(pk__in=rows.values("user_id"), is_active=True).order_by("pk"):
        if can_see_space(user, barometer.space):
            yield user.pk
