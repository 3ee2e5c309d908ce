"""Decisions: prepared without a trace, changed, countersigned, announced once, then frozen."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from ideas.models import Idea
from src.accountability import registry
from src.accountability.models import AnnouncementBatch, Decision
from src.accountability.rules import can_countersign, can_decide, can_see_decision
from src.accountability.selectors import prepared_decisions
from src.accountability.services import (
    announce,
    announcing,
    countersign,
    discard_decision,
    edit_decision,
    gather_decisions,
    prepare_decision,
    prepared_decision,
)
from src.accountability.services.announcing import NotApplied
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.accountability import ANSWER_TEXT, answer, prepared
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory, away, grant
from tests.factories.participation import SpaceFactory
from tests.participation.conftest import build_idea
from tests.participation.real_database import several_writers

pytestmark = pytest.mark.django_db


# Preparing


def snapshot(*except_tables):
    """Every row of every table, as the database holds them, but for these tables."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - set(except_tables))
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def test_preparing_changes_no_row_of_any_other_table(notes, decider, service):
    build_idea(SpaceFactory())
    before = snapshot("accountability_decision", "accountability_announcementbatch", "sqlite_sequence")

    decision = prepared(decider, service, "ABC123")
    edit_decision(decision, actor=decider, text=ANSWER_TEXT + " Merci.")
    discard_decision(decision, actor=decider)
    prepared(decider, service, "ABC123", "declined")

    assert snapshot("accountability_decision", "accountability_announcementbatch", "sqlite_sequence") == before
    assert len(before) > 30
    assert Decision.objects.count() == AnnouncementBatch.objects.count() == 1


def test_a_prepared_decision_is_signed_by_a_named_person(notes, decider, service):
    decision = prepared(decider, service, "ABC123")

    decision.refresh_from_db()
    assert (decision.decided_by, decision.signed_as, decision.drafted_by) == (
        decider, "Sophie Lantier, cheffe du service technique", None,
    )  # fmt: skip
    assert (decision.is_announced, decision.applied_at, decision.batch.unit) == (False, None, service)
    assert prepared_decision("idea", "ABC123") == decision
    assert prepared_decision("idea", "ZZZZZZ") is None


@pytest.mark.parametrize(
    ("outcome", "changes", "fields"),
    [
        ("accepted", {}, []),
        ("pilot", {}, []),
        ("deferred", {}, []),
        ("declined", {}, []),
        ("already_done", {}, []),
        ("accepted", {"text": "Oui." + "é" * 115}, ["text"]),
        ("accepted", {"text": "é" * 120}, []),
        ("accepted", {"text": "é" * 1200}, []),
        ("accepted", {"text": "é" * 1201}, ["text"]),
        ("accepted", {"text": " " * 300}, ["text"]),
        ("accepted", {"measure_owner": " "}, ["measure_owner"]),
        ("pilot", {"first_milestone": "", "first_milestone_on": None}, ["first_milestone", "first_milestone_on"]),
        ("pilot", {"first_milestone_on": clock.today() - timedelta(days=1)}, ["first_milestone_on"]),
        ("pilot", {"first_milestone_on": clock.today()}, []),
        ("declined", {"reason": ""}, ["reason"]),
        ("declined", {"reason": "caprice"}, ["reason"]),
        ("declined", {"reopening_conditions": "  "}, ["reopening_conditions"]),
        ("deferred", {"reason": "", "revisit_on": None}, ["reason", "revisit_on"]),
        ("deferred", {"revisit_on": clock.today()}, ["revisit_on"]),
        ("deferred", {"revisit_on": clock.today() + timedelta(days=366)}, []),
        ("deferred", {"revisit_on": clock.today() + timedelta(days=367)}, ["revisit_on"]),
        ("deferred", {"reopening_conditions": ""}, ["reopening_conditions"]),
        ("perhaps", {}, ["outcome"]),
    ],
)
def test_an_incomplete_answer_is_refused_field_by_field(notes, decider, service, outcome, changes, fields):
    if not fields:
        assert prepared(decider, service, "ABC123", outcome, **changes).outcome == outcome
        return
    with pytest.raises(ValidationError) as refusal:
        prepared(decider, service, "ABC123", outcome, **changes)

    assert sorted(refusal.value.message_dict) == sorted(fields)
    assert Decision.objects.count() == AnnouncementBatch.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"outcome": "declined", "reason": ""},
        {"outcome": "deferred", "reason": "budget", "reopening_conditions": "Un budget.", "revisit_on": None},
        {"outcome": "pilot", "measure_owner": ""},
        {"is_fast_lane": True},
    ],
)
def test_the_database_refuses_an_incomplete_answer_too(notes, decider, service, changes):
    decision = prepared(decider, service, "ABC123")

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**changes)


