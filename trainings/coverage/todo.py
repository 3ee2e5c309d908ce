"""What coverage puts on to-do lists: a manager's team to plan for."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.foundations import together
from src.notices.todo import TodoItem

from . import rules, teams


@together.reading
def to_plan(viewer):
    """How many of one's team have a training to plan; nothing when nobody has."""
    if not rules.is_manager(viewer):
        return []
    people = yield from teams.people_to_plan.asking(viewer)
    if not people:
        return []
    return [
        TodoItem(
            title=ngettext(
                "%(n)d person of your team has a training to plan",
                "%(n)d people of your team have a training to plan",
                people,
            )
            % {"n": people},
            detail=_("counted as working time"),
            url=f"{reverse('trainings_coverage:team')}?etat=a-planifier",
            verb=_("See the list"),
            icon="users",
            kind="trainings.team",
        )
    ]
