"""Casting: the person goes on the roll and their choice into a box, in one transaction.

Nothing else is written: no journal row, no effect, no date, no line of a log that holds the account.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import metrics
from src.participation.enums import Channel

from .. import boxes, rules
from ..models import Ballot, CountedBox, RollEntry, SealedBox, SimpleVote


class Closed(Exception):
    """The vote isn't open: not yet, or no more."""


class AlreadyVoted(Exception):
    """The person is on the roll already: by another sending, a kiosk, or on paper."""


def cast_simple(
    *, actor, ballot: Ballot, choice: Sequence[int], channel: str = Channel.WEB, again: bool = True
) -> bool:
    """Count the person's choice, or put it in place of the one before; True when it is the first.

    Encrypted under a key outside the database. Refuses with PermissionDenied who isn't an elector, with Closed outside
    its dates, with AlreadyVoted somebody who voted on paper, with ValidationError a choice the ballot doesn't take.
    """
    viewer = _elector(actor, ballot)
    kept = boxes.encrypt(boxes.checked(ballot, choice))
    try:
        with transaction.atomic():
            hold_open(ballot)
            _roll, is_first = RollEntry.objects.get_or_create(
                ballot=ballot, person_id=viewer.user_id, defaults={"channel": channel}
            )
            if is_first:
                SimpleVote.objects.create(ballot=ballot, person_id=viewer.user_id, choice=kept)
                return True
            changed = SimpleVote.objects.filter(ballot=ballot, person_id=viewer.user_id).update(choice=kept)
    except IntegrityError:
        if not again or not rules.has_voted(viewer, ballot):
            raise
        # Two first sendings at once: the other won, this one changes it.
        return cast_simple(actor=actor, ballot=ballot, choice=choice, channel=channel, again=False)
    if not changed:
        metrics.duplicates_refused.inc()
        raise AlreadyVoted(_("You voted on paper: that vote counts, and can't be changed."))
    return False


def cast_secret(*, actor, ballot: Ballot, box: bytes, channel: str = Channel.WEB) -> str:
    """Put the person on the roll and the box in the urn; answers the receipt. For good: it can't be changed.

    The same box sent again is the same vote, and the same receipt. Refuses with PermissionDenied who isn't an elector,
    with Closed outside its dates, with AlreadyVoted another box of somebody who voted, with ValidationError a box that
    isn't of the ballot's one length.
    """
    viewer = _elector(actor, ballot)
    held = bytes(box)
    if len(held) != boxes.BOX_BYTES:
        raise ValidationError(_("This vote was cut on its way: go back, and send it again."), code="size")
    digest = boxes.digest_of(held)
    try:
        with transaction.atomic():
            hold_open(ballot)
            RollEntry.objects.create(ballot=ballot, person_id=viewer.user_id, channel=channel)
            SealedBox.objects.create(digest=digest, ballot=ballot, ciphertext=held)
    except IntegrityError:
        return _sent_before(viewer, ballot, digest)
    except Closed:
        # Acknowledged while it was open, asked again since.
        if rules.has_voted(viewer, ballot) and _is_in(ballot, digest):
            return boxes.receipt_of(digest)
        raise
    return boxes.receipt_of(digest)


def _sent_before(viewer, ballot: Ballot, digest: str) -> str:
    if not rules.has_voted(viewer, ballot):
        raise ValidationError(_("This vote can't be taken: go back, and send it again."), code="box")
    metrics.duplicates_refused.inc()
    if _is_in(ballot, digest):
        return boxes.receipt_of(digest)
    raise AlreadyVoted(_("You have already voted: a secret vote can't be changed."))


def _is_in(ballot: Ballot, digest: str) -> bool:
    """Whether this box is in the urn, or was taken out of it at the closing."""
    return any(model.objects.filter(pk=digest, ballot=ballot).exists() for model in (SealedBox, CountedBox))


def _elector(actor, ballot: Ballot):
    viewer = as_viewer(actor)
    if not rules.is_elector(viewer, ballot):
        raise PermissionDenied(_("You aren't on the list of those who vote here, made when the ballot opened."))
    return viewer


def hold_open(ballot: Ballot) -> None:
    """Hold the closing back until this vote is committed: each vote acknowledged is counted.

    On PostgreSQL many people hold it at once, and whoever closes waits for them all; SQLite writes one at a time.
    Refuses with Closed a ballot that isn't open, by its dates and its marks.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = Ballot._meta.db_table
            cursor.execute(f'SELECT 1 FROM "{table}" WHERE id = %s FOR KEY SHARE', [ballot.pk])  # noqa: S608
    now = Ballot.objects.get(pk=ballot.pk)
    if not rules.is_open(now):
        raise Closed(_("The vote isn't open."))