def test_only_the_decider_of_the_unit_answers_and_never_on_their_own(notes, decider, delegate, correspondent, service):
    elsewhere = UnitFactory(parent=DirectionFactory())
    stranger = AgentFactory()
    grant(stranger, "decision_maker", elsewhere)
    notes.authors["MINE00"] = decider.pk

    for actor in (delegate, correspondent, stranger, AgentFactory(is_superuser=True), AnonymousUser()):
        with pytest.raises(PermissionDenied):
            prepared(actor, service, "ABC123")
    with pytest.raises(PermissionDenied):
        prepared(decider, service, "MINE00")
    with pytest.raises(PermissionDenied):
        prepared(decider, elsewhere, "ABC123")
    assert prepared(decider, service, "ABC123").unit == service
    assert not can_decide(decider, service, "idea", "MINE00")


def test_a_kind_without_an_interest_check_is_decided_by_nobody(notes, decider, service, monkeypatch):
    monkeypatch.setattr(registry, "_interest_checks", {})

    with pytest.raises(ImproperlyConfigured):
        prepared(decider, service, "ABC123")


def test_the_deputy_decides_while_the_decider_is_away(notes, direction, service):
    holder, deputy = AgentFactory(unit=direction), AgentFactory(unit=direction)
    grant(holder, "decision_maker", direction, deputy=deputy)
    with pytest.raises(PermissionDenied):
        prepared(deputy, service, "ABC123")

    away(holder, clock.today(), clock.today())

    assert prepared(deputy, service, "ABC123").decided_by == deputy


def test_one_answer_is_in_preparation_at_a_time(notes, decider, service):
    first = prepared(decider, service, "ABC123")

    with pytest.raises(TransitionNotAllowed):
        prepared(decider, service, "ABC123")
    discard_decision(first, actor=decider)
    second = prepared(decider, service, "ABC123")
    announce(second.batch, decider)

    assert AnnouncementBatch.objects.count() == 1
    with pytest.raises(TransitionNotAllowed, match="autre personne"):
        prepared(decider, service, "ABC123")
    other = AgentFactory(unit=service, roles=[(Role.DECISION_MAKER, service)])
    assert prepared(other, service, "ABC123").pk != second.pk


def test_a_decision_is_changed_until_it_is_announced(notes, decider, service):
    decision = prepared(decider, service, "ABC123")

    edit_decision(
        decision, actor=decider, **answer("declined", measure_owner="", first_milestone="", first_milestone_on=None)
    )
    with pytest.raises(ValidationError):
        edit_decision(decision, actor=decider, reason="")
    with pytest.raises(PermissionDenied):
        edit_decision(decision, actor=AgentFactory(), reason="effet")
    with pytest.raises(TypeError):
        edit_decision(decision, actor=decider, unit=service)
    announce(decision.batch, decider)

    for act in (
        partial(edit_decision, decision, actor=decider, reason="effet"),
        partial(discard_decision, decision, actor=decider),
    ):
        with translation.override("en"), pytest.raises(TransitionNotAllowed, match="already announced by Sophie L."):
            act()
    decision.refresh_from_db()
    assert (decision.outcome, decision.reason, decision.revisit_on) == ("declined", "budget", None)


# The fast lane


def test_the_fast_lane_is_drafted_by_one_and_countersigned_by_another(
    notes, correspondent, delegate, decider, service
):
    draft = prepared(correspondent, service, "ABC123", "already_done", fast_lane=True)
    assert (draft.drafted_by, draft.awaits_countersignature) == (correspondent, True)

    with pytest.raises(TransitionNotAllowed):
        announce(draft.batch, delegate)
    for actor in (correspondent, AgentFactory()):
        with pytest.raises(PermissionDenied):
            countersign(draft, actor=actor)
    countersign(draft, actor=delegate)
    with pytest.raises(TransitionNotAllowed):
        countersign(draft, actor=decider)
    announce(draft.batch, delegate)

    draft.refresh_from_db()
    assert (draft.drafted_by, draft.decided_by, draft.signed_as) == (correspondent, delegate, "Jeanne Abadie")
    assert notes.applied == [("ABC123", "already_done")]


