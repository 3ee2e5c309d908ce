"""The one door: what a move writes, what it refuses, in which words, at what cost."""

import itertools
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from src.directory.viewer import as_viewer
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.workflow import jobs, process_cache, registry, selectors
from src.workflow.exceptions import ConditionNotMet, TransitionNotAllowed
from src.workflow.services import fire

from .subjects.models import Parcel, ParcelEntry
from .words import plain

pytestmark = pytest.mark.django_db
REASON = {"text": "Parce que."}
NOON = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)


def state_of(parcel):
    return Parcel.objects.values_list("stage__slug", "stage_kind", "stage_since", "promise", "note").get(pk=parcel.pk)


def test_fire_moves_and_journals(make_parcel, people):
    parcel = make_parcel("in_review")

    entry = fire(
        parcel,
        "accept",
        actor=people["decision_maker"],
        data={"text": "Utile.", "reason_code": "effet", "note": "vu", "who": people["author"], "_form": object()},
        at=NOON,
    )

    assert state_of(parcel) == ("accepted", "accepted", NOON, "stopped", "vu")
    assert (parcel.stage.slug, parcel.stage_kind, parcel.promise) == ("accepted", "accepted", "stopped")
    stored = ParcelEntry.objects.get()
    assert stored.pk == entry.pk
    assert {
        name: getattr(stored, name)
        for name in (
            "transition_slug",
            "from_kind",
            "to_kind",
            "actor",
            "actor_role",
            "at",
            "reason_code",
            "text",
            "data",
        )
    } == {
        "transition_slug": "accept",
        "from_kind": "in_review",
        "to_kind": "accepted",
        "actor": people["decision_maker"],
        "actor_role": "decision_maker",
        "at": NOON,
        "reason_code": "effet",
        "text": "Utile.",
        "data": {"note": "vu", "who": people["author"].pk},
    }
    assert (stored.from_stage.slug, stored.to_stage.slug) == ("in_review", "accepted")
    told = {"kind": "parcel", "reference": parcel.reference, "entry": entry.pk}
    assert list(OutboxEvent.objects.order_by("pk").values_list("topic", "payload")) == [
        ("workflow.moved", {**told, "held": True}),
        ("workflow.told", told),
    ]
    drain_outbox()


def test_fire_costs_at_most_ten_statements(make_parcel, people, django_assert_num_queries):
    parcel = make_parcel("in_review")
    process_cache.graph(parcel.process_id)
    parcel = Parcel.objects.get(pk=parcel.pk)

    # BEGIN, conditional update, journal row, clock effect, outbox row, COMMIT.
    with django_assert_num_queries(6):
        fire(parcel, "accept", actor=people["decision_maker"], data=REASON)
    drain_outbox()


def test_transitions_for_costs_nothing_once_the_process_is_in_memory(make_parcel, people, django_assert_num_queries):
    parcel = make_parcel("in_review")
    process_cache.graph(parcel.process_id)
    viewer = as_viewer(people["decision_maker"])

    with django_assert_num_queries(0):
        offered = selectors.transitions_for(parcel, viewer)

    assert [transition.slug for transition in offered] == ["accept", "decline"]


ROLES = ("author", "moderator", "facilitator", "instructor", "decision_maker", "nobody", "system")


def test_every_transition_from_every_stage_by_everyone(make_parcel, people, process):
    graph = process_cache.graph(process.pk)
    seen = {"moved": 0, "wrong person": 0, "wrong state": 0}
    for transition, stage, role in itertools.product(graph.transitions, graph.stages, ROLES):
        parcel = make_parcel(stage.slug)
        before = state_of(parcel)
        actor = {"actor": None, "as_role": "system"} if role == "system" else {"actor": people[role]}
        if role not in transition.who:
            expected, error = "wrong person", PermissionDenied
        elif stage.pk != transition.from_stage_id:
            expected, error = "wrong state", TransitionNotAllowed
        else:
            expected, error = "moved", None
        seen[expected] += 1

        if error is None:
            fire(parcel, transition.slug, data=REASON, **actor)
            after = state_of(parcel)
            assert after[0] == transition.to_slug
        else:
            with pytest.raises(error) as refused:
                fire(parcel, transition.slug, data=REASON, **actor)
            assert refused.type is error
            assert state_of(parcel) == before
            assert not parcel.journal.exists()
        offered = selectors.transitions_for(
            Parcel.objects.get(pk=parcel.pk), as_viewer(people.get(role, people["nobody"]))
        )
        assert all(role in way.who for way in offered)
    assert seen == {"moved": 12, "wrong person": 520, "wrong state": 84}
    drain_outbox()


def test_wrong_state_tells_who_moved_it_and_when(make_parcel, people):
    parcel = make_parcel("in_review")
    stale = Parcel.objects.get(pk=parcel.pk)
    fire(parcel, "accept", actor=people["decision_maker"], data=REASON, at=NOON)

    with translation.override("fr"), pytest.raises(TransitionNotAllowed) as refused:
        fire(stale, "decline", actor=people["decision_maker"], data=REASON)

    assert plain(refused.value) == (
        "Une réponse a déjà été décidée le 3 mars 2026 à 12 h 00 par Sophie L. : « Accepted »."
    )
    assert stale.stage_kind == "in_review"
    assert ParcelEntry.objects.count() == 1
    drain_outbox()


