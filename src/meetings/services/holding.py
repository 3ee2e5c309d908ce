"""A meeting while and after it takes place: what was done with each topic, what is promised, its minutes."""

import hashlib
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from src.directory.models import User
from src.foundations import clock, outbox
from src.foundations.text import tidy
from src.participation.enums import Visibility
from src.participation.services.contributions import signature_of
from src.workflow.exceptions import TransitionNotAllowed

from .. import owners, registry, rhythm
from ..enums import ActionState, MeetingState, Outcome, TopicState
from ..models import Action, AgendaLine, Meeting, MeetingSeries, MinutesRevision, Topic
from .planning import index, record, step, tell
from .topics import close_topic

TEXT_MIN, SUMMARY_MIN, SUMMARY_MAX, ACTION_MIN = 10, 20, 8000, 10
MOST_ACTIONS = 30
GIVEN_TOPIC = "meetings.action_given"


@transaction.atomic
def hold_meeting(*, meeting: Meeting, actor, present: int | None = None, at: datetime | None = None) -> Meeting:
    """Say that an announced meeting took place; the agreed period begins again from its day.

    Refuses before its hour, and one that isn't announced.
    """
    now = at or clock.now()
    if meeting.starts_at > now:
        raise TransitionNotAllowed(_("This meeting hasn’t begun: move it first if it was held on another day."))
    step(meeting, MeetingState.CALLED, state=MeetingState.HELD, held_at=now, present=present)
    day = timezone.localdate(meeting.starts_at)
    series = MeetingSeries.objects.select_for_update().get(pk=meeting.series_id)
    if series.met_on is None or day > series.met_on:
        series.met_on, series.due_on = day, rhythm.due_on(day, series.every)
        series.save(update_fields=["met_on", "due_on"])
    meeting.series = series
    record("meetings.held", meeting, actor, {})
    return meeting


@transaction.atomic
def set_outcome(*, line: AgendaLine, outcome: str, text: str = "") -> AgendaLine:
    """Say what the meeting did with a line. Refuses before it is held, and an outcome that says nothing."""
    _must_be_held(line.meeting)
    text = tidy(text)
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": _("Choose what was done with it.")})
    if outcome != Outcome.CARRIED and len(text) < TEXT_MIN:
        raise ValidationError({"text": _("Say in a sentence what was said, or why: its author reads it.")})
    line.outcome, line.text = outcome, text
    line.save(update_fields=["outcome", "text"])
    return line


@transaction.atomic
def promise(
    *, meeting: Meeting, text: str, owner_label: str, due_on: date, owner: User | None = None, is_measure: bool = False
) -> Action:
    """Write an action that the meeting promises; its ``owner`` is told with the minutes.

    Refuses before it is held, once told, a day before the meeting, an owner who has no part in these meetings.
    """
    _must_be_held(meeting)
    text, owner_label = tidy(text, one_line=True), tidy(owner_label, one_line=True)
    errors = {}
    if len(text) < ACTION_MIN:
        errors["text"] = _("Say what will be done, in ten signs or more.")
    if not owner_label:
        errors["owner_label"] = _("Say who does it: a function, a team.")
    if owner is not None and not owners.may_own(meeting.series, owner):
        errors["owner"] = _("Nobody of this group answers to that name: check it, or leave it empty.")
    if due_on < timezone.localdate(meeting.starts_at):
        errors["due_on"] = _("Choose a day after the meeting.")
    if meeting.promised.count() >= MOST_ACTIONS:
        errors["text"] = _("Thirty actions are enough for one meeting.")
    if errors:
        raise ValidationError(errors)
    return Action.objects.create(
        series_id=meeting.series_id,
        born_at=meeting,
        text=text,
        owner=owner,
        owner_label=owner_label,
        due_on=due_on,
        is_measure=is_measure,
    )


@transaction.atomic
def take_back(*, action: Action) -> None:
    """Take away an action before the minutes are published; afterwards it is done or given up."""
    _must_be_held(action.born_at)
    action.delete()


@transaction.atomic
def end_action(*, action: Action, actor, state: str, closing: str = "", meeting: Meeting | None = None) -> Action:
    """Say that an action is done, or given up and why; in a meeting or between two.

    Refuses a giving up without its reason, an action of minutes that aren't published, and one ended already.
    """
    closing = tidy(closing, one_line=True)
    if state not in (ActionState.DONE, ActionState.DROPPED):
        raise ValidationError({"state": _("Choose what became of it.")})
    if state == ActionState.DROPPED and len(closing) < TEXT_MIN:
        raise ValidationError({"closing": _("Say in a sentence why it is given up.")})
    if not action.born_at.is_published:
        raise TransitionNotAllowed(_("Publish the minutes that promise it first."))
    columns = {"state": state, "closing": closing, "closed_on": clock.today(), "closed_at": meeting}
    if not Action.objects.filter(pk=action.pk, state=ActionState.OPEN).update(**columns):
        raise TransitionNotAllowed(_("This action was ended already."))
    for name, value in columns.items():
        setattr(action, name, value)
    record("meetings.action_ended", action.born_at, actor, {"action": action.reference, "state": str(state)})
    return action


def mark(meeting: Meeting) -> str:
    """What stands for the minutes as they are now: a page that was drawn before others wrote has another."""
    last = meeting.revisions.last()
    written = (last.summary, last.decisions) if last else (meeting.draft_summary, meeting.draft_decisions)
    return hashlib.sha256("\0".join(written).encode()).hexdigest()[:16]


