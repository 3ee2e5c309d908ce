"""What everybody owes, each night: over the directory's dated posts, once, in a bounded number of statements."""

import copy
import datetime as dt
import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from src.directory.enums import Role
from src.directory.models import Affectation
from src.directory.services import close_unit, end_affectation, post_agent
from src.foundations import clock, personal_data, ticking
from src.foundations.testing import drain_outbox
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as made
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory
from trainings.ledger.services import Fact, record_completions, revoke
from trainings.obligations import dry_run
from trainings.obligations.models import AssignmentRule, Exemption, Obligation, Requirement
from trainings.obligations.services import deciding, preparing
from trainings.obligations.services.evaluating import evaluate

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def hr():
    return AgentFactory(unit=UnitFactory(), roles=[(Role.HR, None)])


@pytest.fixture
def unit():
    return UnitFactory(code="ACC")


@pytest.fixture
def nadia(unit):
    return posted(unit, contact=True)


def posted(unit, *, starts_on=dt.date(2025, 1, 6), contact=False):
    agent = AgentFactory(unit=None)
    post_agent(agent, unit, starts_on=starts_on, in_contact_with_public=contact)
    return agent


def told() -> list[tuple]:
    """Everything that is owed, as values."""
    names = ("agent_id", "obligation_id", "cycle_no", "assigned_on", "due_on", "state", "satisfied_on", "valid_until")
    return list(Requirement.objects.order_by("agent_id", "obligation_id", "cycle_no").values_list(*names))


def test_a_night_asks_those_concerned_and_the_next_writes_nothing(nadia, unit):
    inside = posted(unit)
    obligation = made.obligation(made.RECEPTION)
    day = dt.date(2026, 3, 2)

    first, again = evaluate(day), evaluate(day)

    assert (first.people, first.opened, first.changed) == (2, 1, 0)
    assert (again.people, again.opened, again.changed) == (2, 0, 0)
    owed = Requirement.objects.get()
    assert (owed.agent, owed.obligation, owed.cycle_no, owed.state) == (nadia, obligation, 1, "to_do")
    # From the entry into the rule: 180 days later is a day of 2025; with the notice, 1 May, and it isn't worked.
    assert (owed.assigned_on, owed.due_on) == (day, dt.date(2026, 5, 4))
    assert owed.explanation["rules"][0]["because"] == [made.RECEPTION]
    assert not Requirement.objects.filter(agent=inside).exists()


def test_statements_do_not_grow_with_people(unit, django_assert_num_queries):
    made.obligation()
    posted(unit)
    # PostgreSQL is asked to run one evaluation at a time; SQLite is alone anyway.
    alone = connection.vendor == "postgresql"
    with django_assert_num_queries(18 + alone):
        evaluate()
    for _n in range(3):
        posted(unit)

    with django_assert_num_queries(18 + alone):
        evaluate()
    with django_assert_num_queries(17 + alone):
        evaluate()


def test_the_tick_evaluates_once_a_day(nadia):
    made.obligation()

    done = ticking.tick(only="trainings_obligations.evaluate")

    assert done == {"trainings_obligations.evaluate": "ok"}
    assert Requirement.objects.filter(agent=nadia).count() == 1


def test_a_completion_answers_at_once_and_a_revocation_asks_again(nadia, hr):
    obligation = made.obligation()
    evaluate(agent_ids=[nadia.pk])

    row = ledger.completed(nadia, obligation.track)

    held = Requirement.objects.get(agent=nadia)
    assert (held.state, held.satisfied_by, held.satisfied_on) == ("up_to_date", row, clock.today())
    revoke(completion=row, reason="Feuille d’une autre personne.", actor=hr)
    held.refresh_from_db()
    assert (held.state, held.satisfied_by, held.cycle_no) == ("to_do", None, 1)