def test_a_draft_rewritten_after_being_read_is_not_countersigned(notes, correspondent, delegate, service):
    draft = prepared(correspondent, service, "ABC123", "already_done", fast_lane=True)
    read = Decision.objects.get(pk=draft.pk)
    edit_decision(draft, actor=correspondent, text=ANSWER_TEXT + " Merci.")

    with pytest.raises(TransitionNotAllowed):
        countersign(read, actor=delegate)
    countersign(draft, actor=delegate)
    edit_decision(draft, actor=correspondent, text=ANSWER_TEXT)

    assert draft.awaits_countersignature


def test_the_author_neither_drafts_nor_countersigns(notes, correspondent, delegate, service):
    notes.authors |= {"HERS00": correspondent.pk, "HIS000": delegate.pk}

    with pytest.raises(PermissionDenied):
        prepared(correspondent, service, "HERS00", fast_lane=True)
    draft = prepared(correspondent, service, "HIS000", fast_lane=True)
    assert not can_countersign(delegate, draft)
    with pytest.raises(PermissionDenied):
        prepared(AgentFactory(), service, "ABC123", fast_lane=True)


# Seeing


def test_a_prepared_decision_is_seen_by_its_deciders_alone(
    notes, decider, delegate, correspondent, service, direction
):
    idea = build_idea(SpaceFactory())
    notes.visible = lambda viewer: Idea.objects.filter(pk=idea.pk) if viewer.is_agent else Idea.objects.none()
    city, elsewhere, deputy, absent = AgentFactory(), AgentFactory(), AgentFactory(), AgentFactory()
    grant(city, "decision_maker")
    grant(elsewhere, "decision_maker", DirectionFactory())
    grant(absent, "decision_maker", service, deputy=deputy)
    away(absent, clock.today(), clock.today())
    people = {
        "visitor": AnonymousUser(), "agent": AgentFactory(unit=service), "superuser": AgentFactory(is_superuser=True),
        "manager": AgentFactory(unit=direction, is_manager=True), "decider": decider, "city": city,
        "elsewhere": elsewhere, "deputy": deputy, "absent": absent, "delegate": delegate,
        "correspondent": correspondent,
    }  # fmt: skip
    full = prepared(decider, service, idea.reference)
    fast = prepared(correspondent, service, "QUICK0", "already_done", fast_lane=True)
    hidden = prepared(decider, service, "HIDDEN")

    def seen():
        found = {}
        for name, user in people.items():
            listed = set(Decision.objects.visible_to(user))
            assert listed == {
                decision
                for decision in Decision.objects.select_related("batch", "unit")
                if can_see_decision(user, decision)
            }, name
            found[name] = listed
        return found

    deciders = {name: {full, fast, hidden} for name in ("decider", "city", "deputy", "absent")}
    others = {"delegate": {fast}, "correspondent": {fast}}
    before = seen()
    assert before == {name: set() for name in people} | deciders | others
    assert set(prepared_decisions(decider)) == {full, fast, hidden}

    announce(full.batch, decider)
    announce(hidden.batch, decider)

    agents = set(people) - {"visitor"}
    after = {name: {full} if name in agents else set() for name in people}
    after |= {name: {full, fast} for name in (*deciders, *others)}
    assert seen() == after


@pytest.mark.parametrize("count", [1, 3])
def test_reading_what_is_prepared_costs_one_statement(notes, decider, service, count, django_assert_num_queries):
    from src.directory.viewer import as_viewer

    for number in range(count):
        prepared(decider, service, f"R{number}")
    viewer = as_viewer(decider)
    assert viewer.roles

    with django_assert_num_queries(1):
        rows = [
            (row.unit.name, row.decided_by.short_name, row.batch.announced_at) for row in prepared_decisions(viewer)
        ]

    assert rows == [("Collecte", "Sophie L.", None)] * count


# Announcing


def batch_of(count, decider, unit):
    decisions = [prepared(decider, unit, f"R{number:05d}") for number in range(count)]
    return gather_decisions(decisions, actor=decider, name="Printemps"), decisions


def test_up_to_ten_answers_reach_their_subjects_in_the_same_transaction(notes, decider, service):
    batch, _decisions = batch_of(10, decider, service)
    events = OutboxEvent.objects.count()

    announce(batch, decider)

    assert notes.applied == [(f"R{number:05d}", "accepted") for number in range(10)]
    assert OutboxEvent.objects.count() == events
    batch.refresh_from_db()
    assert (batch.announced_by, batch.unit, AnnouncementBatch.objects.count()) == (decider, service, 1)
    assert Decision.objects.filter(applied_at=None).count() == 0


