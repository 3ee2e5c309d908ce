"""What the wall puts on the to-do list of the home page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.enums import Role
from src.foundations import clock, together
from src.notices.todo import TodoItem

from .enums import State
from .models import Sheet
from .querysets import branches

# Administrators may print; it isn't what is expected of them.
EXPECTED = (Role.IDEA_CORRESPONDENT, Role.FACILITATOR)


@together.reading
def to_print(viewer):
    """This week's sheets of one's places that nobody printed; nothing for who has no place."""
    paths = branches(viewer, EXPECTED)
    if not paths:
        return []
    waiting = Sheet.objects.in_branches(paths).filter(week=clock.week_of()).in_state(State.TO_PRINT)
    count = yield together.counted(waiting)
    if not count:
        return []
    return [
        TodoItem(
            title=ngettext("%(count)d sheet to print for the wall", "%(count)d sheets to print for the wall", count)
            % {"count": count},
            detail=_("What was proposed and answered, on one page."),
            url=f"{reverse('wall:list')}?etat=a-imprimer",
            verb=_("Print"),
            icon="printer",
            minutes=3,
            awaited=True,
            kind="wall.to_print",
        )
    ]
