"""Reminders: each step once, to those who owe something and nobody else, by what reaches them."""

import datetime as dt
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from src.directory.services import post_agent
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices import registry
from src.notices.models import Errand, InboxItem, MailMessage, Reach
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as made
from tests.factories.directory import AgentFactory, UnitFactory
from tests.trainings.coverage.people import agents, every_state, hr, manager
from trainings.obligations.enums import RequirementState
from trainings.obligations.models import AbsenceSpan, Exemption, Obligation, Requirement
from trainings.obligations.services.evaluating import evaluate
from trainings.reminders import notices, selectors
from trainings.reminders.enums import Channel, Step
from trainings.reminders.models import ManagerDigest, ReminderBatch, ReminderPlan, ReminderSent
from trainings.reminders.services import planning
from trainings.reminders.services.digesting import send_digests
from trainings.reminders.services.reminding import remind, remind_everybody
from trainings.reminders.steps import step_on

pytestmark = pytest.mark.django_db
NEVER = (
    RequirementState.EXEMPT,
    RequirementState.SUSPENDED,
    RequirementState.UP_TO_DATE,
    RequirementState.NOT_APPLICABLE,
)


def running(obligation, steps=None) -> ReminderPlan:
    plan = ReminderPlan.objects.create(obligation=obligation, is_running=True, changed_at=clock.now())
    if steps:
        ReminderPlan.objects.filter(pk=plan.pk).update(steps=steps)
    return plan


def sent() -> list[tuple]:
    found = ReminderSent.objects.order_by("requirement__agent_id", "step", "channel")
    return list(found.values_list("requirement__agent_id", "step", "channel"))


# ---- which step


def test_the_last_step_whose_day_has_come_is_the_one():
    due = dt.date(2026, 12, 1)
    told = {
        days: step_on(Step.values, due, due + dt.timedelta(days=days))
        for days in (-61, -60, -31, -30, -7, 0, 14, 15, 300)
    }

    assert told == {
        -61: None, -60: Step.BEFORE_60, -31: Step.BEFORE_60, -30: Step.BEFORE_30, -7: Step.BEFORE_7, 0: Step.ON_THE_DAY,
        14: Step.ON_THE_DAY, 15: Step.AFTER_15, 300: Step.AFTER_15,
    }  # fmt: skip


# ---- who


def test_only_those_who_owe_are_reminded_once_each_whatever_the_state():
    obligation, _service, people = every_state()
    running(obligation)

    # 180 days are left to whoever came today: no step has come for them.
    assert (remind(obligation.pk), remind(obligation.pk)) == (3, 0)

    told = {name for name, agent in people.items() if InboxItem.objects.filter(user=agent).exists()}
    assert told == {"expired", "overdue", "to_renew"}
    assert Counter(step for _agent, step, _channel in sent()) == {Step.AFTER_15: 4, Step.BEFORE_60: 2}
    drain_outbox()


def test_what_changed_since_the_night_is_seen():
    """An exemption, an absence, a post or an account that ends: written this morning, before any evaluation."""
    unit = UnitFactory()
    obligation = made.obligation(rule={"offset_days": 30, "min_notice_days": 30})
    exempt, away, gone, closed, owing = agents(unit, 5)
    evaluate()
    today = clock.today()
    Exemption.objects.create(agent=exempt, obligation=obligation, code="decided", decided_on=today)
    AbsenceSpan.objects.create(agent=away, starts_on=today)
    type(gone.current_affectation).objects.filter(user=gone).update(ends_on=today - dt.timedelta(days=1))
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    running(obligation)

    remind(obligation.pk)

    assert {agent for agent, _step, _channel in sent()} == {owing.pk}
    drain_outbox()


def test_each_is_reached_by_what_they_have_and_a_letter_else():
    unit = UnitFactory()
    obligation = made.obligation(rule={"offset_days": 30, "min_notice_days": 30})
    mailed = AgentFactory(unit=unit)
    nothing, chose_none, called = (AgentFactory(unit=unit, email=None) for _n in range(3))
    Reach.objects.create(user=chose_none, means="none")
    Reach.objects.create(user=called, means="call", phone="0601020304")
    evaluate()
    plan = running(obligation)

    preview = selectors.preview(plan)
    remind(obligation.pk)

    beside = {agent: channel for agent, _step, channel in sent() if channel != Channel.INBOX}
    assert beside == {mailed.pk: "mail", nothing.pk: "letter", called.pk: "call"}
    assert preview.by_channel == {Channel.MAIL: 1, Channel.LETTER: 1, Channel.CALL: 1, Channel.INBOX: 1}
    assert InboxItem.objects.filter(code=notices.REMINDER).count() == preview.people == 4
    assert set(MailMessage.objects.values_list("user_id", flat=True)) == {mailed.pk}
    assert set(Errand.objects.values_list("user_id", "means")) == {(nothing.pk, "letter"), (called.pk, "call")}
    batch = ReminderBatch.objects.get()
    assert (batch.people, batch.mails, batch.carried, batch.on_terrain_only) == (4, 1, 2, 1)
    drain_outbox()


