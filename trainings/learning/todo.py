"""What trainings put on to-do lists: one that is begun, where one takes up again."""

from django.utils.translation import gettext as _

from src.foundations import together
from src.notices.todo import TodoItem

from . import rules, selectors, versions
from .views.gate import address

MOST = 20


@together.reading
def to_go_on_with(viewer):
    """The trainings under way; what one has to begin, and by when, is told by obligations."""
    if not rules.may_learn(viewer):
        return []
    found = yield from selectors.under_way.asking(viewer)
    return [
        TodoItem(
            title=one.version.title,
            detail=_("training begun"),
            url=address(one.version.track),
            verb=_("Take up again"),
            icon="graduation-cap",
            minutes=one.minutes_left or None,
            due_on=versions.last_day_after(one.enrolment.replaced_at),
            kind="trainings.begun",
        )
        for one in found[:MOST]
    ]
