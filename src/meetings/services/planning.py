"""A meeting before it takes place: prepared, announced, moved, cancelled; everybody concerned is told each time."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from src.foundations import clock, journal, outbox
from src.workflow.exceptions import TransitionNotAllowed

from ..enums import MeetingState
from ..models import AgendaLine, Meeting, MeetingSeries

TELL_TOPIC = "meetings.tell"
FARTHEST = timedelta(days=400)


def moment_of(day: date, hour: time) -> datetime:
    """The aware moment of a day and an hour of the city's clock."""
    return timezone.make_aware(datetime.combine(day, hour))


@transaction.atomic
def plan_meeting(
    *,
    series: MeetingSeries,
    actor,
    starts_at: datetime,
    minutes: int | None = None,
    place: str | None = None,
    remote_url: str | None = None,
    capacity: int | None = None,
    is_past: bool = False,
) -> Meeting:
    """Prepare the next meeting: seen by those who run it, told to nobody yet. What isn't given is the usual.

    Topics that earlier meetings carried come on its agenda by themselves. Refuses a second meeting to come, a day
    already past (``is_past`` is for what was held before Terrain) and meetings that have stopped.
    """
    if series.stopped_on is not None:
        raise ValidationError(_("These meetings have stopped."))
    ends_at = starts_at + timedelta(minutes=minutes or series.minutes)
    if not is_past:
        check_when(starts_at)
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                series=series,
                space_id=series.space_id,
                starts_at=starts_at,
                ends_at=ends_at,
                place=series.place if place is None else place,
                remote_url=series.remote_url if remote_url is None else remote_url,
                capacity=capacity if capacity is not None else series.capacity,
                changed_at=clock.now(),
            )
    except IntegrityError:
        raise ValidationError(_("A meeting is already being prepared, announced or told: there is one next meeting."))
    carried = series.topics.waiting().filter(carries__gt=0).order_by("-carries", "week", "reference")
    AgendaLine.objects.bulk_create(
        AgendaLine(meeting=meeting, topic=topic, position=place) for place, topic in enumerate(carried, start=1)
    )
    record("meetings.planned", meeting, actor, {"at": starts_at.isoformat()})
    return meeting


def check_when(starts_at: datetime) -> None:
    """Refuse a moment already past, or so far that it is a slip of the keyboard."""
    if starts_at <= clock.now():
        raise ValidationError({"day": _("This moment has passed: choose one to come.")})
    if starts_at > clock.now() + FARTHEST:
        raise ValidationError({"day": _("This day is more than a year away: check the year.")})


@transaction.atomic
def call_meeting(*, meeting: Meeting, actor, at: datetime | None = None) -> Meeting:
    """Announce it: members read it and its agenda, and receive an invitation for their calendar.

    Refuses one that isn't in preparation, or whose moment has passed meanwhile.
    """
    if at is None:
        check_when(meeting.starts_at)
    now = at or clock.now()
    step(meeting, MeetingState.PREPARED, state=MeetingState.CALLED, called_at=now, changed_at=now)
    record("meetings.called", meeting, actor, {"sequence": meeting.sequence})
    tell(meeting, "called")
    return meeting


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    actor,
    starts_at: datetime,
    minutes: int,
    place: str,
    remote_url: str = "",
    capacity: int | None = None,
) -> Meeting:
    """Change when or where it is. Announced, everybody is told, with the same identity and a higher sequence.

    Refuses a day already past, and a meeting that was held, told or cancelled. Nothing happens when nothing changes.
    """
    ends_at = starts_at + timedelta(minutes=minutes)
    wanted = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place,
        "remote_url": remote_url,
        "capacity": capacity,
    }
    changed = {name: value for name, value in wanted.items() if getattr(meeting, name) != value}
    if not changed:
        return meeting
    if "starts_at" in changed:
        check_when(starts_at)
    if meeting.state not in (MeetingState.PREPARED, MeetingState.CALLED):
        raise TransitionNotAllowed(_("This meeting was held or cancelled: it no longer moves."))
    sequence = meeting.sequence + (1 if meeting.is_called else 0)
    step(meeting, meeting.state, sequence=sequence, changed_at=clock.now(), **changed)
    record("meetings.moved", meeting, actor, {"fields": sorted(changed), "sequence": sequence})
    if meeting.is_called:
        tell(meeting, "moved")
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, actor, reason: str, at: datetime | None = None) -> Meeting:
    """Cancel it, with a reason everybody invited reads; its topics wait for the next one. Announced or not.

    Refuses one that was held, told or cancelled already, and a cancellation without a reason.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a few words why it is cancelled.")})
    was_called = meeting.is_called
    if meeting.state not in (MeetingState.PREPARED, MeetingState.CALLED):
        raise TransitionNotAllowed(_("This meeting was held or cancelled already."))
    now = at or clock.now()
    # The agenda goes while it may: its topics wait, none is lost.
    meeting.lines.all().delete()
    step(
        meeting,
        meeting.state,
        state=MeetingState.CANCELLED,
        cancelled_at=now,
        changed_at=now,
        cancel_reason=reason,
        sequence=meeting.sequence + (1 if was_called else 0),
    )
    record("meetings.cancelled", meeting, actor, {"sequence": meeting.sequence})
    if was_called:
        tell(meeting, "cancelled")
    return meeting


def step(meeting: Meeting, expected: str, **columns) -> None:
    """Change the meeting if it still stands where it was read; of two people at once one comes second."""
    found = Meeting.objects.filter(pk=meeting.pk, state=expected, sequence=meeting.sequence)
    if not found.update(**columns):
        raise TransitionNotAllowed(_("Somebody changed this meeting meanwhile: read it again."))
    for name, value in columns.items():
        setattr(meeting, name, value)


def tell(meeting: Meeting, what: str) -> None:
    """Have the relay tell everybody, once for each change."""
    outbox.emit(
        TELL_TOPIC,
        {"reference": meeting.reference, "what": what, "sequence": meeting.sequence},
        key=f"{TELL_TOPIC}:{meeting.reference}:{what}:{meeting.sequence}",
    )


def index(meeting: Meeting) -> None:
    """Its minutes can be found under their present words."""
    outbox.emit("search.index", {"kind": "meeting", "pk": meeting.pk})


def record(verb: str, meeting: Meeting, actor, payload: dict) -> None:
    """One line of the journal about a meeting."""
    journal.record(verb, actor=actor, object_ref=f"meeting:{meeting.reference}", payload=payload)
