"""What openings of identities put on the to-do list of those who may decide on them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.viewer import as_viewer
from src.foundations import together
from src.notices.todo import TodoItem

from .enums import OPENING_ROLES
from .selectors import waiting_for


def may_open(viewer) -> bool:
    """Whether this person holds, by name, one of the functions that may open an identity."""
    viewer = as_viewer(viewer)
    return any(viewer.has_role(role) for role in OPENING_ROLES) and bool(viewer.fact("opening_functions"))


@together.reading
def openings_for_me(viewer):
    """Requests that wait for a second person. Two statements, none for who holds none of the functions."""
    if not viewer.is_authenticated or not any(viewer.has_role(role) for role in OPENING_ROLES):
        return []
    count = yield from waiting_for.asking(viewer)
    if not count:
        return []
    return [
        TodoItem(
            title=_("Confirm or refuse a lifting of the secret"),
            detail=ngettext("%(count)d request waits", "%(count)d requests wait", count) % {"count": count},
            url=reverse("participation:openings"),
            verb=_("Read it"),
            icon="lock",
            legal=True,
            minutes=10 * count,
            awaited=True,
            kind="participation.opening",
        )
    ]
