"""The receipt of somebody who registered: drawn from their own row, for them alone, never kept in clear."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.foundations import references

from . import door, vault
from .enums import CandidateState
from .models import Candidate
from .pool import LIST
from .proof.leaves import Entry, leaf_of
from .proof.receipts import CHECK_SIGNS, MISREAD, NUMBER_SIGNS, SIGNS, Receipt


class NotYours(ValidationError):
    """This ticket and this number don't go together: the same words whatever the reason."""

    def __init__(self):
        super().__init__(_("This ticket and this number open nothing. Check them, or call the person on your letter."))


def text_of(candidate: Candidate, nonce: str) -> str:
    """The receipt as one prints it, and as the script of verification reads it once typed again."""
    entry = _entry(candidate, nonce)
    return Receipt(entry.ticket, entry.values, entry.nonce, entry.household, 0, 1, ()).as_text()


def check_of(candidate: Candidate, nonce: str) -> str:
    """What the eye compares with the published list."""
    return leaf_of(_entry(candidate, nonce)).hex()[:CHECK_SIGNS]


def number_of(nonce: str) -> str:
    """The secret number as it is read aloud: signs in groups of four."""
    number = int(nonce, 16)
    signs = "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(NUMBER_SIGNS)))
    return "-".join(signs[start : start + 4] for start in range(0, NUMBER_SIGNS, 4))


def proved(*, ticket: str, number: str, caller: str, even_erased: bool = False) -> Candidate:
    """Whose ticket it is, for whoever knows its secret number. Raises NotYours alike for everything else.

    Counted with the tries of codes: TooManyTries after ten of one caller. ``even_erased``: of somebody erased since,
    the fingerprint of the number is left, and proves the ticket all the same.
    """
    door.take_a_try(caller)
    typed = references.normalise(ticket[:32]).removeprefix("P")
    known = Candidate.objects.filter(ticket=f"P-{typed[:5]}", receipt__isnull=False)
    if not even_erased:
        known = known.exclude(state=CandidateState.ERASED)
    found = known.select_related("panel", "source_list", "receipt").first()
    nonce = _nonce_of(number)
    if found is None or len(typed) != 5 or vault.commitment_of(nonce) != found.receipt.commitment:
        raise NotYours
    return found


def _nonce_of(typed: str) -> bytes:
    signs = "".join(typed[:80].upper().translate(MISREAD).split())
    if len(signs) != NUMBER_SIGNS or set(signs) - set(SIGNS):
        return b""
    number = 0
    for sign in signs:
        number = number << 5 | SIGNS.index(sign)
    return number.to_bytes(vault.NONCE_BYTES) if number >> 8 * vault.NONCE_BYTES == 0 else b""


def _entry(candidate: Candidate, nonce: str) -> Entry:
    values = vault.opened(candidate.profile.ciphertext, vault.PROFILE) | {LIST: candidate.source_list.slug}
    household = getattr(candidate, "household", None)
    return Entry(candidate.ticket, values, bytes.fromhex(nonce), household.digest if household else "")
