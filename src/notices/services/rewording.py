"""Words already told change when what they quote is hidden, or shown again: in inboxes, and in mails not sent yet."""

from collections.abc import Iterable
from uuid import UUID

from ..enums import ErrandState, MailState, SendingState
from ..models import Errand, InboxItem, MailMessage, MassSending

CHUNK = 500
NOT_CARRIED_YET = (ErrandState.WAITING, ErrandState.PRINTED)


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
        # What waits for somebody to look at it was told to nobody yet.
        held = MassSending.objects.filter(key__in=some, state__in=(SendingState.HELD, SendingState.APPROVED))
        changed += _write(held, words, None, None)
        codes = list(items.order_by().values_list("code", "key").distinct())
        for code, key in codes:
            mails = MailMessage.objects.filter(state=MailState.QUEUED, key__startswith=f"{code}:{key}:")
            _write(mails, words, but_user, but_handle)
            carried = Errand.objects.filter(state__in=NOT_CARRIED_YET, key__startswith=f"{code}:{key}:")
            _write(carried, words, but_user, but_handle)
    return changed


def _write(rows, words: dict, but_user, but_handle) -> int:
    changed = []
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        user, handle = getattr(row, "user_id", None), getattr(row, "handle", None)
        own = (but_user is not None and user == but_user) or (but_handle and handle == but_handle)
        fresh = row.context | {name: value for name, value in words.items() if name in row.context}
        if not own and fresh != row.context:
            row.context = fresh
            changed.append(row)
    rows.model.objects.bulk_update(changed, ["context"], batch_size=CHUNK)
    return len(changed)