def test_a_subject_that_refuses_undoes_a_small_announcement(notes, decider, service):
    batch, _decisions = batch_of(3, decider, service)
    notes.refusals["R00001"] = "Cette idée a été retirée."

    with pytest.raises(TransitionNotAllowed, match="Cette idée a été retirée."):
        announce(batch, decider)
    notes.refusals.clear()
    notes.failing.add("R00002")
    with pytest.raises(RuntimeError):
        announce(batch, decider)

    batch.refresh_from_db()
    assert batch.announced_at is None
    assert Decision.objects.filter(applied_at=None).count() == 3


@pytest.mark.django_db(transaction=True)
def test_more_follow_through_the_outbox_in_short_slices_and_resume(notes, decider, service, monkeypatch):
    batch, _decisions = batch_of(25, decider, service)
    notes.failing.add("R00007")
    announce(batch, decider)
    assert notes.applied == []
    assert Decision.objects.announced().count() == 25

    with pytest.raises(NotApplied):
        drain_outbox()
    assert sorted(reference for reference, _outcome in notes.applied) == [
        f"R{number:05d}" for number in range(25) if number != 7
    ]
    notes.failing.clear()
    OutboxEvent.objects.update(not_before=clock.now())
    drain_outbox()
    drain_outbox()

    assert sorted(set(notes.applied)) == sorted(notes.applied)
    assert len(notes.applied) == 25


def test_a_slice_stops_taking_answers_when_its_time_is_over(notes, decider, service, monkeypatch):
    batch, _decisions = batch_of(12, decider, service)
    announce(batch, decider)
    sizes, moments = [], iter(range(10_000))
    monkeypatch.setattr(announcing.time, "monotonic", lambda: next(moments) * 0.04)
    real = announcing._apply_slice
    monkeypatch.setattr(announcing, "_apply_slice", lambda *given: sizes.append(real(*given)) or sizes[-1])

    drain_outbox()

    assert sizes == [3, 3, 3, 3]


def test_two_relays_with_the_same_announcement_apply_each_answer_once(notes, decider, service):
    batch, _decisions = batch_of(12, decider, service)
    announce(batch, decider)
    read_by_both = list(Decision.objects.filter(batch=batch).order_by("pk"))

    applied = [announcing._apply(decision) for _relay in range(2) for decision in read_by_both]
    drain_outbox()

    assert applied == [True] * 12 + [False] * 12
    assert len(notes.applied) == 12


def test_an_announcement_needs_the_right_to_every_answer_of_it(notes, decider, service):
    other_unit = UnitFactory()
    other = AgentFactory()
    grant(other, "decision_maker", other_unit)
    mine, theirs = prepared(decider, service, "MINE00"), prepared(other, other_unit, "THEIRS")

    with pytest.raises(PermissionDenied):
        gather_decisions([mine, theirs], actor=decider)
    with pytest.raises(PermissionDenied):
        announce(theirs.batch, decider)
    with pytest.raises(ValidationError):
        announce(AnnouncementBatch.objects.create(created_at=clock.now()), decider)
    with pytest.raises(ValidationError):
        gather_decisions([], actor=decider)
    assert Decision.objects.announced().count() == 0


def test_the_second_decider_reads_who_announced_and_when(notes, decider, service):
    decision = prepared(decider, service, "ABC123")
    other = AgentFactory()
    grant(other, "decision_maker", service)
    announce(decision.batch, decider)

    with translation.override("en"), pytest.raises(TransitionNotAllowed) as refusal:
        announce(AnnouncementBatch.objects.get(), other)

    assert str(refusal.value).startswith("This answer was already announced by Sophie L. on ")
    assert notes.applied == [("ABC123", "accepted")]


def test_an_announcement_whose_only_answer_went_is_told_in_words(notes, decider, service):
    decision = prepared(decider, service, "ABC123")
    batch = decision.batch
    discard_decision(decision, actor=decider)

    with pytest.raises(TransitionNotAllowed, match="n’existe plus"):
        announce(batch, decider)


def test_an_answer_withdrawn_meanwhile_is_told_in_words(notes, decider, service, monkeypatch):
    decision = prepared(decider, service, "ABC123")
    real = announcing._check

    def withdrawn_meanwhile(batch, decisions, viewer):
        real(batch, decisions, viewer)
        Decision.objects.filter(pk=decision.pk).delete()
        AnnouncementBatch.objects.filter(pk=batch.pk).delete()

    monkeypatch.setattr(announcing, "_check", withdrawn_meanwhile)

    with translation.override("en"), pytest.raises(TransitionNotAllowed, match="no longer exists"):
        announce(decision.batch, decider)
    assert notes.applied == []


