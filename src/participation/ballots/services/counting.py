"""The count: boxes are opened in memory, only totals are written, once."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

import nacl.exceptions
import nacl.public
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from src.foundations import clock, journal
from src.participation.enums import Channel

from .. import boxes, counted, publication, rules
from ..counting import Tally, outcome
from ..models import Ballot, CountedBox, Elector, PaperBatch, PaperBox, RollEntry, SimpleVote
from . import telling
from .closing import dispute_end, take_out
from .gates import locked
from .keys import refuse_unless_to_open

log = logging.getLogger("terrain.ballots")
CHUNK = 1000


class WrongKey(ValidationError):
    """The key doesn't open the urn."""


@transaction.atomic
def count_secret(*, actor, ballot: Ballot, secret_key: bytes, at: datetime | None = None) -> Ballot:
    """Open the boxes with the key of the urn, and write the totals, their method and the list of receipts.

    The key stays in memory and is kept nowhere. Papers are taken out as the others were, in this transaction. Refuses
    who isn't a key holder, with WrongKey a key that isn't the urn's, and the count of papers that somebody still types
    (``papers_waited_for``). A rerun after a crash gives the same figures; once counted, nothing is counted again.
    """
    held = _to_count(ballot)
    if rules.key_holder_of(actor, held) is None:
        raise PermissionDenied(_("Only the three key holders do this."))
    if held.counted_at is not None:
        return held
    refuse_unless_to_open(held)
    moment = at or clock.now()
    left = papers_waited_for(held, moment)
    if left:
        raise ValidationError(
            _("%(left)d votes on paper are still to be typed: the urn is counted with them, or from %(day)s without.")
            % {"left": left, "day": date_format(localtime(last_day_of_papers(held)), "j F")},
            code="papers",
        )
    opener = _opener(held, secret_key)
    take_out(held, PaperBox, is_paper=True)
    found = CountedBox.objects.filter(ballot=held).order_by("digest").values_list("ciphertext", "is_paper")
    web, paper = Tally.empty(held), Tally.empty(held)
    for ciphertext, is_paper in found.iterator(chunk_size=CHUNK):
        (paper if is_paper else web).add(_choice_in(held, opener, bytes(ciphertext)))
    written = _write(held, web, paper, actor, moment)
    PaperBox.objects.filter(ballot=held).delete()
    return written


def last_day_of_papers(ballot: Ballot) -> datetime:
    """Until when papers put in a box before the closing may be typed and read again."""
    return ballot.closes_at + timedelta(days=settings.TERRAIN_BALLOT_PAPER_DAYS)


def papers_waited_for(ballot: Ballot, now: datetime) -> int:
    """How many people marked on paper have no paper read twice yet; 0 once papers are no longer waited for."""
    if now >= last_day_of_papers(ballot):
        return 0
    marked = RollEntry.objects.filter(ballot=ballot, channel=Channel.PAPER).count()
    return max(0, marked - _papers_read(ballot)) if marked else 0


def _papers_read(ballot: Ballot) -> int:
    return sum(PaperBatch.objects.filter(ballot=ballot, checked_at__isnull=False).values_list("papers", flat=True))


@transaction.atomic
def count_simple(*, ballot: Ballot, at: datetime | None = None) -> Ballot:
    """Count a simple vote that is closed; safe twice."""
    held = _to_count(ballot)
    if held.is_secret or held.closed_at is None or held.cancelled_at is not None:
        raise ValidationError(_("There is nothing to count here yet."), code="state")
    if held.counted_at is not None:
        return held
    tallies = [Tally.empty(held), Tally.empty(held)]
    kept: Iterable = (
        SimpleVote.objects.filter(ballot=held).values_list("choice", flat=True),
        PaperBox.objects.filter(ballot=held).values_list("ciphertext", flat=True),
    )
    for tally, rows in zip(tallies, kept, strict=True):
        for content in rows.iterator(chunk_size=CHUNK):
            tally.add(boxes.read(held, boxes.decrypt(bytes(content))))
    return _write(held, *tallies, None, at or clock.now())


def _to_count(ballot: Ballot) -> Ballot:
    """The ballot, locked, with its proposals: each vote is read against them, in no statement of its own."""
    held = locked(ballot)
    prefetch_related_objects([held], "options")
    return held


def _opener(ballot: Ballot, secret_key: bytes):
    try:
        key = nacl.public.PrivateKey(bytes(secret_key))
    except (nacl.exceptions.CryptoError, nacl.exceptions.TypeError, ValueError) as error:
        raise WrongKey(_("This isn't the key of the urn."), code="key") from error
    if bytes(key.public_key) != bytes(ballot.public_key):
        raise WrongKey(_("This isn't the key of the urn."), code="key")
    return nacl.public.SealedBox(key)


def _choice_in(ballot: Ballot, opener, ciphertext: bytes) -> list[int] | None:
    """The choice in a box, None for one that holds none: closed for another urn, or not by our page."""
    try:
        framed = opener.decrypt(ciphertext)
    except (nacl.exceptions.CryptoError, ValueError, TypeError):
        return None
    length = int.from_bytes(framed[:4], "big")
    return boxes.read(ballot, framed[4 : 4 + length])


def _write(ballot: Ballot, web: Tally, paper: Tally, actor, moment: datetime) -> Ballot:
    roll = RollEntry.objects.filter(ballot=ballot)
    voted = {
        "electors": Elector.objects.filter(ballot=ballot).count(),
        "voted": roll.count(),
        "voted_on_paper": roll.filter(channel=Channel.PAPER).count(),
    }
    ballot.result = publication.result_of(ballot, web=web, paper=paper, **voted)
    ballot.counted_at, ballot.disputed_until = moment, dispute_end(moment)
    ballot.save(update_fields=["result", "counted_at", "disputed_until"])
    journal.record(
        "ballots.counted",
        actor=actor,
        object_ref=f"ballot:{ballot.reference}",
        payload={**voted, "papers_read": _papers_read(ballot), "fingerprint": publication.fingerprint(ballot)},
        chain_now=True,
    )
    counted.tell(ballot, web + paper, voted["voted"])
    telling.figures_told(ballot)
    return ballot


__all__ = ["WrongKey", "count_secret", "count_simple", "outcome"]