def test_a_draft_an_ended_one_and_a_paused_plan_remind_nobody():
    agents(UnitFactory())
    rule = {"offset_days": 30, "min_notice_days": 30}
    paused, ended = made.obligation(rule=rule), made.obligation(rule=rule)
    evaluate()
    running(paused)
    running(ended)
    ReminderPlan.objects.filter(obligation=paused).update(is_running=False)
    Obligation.objects.filter(pk=ended.pk).update(ended_on=clock.today())

    assert remind_everybody() == 0
    assert not InboxItem.objects.exists() and not ReminderBatch.objects.exists()


def test_the_database_refuses_a_step_twice():
    obligation, _service, _people = every_state()
    running(obligation)
    remind(obligation.pk)
    one = ReminderSent.objects.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderSent.objects.create(
            requirement=one.requirement, step=one.step, channel=one.channel, batch=one.batch, sent_at=clock.now()
        )
    drain_outbox()


def test_a_later_day_does_not_repeat_a_step_and_the_next_one_comes():
    unit = UnitFactory()
    obligation = made.obligation(rule={"offset_days": 30, "min_notice_days": 30})
    (one,) = agents(unit)
    evaluate()
    running(obligation)
    remind(obligation.pk)
    owed = Requirement.objects.get()
    Requirement.objects.filter(pk=owed.pk).update(due_on=owed.due_on + dt.timedelta(days=5))

    assert remind(obligation.pk, clock.today() + dt.timedelta(days=5)) == 0
    assert remind(obligation.pk, owed.due_on - dt.timedelta(days=2)) == 1

    assert [step for _agent, step, channel in sent() if channel == "inbox"] == [Step.BEFORE_30, Step.BEFORE_7]
    drain_outbox()


# ---- words


def test_no_subject_says_a_state_or_a_name_and_the_body_says_the_day():
    reminder, digest = registry.get(notices.REMINDER), registry.get(notices.DIGEST)
    past = reminder.example | {"is_past": True}

    assert (
        reminder.subject(past)
        == reminder.subject(reminder.example)
        == "Formation : une date à retenir".replace(" :", "\u00a0:")
    )
    assert "12 décembre 2026" in reminder.text(past) and "12 décembre 2026" in reminder.text(reminder.example)
    for word in ("retard", "Accueillir", "expir"):
        assert word not in reminder.subject(past)
    assert not any(sign.isdigit() for sign in digest.subject(digest.example))
    assert not reminder.mutable and not digest.mutable


# ---- what always holds


DAYS = st.integers(0, 40)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["night", "remind", "twice", "done", "exempt", "away", "gone", "back", "steps"]),
            st.integers(0, 2),
            DAYS,
        ),
        min_size=3,
        max_size=14,
    )
)
def test_walks_never_remind_who_owes_nothing_nor_twice(walk):
    """Invariants 12 and 13, whatever is written, in whatever order, between whatever nights."""
    with transaction.atomic():
        unit = UnitFactory()
        obligation = made.obligation(
            made.within(unit), validity_months=3, window_days=60, rule={"offset_days": 45, "min_notice_days": 20}
        )
        people = agents(unit, 3)
        plan = running(obligation)
        day = clock.today()
        with clock.told_as(clock.start_of_day(day) + dt.timedelta(hours=9)):
            evaluate()
        for act, who, days in walk:
            day += dt.timedelta(days=days)
            with clock.told_as(clock.start_of_day(day) + dt.timedelta(hours=10)):
                _step(act, people[who], obligation, unit, plan, day)
        transaction.set_rollback(True)


def _step(act, agent, obligation, unit, plan, day):
    if act == "night":
        evaluate()
    elif act == "done":
        ledger.completed(agent, obligation.track)
    elif act == "exempt":
        running_one = Exemption.objects.filter(agent=agent, obligation=obligation)
        if not running_one.exists():
            Exemption.objects.create(
                agent=agent, obligation=obligation, code="decided", decided_on=day, until=day + dt.timedelta(days=20)
            )
    elif act == "away":
        AbsenceSpan.objects.create(agent=agent, starts_on=day, ends_on=day + dt.timedelta(days=15))
    elif act == "gone":
        post_agent(agent, UnitFactory(), starts_on=day)
        evaluate()
    elif act == "back":
        post_agent(agent, unit, starts_on=day)
        evaluate()
    elif act == "steps":
        ReminderPlan.objects.filter(pk=plan.pk).update(steps=[Step.values[day.day % 5], Step.values[day.day % 3]])
    if act in ("remind", "twice"):
        _reminded(obligation, day, 2 if act == "twice" else 1)


