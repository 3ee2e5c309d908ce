"""What accountability puts on the to-do list of the home page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.directory.viewer import as_viewer
from src.foundations import together
from src.notices.todo import TodoItem

from . import rules
from .council import waiting_for


@together.reading
def replies_to_sign(viewer):
    """Replies that wait for an elected official. One statement, none for anybody else."""
    viewer = as_viewer(viewer)
    if not rules.is_official(viewer):
        return []
    count = yield together.counted(waiting_for(viewer))
    if not count:
        return []
    return [
        TodoItem(
            title=_("Sign the replies that the directions have prepared"),
            detail=ngettext("%(count)d reply waits", "%(count)d replies wait", count) % {"count": count},
            url=reverse("accountability:council"),
            verb=pgettext("a reply", "Sign"),
            icon="pencil",
            minutes=3 * count,
            awaited=True,
            kind="accountability.signature",
        )
    ]
