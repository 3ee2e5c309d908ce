"""The engine: what ends stays ended, what was promised comes back and is counted, and the database holds it too."""

import datetime
import re
import uuid

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from src.directory.viewer import Viewer, as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.meetings import rhythm, rules, searching, services
from src.meetings.enums import COMING_STATES, ActionState, MeetingState, Outcome, TopicState
from src.meetings.models import Action, AgendaLine, Meeting, MeetingSeries, MinutesRevision, Topic
from src.meetings.services import telling
from src.notices.models import InboxItem
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories import meetings as make
from tests.factories.directory import AgentFactory
from tests.meetings import ics

pytestmark = pytest.mark.django_db


def calendars():
    """The calendars of the mails sent, in order: (address, method of the part, calendar)."""
    found = []
    for message in mail.outbox:
        for part in message.message().walk():
            if part.get_content_type() == "text/calendar":
                found.append((message.to[0], part.get_param("method"), ics.parse(part.get_payload(decode=True))))
    return found


def test_request_update_cancel_in_a_calendar_s_terms(settings, django_capture_on_commit_callbacks):
    series = make.group()
    nadia = make.member(series, email="nadia@ville.example")
    meeting = make.meeting(series, days=10)
    drain_outbox()
    later = meeting.starts_at + datetime.timedelta(days=2)
    services.move_meeting(
        meeting=meeting, actor=nadia, starts_at=later, minutes=90, place="Vestiaire, « sud » ; rez-de-chaussée"
    )
    drain_outbox()
    services.cancel_meeting(meeting=meeting, actor=nadia, reason="Grève des transports")
    drain_outbox()

    told = calendars()
    assert [(to, method) for to, method, _ in told] == [
        ("nadia@ville.example", "REQUEST"),
        ("nadia@ville.example", "REQUEST"),
        ("nadia@ville.example", "CANCEL"),
    ]
    events = [ics.events(calendar)[0] for _to, _method, calendar in told]
    assert len({ics.one(event, "UID") for event in events}) == 1
    assert [ics.one(event, "SEQUENCE") for event in events] == ["0", "1", "2"]
    assert [ics.one(calendar, "METHOD") for _t, _m, calendar in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert ics.one(events[1], "DTSTART") == timezone.localtime(later).strftime("%Y%m%dT%H%M%S")
    assert ics.text(ics.one(events[1], "LOCATION")) == "Vestiaire, « sud » ; rez-de-chaussée"
    assert ics.one(events[2], "STATUS") == "CANCELLED"
    assert InboxItem.objects.filter(user=nadia).count() == 3


def test_what_is_told_late_is_the_latest():
    series = make.group()
    make.member(series)
    meeting = make.meeting(series, days=10)
    services.cancel_meeting(meeting=meeting, actor=None, reason="Grève des transports")

    drain_outbox()

    assert set(InboxItem.objects.values_list("code", flat=True)) == {"meetings.cancelled"}


def test_an_action_comes_back_at_each_meeting_and_is_counted_until_it_is_done():
    series = make.group()
    boss = make.member(series)
    first = make.meeting(series, days=-200, state="held")
    action = services.promise(
        meeting=first, text="Poser un second cadenas", owner_label="Chef du dépôt", due_on=clock.today()
    )
    _publish(first, boss)
    for count in (1, 2):
        later = make.meeting(series, days=-200 + 50 * count, state="held")
        _publish(later, boss)
        action.refresh_from_db()
        assert (action.carries, action.state) == (count, ActionState.OPEN)
    services.end_action(action=action, actor=boss, state=ActionState.DONE)
    last = make.meeting(series, days=-20, state="held")
    _publish(last, boss)

    action.refresh_from_db()
    assert (action.carries, action.state) == (2, ActionState.DONE)
    with pytest.raises(TransitionNotAllowed):
        services.end_action(action=action, actor=boss, state=ActionState.DONE)
    forget_effects()


def _publish(meeting, actor):
    services.write_minutes(meeting=meeting, summary="Nous avons parlé du portail.")
    return services.publish_minutes(meeting=meeting, actor=actor)


def test_a_topic_put_off_comes_on_the_next_agenda_by_itself():
    series = make.group()
    nadia = make.member(series)
    topic = services.raise_topic(series=series, author=nadia, title="Le portail reste ouvert")
    first = make.meeting(series, days=-30, state="prepared")
    line = services.put_on_agenda(meeting=first, topic=topic, actor=nadia)
    services.call_meeting(meeting=first, actor=nadia, at=clock.now())
    services.hold_meeting(meeting=first, actor=nadia)
    with pytest.raises(ValidationError, match="Le portail"):
        _publish(first, nadia)
    line.refresh_from_db()
    services.set_outcome(line=AgendaLine.objects.get(pk=line.pk), outcome=Outcome.CARRIED)
    _publish(Meeting.objects.get(pk=first.pk), nadia)

    second = make.meeting(series, days=20, state="prepared")

    topic.refresh_from_db()
    assert (topic.carries, topic.state) == (1, TopicState.WAITING)
    assert [one.topic for one in second.lines.all()] == [topic]
    forget_effects()


def test_a_unit_that_does_not_meet_is_told_once_a_period_and_says_it_until_it_meets():
    late = clock.today() - datetime.timedelta(days=120)
    runner = AgentFactory()
    series = make.group(agreed_on=late, facilitator=runner)
    assert series.is_late and series.days_late >= 20
    assert list(MeetingSeries.objects.late()) == [series]

    assert [telling.remind_late(clock.now()) for _twice in range(2)] == [1, 0]
    assert InboxItem.objects.filter(user=runner, code="meetings.late").count() == 1
    make.meeting(series, days=-1, state="held")
    series.refresh_from_db()
    assert not series.is_late
    assert series.due_on == rhythm.due_on(clock.today() - datetime.timedelta(days=1), 3)
    assert not MeetingSeries.objects.late().exists()
    forget_effects()


def test_small_units_tell_no_count_and_big_ones_none_below_eleven():
    small, big = make.group(headcount=7), make.group(headcount=64)

    assert [rules.told_count(small, n) for n in (5, 11, 40)] == [None, None, None]
    assert [rules.told_count(big, n) for n in (None, 10, 11)] == [None, None, 11]


def test_attendance_is_one_row_and_seats_run_out():
    series = make.group(capacity=2)
    people = [make.member(series) for _n in range(3)]
    meeting = make.meeting(series)

    assert [services.set_coming(meeting=meeting, viewer=Viewer(people[0]), wanted=True) for _n in range(2)] == [
        True,
        False,
    ]
    services.set_coming(meeting=meeting, viewer=Viewer(people[1]), wanted=True)
    with pytest.raises(ValidationError):
        services.set_coming(meeting=meeting, viewer=Viewer(people[2]), wanted=True)
    with pytest.raises(ValidationError):
        services.set_coming(meeting=meeting, viewer=Viewer(AgentFactory()), wanted=True)
    forget_effects()


def test_the_same_text_sent_twice_is_one_topic_and_a_protected_name_is_nowhere():
    series = make.group()
    nadia, token = make.member(series), uuid.uuid4()

    made = [
        services.raise_topic(
            series=series, author=nadia, title="Des gants d’hiver", identity_mode="protected", token=token
        )
        for _twice in range(2)
    ]

    assert made[0].pk == made[1].pk and Topic.objects.count() == 1
    assert (made[0].author_id, made[0].signed_as) == (None, "Nom protégé")
    assert timezone.localtime(made[0].created_at).time() == datetime.time(0)
    services.set_aside(topic=made[0], actor=None, reason="C’est prévu par le marché de janvier.")
    drain_outbox()
    item = InboxItem.objects.get(code="meetings.topic_answered")
    assert (item.user_id, item.handle) == (None, made[0].handle)


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_the_database_refuses_what_never_happens():
    series = make.group()
    boss = make.member(series)
    done = make.meeting(series, days=-10, state="published", actor=boss)
    called = make.meeting(series, days=10)
    rows, revision = Meeting.objects.filter(pk=done.pk), MinutesRevision.objects.get()

    refused(lambda: rows.update(state=MeetingState.HELD))
    refused(lambda: rows.update(starts_at=clock.now() - datetime.timedelta(days=3)))
    refused(lambda: MinutesRevision.objects.filter(pk=revision.pk).update(summary="Autre chose."))
    refused(lambda: MinutesRevision.objects.filter(pk=revision.pk).delete())
    refused(lambda: Meeting.objects.filter(pk=called.pk).update(state=MeetingState.PUBLISHED))
    refused(lambda: Meeting.objects.filter(pk=called.pk).update(place="Ailleurs"))
    refused(lambda: Meeting.objects.filter(pk=called.pk).update(uid="6a1f3a52-4a3e-4a55-9a51-0c2f0a3f8f11"))
    refused(
        lambda: MinutesRevision.objects.create(
            meeting=called, number=1, summary="x" * 30, published_at=clock.now(), signed_as="x"
        )
    )
    refused(
        lambda: Meeting.objects.create(
            series=series,
            space=series.space,
            starts_at=clock.now(),
            ends_at=clock.now() + datetime.timedelta(hours=1),
            changed_at=clock.now(),
        )
    )
    forget_effects()


STEPS = (
    "raise",
    "plan",
    "add",
    "call",
    "move",
    "cancel",
    "hold",
    "outcome",
    "promise",
    "publish",
    "end",
    "aside",
    "late",
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 99)), min_size=5, max_size=12))
def test_a_random_walk_keeps_every_promise(steps):
    """Whatever people do in whatever order: refused with a sentence, or done; and the books always add up."""
    with transaction.atomic():
        series = make.group()
        boss = make.member(series)
        published = {}  # action → publications since its own
        # A meeting goes to its end between two disorders: walks that only stumble never reach what is carried.
        whole = ["raise", "plan", "add", "call", "hold", "outcome", "promise", "publish"]
        walk = [pair for step, n in steps for pair in [(step, n), *((one, n % 50) for one in whole)]]
        for step, n in walk:
            try:
                _walk(step, n, series, boss, published)
            except (ValidationError, TransitionNotAllowed) as refusal:
                assert re.search(r"\w{3}", str(refusal))
            _adds_up(series, published)
        forget_effects()
        transaction.set_rollback(True)


