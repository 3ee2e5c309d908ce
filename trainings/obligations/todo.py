"""What obligations put on to-do lists: a training to do before a day."""

from django.urls import reverse
from django.utils.translation import gettext as _

from src.notices.todo import TodoItem

from . import selectors
from .models import Requirement
from .models.requirement import ASKED

MOST = 20


def to_learn(viewer) -> list[TodoItem]:
    """Trainings asked of somebody that aren't done, with their day."""
    if not viewer.is_agent:
        return []
    found = Requirement.objects.current().filter(agent_id=viewer.user_id, left_on__isnull=True, state__in=ASKED)
    found = found.filter(satisfied_by__isnull=True).select_related("obligation__track", "obligation__renewal_track")
    return [
        TodoItem(
            title=selectors.training_of(one).title,
            detail=_("training asked by the City"),
            url=reverse("trainings_obligations:mine"),
            verb=_("See why and until when"),
            icon="graduation-cap",
            due_on=one.due_on,
            kind="trainings.asked",
        )
        for one in found.order_by("due_on", "pk")[:MOST]
    ]