def test_wrong_state_of_another_step_names_the_current_one(make_parcel, people):
    parcel = make_parcel("open")
    fire(parcel, "study", actor=people["instructor"], at=NOON)

    with translation.override("fr"), pytest.raises(TransitionNotAllowed) as refused:
        fire(parcel, "study", actor=people["instructor"])

    assert plain(refused.value) == (
        "Karim D. a déjà franchi cette étape le 3 mars 2026 à 12 h 00. Étape actuelle : « In review »."
    )
    drain_outbox()


def test_author_reads_the_public_step_and_no_staff_name(make_parcel, people):
    parcel = make_parcel("open")
    fire(parcel, "study", actor=people["instructor"])

    with translation.override("fr"), pytest.raises(TransitionNotAllowed) as refused:
        fire(parcel, "withdraw", actor=people["author"])

    assert plain(refused.value) == (
        "Les choses ont avancé depuis l’affichage de cette page. Étape actuelle : « In review (public) »."
    )
    drain_outbox()


def test_sealed_author_leaves_no_account_and_no_hour(make_parcel, people):
    parcel = make_parcel("needs_info")

    fire(parcel, "answer", actor=None, as_role="author", at=datetime(2026, 3, 5, 15, 42, tzinfo=UTC))

    monday = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    stored = ParcelEntry.objects.get()
    assert (stored.actor, stored.actor_role, stored.at) == (None, "author", monday)
    assert state_of(parcel) == ("open", "open", monday, "running", "")
    drain_outbox()


@pytest.mark.parametrize("as_role", [None, "instructor", "decision_maker"])
def test_nobody_is_not_a_person(make_parcel, as_role):
    parcel = make_parcel("open")

    with pytest.raises(PermissionDenied):
        fire(parcel, "study", actor=None, as_role=as_role)


def test_clock_only_fires_what_is_automatic(make_parcel):
    with pytest.raises(PermissionDenied):
        fire(make_parcel("open"), "study", actor=None, as_role="system")


def test_as_role_picks_among_the_roles_held(make_parcel, people):
    both = {"moderator": [people["moderator"].pk], "facilitator": [people["moderator"].pk]}

    entry = fire(make_parcel(holders=both), "screen", actor=people["moderator"], as_role="facilitator")

    assert entry.actor_role == "facilitator"
    with pytest.raises(PermissionDenied):
        fire(
            make_parcel(holders={"moderator": [people["moderator"].pk]}),
            "screen",
            actor=people["moderator"],
            as_role="facilitator",
        )
    drain_outbox()


def test_vouched_right_was_checked_earlier_but_the_role_must_be_the_transitions(make_parcel, people):
    parcel = make_parcel("in_review", holders={})

    entry = fire(parcel, "accept", actor=people["nobody"], as_role="decision_maker", vouched=True, data=REASON)

    assert (entry.actor, entry.actor_role) == (people["nobody"], "decision_maker")
    with pytest.raises(PermissionDenied):
        fire(
            make_parcel("in_review"), "accept", actor=people["nobody"], as_role="moderator", vouched=True, data=REASON
        )
    drain_outbox()


def test_a_person_never_acts_as_the_clock(make_parcel, people):
    parcel = make_parcel(holders={"system": [people["nobody"].pk]})

    with pytest.raises(PermissionDenied):
        fire(parcel, "auto_open", actor=people["nobody"])
    assert selectors.transitions_for(parcel, as_viewer(people["nobody"])) == []


def test_required_reason_is_asked_for(make_parcel, people):
    parcel = make_parcel("in_review")

    with pytest.raises(ConditionNotMet):
        fire(parcel, "decline", actor=people["decision_maker"], data={"text": ""})

    assert state_of(parcel)[0] == "in_review"


def test_unknown_step_is_a_state_matter(make_parcel, people):
    with pytest.raises(TransitionNotAllowed):
        fire(make_parcel(), "fly", actor=people["moderator"])


def test_failing_effect_undoes_everything(make_parcel, people):
    parcel = make_parcel("open")
    before = state_of(parcel)

    with pytest.raises(RuntimeError):
        fire(parcel, "study", actor=people["instructor"], data={"_fail": True, "note": "x"})

    assert state_of(parcel) == before
    assert (parcel.stage_kind, parcel.note) == ("open", "")
    assert not ParcelEntry.objects.exists()
    assert not OutboxEvent.objects.exists()


def test_journal_refuses_change_and_removal(make_parcel, people):
    entry = fire(make_parcel("open"), "study", actor=people["instructor"])

    for attempt in (
        lambda: ParcelEntry.objects.filter(pk=entry.pk).update(text="autre"),
        lambda: ParcelEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    drain_outbox()


def test_rooms_that_asked_are_told_of_their_kind(monkeypatch):
    monkeypatch.setattr(registry, "_on_moved", {})
    told = []
    registry.on_moved("parcel", told.append)
    registry.on_moved("parcel", told.append)
    registry.on_moved("ghost", pytest.fail)
    payload = {"kind": "parcel", "reference": "P1", "entry": 7}

    jobs.moved(payload)

    assert told == [payload]


def test_way_out_by_form_finds_the_step_whatever_its_name(make_parcel):
    assert selectors.way_out_by_form(make_parcel("open"), "parcel_farewell").slug == "withdraw"
    assert selectors.way_out_by_form(make_parcel("accepted"), "parcel_farewell") is None
