"""What notices put on the to-do list: letters and calls of a place, and mass sendings that wait for a decision."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.enums import Role

from . import errand_selectors as selectors
from .selectors import held_sendings
from .todo import TodoItem


def errands_for_me(viewer) -> list[TodoItem]:
    """One line for letters, one for calls; no statement for who takes care of no place."""
    if not selectors.branches(viewer):
        return []
    people = sum(place.people for place in selectors.places_to_print(viewer))
    waiting = len(selectors.calls(viewer))
    items = []
    if people:
        title = ngettext("%(count)d letter to print", "%(count)d letters to print", people) % {"count": people}
        items.append(_line(title, _("Print"), "printer", "notices.letters"))
    if waiting:
        title = ngettext("%(count)d colleague to call", "%(count)d colleagues to call", waiting) % {"count": waiting}
        items.append(_line(title, _("Call"), "phone", "notices.calls"))
    return items


def sendings_for_me(viewer) -> list[TodoItem]:
    """Mass sendings to look at, for administrators alone; no statement for others."""
    if not viewer.has_role(Role.ADMINISTRATOR) or not (waiting := held_sendings()):
        return []
    title = ngettext(
        "%(count)d message to very many people to look at",
        "%(count)d messages to very many people to look at",
        waiting,
    ) % {"count": waiting}
    detail = _("Nobody is told before you say so.")
    url = reverse("notices:mass_list")
    return [TodoItem(title=title, url=url, verb=_("Look at it"), detail=detail, icon="mail", kind="notices.mass")]


def _line(title: str, verb: str, icon: str, kind: str) -> TodoItem:
    detail = _("They have no e-mail and asked to be told so.")
    return TodoItem(title=title, url=reverse("notices:errands"), verb=verb, detail=detail, icon=icon, kind=kind)
