"""What the relay tells: announced, moved, cancelled, minutes; and groups that have not met."""

from datetime import timedelta

from src.directory.enums import Role
from src.directory.selectors import acting
from src.foundations import clock
from src.notices.services import send
from src.participation.audience import facilitators_of, people_of
from src.participation.enums import IdentityMode

from ..enums import MeetingState
from ..events import context_of
from ..models import Action, Meeting, MeetingSeries, Topic

CHUNK = 2000
STATES = {
    "called": MeetingState.CALLED,
    "moved": MeetingState.CALLED,
    "cancelled": MeetingState.CANCELLED,
    "published": MeetingState.PUBLISHED,
}


def tell_change(reference: str, what: str, sequence: int) -> None:
    """Tell everybody of the circle what became of a meeting. Nothing when it changed again meanwhile: what is told

    is always the latest. Safe twice.
    """
    meeting = Meeting.objects.select_related("series__space", "series__unit").get(reference=reference)
    if meeting.state != STATES[what] or meeting.sequence != sequence:
        return
    people = people_of(meeting.series.space).order_by("pk").values_list("pk", flat=True)
    key = f"meeting:{reference}:{what}:{sequence}"
    send(f"meetings.{what}", recipients=people.iterator(chunk_size=CHUNK), context=context_of(meeting), key=key)


def tell_topic(reference: str) -> None:
    """Tell the author of a topic what became of it. Safe twice."""
    topic = Topic.objects.select_related("series").get(reference=reference)
    context = {
        "reference": topic.series.reference,
        "topic": topic.reference,
        "title": topic.title,
        "answer": topic.answer,
        "state": str(topic.state),
    }
    key = f"topic:{reference}:{topic.state}"
    if topic.identity_mode == IdentityMode.PROTECTED:
        send("meetings.topic_answered", handles=[topic.handle], context=context, key=key)
    elif topic.author_id:
        send("meetings.topic_answered", recipients=[topic.author_id], context=context, key=key)


def tell_owner(reference: str) -> None:
    """Tell the person an action was given to, once its minutes are published. Safe twice."""
    action = Action.objects.select_related("series__space", "born_at").get(reference=reference)
    if action.owner_id is None or not action.is_open:
        return
    context = {
        "reference": action.series.reference,
        "meeting": action.born_at.reference,
        "title": action.series.space.name,
        "text": action.text,
        "due_on": action.due_on.isoformat(),
    }
    send("meetings.action_given", recipients=[action.owner_id], context=context, key=f"action:{reference}:given")


def remind_late(now) -> int:
    """Tell those who run meetings, and those who decide for the unit, that it has not met; once a period missed."""
    told = 0
    late = MeetingSeries.objects.late(clock.today())
    for series in late.select_related("space", "unit").order_by("pk"):
        if series.reminded_for == series.due_on:
            continue
        deciders = [person.pk for person in acting(Role.DECISION_MAKER, series.unit)[:1]]
        context = {
            "reference": series.reference,
            "title": series.space.name,
            "unit": series.unit.name,
            "due_on": series.due_on.isoformat(),
        }
        people = sorted({*facilitators_of(series.space), *deciders})
        send("meetings.late", recipients=people, context=context, key=f"meetings:{series.reference}:{series.due_on}")
        MeetingSeries.objects.filter(pk=series.pk).update(reminded_for=series.due_on)
        told += 1
    return told


def remind_coming(now) -> int:
    """Tell members the day before that their meeting takes place; once a meeting and day."""
    coming = Meeting.objects.filter(
        state=MeetingState.CALLED, starts_at__gt=now, starts_at__lte=now + timedelta(hours=26)
    ).select_related("series__space", "series__unit")
    told = 0
    for meeting in coming.order_by("pk"):
        people = people_of(meeting.series.space).order_by("pk").values_list("pk", flat=True)
        key = f"meeting:{meeting.reference}:soon:{meeting.sequence}"
        told += send(
            "meetings.soon", recipients=people.iterator(chunk_size=CHUNK), context=context_of(meeting), key=key
        )
    return told
