"""After the dispute period: keys and boxes are destroyed here, in copies of the database when these expire."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from src.foundations import journal

from ..models import Ballot, CountedBox, HalfOpened, PairBox, PaperBatch, PaperBox, SealedBox, SimpleVote
from .gates import locked


@transaction.atomic
def destroy_keys(*, ballot: Ballot, at: datetime) -> Ballot:
    """Destroy the closed keys, the boxes and the simple choices of a ballot whose figures nobody disputes any more.

    Also of one called off. Safe twice. The figures and the number of those who voted stay. Copies of the database hold
    the closed keys until they expire: from then on, or once the holders threw their files away, nothing opens a box.
    """
    held = locked(ballot)
    if held.keys_destroyed_at is not None or not _is_over(held, at):
        return held
    held.keys_destroyed_at = at
    held.save(update_fields=["keys_destroyed_at"])
    for model in (HalfOpened, PairBox, CountedBox, SealedBox, PaperBox, SimpleVote):
        model.objects.filter(ballot=held).delete()
    PaperBatch.objects.filter(ballot=held).update(content=None)
    journal.record("ballots.keys_destroyed", object_ref=f"ballot:{held.reference}", chain_now=True)
    return held


def destroy_due(now: datetime) -> int:
    """Destroy what the dispute period kept; answers of how many ballots."""
    kept = Ballot.objects.filter(frozen_at__isnull=False, keys_destroyed_at__isnull=True).order_by("pk")
    return sum(destroy_keys(ballot=one, at=now).keys_destroyed_at == now for one in kept if _is_over(one, now))


def _is_over(ballot: Ballot, now: datetime) -> bool:
    if ballot.cancelled_at is not None:
        return True
    return ballot.disputed_until is not None and timezone.localdate(now) > ballot.disputed_until