def _check_seen(meeting: Meeting, seen: str | None) -> None:
    if seen is not None and seen != mark(meeting):
        raise ValidationError(
            _("Somebody else saved these minutes meanwhile: read what is saved below, then send yours again.")
        )


@transaction.atomic
def write_minutes(*, meeting: Meeting, summary: str, decisions: str = "", seen: str | None = None) -> Meeting:
    """Keep what is being written; nobody else reads it yet.

    Refuses before it is held, once told, and when the minutes are no longer those of the page (``seen``, a ``mark``).
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _must_be_held(held)
    _check_seen(held, seen)
    meeting.draft_summary, meeting.draft_decisions = tidy(summary), _lines(decisions)
    meeting.save(update_fields=["draft_summary", "draft_decisions"])
    return meeting


def shown_lines(meeting: Meeting):
    """The lines a meeting speaks of: what moderation hides waits elsewhere, and keeps no minutes from being told."""
    return meeting.lines.filter(topic__visibility=Visibility.SHOWN).select_related("topic").order_by("position", "pk")


def what_is_missing(meeting: Meeting) -> list[str]:
    """What keeps minutes from being published, in sentences; empty when they may be."""
    found = []
    if len(meeting.draft_summary) < SUMMARY_MIN:
        found.append(_("Write what was said, in a few sentences."))
    silent = [line.topic.title for line in shown_lines(meeting) if not line.outcome]
    found += [_("Say what was done with “%(title)s”.") % {"title": title} for title in silent]
    return found


@transaction.atomic
def publish_minutes(*, meeting: Meeting, actor, at: datetime | None = None) -> MinutesRevision:
    """Publish: members read the minutes and are told; topics end or are carried; actions still to do are counted.

    Each action asked as a measure becomes one, in the same transaction. The second of two callers is refused.
    Refuses, each with its sentence, what ``what_is_missing`` finds.
    """
    held = Meeting.objects.select_for_update().select_related("series__space").get(pk=meeting.pk)
    _must_be_held(held)
    missing = what_is_missing(held)
    if missing:
        raise ValidationError(missing)
    now = at or clock.now()
    revision = MinutesRevision.objects.create(
        meeting=held,
        number=1,
        summary=held.draft_summary,
        decisions=held.draft_decisions,
        published_at=now,
        signed_as=signature_of(actor, "person") if actor is not None else "",
    )
    for line in shown_lines(held):
        if line.outcome == Outcome.CARRIED:
            Topic.objects.filter(pk=line.topic_id).update(carries=F("carries") + 1)
        else:
            state = TopicState.TAKEN_UP if line.outcome == Outcome.TAKEN_UP else TopicState.SET_ASIDE
            close_topic(line.topic, state, line.text)
    # What earlier minutes promised and is still to do goes on to the next meeting, and it is counted.
    carried = Action.objects.filter(series_id=held.series_id, state=ActionState.OPEN).exclude(born_at=held)
    carried.update(carries=F("carries") + 1)
    step(held, MeetingState.HELD, state=MeetingState.PUBLISHED)
    for action in held.promised.filter(is_measure=True).select_related("series__unit", "series__space", "owner"):
        registry.promised(action)
    for reference in held.promised.filter(owner__isnull=False).values_list("reference", flat=True):
        outbox.emit(GIVEN_TOPIC, {"reference": reference}, key=f"{GIVEN_TOPIC}:{reference}")
    record("meetings.published", held, actor, {})
    tell(held, "published")
    index(held)
    meeting.state = held.state
    return revision


@transaction.atomic
def correct_minutes(
    *, meeting: Meeting, actor, summary: str, decisions: str, correction: str, seen: str | None = None
) -> MinutesRevision:
    """Publish minutes again, saying what is corrected; the earlier ones stay readable.

    Refuses minutes that were never published, a correction that isn't said, one that changes nothing, and minutes
    that are no longer those of the page (``seen``).
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    last = held.revisions.last()
    if not held.is_published or last is None:
        raise TransitionNotAllowed(_("These minutes aren’t published: write them, nothing is to be corrected."))
    _check_seen(held, seen)
    summary, decisions, correction = tidy(summary), _lines(decisions), tidy(correction, one_line=True)
    errors = {}
    if len(summary) < SUMMARY_MIN:
        errors["summary"] = _("Write what was said, in a few sentences.")
    if len(correction) < TEXT_MIN:
        errors["correction"] = _("Say in a sentence what is corrected.")
    if (summary, decisions) == (last.summary, last.decisions):
        errors["summary"] = _("Nothing has changed.")
    if errors:
        raise ValidationError(errors)
    revision = MinutesRevision.objects.create(
        meeting=held,
        number=last.number + 1,
        summary=summary,
        decisions=decisions,
        correction=correction,
        published_at=clock.now(),
        signed_as=signature_of(actor, "person"),
    )
    record("meetings.corrected", held, actor, {"number": revision.number})
    index(held)
    return revision


def _must_be_held(meeting: Meeting) -> None:
    if meeting.is_published:
        raise TransitionNotAllowed(_("The minutes are published: correct them instead."))
    if not meeting.is_held:
        raise TransitionNotAllowed(_("Say first that the meeting took place."))


def _lines(text: str) -> str:
    """One decision a line, without blank ones."""
    return "\n".join(line.strip() for line in tidy(text).split("\n") if line.strip())