def test_an_answer_rewritten_after_being_read_is_not_announced(notes, decider, service, monkeypatch):
    decision = prepared(decider, service, "ABC123")
    real = announcing._check

    def slow_reader(batch, decisions, viewer):
        real(batch, decisions, viewer)
        edit_decision(Decision.objects.get(pk=decision.pk), actor=decider, text=ANSWER_TEXT + " Merci.")

    monkeypatch.setattr(announcing, "_check", slow_reader)

    with pytest.raises(TransitionNotAllowed):
        announce(decision.batch, decider)
    assert notes.applied == []


@pytest.mark.django_db(transaction=True)
def test_of_two_deciders_at_once_one_announces(notes, tmp_path):
    unit = UnitFactory()
    deciders = [AgentFactory() for _number in range(4)]
    for person in deciders:
        grant(person, "decision_maker", unit)
    decision = prepared(deciders[0], unit, "ABC123")

    def race(person):
        try:
            announce(AnnouncementBatch.objects.get(pk=decision.batch_id), person)
        except TransitionNotAllowed:
            return "told"
        return "won"

    with several_writers(tmp_path) as run:
        results = run([partial(race, person) for person in deciders])

    assert sorted(results) == ["told", "told", "told", "won"]
    assert notes.applied == [("ABC123", "accepted")]


@pytest.mark.parametrize("change", ["rewritten", "thrown away"])
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_answer_changed_beside_its_announcement_waits_for_it_and_is_refused(notes, tmp_path, monkeypatch, change):
    unit, decider = UnitFactory(), AgentFactory(first_name="Sophie", last_name="Lantier")
    grant(decider, "decision_maker", unit)
    decision = prepared(decider, unit, "ABC123")
    real, applying, said = announcing._apply, threading.Event(), []

    def slow_apply(decision):
        applying.set()
        said_meanwhile = finished.wait(1)
        said.append("meanwhile" if said_meanwhile else "waits")
        return real(decision)

    def change_it():
        applying.wait(30)
        try:
            with translation.override("en"):
                if change == "rewritten":
                    edit_decision(Decision.objects.get(pk=decision.pk), actor=decider, text=ANSWER_TEXT + " Merci.")
                else:
                    discard_decision(Decision.objects.get(pk=decision.pk), actor=decider)
        except TransitionNotAllowed as refusal:
            return str(refusal)
        finally:
            finished.set()
        return "changed"

    finished = threading.Event()
    monkeypatch.setattr(announcing, "_apply", slow_apply)
    with several_writers(tmp_path) as run:
        _batch, told = run([lambda: announce(decision.batch, decider), change_it])

    assert said == ["waits"]
    assert told.startswith("This answer was already announced by Sophie L. on ")
    assert Decision.objects.announced().get().text == decision.text
    assert notes.applied == [("ABC123", "accepted")]


@contextmanager
def refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


def test_the_database_freezes_what_was_announced(notes, decider, service):
    decision = prepared(decider, service, "ABC123")
    announce(decision.batch, decider)
    other = prepared(decider, service, "OTHER0")
    rows, batches = Decision.objects.filter(pk=decision.pk), AnnouncementBatch.objects.filter(pk=decision.batch_id)

    for change in (
        {"text": "Autre."}, {"outcome": "declined", "reason": "budget", "reopening_conditions": "x"},
        {"decided_by": AgentFactory()}, {"batch": other.batch}, {"signed_as": "Personne"}, {"unit": UnitFactory()},
    ):  # fmt: skip
        with refused():
            rows.update(**change)
    with refused():
        rows.delete()
    with refused():
        Decision.objects.filter(pk=other.pk).update(batch=decision.batch)
    with refused():
        batches.update(announced_at=None)
    with refused():
        batches.update(announced_by=AgentFactory())
    with refused():
        batches._raw_delete("default")
    with pytest.raises(TransitionNotAllowed):
        prepare_decision(
            actor=decider,
            subject_kind="idea",
            subject_reference="LATE00",
            unit=service,
            batch=batches.get(),
            **answer(),
        )
    batches.update(announced_by=None)

    Decision.objects.filter(pk=other.pk).update(signed_as="Sophie L.")
