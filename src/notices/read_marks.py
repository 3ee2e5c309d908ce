"""The sealed list of messages a person read as the author of protected contributions.

A date of reading on the row of a handle would tie it to the account that read its own messages in the same minute.
So rows of handles never change; what was read is one encrypted block per account, always of the same size.
"""

import struct

from src.foundations import sealing

from .models import ReadMarks

PURPOSE = sealing.register_purpose("read-marks")
KEPT = 240
SIZE = 2048
_ID = struct.Struct(">Q")


def of(viewer) -> frozenset[int]:
    """Ids of the messages addressed by handle that this person has read."""
    marks = getattr(viewer.user, "inbox_read_marks", None) if viewer.is_authenticated else None
    return frozenset(_unpack(bytes(marks.ciphertext))) if marks else frozenset()


def add(viewer, item_ids: list[int]) -> None:
    """Rewrite the block with these ids added; called at each reading, even with nothing to add."""
    known = of(viewer)
    newest = sorted(known | set(item_ids), reverse=True)[:KEPT]
    payload = b"".join(_ID.pack(pk) for pk in newest)
    ciphertext = sealing.encrypt(payload, PURPOSE, pad_to=SIZE)
    marks, _ = ReadMarks.objects.update_or_create(user_id=viewer.user_id, defaults={"ciphertext": ciphertext})
    viewer.user.inbox_read_marks = marks


def _unpack(ciphertext: bytes):
    payload = sealing.decrypt(ciphertext, PURPOSE)
    return (pk for (pk,) in _ID.iter_unpack(payload))
