"""What is written in a vote, and the boxes it is closed in: one length whatever is chosen.

A choice is a list of whole numbers: positions of the proposals chosen (approval, equal shares); 1 or 0 (yes or no);
one grade per proposal, -1 where none is given (grades). Blank is an empty list. The browser writes the same bytes
(``static/ballots``), so that nothing tells where a vote was closed.
"""

import hashlib
import json
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.foundations import envelopes, sealing

from .enums import Grade, Method

PURPOSE = sealing.register_purpose("ballots")
# Bytes of every vote before it is closed: the longest choice among the most proposals, and room to spare.
SIZE = 252
BOX_BYTES = SIZE + 4 + 48
# A simple vote as it is stored: its form, the name of its key, what seals it, and the same frame.
VOTE_BYTES = 1 + 8 + 40 + SIZE + 4
RECEIPT_SIGNS = 12
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def checked(ballot, choice: Sequence[int]) -> list[int]:
    """The choice as it is kept: sorted, once each; refuses with ValidationError what the ballot doesn't take."""
    options = len(ballot.ordered)
    try:
        given = [int(one) for one in choice]
    except (TypeError, ValueError, OverflowError):
        raise ValidationError(_("This vote can't be read: choose again."), code="unread") from None
    if ballot.method == Method.GRADES:
        if given and (len(given) != options or any(one not in (-1, *Grade.values) for one in given)):
            raise ValidationError(_("Give each proposal one of the grades, or none."), code="grades")
        return given if any(one >= 0 for one in given) else []
    if ballot.method == Method.YES_NO:
        if len(given) > 1 or any(one not in (0, 1) for one in given):
            raise ValidationError(_("Choose yes, no or blank."), code="yes_no")
        return given
    given = sorted(set(given))
    if any(not 0 <= one < options for one in given):
        raise ValidationError(_("One of these proposals isn't on the ballot: choose again."), code="unknown")
    if ballot.method == Method.APPROVAL and len(given) > ballot.most_choices:
        raise ValidationError(
            _("You chose %(given)d proposals: keep %(most)d at most.")
            % {"given": len(given), "most": ballot.most_choices},
            code="too_many",
        )
    return given


def written(choice: Sequence[int]) -> bytes:
    """The bytes of a checked choice."""
    return json.dumps({"v": 1, "c": list(choice)}, separators=(",", ":")).encode()


def read(ballot, content: bytes) -> list[int] | None:
    """The choice in an opened box; None for one that holds no valid choice: it is counted as void."""
    try:
        held = json.loads(content)
        if held["v"] != 1 or not all(type(one) is int for one in held["c"]):
            return None
        return checked(ballot, held["c"])
    except (ValueError, TypeError, KeyError, ValidationError, RecursionError):
        return None


def seal(public_key: bytes, choice: Sequence[int]) -> bytes:
    """The box of a secret vote, closed here: the server saw the choice, and kept nothing of it."""
    return envelopes.close(public_key, written(choice), SIZE)


def encrypt(choice: Sequence[int]) -> bytes:
    """The choice of a simple vote as it is stored: one length, under a key outside the database."""
    return sealing.encrypt(written(choice), PURPOSE, pad_to=SIZE + 4)


def decrypt(content: bytes) -> bytes:
    """The bytes of a stored simple vote."""
    return sealing.decrypt(content, PURPOSE)


def digest_of(box: bytes) -> str:
    """The fingerprint of a box: SHA-256, in hexadecimal."""
    return hashlib.sha256(bytes(box)).hexdigest()


def receipt_of(digest: str) -> str:
    """What the voter keeps: the first twelve signs of the fingerprint, in Crockford's base 32, by fours."""
    number = int(digest, 16) >> (256 - 5 * RECEIPT_SIGNS)
    signs = "".join(_CROCKFORD[number >> 5 * place & 31] for place in reversed(range(RECEIPT_SIGNS)))
    return "-".join(signs[start : start + 4] for start in range(0, RECEIPT_SIGNS, 4))