def test_an_equivalent_training_counts_and_the_refresher_only_renews(nadia):
    other, short = ledger.track("Autre"), ledger.track("Rappel")
    ledger.completed(nadia, short, dt.date(2025, 6, 1))
    ledger.completed(nadia, other, dt.date(2025, 8, 1))
    obligation = made.obligation(renewal_track=short, validity_months=12, window_days=60)
    obligation.equivalences.add(other)

    assert made.owed(nadia, day=dt.date(2025, 7, 1)).state == "to_do"
    assert made.owed(nadia, day=dt.date(2025, 8, 2)).valid_until == dt.date(2026, 8, 1)
    evaluate(dt.date(2026, 7, 1))
    assert list(Requirement.objects.order_by("cycle_no").values_list("cycle_no", "is_current", "state")) == [
        (1, False, "to_renew"),
        (2, True, "to_renew"),
    ]


def test_who_leaves_and_comes_back_finds_the_same_cycle(nadia, unit):
    elsewhere = UnitFactory()
    obligation = made.obligation(made.within(unit))
    day = dt.date(2026, 3, 2)
    first = made.owed(nadia, obligation, day=day)

    post_agent(nadia, elsewhere, starts_on=dt.date(2026, 4, 1))
    gone = made.owed(nadia, obligation, day=dt.date(2026, 4, 2))
    post_agent(nadia, unit, starts_on=dt.date(2026, 9, 1))
    back = made.owed(nadia, obligation, day=dt.date(2026, 9, 1))

    assert (gone.pk, gone.state, gone.left_on) == (first.pk, "not_applicable", dt.date(2026, 4, 2))
    assert (back.pk, back.cycle_no, back.state, back.left_on) == (first.pk, 1, "to_do", None)
    assert back.due_on >= dt.date(2026, 9, 1) + dt.timedelta(days=60)
    end_affectation(nadia, on=dt.date(2026, 9, 30))
    assert made.owed(nadia, obligation, day=dt.date(2026, 10, 1)).state == "not_applicable"


def test_a_closed_account_owes_nothing(nadia):
    made.obligation()
    evaluate()
    nadia.is_active = False
    nadia.save(update_fields=["is_active"])

    assert made.owed(nadia).state == "not_applicable"


def test_a_unit_that_closes_passes_its_rule_to_its_successor(nadia, unit):
    heir = UnitFactory(code="NVL", parent=unit.parent)
    by_unit = made.obligation(made.within(unit))
    evaluate(clock.today())
    told_before = told()

    close_unit(unit, successor=heir, on=clock.today() - DAY)
    evaluate()

    # Same cycle, same day: the stay in the rule was never broken.
    assert [one[:5] for one in told()] == [one[:5] for one in told_before]
    assert Requirement.objects.get(obligation=by_unit).left_on is None
    somebody = posted(heir)
    assert made.owed(somebody, by_unit).state == "to_do"


def test_a_fact_that_is_missing_is_said_and_never_leaves_anybody_out(nadia):
    made.obligation(rule={"anchor": "job_start"})
    owed = made.owed(nadia)

    assert (owed.lacks_anchor, owed.explanation["rules"][0]["missing"]) == (True, True)
    assert owed.explanation["rules"][0]["anchor_on"] == "2025-01-06"


def test_exemption_absence_and_extension_are_facts_too(nadia, hr):
    obligation = made.obligation()
    owed = made.owed(nadia, obligation)

    later = owed.due_on + dt.timedelta(days=90)
    deciding.extend(requirement=owed, until=later, actor=hr)
    assert made.owed(nadia).due_on == later
    given = deciding.exempt(agent=nadia, obligation=obligation, code="gives_it", actor=hr)
    assert made.owed(nadia).state == "exempt"
    deciding.end_exemption(exemption=given, actor=hr)
    assert (made.owed(nadia).state, Exemption.objects.count()) == ("to_do", 0)
    deciding.note_absence(agent=nadia, starts_on=clock.today(), ends_on=clock.today() + 9 * DAY, actor=hr)
    assert (made.owed(nadia).state, evaluate().changed) == ("suspended", 0)


