"""What meetings put on the to-do list of those who run them, and of those who promised something."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.enums import Role
from src.foundations import clock, together
from src.notices.todo import TodoItem
from src.participation.enums import AppealState, CaseState

from .enums import COMING_STATES, ActionState, MeetingState
from .models import Action, Meeting, MeetingSeries, TopicCase


@together.reading
def to_run(viewer):
    """A group that has not met or soon must; a meeting held whose minutes are awaited."""
    spaces = viewer.role_spaces("facilitator")
    if not spaces:
        return []
    coming, every = yield (
        Meeting.objects.filter(space_id__in=sorted(spaces), state__in=COMING_STATES),
        MeetingSeries.objects.filter(space_id__in=sorted(spaces), stopped_on=None).select_related("space"),
    )
    coming = {meeting.series_id: meeting for meeting in coming}
    today, now = clock.today(), clock.now()
    found = []
    for series in every:
        meeting = coming.get(series.pk)
        if meeting is None:
            if (series.due_on - today).days > 30:
                continue
            found.append(
                TodoItem(
                    title=_("Choose the day of the next meeting: %(title)s") % {"title": series.space.name},
                    detail=_("it has not met for its agreed period")
                    if series.is_late
                    else _("the agreed period ends"),
                    url=f"/reunions/{series.reference}/prevoir/",
                    verb=_("Choose"),
                    icon="calendar",
                    due_on=series.due_on,
                    minutes=3,
                    awaited=True,
                    kind="meetings.plan",
                )
            )
        elif meeting.state == MeetingState.HELD or (meeting.is_called and meeting.ends_at <= now):
            found.append(
                TodoItem(
                    title=_("Write the minutes: %(title)s") % {"title": series.space.name},
                    url=f"{meeting.get_absolute_url()}tenir/",
                    verb=_("Write"),
                    icon="pencil",
                    minutes=20,
                    awaited=True,
                    kind="meetings.minutes",
                )
            )
    return found


@together.reading
def promised(viewer):
    """Actions that a meeting gave to the person and that are still to do."""
    actions = Action.objects.filter(
        owner_id=viewer.user_id, state=ActionState.OPEN, born_at__state=MeetingState.PUBLISHED
    ).select_related("series")
    return [
        TodoItem(
            title=action.text,
            detail=_("promised in a meeting"),
            url=f"/reunions/{action.series.reference}/",
            verb=_("See"),
            icon="list-checks",
            due_on=action.due_on,
            awaited=True,
            kind="meetings.action",
        )
        for action in (yield actions[:20])
    ]


@together.reading
def to_moderate(viewer):
    """Reported topics, and objections, where the person moderates. Nothing for most people."""
    if Role.MODERATOR not in viewer.roles:
        return []
    waiting = TopicCase.objects.visible_to(viewer).filter(Q(state=CaseState.OPEN) | Q(appeal__state=AppealState.OPEN))
    due = yield waiting.order_by("due_on", "pk").values_list("due_on", flat=True)[:100]
    if not due:
        return []
    return [
        TodoItem(
            title=_("Topics of meetings, reported"),
            detail=ngettext("%(n)d to read", "%(n)d to read", len(due)) % {"n": len(due)},
            url=reverse("meetings:moderation"),
            verb=_("See"),
            icon="flag",
            due_on=due[0],
            minutes=3 * len(due),
            awaited=True,
            kind="meetings.moderate",
        )
    ]
