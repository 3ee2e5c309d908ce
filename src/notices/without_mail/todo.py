"""Letters and calls of a place, on the to-do list of whoever takes care of it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.foundations import together

from ..todo import TodoItem
from . import selectors


@together.reading
def errands_for_me(viewer):
    """One line for letters, one for calls; no statement for who takes care of no place."""
    if not selectors.branches(viewer):
        return []
    people, waiting = yield selectors.people_to_write_to(viewer), selectors.people_to_call(viewer)
    items = []
    if people:
        title = ngettext("%(count)d letter to print", "%(count)d letters to print", people) % {"count": people}
        items.append(_line(title, _("Print"), "printer", "notices.letters", 10))
    if waiting:
        title = ngettext("%(count)d colleague to call", "%(count)d colleagues to call", waiting) % {"count": waiting}
        items.append(_line(title, _("Call"), "phone", "notices.calls", 5 * waiting))
    return items


def _line(title: str, verb: str, icon: str, kind: str, minutes: int) -> TodoItem:
    detail = _("They have no e-mail and asked to be told so.")
    return TodoItem(
        title=title,
        url=reverse("notices:errands"),
        verb=verb,
        detail=detail,
        icon=icon,
        awaited=True,
        kind=kind,
        minutes=minutes,
    )
