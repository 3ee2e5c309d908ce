"""Words already told change when what they quote is hidden, or shown again: in inboxes, and in mails not sent yet."""

from collections.abc import Iterable
from uuid import UUID

from ..enums import MailState
from ..models import InboxItem, MailMessage

CHUNK = 500


def reword(keys: Iterable[str], words: dict, *, but_user: int | None = None, but_handle: UUID | None = None) -> int:
    """Replace facts of the messages sent under these keys, but those of one recipient; returns how many changed.

    Only facts a message already has are replaced. A mail that left can't be taken back. For the relay; safe twice.
    """
    keys = list(dict.fromkeys(keys))
    changed = 0
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        items = InboxItem.objects.filter(key__in=some)
        changed += _write(items, words, but_user, but_handle)
        codes = list(items.order_by().values_list("code", "key").distinct())
        for code, key in codes:
            mails = MailMessage.objects.filter(state=MailState.QUEUED, key__startswith=f"{code}:{key}:")
            _write(mails, words, but_user, but_handle)
    return changed


def _write(rows, words: dict, but_user, but_handle) -> int:
    changed = []
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        own = (but_user is not None and row.user_id == but_user) or (but_handle and row.handle == but_handle)
        fresh = row.context | {name: value for name, value in words.items() if name in row.context}
        if not own and fresh != row.context:
            row.context = fresh
            changed.append(row)
    rows.model.objects.bulk_update(changed, ["context"], batch_size=CHUNK)
    return len(changed)