def test_who_may_decide_and_what_is_refused(nadia, hr, unit):
    obligation = made.obligation()
    owed = made.owed(nadia, obligation)
    of_the_unit, elsewhere = (
        AgentFactory(unit=UnitFactory(), roles=[(Role.HR, where)]) for where in (unit, UnitFactory())
    )
    later = owed.due_on + 30 * DAY

    for actor in (nadia, elsewhere, AgentFactory(unit=unit)):
        with pytest.raises(PermissionDenied):
            deciding.extend(requirement=owed, until=later, actor=actor)
    for until in (owed.due_on, clock.today() - DAY):
        with pytest.raises(ValidationError):
            deciding.extend(requirement=owed, until=until, actor=of_the_unit)
    deciding.extend(requirement=owed, until=later, actor=of_the_unit)
    with pytest.raises(ValidationError):
        deciding.exempt(agent=nadia, obligation=obligation, code="health", actor=hr)
    deciding.exempt(agent=nadia, obligation=obligation, code="decided", actor=hr)
    with pytest.raises(ValidationError, match="déjà"):
        deciding.exempt(agent=nadia, obligation=obligation, code="decided", actor=hr)
    with pytest.raises(PermissionDenied):
        deciding.exempt(agent=hr, obligation=obligation, code="decided", actor=hr)


def test_an_obligation_is_prepared_tried_out_activated_and_ends(hr, nadia, unit):
    posted(unit)
    done_already = posted(unit, contact=True)
    track = ledger.track()
    ledger.completed(done_already, track, clock.today() - DAY)
    obligation = preparing.prepare(
        actor=hr, track=track, decision="Note du 3 mars 2026.", predicate={"all": [made.RECEPTION]},
        rule={"anchor": "job_start"},
    )  # fmt: skip

    found = dry_run.try_out(obligation)

    assert (found.concerned, found.up_to_date, found.to_do, found.without_fact) == (2, 1, 1, 2)
    assert found.because == {("contact_public", "=", "true"): 2}
    assert found.by_direction == {unit.direction.code: 2}
    assert (evaluate().opened, Requirement.objects.count()) == (0, 0)
    preparing.activate(obligation=obligation, actor=hr)
    assert sorted(Requirement.objects.values_list("agent_id", "state")) == sorted(
        [(nadia.pk, "to_do"), (done_already.pk, "up_to_date")]
    )
    for act in (
        lambda: preparing.activate(obligation=obligation, actor=hr),
        lambda: preparing.activate(
            obligation=made.obligation(active=False, track=ledger.track(published=False)), actor=hr
        ),
    ):
        with pytest.raises(ValidationError):
            act()
    preparing.end(obligation=obligation, actor=hr)
    assert set(Requirement.objects.values_list("state", flat=True)) == {"not_applicable"}
    with pytest.raises(ValidationError):
        preparing.end(obligation=obligation, actor=hr)
    with pytest.raises(PermissionDenied):
        preparing.prepare(actor=nadia, track=track, decision="Moi.", predicate=made.RECEPTION)
    with pytest.raises(ValidationError):
        preparing.prepare(actor=hr, track=track, decision="Note.", predicate={"field": "age", "op": "=", "value": 3})


def test_the_next_version_of_a_rule_replaces_it_and_a_told_day_keeps_its_notice(hr, nadia):
    obligation = made.obligation(rule={"offset_days": 800})
    before = made.owed(nadia, obligation)
    rule = obligation.rules.get()

    after = preparing.replace_rule(rule=rule, actor=hr, offset_days=30)
    drain_outbox()
    owed = made.owed(nadia, obligation)

    rule.refresh_from_db()
    assert (rule.active_to, after.version, after.key) == (clock.today() - DAY, 2, rule.key)
    assert owed.rule == after
    assert before.due_on > owed.due_on >= clock.today() + dt.timedelta(days=60)
    with pytest.raises(ValidationError, match="remplacée"):
        preparing.replace_rule(rule=rule, actor=hr, offset_days=10)


