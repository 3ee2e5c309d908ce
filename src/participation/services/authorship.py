"""Sealed authorship: who made a protected contribution is known to its author's session and to the relay alone."""

import struct
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.directory.models import User
from src.foundations import outbox, sealing

from .. import recent
from ..enums import IdentityMode
from ..models import SealedAuthor
from . import keyring

PURPOSE = sealing.register_purpose("participation-author")


def seal(handle: UUID, user) -> None:
    """Seal the link between a new contribution and its author, in the caller's transaction.

    Writes the sealed row and one secret outbox row, from which the relay fills the keyring; both have one size
    whoever the author is. Two statements.
    """
    SealedAuthor.objects.create(handle=handle, ciphertext=_seal(handle, user.pk))
    outbox.emit(keyring.TOPIC, keyring.pending(keyring.CONTRIBUTION, handle, user.pk), secret=True)


def is_sealed(handle: UUID) -> bool:
    """Whether some account is tied to the contribution; which one isn't read."""
    return SealedAuthor.objects.filter(handle=handle).exists()


@transaction.atomic
def claim(contribution, user) -> None:
    """Tie to an account what its author wrote without one (on paper) and proved theirs by its secret code.

    Seals the link as at a submission; a signed text keeps the words it was signed with. Refuses what already has
    its author, and what was sent anonymously: that was promised to stay nobody's.
    """
    if contribution is None or contribution.identity_mode not in (IdentityMode.NAMED, IdentityMode.PROTECTED):
        raise ValidationError(_("What was sent anonymously stays nobody's."))
    if contribution.author_id is not None or is_sealed(contribution.handle):
        raise ValidationError(_("This is already tied to an account."))
    try:
        with transaction.atomic():
            seal(contribution.handle, user)
    except IntegrityError:
        raise ValidationError(_("This is already tied to an account."))


def own_handles(user) -> frozenset[UUID]:
    """Handles of the account's own protected contributions: its keyring, and the last minutes from the cookie.

    Costs nothing when the account came with its keyring (as in a request), one statement otherwise.
    """
    return keyring.read(user).handles | recent.handles_for(user.pk)


def is_own(handle: UUID, user) -> bool:
    """Whether the seal of a contribution bears this account: for whoever asks of what they have just sent.

    Only that person learns it. One statement.
    """
    return user.pk is not None and author_ids_of([handle]).get(handle) == user.pk


def remember_in_response(response, request, handle: UUID) -> None:
    """Let the author's browser recognise the contribution until the relay has filled the keyring."""
    recent.remember(response, request, handle=handle)


def author_of(contribution) -> User | None:
    """The author of one contribution, named or protected. For the relay, in memory: never for a page."""
    if contribution.identity_mode == IdentityMode.NAMED:
        return contribution.author
    user_id = author_ids_of([contribution.handle]).get(contribution.handle)
    return User.objects.filter(pk=user_id).first() if user_id else None


def author_ids_of(handles: Iterable[UUID]) -> dict[UUID, int]:
    """Account ids behind handles, for the relay that addresses notices. A dropped link is left out."""
    found = SealedAuthor.objects.filter(handle__in=list(handles)).values_list("handle", "ciphertext")
    return {handle: opened for handle, ciphertext in found if (opened := open_seal(handle, ciphertext)) is not None}


def accounts_of(handles: Iterable[UUID]) -> dict[UUID, User]:
    """Accounts behind handles: what notices ask, in memory, when they address a message."""
    user_ids = author_ids_of(handles)
    accounts = User.objects.in_bulk(set(user_ids.values()))
    return {handle: accounts[user_id] for handle, user_id in user_ids.items() if user_id in accounts}


def open_seal(handle: UUID, ciphertext: bytes) -> int | None:
    """The account id in a sealed row; None when the row was tampered with or moved to another handle."""
    try:
        clear = sealing.decrypt(bytes(ciphertext), PURPOSE)
    except sealing.CannotDecrypt:
        return None
    bound_to, user_id = clear[:16], clear[16:]
    if bound_to != handle.bytes:
        return None
    return struct.unpack(">Q", user_id)[0]


def forget(user) -> int:
    """Cut every link to the account, read from the seals themselves; returns how many. Contributions stay."""
    sealed = SealedAuthor.objects.values_list("handle", "ciphertext").iterator()
    own = [handle for handle, ciphertext in sealed if open_seal(handle, ciphertext) == user.pk]
    for start in range(0, len(own), 500):
        SealedAuthor.objects.filter(pk__in=own[start : start + 500]).delete()
    return len(own)


def sealed_rows(pairs: Iterable[tuple[UUID, int]]) -> list[SealedAuthor]:
    """Unsaved sealed links of many (handle, account id) pairs, for a bulk load; the keyrings are rebuilt apart."""
    return [SealedAuthor(handle=handle, ciphertext=_seal(handle, user_id)) for handle, user_id in pairs]


def _seal(handle: UUID, user_id: int) -> bytes:
    # The handle is inside: a ciphertext copied to another row opens to nobody.
    return sealing.encrypt(handle.bytes + struct.pack(">Q", user_id), PURPOSE)
