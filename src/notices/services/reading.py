"""Mark messages as read, without tying an account to a handle."""

from django.db import transaction

from src.foundations import clock

from .. import read_marks
from ..models import InboxItem


def mark_read(viewer, item_id: int) -> InboxItem:
    """Mark one message read, and the earlier ones about the same thing, for the person who looks.

    InboxItem.DoesNotExist when it isn't theirs.
    """
    mine = InboxItem.objects.belonging_to(viewer)
    item = mine.get(pk=item_id)
    earlier = mine.unread_rows().filter(about=item.about, pk__lt=item.pk) if item.about else ()
    _mark(viewer, [item, *earlier])
    return item


def mark_all_read(viewer) -> None:
    """Mark everything in the inbox read."""
    _mark(viewer, list(InboxItem.objects.belonging_to(viewer).unread_rows().only("pk", "handle")))


@transaction.atomic
def _mark(viewer, items: list[InboxItem]) -> None:
    """Rows of the account are stamped; those of handles go to the sealed marks, rewritten at each reading."""
    mine = [item.pk for item in items if item.handle is None]
    InboxItem.objects.filter(pk__in=mine, user_id=viewer.user_id, read_at__isnull=True).update(read_at=clock.now())
    read_marks.add(viewer, [item.pk for item in items if item.handle is not None])