def _walk(step, n, series, boss, published):
    series.refresh_from_db()
    coming = series.meetings.filter(state__in=COMING_STATES).first()
    waiting = list(series.topics.waiting())
    if step == "raise":
        services.raise_topic(series=series, author=boss, title=f"Point numéro {n}")
    elif step == "plan":
        at = clock.now() + datetime.timedelta(days=n - 50, minutes=5)
        services.plan_meeting(series=series, actor=boss, starts_at=at, is_past=n < 50)
    elif step == "aside" and waiting:
        services.set_aside(topic=waiting[n % len(waiting)], actor=boss, reason="Ce n’est pas le moment d’en parler.")
    elif step == "end":
        actions = list(Action.objects.filter(series=series))
        if actions:
            state = ActionState.DONE if n % 2 else ActionState.DROPPED
            services.end_action(
                action=actions[n % len(actions)], actor=boss, state=state, closing="Cela ne sert plus."
            )
    elif step == "late":
        telling.remind_late(clock.now())
    elif coming is not None:
        _on_the_next(step, n, coming, boss, waiting, published)


def _on_the_next(step, n, coming, boss, waiting, published):
    if step == "add" and waiting:
        services.put_on_agenda(meeting=coming, topic=waiting[n % len(waiting)], actor=boss)
    elif step == "call":
        services.call_meeting(meeting=coming, actor=boss, at=clock.now() if coming.has_begun else None)
    elif step == "move":
        at = clock.now() + datetime.timedelta(days=n - 20, minutes=5)
        services.move_meeting(meeting=coming, actor=boss, starts_at=at, minutes=60, place=f"Salle {n % 3}")
    elif step == "cancel":
        services.cancel_meeting(meeting=coming, actor=boss, reason="Empêchement")
    elif step == "hold":
        services.hold_meeting(meeting=coming, actor=boss)
    elif step == "outcome":
        for line in coming.lines.select_related("meeting"):
            services.set_outcome(line=line, outcome=Outcome.values[n % 3], text="Nous en avons parlé.")
    elif step == "promise":
        due = timezone.localdate(coming.starts_at) + datetime.timedelta(days=n)
        made = services.promise(meeting=coming, text=f"Faire la chose {n}", owner_label="L’équipe", due_on=due)
        published[made.pk] = None
    elif step == "publish":
        _publish(coming, boss)
        for pk in list(published):
            action = Action.objects.get(pk=pk)
            if published[pk] is None:
                published[pk] = 0 if action.born_at_id == coming.pk else None
            elif action.state == ActionState.OPEN:
                published[pk] += 1


