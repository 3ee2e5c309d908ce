"""What the masthead reads of the inbox."""

from django.utils.functional import SimpleLazyObject

from . import selectors


def inbox(request):
    """``inbox_unread``: how many messages wait; asked only if the page shows it, never for a visitor."""
    viewer = getattr(request, "viewer", None)
    if viewer is None:
        return {"inbox_unread": 0}
    return {"inbox_unread": SimpleLazyObject(lambda: selectors.unread_count(viewer))}
