"""Reads of meetings shaped for their pages."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from src.foundations import clock
from src.participation.enums import Visibility
from src.participation.querysets import in_circle

from . import registry, rules
from .enums import COMING_STATES, ActionState, MeetingState, TopicState
from .models import Action, Attendance, Meeting, MeetingSeries, Topic, TopicSupport

SHOWN, PAST = 60, 12


@dataclass
class TopicCard:
    """A topic as one viewer reads it."""

    topic: Topic
    total: int | None
    supported: bool
    is_own: bool
    on_agenda: bool = False


@dataclass
class ActionCard:
    """An action, and where it is followed."""

    action: Action
    followed_as: str = ""
    followed_url: str = ""


@dataclass
class MeetingPage:
    """Everything one meeting shows."""

    lines: list = field(default_factory=list)
    carried: list = field(default_factory=list)
    promised: list = field(default_factory=list)
    ended: list = field(default_factory=list)
    minutes: object = None
    history: list = field(default_factory=list)


def series_of(viewer, reference: str) -> MeetingSeries | None:
    """The group of an address, through the gate."""
    return (
        MeetingSeries.objects.visible_to(viewer)
        .select_related("space", "unit")
        .prefetch_related("space__phases", "space__members")
        .filter(reference=reference)
        .first()
    )


def meeting_of(viewer, series: MeetingSeries, reference: str) -> Meeting | None:
    """One meeting of a group, through the gate; it keeps the group that was read."""
    meeting = Meeting.objects.visible_to(viewer).filter(series=series, reference=reference).first()
    if meeting is not None:
        meeting.series = series
    return meeting


def topic_cards(viewer, series: MeetingSeries, topics) -> list[TopicCard]:
    """Topics with their supports, as this viewer may read them; the hidden are left to moderators. One statement."""
    on_agenda = Meeting.objects.filter(lines__topic=OuterRef("pk"), state__in=COMING_STATES)
    supports = TopicSupport.objects.filter(topic=OuterRef("pk"), user_id=viewer.user_id)
    found = (
        topics.filter(visibility="shown")
        .select_related("counts")
        .annotate(supported=Exists(supports), on_agenda=Exists(on_agenda))
    )
    tells = rules.tells_counts(series)
    return [
        TopicCard(
            topic=topic,
            total=topic.counts.supports if tells else None,
            supported=topic.supported,
            is_own=topic.author_id == viewer.user_id if topic.author_id else topic.handle in viewer.own_handles,
            on_agenda=topic.on_agenda,
        )
        for topic in found
    ]


def waiting_topics(viewer, series: MeetingSeries) -> list[TopicCard]:
    """Topics that wait, the most supported first where supports are told, the oldest otherwise."""
    order = ("-counts__supports", "week", "reference") if rules.tells_counts(series) else ("week", "reference")
    topics = Topic.objects.filter(series=series, state=TopicState.WAITING).order_by(*order)[:SHOWN]
    return topic_cards(viewer, series, Topic.objects.filter(pk__in=topics.values("pk")).order_by(*order))


def hidden_topics(viewer, series: MeetingSeries) -> list[Topic]:
    """The viewer's own topics that moderation hides: they alone read them here."""
    return list(
        Topic.objects.of(viewer)
        .filter(series=series)
        .exclude(visibility=Visibility.SHOWN)
        .order_by("week", "reference")
    )


def answered_topics(viewer, series: MeetingSeries) -> list[TopicCard]:
    """The last topics set aside outside a meeting: their reason is read here."""
    topics = Topic.objects.filter(series=series, state=TopicState.SET_ASIDE, lines__isnull=True)
    return topic_cards(viewer, series, topics.order_by("-closed_on", "reference"))[:PAST]


def open_actions(viewer, series: MeetingSeries) -> list[ActionCard]:
    """What published minutes promised and is still to do, the oldest promise first."""
    actions = Action.objects.filter(
        series=series, state=ActionState.OPEN, born_at__state=MeetingState.PUBLISHED
    ).order_by("due_on", "pk")
    return action_cards(viewer, actions[:SHOWN])


def action_cards(viewer, actions) -> list[ActionCard]:
    """Actions, and the measure that follows those that became one. Two statements at most."""
    actions = list(actions)
    links = registry.links_of([one.reference for one in actions if one.is_measure], viewer)
    cards = []
    for one in actions:
        words, url = links.get(one.reference, ("", ""))
        cards.append(ActionCard(one, words, url))
    return cards


def meeting_page(viewer, meeting: Meeting) -> MeetingPage:
    """The agenda, what is carried, what is promised, the minutes and their corrections."""
    found = MeetingPage()
    found.lines = list(
        meeting.lines.select_related("topic__counts").filter(topic__visibility="shown").order_by("position", "pk")
    )
    if meeting.state in COMING_STATES:
        found.carried = open_actions(viewer, meeting.series)
    else:
        found.ended = list(meeting.ended.order_by("pk"))
    runs = rules.may_run(viewer, meeting.series)
    if meeting.is_published or runs:
        found.promised = action_cards(viewer, meeting.promised.select_related("owner").order_by("due_on", "pk"))
    if meeting.is_published:
        found.history = list(meeting.revisions.order_by("-number"))
        found.minutes = found.history[0] if found.history else None
    return found


def is_coming(viewer, meeting: Meeting) -> bool:
    """Whether the viewer said that they come."""
    return Attendance.objects.filter(meeting=meeting, user_id=viewer.user_id).exists()


def told_coming(meeting: Meeting) -> int | None:
    """How many said that they come, as it may be told; None below the smallest count."""
    return rules.told_count(meeting.series, meeting.attendances.count())


def my_meetings(viewer):
    """Meetings of a person's calendar: announced, held and cancelled ones, a year back."""

    return (
        Meeting.objects.filter(in_circle(viewer))
        .exclude(state=MeetingState.PREPARED)
        .exclude(state=MeetingState.CANCELLED, called_at__isnull=True)
        .filter(starts_at__gte=clock.now() - timedelta(days=365))
        .select_related("series__space", "series__unit")
        .order_by("starts_at", "pk")[:500]
    )


def groups_at(unit):
    """Groups that meet at a place: those of its own teams, and those of the units it belongs to."""
    above = [int(part) for part in unit.path.split("/") if part]
    return MeetingSeries.objects.filter(
        Q(unit__path__startswith=unit.path) | Q(unit_id__in=above), stopped_on__isnull=True, space__is_draft=False
    )


def days_at(unit) -> list[tuple[MeetingSeries, Meeting | None]]:
    """Those groups, each with its next announced meeting, or None; two statements. Nothing of what is said there."""
    groups = list(groups_at(unit).select_related("space", "unit").order_by("space__name", "pk")[:SHOWN])
    coming = {
        meeting.series_id: meeting
        for meeting in Meeting.objects.filter(series__in=groups, state=MeetingState.CALLED, ends_at__gte=clock.now())
    }
    return [(series, coming.get(series.pk)) for series in groups]