def _adds_up(series, published):
    series.refresh_from_db()
    meetings = list(series.meetings.all())
    assert sum(one.state in COMING_STATES for one in meetings) <= 1
    held = [timezone.localdate(one.starts_at) for one in meetings if one.held_at]
    assert series.met_on == max(held, default=None)
    assert series.due_on == rhythm.due_on(series.met_on or series.agreed_on, series.every)
    for action in Action.objects.filter(series=series):
        assert action.carries == (published[action.pk] or 0)
    for topic in series.topics.all():
        assert topic.carries == topic.lines.filter(meeting__state="published", outcome="carried").count()
        ended = topic.lines.filter(meeting__state="published").exclude(outcome="carried").count()
        assert ended <= 1 and (ended == 0 or not topic.is_waiting)
        assert topic.lines.filter(meeting__state__in=COMING_STATES).count() <= 1


def test_minutes_are_found_by_members_alone():
    series = make.group()
    boss = make.member(series)
    done = make.meeting(series, days=-10, state="published", actor=boss)
    make.meeting(series, days=10)
    drain_outbox()

    assert list(searching.told()) == [done]
    assert "portail" in searching.document(done).body
    assert list(searching.results(as_viewer(boss), [done.pk])) == [done.pk]
    assert searching.results(as_viewer(AgentFactory()), [done.pk]) == {}


def test_an_agenda_takes_nothing_once_its_meeting_is_cancelled_under_it():
    """A page drawn before the cancellation, sent after it: a sentence, never a broken page."""
    runner = AgentFactory()
    series = make.group(facilitator=runner)
    topic = services.raise_topic(series=series, author=make.member(series), title="Le portail reste ouvert la nuit")
    stale = make.meeting(series, actor=runner)
    services.cancel_meeting(meeting=Meeting.objects.get(pk=stale.pk), actor=runner, reason="La salle est en travaux.")

    with pytest.raises(TransitionNotAllowed):
        services.put_on_agenda(meeting=stale, topic=topic, actor=runner)
    late = services.raise_topic(series=series, author=make.member(series), title="Des gants d’hiver pour tous")

    assert late.is_waiting and Topic.objects.filter(series=series, state="waiting").count() == 2
    forget_effects()
