"""What coverage puts on to-do lists: a manager's team to plan for; for human resources, who is late."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.enums import Role
from src.foundations import together
from src.notices.todo import TodoItem
from trainings.obligations.enums import RequirementState

from . import rules, selectors, teams

LATE = (RequirementState.OVERDUE, RequirementState.EXPIRED)


@together.reading
def to_catch_up(viewer):
    """How many people of one's branches are late or no longer up to date, for human resources."""
    if not rules.can_follow(viewer):
        return []
    late = selectors.asked_now().filter(
        viewer.role_condition(Role.HR, f"{selectors.PLACE}__path"), state__in=LATE, agent__is_active=True
    )
    people = yield together.counted(late.order_by().values("agent_id").distinct())
    if not people:
        return []
    return [
        TodoItem(
            title=ngettext(
                "%(n)d person is late for a mandatory training",
                "%(n)d people are late for a mandatory training",
                people,
            )
            % {"n": people},
            detail=_("by training, by direction"),
            url=reverse("trainings_coverage:overview"),
            verb=_("See where they are"),
            icon="chart-column",
            minutes=10,
            awaited=True,
            kind="trainings.late",
        )
    ]


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
            minutes=5,
            awaited=True,
            kind="trainings.team",
        )
    ]
