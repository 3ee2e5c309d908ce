"""Who is told what of a ballot, each once: effects written with what they tell of, run by the relay.

A reminder goes to those who aren't on the roll; who they are is found when it leaves, and shown to nobody.
"""

from datetime import datetime, timedelta

from django.db import transaction

from src.foundations import outbox
from src.notices.services import send

from .. import rules
from ..enums import State
from ..models import Ballot, Elector, KeyHolder, RollEntry

KEY_ASKED, URN_WAITS = "ballots.key_asked", "ballots.urn_waits"
OPENED, REMINDED, COUNTED, CANCELLED = (
    "ballots.tell_opened",
    "ballots.remind",
    "ballots.tell_counted",
    "ballots.tell_off",
)
REMINDER_BEFORE = timedelta(days=2)
CHUNK = 2000


def ask_key_of(ballot: Ballot, person) -> None:
    """Have somebody told that they were asked to hold a key."""
    outbox.emit(KEY_ASKED, {"reference": ballot.reference, "person": person.pk})


def urn_waits(ballot: Ballot) -> None:
    """Have the key holders told that the vote is closed and that the urn waits for two of them."""
    outbox.emit(URN_WAITS, {"reference": ballot.reference}, key=f"{URN_WAITS}:{ballot.reference}")


def figures_told(ballot: Ballot) -> None:
    """Have those who could vote told that the figures can be read."""
    outbox.emit(COUNTED, {"reference": ballot.reference}, key=f"{COUNTED}:{ballot.reference}")


def called_off(ballot: Ballot) -> None:
    """Have those who were told that it is open told that it is called off."""
    if ballot.opening_told_at is not None:
        outbox.emit(CANCELLED, {"reference": ballot.reference}, key=f"{CANCELLED}:{ballot.reference}")


def tell_due(now: datetime) -> int:
    """Have everybody concerned told of what has opened, and of what ends in two days; answers how many times."""
    waiting = Ballot.objects.filter(
        frozen_at__isnull=False,
        closed_at__isnull=True,
        cancelled_at__isnull=True,
        opens_at__lte=now,
        closes_at__gt=now,
    ).order_by("pk")
    told = [_tell(one.pk, "opening_told_at", OPENED, now) for one in waiting.filter(opening_told_at__isnull=True)]
    soon = waiting.filter(reminded_at__isnull=True, closes_at__lte=now + REMINDER_BEFORE)
    told += [_tell(one.pk, "reminded_at", REMINDED, now) for one in soon]
    return sum(told)


@transaction.atomic
def _tell(pk: int, column: str, topic: str, now: datetime) -> int:
    """Mark and write the effect together; of two tickers one does."""
    if not Ballot.objects.filter(pk=pk, **{f"{column}__isnull": True}).update(**{column: now}):
        return 0
    reference = Ballot.objects.values_list("reference", flat=True).get(pk=pk)
    outbox.emit(topic, {"reference": reference}, key=f"{topic}:{reference}")
    return 1


def tell_key_holder(reference: str, person: int) -> None:
    """Tell somebody that a key is asked of them; nothing when they no longer are among the three."""
    ballot = _of(reference)
    if ballot is None or ballot.frozen_at is not None:
        return
    if KeyHolder.objects.filter(ballot=ballot, person_id=person).exists():
        _send(KEY_ASKED, ballot, [person], suffix=f":{person}")


def tell_key_holders(reference: str) -> None:
    """Tell the three that the urn waits for two of them."""
    ballot = _of(reference)
    if ballot is not None and ballot.counted_at is None and ballot.cancelled_at is None:
        holders = KeyHolder.objects.filter(ballot=ballot, person__isnull=False).order_by("position")
        _send(URN_WAITS, ballot, list(holders.values_list("person_id", flat=True)))


def tell_electors(topic: str, reference: str) -> None:
    """Tell those on the list; of a reminder, those who haven't voted. Nothing that is no longer true. Safe twice."""
    ballot = _of(reference)
    if ballot is None:
        return
    state = rules.state_of(ballot)
    wanted = {OPENED: State.OPEN, REMINDED: State.OPEN, COUNTED: State.COUNTED, CANCELLED: State.CANCELLED}
    if state != wanted[topic]:
        return
    people = Elector.objects.filter(ballot=ballot, person__isnull=False, person__is_active=True)
    if topic == REMINDED:
        people = people.exclude(
            person__in=RollEntry.objects.filter(ballot=ballot, person__isnull=False).values("person")
        )
    _send(topic, ballot, people.order_by("person_id").values_list("person_id", flat=True).iterator(chunk_size=CHUNK))


def _of(reference: str) -> Ballot | None:
    return Ballot.objects.for_pages().filter(reference=reference).first()


def _send(topic: str, ballot: Ballot, recipients, *, suffix: str = "") -> None:
    context = {
        "reference": ballot.reference,
        "title": ballot.title,
        "question": ballot.question,
        "minutes": ballot.minutes,
        "is_secret": ballot.is_secret,
        "closes": ballot.closes_at.isoformat(),
        "because": ballot.cancelled_because,
    }
    send(topic, recipients=recipients, context=context, key=f"ballot:{ballot.reference}:{topic}{suffix}")
