"""What obligations put on to-do lists: a training to do before a day."""

from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations import together
from src.notices.todo import TodoItem

from . import rules, selectors
from .models import Obligation, Requirement
from .models.requirement import ASKED

MOST = 20


@together.reading
def to_learn(viewer):
    """Trainings asked of somebody that aren't done, with their day."""
    if not viewer.is_agent:
        return []
    found = Requirement.objects.current().filter(agent_id=viewer.user_id, left_on__isnull=True, state__in=ASKED)
    found = found.filter(satisfied_by__isnull=True).select_related("obligation__track", "obligation__renewal_track")
    return [
        TodoItem(
            title=selectors.training_of(one).title,
            detail=_("what changed in it, asked by the City")
            if one.is_catching_up
            else _("training asked by the City"),
            url=reverse("trainings_obligations:mine"),
            verb=_("See why and until when"),
            icon="graduation-cap",
            due_on=one.due_on,
            kind="trainings.asked",
        )
        for one in (yield found.order_by("due_on", "pk")[:MOST])
    ]


@together.reading
def to_activate(viewer):
    """Mandatory trainings one began to prepare: nobody is asked anything until they are activated."""
    if not viewer.is_agent or not rules.can_prepare(viewer):
        return []
    found = Obligation.objects.filter(created_by_id=viewer.user_id, activated_at__isnull=True).select_related("track")
    return [
        TodoItem(
            title=one.track.title,
            detail=_("mandatory training in preparation"),
            url=reverse("trainings_obligations:one", kwargs={"reference": one.reference}),
            verb=_("Try it out, then activate it"),
            icon="clipboard-list",
            minutes=10,
            kind="trainings.prepared",
        )
        for one in (yield found.order_by("created_at", "pk")[:MOST])
    ]
