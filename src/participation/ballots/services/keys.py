"""The key holders' part: a key made on their own device, a rehearsal, and at the end the opening by two of them."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping

import nacl.exceptions
import nacl.public
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal
from src.foundations.references import new_reference

from .. import rules
from ..models import Ballot, HalfOpened, KeyHolder, PairBox
from .gates import locked, refuse_once_frozen

KEY_BYTES = 32
# What an opened half holds: the key of the urn in one more sealed box.
HALF_BYTES = KEY_BYTES + 48


@transaction.atomic
def register_key(*, actor, ballot: Ballot, public_key: bytes) -> KeyHolder:
    """Keep the public half of the key a holder made on their device, and seal a word for their rehearsal.

    A key made again before the opening replaces the first, and is rehearsed again. Refuses what is no key, and the key
    of another holder.
    """
    held = locked(ballot)
    refuse_once_frozen(held)
    holder = _part_of(actor, held)
    box = _sealed_box(public_key)
    if held.key_holders.exclude(pk=holder.pk).filter(public_key=public_key).exists():
        raise ValidationError(_("Another key holder has this key: make one of your own."), code="twice")
    word = new_reference()
    holder.public_key, holder.rehearsed_at = bytes(public_key), None
    holder.trial_box, holder.trial_digest = bytes(box.encrypt(word.encode())), _digest(word)
    holder.save(update_fields=["public_key", "rehearsed_at", "trial_box", "trial_digest"])
    journal.record("ballots.key_registered", actor=actor, object_ref=f"ballot:{held.reference}")
    return holder


@transaction.atomic
def rehearse(*, actor, ballot: Ballot, word: str) -> KeyHolder:
    """Note that the holder opened the rehearsal's word with their key; refuses another word."""
    held = locked(ballot)
    refuse_once_frozen(held)
    holder = _part_of(actor, held)
    if holder.public_key is None:
        raise ValidationError(_("Make your key first."), code="no_key")
    if not hmac.compare_digest(_digest(word), holder.trial_digest):
        raise ValidationError(
            _("This isn't the word that was sealed for you: open it again with the file of your key."), code="word"
        )
    holder.rehearsed_at = clock.now()
    holder.save(update_fields=["rehearsed_at"])
    journal.record("ballots.rehearsed", actor=actor, object_ref=f"ballot:{held.reference}")
    return holder


@transaction.atomic
def half_open(*, actor, ballot: Ballot, boxes: Mapping[int, bytes]) -> list[HalfOpened]:
    """Keep what the first of two holders opened: for each other holder (by position), the key still closed for them.

    Only once the vote is closed; twice changes nothing. Refuses boxes of another size, and holders that aren't others.
    """
    held = locked(ballot)
    holder = _part_of(actor, held)
    refuse_unless_to_open(held)
    others = {one.position: one for one in held.key_holders.exclude(pk=holder.pk)}
    if set(boxes) != set(others) or any(len(bytes(box)) != HALF_BYTES for box in boxes.values()):
        raise ValidationError(
            _("This isn't what your key opens: choose the file of this ballot, and open again."), code="half"
        )
    if not HalfOpened.objects.filter(ballot=held, outer=holder).exists():
        HalfOpened.objects.bulk_create(
            HalfOpened(ballot=held, outer=holder, inner=others[position], box=bytes(box))
            for position, box in boxes.items()
        )
        journal.record("ballots.half_opened", actor=actor, object_ref=f"ballot:{held.reference}", chain_now=True)
    return list(HalfOpened.objects.filter(ballot=held, outer=holder))


def boxes_for(holder: KeyHolder) -> list[PairBox]:
    """The two boxes whose first closing is the holder's, by the position of the other."""
    return list(PairBox.objects.filter(outer=holder).select_related("inner").order_by("inner__position"))


def halves_for(holder: KeyHolder) -> list[HalfOpened]:
    """What others opened that the holder alone can open now; any of them gives the key of the urn."""
    return list(HalfOpened.objects.filter(inner=holder).select_related("outer").order_by("outer__position"))


def refuse_unless_to_open(ballot: Ballot) -> None:
    """Refuses an opening before the closing, after the count, and of what isn't secret."""
    if not ballot.is_secret or ballot.closed_at is None:
        raise ValidationError(_("The urn is opened once the vote is closed."), code="state")
    if ballot.counted_at is not None or ballot.cancelled_at is not None:
        raise ValidationError(_("The urn was opened already, or the ballot called off."), code="done")


def _part_of(actor, ballot: Ballot) -> KeyHolder:
    holder = rules.key_holder_of(actor, ballot)
    if holder is None:
        raise PermissionDenied(_("Only the three key holders do this."))
    return holder


def _sealed_box(public_key: bytes) -> nacl.public.SealedBox:
    try:
        box = nacl.public.SealedBox(nacl.public.PublicKey(bytes(public_key)))
        box.encrypt(secrets.token_bytes(1))
    except (nacl.exceptions.CryptoError, nacl.exceptions.TypeError, ValueError) as error:
        raise ValidationError(_("This isn't the public half of a key: make it again."), code="key") from error
    return box


def _digest(word: str) -> str:
    return hashlib.sha256(" ".join(word.upper().split()).encode()).hexdigest()
