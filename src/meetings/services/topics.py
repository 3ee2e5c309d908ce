"""Topics: raised by members, supported, put on an agenda in an order, set aside with a reason."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from src.foundations import clock, journal, outbox
from src.foundations.text import tidy
from src.participation.enums import Channel, IdentityMode, Signature
from src.participation.services import authorship, supports
from src.participation.services.contributions import freeze_space, identity_fields
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules
from ..enums import TopicState
from ..models import AgendaLine, Meeting, MeetingSeries, Topic, TopicCounts, TopicSupport

ASIDE_TOPIC = "meetings.topic_set_aside"
TITLE_MIN, TITLE_MAX, BODY_MAX, REASON_MIN, REASON_MAX = 5, 160, 1200, 10, 600


@transaction.atomic
def raise_topic(
    *,
    series: MeetingSeries,
    author=None,
    title: str,
    body: str = "",
    identity_mode: str = IdentityMode.NAMED,
    signature: str = Signature.PERSON,
    channel: str = Channel.WEB,
    token: UUID | None = None,
    team: str = "",
    at=None,
) -> Topic:
    """Ask that something be talked about, under one's name or a protected one, as the space allows.

    Sent twice with one ``token``, it is written once. Refuses whoever isn't a member, a title that says nothing, a
    mode the space doesn't offer. ``team``: copied from a sheet of paper that asks for no name, signed by that team.
    """
    if token is not None:
        known = Topic.objects.filter(submission_token=token, series=series).first()
        if known is not None:
            return known
    refusal = rules.why_closed(series) if team else rules.why_not_raise(author, series)
    if refusal:
        raise ValidationError(refusal)
    title, body = tidy(title, one_line=True), tidy(body)
    if not TITLE_MIN <= len(title) <= TITLE_MAX:
        raise ValidationError(
            {"title": _("Write between %(low)d and %(high)d signs.") % {"low": TITLE_MIN, "high": TITLE_MAX}}
        )
    if len(body) > BODY_MAX:
        raise ValidationError({"body": _("Write at most %(high)d signs.") % {"high": BODY_MAX}})
    fields = identity_fields(series.space, author, identity_mode=identity_mode, signature=signature, now=at, team=team)
    topic = Topic.objects.create(
        series=series,
        space_id=series.space_id,
        title=title,
        body=body,
        channel=channel,
        submission_token=token,
        **fields,
    )
    TopicCounts.objects.create(topic=topic)
    if identity_mode == IdentityMode.PROTECTED:
        authorship.seal(topic.handle, author)
    freeze_space(series.space, at)
    # Of what isn't signed, the journal says that it came, never from whom.
    actor = author if identity_mode == IdentityMode.NAMED else None
    journal.record("meetings.topic_raised", actor=actor, object_ref=f"topic:{topic.reference}")
    return topic


def set_support(*, topic: Topic, viewer, wanted: bool) -> bool:
    """Support a topic, or no longer; True when it changed. Refuses one's own, one dealt with, and a stranger."""
    if not rules.is_member(viewer, topic.series):
        raise ValidationError(_("Only the members of this group support its topics."))
    if not topic.is_waiting:
        raise ValidationError(_("This topic was dealt with: it takes no more supports."))
    return supports.set_support(
        topic,
        viewer.user,
        wanted,
        support_model=TopicSupport,
        counts_model=TopicCounts,
        own_handles=viewer.own_handles,
    )


@transaction.atomic
def put_on_agenda(*, meeting: Meeting, topic: Topic, actor) -> AgendaLine:
    """Put a waiting topic at the end of the agenda. Safe twice. Refuses one dealt with, or of another group."""
    _must_be_open(meeting.pk)
    if topic.series_id != meeting.series_id or not topic.is_waiting:
        raise ValidationError(_("This topic can’t be put on this agenda."))
    last = meeting.lines.aggregate(last=Max("position"))["last"] or 0
    line, made = AgendaLine.objects.get_or_create(meeting=meeting, topic=topic, defaults={"position": last + 1})
    if made:
        _record("meetings.topic_on_agenda", topic, actor, {"meeting": meeting.reference})
    return line


@transaction.atomic
def take_off_agenda(*, line: AgendaLine, actor) -> None:
    """Take a topic off the agenda: it waits for another meeting."""
    _must_be_open(line.meeting_id)
    _record("meetings.topic_off_agenda", line.topic, actor, {"meeting": line.meeting.reference})
    line.delete()


@transaction.atomic
def move_line(*, line: AgendaLine, up: bool) -> None:
    """Exchange a line with the one above, or below; nothing at the ends."""
    _must_be_open(line.meeting_id)
    lines = list(line.meeting.lines.select_for_update())
    index = next(place for place, one in enumerate(lines) if one.pk == line.pk)
    other = index - 1 if up else index + 1
    if 0 <= other < len(lines):
        lines[index], lines[other] = lines[other], lines[index]
    for position, one in enumerate(lines, start=1):
        if one.position != position:
            AgendaLine.objects.filter(pk=one.pk).update(position=position)


@transaction.atomic
def set_aside(*, topic: Topic, actor, reason: str) -> Topic:
    """Say that a waiting topic won't be talked about, and why; its author is told, named or protected.

    Refuses a reason that says nothing, one dealt with already, and one on an agenda: the meeting decides there.
    """
    reason = tidy(reason)
    if not REASON_MIN <= len(reason) <= REASON_MAX:
        raise ValidationError(
            {"reason": _("Write between %(low)d and %(high)d signs.") % {"low": REASON_MIN, "high": REASON_MAX}}
        )
    if topic.lines.filter(meeting__state__in=("prepared", "called", "held")).exists():
        raise TransitionNotAllowed(_("This topic is on an agenda: take it off first, or let the meeting decide."))
    close_topic(topic, TopicState.SET_ASIDE, reason)
    _record("meetings.topic_set_aside", topic, actor, {})
    return topic


def close_topic(topic: Topic, state: str, answer: str) -> None:
    """Write the end of a topic, once, and have its author told."""
    columns = {"state": state, "answer": answer, "closed_on": clock.today()}
    if not Topic.objects.filter(pk=topic.pk, state=TopicState.WAITING).update(**columns):
        raise TransitionNotAllowed(_("This topic was dealt with already."))
    for name, value in columns.items():
        setattr(topic, name, value)
    outbox.emit(ASIDE_TOPIC, {"reference": topic.reference}, key=f"{ASIDE_TOPIC}:{topic.reference}")


def _must_be_open(meeting: int) -> None:
    """Read under its lock: whoever holds or cancels it meanwhile takes turns with the agenda."""
    if not Meeting.objects.select_for_update().get(pk=meeting).takes_topics:
        raise TransitionNotAllowed(_("This meeting was held or cancelled: its agenda no longer changes."))


def _record(verb: str, topic: Topic, actor, payload: dict) -> None:
    journal.record(verb, actor=actor, object_ref=f"topic:{topic.reference}", payload=payload)