def test_what_the_database_refuses(nadia):
    obligation = made.obligation()
    owed = made.owed(nadia, obligation)
    rule = obligation.rules.get()
    copy = {
        "agent": nadia, "obligation": obligation, "rule": rule, "assigned_on": owed.assigned_on,
        "told_on": owed.told_on, "due_on": owed.due_on, "state": "to_do",
    }  # fmt: skip
    refused = [
        lambda: Requirement.objects.create(**copy, cycle_no=2, is_current=False),
        lambda: Requirement.objects.create(**copy | {"due_on": owed.told_on - DAY}, cycle_no=2),
        lambda: Requirement.objects.filter(pk=owed.pk).update(state="lost"),
        lambda: Requirement.objects.filter(pk=owed.pk).update(assigned_on=owed.assigned_on - DAY),
        lambda: Requirement.objects.filter(pk=owed.pk).delete(),
        lambda: Obligation.objects.filter(pk=obligation.pk).update(validity_months=12),
        lambda: Obligation.objects.filter(pk=obligation.pk).update(activated_at=None),
        lambda: Obligation.objects.filter(pk=obligation.pk).delete(),
        lambda: AssignmentRule.objects.filter(pk=rule.pk).update(predicate={"all": [made.RECEPTION]}),
        lambda: AssignmentRule.objects.filter(pk=rule.pk).delete(),
        lambda: made.add_rule(obligation, key=rule.key, version=2),
        lambda: made.add_rule(obligation, anchor="fixed_date"),
        lambda: made.obligation(validity_months=6, window_days=180),
        lambda: made.obligation(renewal_base="fixed_calendar"),
    ]

    for act in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_the_same_facts_give_the_same_requirements_whatever_the_order_they_came_in(unit):
    """Posts, completions and rules written in two orders; people evaluated in slices of one, then together."""
    day = dt.date(2026, 3, 2)
    directions = [DirectionFactory(code=f"DIR{n}") for n in range(2)]
    units = [UnitFactory(parent=one) for one in directions]
    obligations = [made.obligation(made.within(units[0])), made.obligation(made.RECEPTION, validity_months=12)]
    for one in obligations:
        made.add_rule(one, made.RECEPTION, offset_days=100)
    agents = [AgentFactory(unit=None) for _n in range(6)]
    rng = random.Random(4)
    posts = [
        Affectation(user=agent, unit=rng.choice(units), starts_on=dt.date(2025, month, 1), in_contact_with_public=rng.random() < 0.5,
                    ends_on=dt.date(2025, month + 2, 27) if month < 9 else None)
        for agent in agents for month in (1, 5, 9)
    ]  # fmt: skip
    facts_done = [
        (agent, one.track, dt.date(2025, 6, 1 + n)) for n, agent in enumerate(agents[:4]) for one in obligations
    ]
    seen = []
    for order in range(2):
        mixed, completions, people = list(posts), list(facts_done), list(agents)
        for part in (mixed, completions, people):
            random.Random(order).shuffle(part)
        undo = transaction.savepoint()
        Affectation.objects.bulk_create([copy.copy(post) for post in mixed])
        record_completions(
            [Fact(agent.pk, track, on, "imported", f"x:{agent.pk}:{track.pk}") for agent, track, on in completions]
        )
        undone = told()
        for agent in people if order else ():
            evaluate(day, agent_ids=[agent.pk])
        evaluate(day)
        seen.append((undone, told()))
        transaction.savepoint_rollback(undo)

    assert seen[0] == seen[1]
    assert len(seen[0][1]) > 8
    assert len({row[5] for row in seen[0][1]}) > 1


def test_erasing_leaves_dates_without_a_person(nadia):
    made.obligation()
    evaluate()

    personal_data.erase(nadia)

    owed = Requirement.objects.get()
    assert (owed.agent_id, owed.explanation) == (nadia.pk, {})
    assert made.owed(nadia).state == "not_applicable"
