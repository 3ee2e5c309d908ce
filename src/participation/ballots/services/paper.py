"""Votes on paper: people marked on the roll at a place, papers typed by one person and typed again by another."""

import json
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock, envelopes, journal, metrics, sealing
from src.paper.forms import plain
from src.participation.enums import Channel

from .. import boxes, rules
from ..enums import State
from ..models import Ballot, Elector, PaperBatch, PaperBox, RollEntry
from .casting import AlreadyVoted, hold_open
from .gates import locked

# What was typed of a batch has lengths by steps, so that its size tells little.
STEP = 4096
MOST_PAPERS = 200
VOID = b'{"v":1,"c":null}'


def mark_on_paper(*, actor, ballot: Ballot, place, number: str, last_name: str) -> User:
    """Write that somebody votes on paper at this place, before their paper goes into the box. For good.

    Both their personnel number and their name are asked: a digit mistyped marks nobody else. Refuses with
    PermissionDenied who isn't a facilitator of the place, with Closed outside the dates, with AlreadyVoted whoever is
    on the roll already, with ValidationError who isn't on the list.
    """
    _facilitator(actor, place)
    person = User.objects.filter(personnel_number__iexact=number.strip(), is_active=True).first()
    if not number.strip() or person is None or plain(person.last_name) != plain(last_name):
        raise ValidationError(
            {"number": _("This name and this number don't go together. Read the card again.")}, code="unknown"
        )
    if not Elector.objects.filter(ballot=ballot, person=person).exists():
        raise ValidationError(
            {"number": _("This person isn't on the list of those who vote, made when the ballot opened.")},
            code="not_listed",
        )
    try:
        with transaction.atomic():
            hold_open(ballot)
            RollEntry.objects.create(ballot=ballot, person=person, channel=Channel.PAPER, place=place)
    except IntegrityError:
        if not rules.has_voted(person, ballot):
            raise
        metrics.duplicates_refused.inc()
        raise AlreadyVoted(_("This person has already voted: no paper is given to them.")) from None
    return person


def marked_at(ballot: Ballot, place) -> int:
    """How many people were marked as voting on paper at a place."""
    return RollEntry.objects.filter(ballot=ballot, place=place).count()


def typed_at(ballot: Ballot, place) -> int:
    """How many papers of a place were typed, once or twice."""
    return PaperBatch.objects.filter(ballot=ballot, place=place).aggregate(n=Sum("papers"))["n"] or 0


@transaction.atomic
def type_papers(*, actor, ballot: Ballot, place, votes: Sequence[Sequence[int] | None]) -> PaperBatch:
    """Keep the papers of a place, encrypted, until somebody else types the same; None is a void paper.

    Refuses more papers than people marked at that place and not typed yet, and papers of a ballot that takes no more:
    not opened yet, counted or called off.
    """
    viewer = _facilitator(actor, place)
    held = locked(ballot)
    _refuse_unless_awaited(held)
    kept = [_checked(ballot, vote) for vote in votes]
    left = marked_at(held, place) - typed_at(held, place)
    if not kept:
        raise ValidationError({"votes": _("Type one paper a line.")}, code="none")
    if len(kept) > left:
        raise ValidationError(
            {
                "votes": _("You typed %(typed)d papers, and %(left)d are awaited here: count them again.")
                % {"typed": len(kept), "left": max(0, left)}
            },
            code="too_many",
        )
    batch = PaperBatch.objects.create(
        ballot=held,
        place=place,
        typed_by=viewer.user,
        typed_at=clock.now(),
        papers=len(kept),
        content=sealing.encrypt(json.dumps(kept).encode(), boxes.PURPOSE, pad_to=STEP),
    )
    _record("ballots.papers_typed", viewer.user, batch)
    return batch


@transaction.atomic
def check_papers(*, actor, batch: PaperBatch, votes: Sequence[Sequence[int] | None]) -> list[int]:
    """Type the papers again without seeing the first typing: closed in boxes when both are the same.

    Answers the places in the pile (from 1) where the two differ, and keeps nothing of the second then. In whatever
    order the pile was read, the same papers are the same. Refuses whoever typed the batch, and a batch already read.
    """
    ballot = locked(batch.ballot)
    held = PaperBatch.objects.select_for_update(of=("self",)).filter(pk=batch.pk).select_related("place").first()
    if held is None or held.checked_at is not None:
        raise ValidationError(_("This batch doesn't wait for its second typing any more."), code="done")
    viewer = _facilitator(actor, held.place)
    if held.typed_by_id == viewer.user_id:
        raise PermissionDenied(_("You typed this batch: somebody else types it again."))
    _refuse_unless_awaited(ballot)
    again = [_checked(batch.ballot, vote) for vote in votes]
    first = json.loads(sealing.decrypt(bytes(held.content), boxes.PURPOSE))
    if sorted(map(_key, first)) != sorted(map(_key, again)):
        return _differences(first, again)
    held.checked_by, held.checked_at, held.content = viewer.user, clock.now(), None
    held.save(update_fields=["checked_by", "checked_at", "content"])
    closed = {boxes.digest_of(box): box for box in (_box(ballot, vote) for vote in again)}
    PaperBox.objects.bulk_create(
        PaperBox(digest=digest, ballot=ballot, ciphertext=closed[digest]) for digest in sorted(closed)
    )
    _record("ballots.papers_checked", viewer.user, held)
    return []


@transaction.atomic
def discard_papers(*, actor, batch: PaperBatch) -> None:
    """Throw away a typing that nobody read again yet, so that the papers are typed anew; the journal says who did."""
    viewer = _facilitator(actor, batch.place)
    locked(batch.ballot)
    held = PaperBatch.objects.filter(pk=batch.pk, checked_at__isnull=True).first()
    if held is None:
        raise ValidationError(_("This batch doesn't wait for its second typing any more."), code="done")
    _record("ballots.papers_discarded", viewer.user, held)
    held.delete()


def _facilitator(actor, place):
    viewer = as_viewer(actor)
    if not viewer.has_role(Role.FACILITATOR, unit=place):
        raise PermissionDenied(_("Your role doesn't cover this place."))
    return viewer


def _refuse_unless_awaited(ballot: Ballot) -> None:
    if rules.state_of(ballot) not in (State.OPEN, State.CLOSED):
        raise ValidationError(_("This ballot takes no paper now."), code="state")


def _checked(ballot: Ballot, vote: Sequence[int] | None) -> list[int] | None:
    return None if vote is None else boxes.checked(ballot, vote)


def _key(vote: list[int] | None) -> str:
    return json.dumps(vote)


def _differences(first: list, again: list) -> list[int]:
    longest = max(len(first), len(again))
    first, again = (one + ["nothing"] * (longest - len(one)) for one in (first, again))
    return [place for place, pair in enumerate(zip(first, again, strict=True), 1) if pair[0] != pair[1]]


def _box(ballot: Ballot, vote: list[int] | None) -> bytes:
    content = VOID if vote is None else boxes.written(vote)
    if ballot.is_secret:
        return envelopes.close(bytes(ballot.public_key), content, boxes.SIZE)
    return sealing.encrypt(content, boxes.PURPOSE, pad_to=boxes.SIZE + 4)


def _record(verb: str, actor, batch: PaperBatch) -> None:
    journal.record(
        verb,
        actor=actor,
        object_ref=f"ballot:{batch.ballot.reference}",
        payload={"papers": batch.papers, "place": batch.place.code},
    )
