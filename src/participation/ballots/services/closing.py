"""The closing: nothing is cast any more, the boxes are taken out of the urn in the order of their fingerprints."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from src.foundations import clock, journal
from src.participation.enums import Channel

from .. import rules
from ..enums import Secrecy, State
from ..models import Ballot, CountedBox, RollEntry, SealedBox
from . import telling
from .gates import locked

log = logging.getLogger("terrain.ballots")
CHUNK = 1000


@transaction.atomic
def close_ballot(*, ballot: Ballot, at: datetime | None = None) -> Ballot:
    """Close a ballot whose last hour has passed; safe twice.

    Waits for the votes being cast: each one acknowledged is counted. The boxes of a secret vote are written anew,
    sorted, in this transaction, and the urn is emptied. Chained in the journal, with how many people and boxes there
    were. Papers put in a box by then are typed and read afterwards, until the count.
    """
    held = locked(ballot)
    moment = at or clock.now()
    if held.closed_at is not None or rules.state_of(held, moment) != State.CLOSED:
        return held
    held.closed_at = moment
    held.save(update_fields=["closed_at"])
    roll = RollEntry.objects.filter(ballot=held)
    on_line = roll.exclude(channel=Channel.PAPER).count()
    payload: dict = {"voted": roll.count(), "voted_on_paper": roll.filter(channel=Channel.PAPER).count()}
    if held.is_secret:
        payload["boxes"] = take_out(held, SealedBox, is_paper=False)
        SealedBox.objects.filter(ballot=held).delete()
        payload["boxes_equal_roll"] = payload["boxes"] == on_line
        if not payload["boxes_equal_roll"]:
            log.error("ballots.roll_differs", extra={"reference": held.reference})
        telling.urn_waits(held)
    journal.record("ballots.closed", object_ref=f"ballot:{held.reference}", payload=payload, chain_now=True)
    return held


def take_out(ballot: Ballot, model, *, is_paper: bool) -> int:
    """Write the boxes again in the order of their fingerprints; answers how many."""
    found = model.objects.filter(ballot=ballot).order_by("digest").values_list("digest", "ciphertext")
    batch: list[CountedBox] = []
    number = 0
    for digest, ciphertext in found.iterator(chunk_size=CHUNK):
        batch.append(CountedBox(digest=digest, ballot=ballot, ciphertext=bytes(ciphertext), is_paper=is_paper))
        if len(batch) == CHUNK:
            number += len(CountedBox.objects.bulk_create(batch))
            batch = []
    return number + len(CountedBox.objects.bulk_create(batch))


def close_due(now: datetime) -> int:
    """Close what is over, and count the simple votes that nothing keeps waiting; answers how many were closed.

    One that fails doesn't keep the others from their turn: it is told in the log, and tried again at the next tick.
    """
    from .counting import count_simple, papers_waited_for  # the count reads what the closing leaves

    due = Ballot.objects.filter(
        frozen_at__isnull=False, closed_at__isnull=True, cancelled_at__isnull=True, closes_at__lte=now
    ).order_by("pk")
    closed = sum(_tried(close_ballot, one, now) for one in due)
    waiting = Ballot.objects.filter(
        secrecy=Secrecy.SIMPLE, closed_at__isnull=False, counted_at__isnull=True, cancelled_at__isnull=True
    )
    for one in waiting.order_by("pk"):
        if not papers_waited_for(one, now):
            _tried(count_simple, one, now)
    return closed


def _tried(verb, ballot: Ballot, now: datetime) -> bool:
    try:
        verb(ballot=ballot, at=now)
    except Exception as error:
        log.error("ballots.not_ended", extra={"reference": ballot.reference, "error": type(error).__name__})
        return False
    return True


def dispute_end(moment: datetime):
    """The last day on which a result may be disputed."""
    return timezone.localdate(moment) + timedelta(days=settings.TERRAIN_BALLOT_DISPUTE_DAYS)
