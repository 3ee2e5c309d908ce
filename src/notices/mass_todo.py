"""Mass sendings that wait for a decision, on the to-do list of administrators."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.enums import Role
from src.foundations import together

from .selectors import held_sendings
from .todo import TodoItem


@together.reading
def sendings_for_me(viewer):
    """Mass sendings to look at, for administrators alone; no statement for others."""
    if not viewer.has_role(Role.ADMINISTRATOR) or not (waiting := (yield from held_sendings.asking())):
        return []
    title = ngettext(
        "%(count)d message to very many people to look at",
        "%(count)d messages to very many people to look at",
        waiting,
    ) % {"count": waiting}
    detail = _("Nobody is told before you say so.")
    url = reverse("notices:mass_list")
    return [
        TodoItem(
            title=title,
            url=url,
            verb=_("Look at it"),
            detail=detail,
            icon="mail",
            minutes=5 * waiting,
            awaited=True,
            kind="notices.mass",
        )
    ]