def _reminded(obligation, day, times: int):
    before = set(ReminderSent.objects.values_list("pk", flat=True))
    for _n in range(times):
        remind(obligation.pk)
    new = list(ReminderSent.objects.exclude(pk__in=before).values_list("requirement_id", "requirement__agent_id"))
    # What the engine itself says of that day, whenever the last night was.
    evaluate()
    states = dict(Requirement.objects.filter(pk__in=[pk for pk, _agent in new]).values_list("pk", "state"))
    assert not set(states.values()) & set(NEVER)
    rows = Counter(ReminderSent.objects.values_list("requirement_id", "step", "channel"))
    assert set(rows.values()) <= {1}
    told = Counter(InboxItem.objects.filter(code=notices.REMINDER).values_list("user_id", "key"))
    assert set(told.values()) <= {1}
    inbox = ReminderSent.objects.filter(channel=Channel.INBOX).count()
    assert InboxItem.objects.filter(code=notices.REMINDER).count() == inbox


# ---- plans


def test_starting_sends_todays_once_the_relay_runs_and_pausing_stops_the_rest():
    central = hr()
    obligation, _service, _people = every_state()
    planning.start(obligation=obligation, actor=central)
    planning.start(obligation=obligation, actor=central)
    assert not ReminderSent.objects.exists()

    drain_outbox()

    assert ReminderBatch.objects.get().people == 3 and ReminderBatch.objects.get().made_by == central
    planning.pause(obligation=obligation, actor=central)
    assert remind(obligation.pk, clock.today() + dt.timedelta(days=40)) == 0


def test_plans_are_for_human_resources_of_the_whole_city():
    obligation = made.obligation()
    local = hr(UnitFactory())

    for act in (planning.start, planning.pause):
        with pytest.raises(PermissionDenied):
            act(obligation=obligation, actor=local)
    with pytest.raises(PermissionDenied):
        planning.set_steps(obligation=obligation, steps=[Step.BEFORE_7], actor=local)
    for wrong in ([], ["never"]):
        with pytest.raises(ValidationError):
            planning.set_steps(obligation=obligation, steps=wrong, actor=hr())
    assert not ReminderPlan.objects.exists()


# ---- digests


def test_a_manager_is_told_a_number_once_a_week_and_nothing_when_there_is_nothing():
    obligation, service, people = every_state()
    boss, idle = manager(service), manager(UnitFactory())
    assert send_digests() == 0, "nothing leaves before reminders are started"
    running(obligation)
    monday = clock.week_of(clock.today())

    assert (
        send_digests(monday),
        send_digests(monday + dt.timedelta(days=6)),
        send_digests(monday + dt.timedelta(days=7)),
    ) == (1, 0, 1)

    assert list(ManagerDigest.objects.values_list("manager_id", "people")) == [(boss.pk, 4)] * 2
    items = InboxItem.objects.filter(code=notices.DIGEST)
    assert {item.user_id for item in items} == {boss.pk} and items.count() == 2
    text = registry.get(notices.DIGEST).text(items[0].context)
    assert "4 personnes" in text
    assert not any(agent.last_name in text for agent in people.values()) and idle.pk not in {
        item.user_id for item in items
    }
    drain_outbox()


# ---- screens


def url(name, obligation=None):
    return reverse(f"trainings_reminders:{name}", kwargs={"reference": obligation.reference} if obligation else {})


def test_human_resources_preview_start_pause_and_read_the_log(client):
    obligation, _service, _people = every_state()
    client.force_login(hr())

    before = client.get(url("plan", obligation)).content.decode()
    assert "3 personnes seraient prévenues" in before and "une date à retenir" in before
    assert not ReminderSent.objects.exists()
    assert client.post(url("start", obligation)).status_code == 303
    drain_outbox()
    text = client.get(url("plan", obligation)).content.decode()
    assert "Les rappels partent" in text and "Mettre les rappels en pause" in text
    assert client.post(url("pause", obligation)).status_code == 303
    assert "En pause" in client.get(url("list")).content.decode()


def test_moments_are_chosen_and_none_is_refused_with_a_sentence(client):
    obligation = made.obligation()
    client.force_login(hr())

    refused = client.post(url("set_steps", obligation), {})
    assert refused.status_code == 422 and "Choisissez au moins un moment." in refused.content.decode()
    assert client.post(url("set_steps", obligation), {"steps": ["before_7", "on_the_day"]}).status_code == 303

    assert ReminderPlan.objects.get().steps == ["before_7", "on_the_day"]


def test_others_are_refused(client):
    obligation = made.obligation()
    for person in (hr(UnitFactory()), AgentFactory(unit=UnitFactory()), manager(UnitFactory())):
        client.force_login(person)
        assert client.get(url("list")).status_code == client.get(url("plan", obligation)).status_code == 403
        for name in ("set_steps", "start", "pause"):
            assert client.post(url(name, obligation)).status_code == 403


def test_statements_do_not_grow_with_people(client, django_assert_num_queries):
    obligation = made.obligation(rule={"offset_days": 30, "min_notice_days": 30})
    unit = UnitFactory()
    agents(unit, 1)
    evaluate()
    client.force_login(hr())
    client.get(url("plan", obligation))
    with django_assert_num_queries(12):
        client.get(url("plan", obligation))
    agents(unit, 4)
    evaluate()

    with django_assert_num_queries(12):
        client.get(url("plan", obligation))
