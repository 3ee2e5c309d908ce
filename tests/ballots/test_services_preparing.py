"""Preparing and opening: rules checked, three holders, no election of representatives, frozen together or not at all."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.models import AuditEntry, OutboxEvent
from src.foundations.testing import drain_outbox, forget_effects
from src.participation.ballots import elections, rules, services
from src.participation.ballots.enums import Electorate, Method, Secrecy, State
from src.participation.ballots.models import Ballot, BallotOption, Elector, KeyHolder, PairBox
from src.participation.ballots.services import opening
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory
from tests.factories.participation import grant_in_space

pytestmark = pytest.mark.django_db
PARIS = timezone.get_default_timezone


def refusal_of(gesture) -> str:
    """The sentence of a refusal."""
    with pytest.raises(ValidationError) as told:
        gesture()
    return " ".join(told.value.messages)


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Élections professionnelles 2026", "Quelle liste ?"),
        ("Nos délégués du personnel", "Qui ?"),
        ("Représentants du personnel au dépôt", "Qui nous représente ?"),
        ("Représentantes et représentants", "Qui sera notre délégué·e du personnel ?"),
        ("Vote du dépôt", "Qui élire au CST ?"),
        ("CSE : votre candidat", "Choisissez."),
        ("CAP de la catégorie C", "Qui siège en votre nom ?"),
        ("Commission administrative paritaire", "Qui ?"),
        ("Comité social territorial", "Qui ?"),
    ],
)
def test_elections_of_staff_representatives_are_refused_and_told_where_to_go(title, question):
    space = make.ballot_space()
    opens_at, closes_at = make.next_dates()
    fields = {"space": space, "opens_at": opens_at, "closes_at": closes_at, "actor": make.organiser_of(space)}

    said = refusal_of(lambda: services.create_ballot(title=title, question=question, **fields))
    assert said == elections.refusal() and "2014-793" in said and "2019-053" in said
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Quel cap pour 2027 ?", "Que voulez-vous garder ?"),
        ("Le nom de la salle", "Quel nom élire parmi ceux-ci ?"),
        ("Le local du CST", "De quelle couleur le peindre ?"),
        ("Une salle pour le personnel", "Laquelle ?"),
    ],
)
def test_other_words_are_no_election(title, question):
    assert not elections.looks_like_one(title, question)


def test_the_question_asked_is_refused_too_and_a_change_of_words_as_well():
    made = make.prepared()
    opens_at, closes_at = make.next_dates()
    fields = {"title": "Un vote", "question": "Qui ?", "opens_at": opens_at, "closes_at": closes_at}

    assert "2014-793" in refusal_of(
        lambda: services.create_ballot(
            actor=made.organiser, space=made.ballot.space, elects_representatives=True, **fields
        )
    )
    assert "2014-793" in refusal_of(
        lambda: services.change_ballot(actor=made.organiser, ballot=made.ballot, title="Élections professionnelles")
    )
    Ballot.objects.filter(pk=made.ballot.pk).update(question="Qui élire au CSE ?")
    assert "2014-793" in refusal_of(made.open)


def at(text: str) -> datetime.datetime:
    """A moment in the city's time."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("opens", "closes", "faulty"),
    [
        ("2026-12-07 09:00", "2026-12-10 09:00", []),
        ("2026-12-07 09:00", "2026-12-10 08:59", ["closes_at"]),
        ("2026-12-07 09:00", "2026-12-11 20:00", []),
        ("2026-12-07 09:00", "2026-12-11 20:01", ["closes_at"]),
        ("2026-12-07 09:00", "2026-12-11 07:59", ["closes_at"]),
        ("2026-12-07 09:00", "2026-12-12 10:00", ["closes_at"]),
        ("2026-12-20 09:00", "2026-12-25 10:00", ["closes_at"]),
        ("2026-11-30 09:00", "2026-12-07 09:00", ["opens_at"]),
        # The night the clocks change: 72 hours are hours that pass, not hours on the wall.
        ("2028-03-24 09:00", "2028-03-27 09:00", ["closes_at"]),
        ("2028-03-24 09:00", "2028-03-27 10:00", []),
        ("2028-10-27 09:00", "2028-10-30 08:00", []),
        ("2028-10-27 09:30", "2028-10-30 08:00", ["closes_at"]),
    ],
)
def test_dates_that_hold(opens, closes, faulty):
    assert list(rules.faults_of_dates(at(opens), at(closes), at("2026-12-01 10:00"))) == faulty


def test_everything_missing_is_told_at_once_and_nothing_is_written():
    made = make.prepared(secrecy=Secrecy.SECRET, people=5, with_keys=False)
    services_options = made.ballot.options.all()
    services_options.delete()

    said = refusal_of(made.open)
    assert "deux propositions" in said and "20 personnes" in said and "répètent" in said
    assert not Elector.objects.exists() and not PairBox.objects.exists()
    assert Ballot.objects.get().frozen_at is None


def test_frozen_together():
    made = make.opened(secrecy=Secrecy.SECRET, people=20)
    row = AuditEntry.objects.get(verb="ballots.opened")

    assert (PairBox.objects.count(), Elector.objects.count()) == (6, 24)
    assert row.payload["electors"] == 24 and row.payload["public_key"] == bytes(made.ballot.public_key).hex()
    for gesture in (
        lambda: services.change_ballot(actor=made.organiser, ballot=made.ballot, title="Autre"),
        lambda: services.set_options(actor=made.organiser, ballot=made.ballot, options=[{"label": "a"}]),
        lambda: services.set_key_holders(actor=made.organiser, ballot=made.ballot, people=made.holders),
        lambda: services.delete_ballot(actor=made.organiser, ballot=made.ballot),
        lambda: services.register_key(actor=made.holders[0], ballot=made.ballot, public_key=b"\1" * 32),
        made.open,
    ):
        assert "ne changent plus" in refusal_of(gesture)


def test_an_opening_that_fails_on_its_way_leaves_nothing(monkeypatch):
    made = make.prepared(secrecy=Secrecy.SECRET, people=20)
    monkeypatch.setattr(opening, "make_keys", lambda ballot: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        made.open()
    assert not Elector.objects.exists() and Ballot.objects.get().frozen_at is None


def test_the_list_is_found_by_the_rule_of_the_unit_and_stays():
    direction = DirectionFactory()
    unit = UnitFactory(parent=direction)
    inside = make.electors(3, unit=unit, prefix="dedans")
    make.electors(2, prefix="dehors")
    made = make.prepared(electorate=Electorate.UNIT, electorate_unit=direction)
    made.open()

    listed = set(Elector.objects.filter(ballot=made.ballot).values_list("person_id", flat=True))
    assert listed == {one.pk for one in inside}
    User.objects.filter(pk=inside[0].pk).update(current_affectation=None)
    assert rules.is_elector(User.objects.get(pk=inside[0].pk), made.ballot)
    assert not rules.is_elector(AgentFactory(unit=unit), made.ballot), "came afterwards"


def test_a_unit_that_nobody_works_in_any_more_opens_nothing():
    made = make.prepared(electorate=Electorate.UNIT, electorate_unit=UnitFactory())

    assert "Personne ne peut voter" in refusal_of(made.open)


def test_a_secret_vote_holds_500_people_here_at_most(monkeypatch):
    made = make.prepared(secrecy=Secrecy.SECRET, people=30)
    assert rules.most_secret_electors() == (500 if connection.vendor == "sqlite" else None)
    monkeypatch.setattr(rules, "most_secret_electors", lambda: 29)
    assert "PostgreSQL" in refusal_of(made.open)
    monkeypatch.setattr(rules, "most_secret_electors", lambda: None)
    made.open()


def test_the_cost_of_an_opening_is_counted_in_chunks(monkeypatch, django_assert_max_num_queries):
    made = make.prepared(people=300)
    monkeypatch.setattr(opening, "CHUNK", 50)
    with django_assert_max_num_queries(60):
        made.open()
    assert Elector.objects.count() == 301


def test_who_holds_the_keys():
    made = make.prepared()
    services.change_ballot(actor=made.organiser, ballot=made.ballot, secrecy=Secrecy.SECRET)
    direction = DirectionFactory()
    same = [AgentFactory(unit=UnitFactory(parent=direction)) for _one in range(3)]
    three = [AgentFactory(unit=DirectionFactory()) for _one in range(3)]
    gone = AgentFactory()
    User.objects.filter(pk=gone.pk).update(is_active=False)

    def named(*people):
        return lambda: services.set_key_holders(actor=made.organiser, ballot=made.ballot, people=people)

    assert "trois personnes différentes" in refusal_of(named(*three[:2]))
    assert "trois personnes différentes" in refusal_of(named(three[0], three[0], three[1]))
    assert "trois personnes différentes" in refusal_of(named(*three, three[0]))
    assert "organise ce scrutin" in refusal_of(named(*three[:2], made.organiser))
    assert "même direction" in refusal_of(named(*same))
    assert "compte ouvert" in refusal_of(named(*three[:2], User.objects.get(pk=gone.pk)))
    named(*three)()
    assert [one.person for one in KeyHolder.objects.order_by("position")] == three
    assert OutboxEvent.objects.filter(topic="ballots.key_asked").count() == 3
    forget_effects()


def test_one_replaced_before_the_opening_keeps_the_others_keys():
    made = make.prepared(secrecy=Secrecy.SECRET, people=20)
    other = AgentFactory(unit=DirectionFactory())
    made.holders = [made.holders[0], other, made.holders[2]]
    services.set_key_holders(actor=made.organiser, ballot=made.ballot, people=made.holders)
    drain_outbox()

    rehearsed = KeyHolder.objects.filter(rehearsed_at__isnull=False)
    assert set(rehearsed.values_list("person", flat=True)) == {made.holders[0].pk, made.holders[2].pk}
    assert "répètent" in refusal_of(made.open)


@pytest.mark.parametrize("what", ["left", "organises"])
def test_a_holder_who_left_or_organises_since_keeps_it_closed(what):
    made = make.prepared(secrecy=Secrecy.SECRET, people=20)
    if what == "left":
        User.objects.filter(pk=made.holders[1].pk).update(is_active=False)
    else:
        grant_in_space(made.holders[1], Role.FACILITATOR, made.ballot.space)

    assert ("compte ouvert" if what == "left" else "organise ce scrutin") in refusal_of(made.open)


def test_a_key_and_its_rehearsal():
    made = make.prepared(secrecy=Secrecy.SECRET, people=20)
    first, second = made.holders[:2]
    held = KeyHolder.objects.get(person=first)

    assert "moitié publique" in refusal_of(
        lambda: services.register_key(actor=first, ballot=made.ballot, public_key=b"short")
    )
    assert "moitié publique" in refusal_of(
        lambda: services.register_key(actor=first, ballot=made.ballot, public_key=b"\0" * 32)
    )
    assert "fabriquez la vôtre" in refusal_of(
        lambda: services.register_key(actor=second, ballot=made.ballot, public_key=bytes(held.public_key))
    )
    assert "mot" in refusal_of(lambda: services.rehearse(actor=first, ballot=made.ballot, word="AUTRE"))
    for verb in (
        lambda: services.register_key(actor=made.organiser, ballot=made.ballot, public_key=b"\1" * 32),
        lambda: services.rehearse(actor=made.organiser, ballot=made.ballot, word="x"),
    ):
        with pytest.raises(PermissionDenied):
            verb()


def test_in_preparation_nobody_else_knows_of_it():
    made = make.prepared(secrecy=Secrecy.SECRET, people=20)
    agent, visitor = AgentFactory(), None
    manager = AgentFactory(unit=UnitFactory(), is_manager=True)
    administrator = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])

    def sees(user):
        return Ballot.objects.visible_to(user).exists()

    assert [sees(one) for one in (agent, manager, made.people[0])] == [False] * 3
    assert [sees(one) for one in (made.organiser, *made.holders, administrator)] == [True] * 5
    assert not Ballot.objects.organised_by(made.holders[0]).exists()
    from django.contrib.auth.models import AnonymousUser

    assert not sees(visitor or AnonymousUser())
    made.open()
    assert [sees(one) for one in (agent, made.people[0])] == [True] * 2
    assert rules.state_of(made.ballot) == State.READY


def test_only_those_who_organise_prepare_open_and_call_off():
    made = make.prepared(people=20)
    stranger = AgentFactory()
    opens_at, closes_at = make.next_dates()
    words = {"title": "Un vote", "question": "Quoi ?", "opens_at": opens_at, "closes_at": closes_at}
    for gesture in (
        lambda: services.create_ballot(actor=stranger, space=made.ballot.space, **words),
        lambda: services.change_ballot(actor=stranger, ballot=made.ballot, title="Autre"),
        lambda: services.set_options(actor=stranger, ballot=made.ballot, options=[]),
        lambda: services.set_key_holders(actor=stranger, ballot=made.ballot, people=[]),
        lambda: services.open_ballot(actor=stranger, ballot=made.ballot),
        lambda: services.cancel_ballot(actor=stranger, ballot=made.ballot, because="non"),
        lambda: services.delete_ballot(actor=stranger, ballot=made.ballot),
    ):
        with pytest.raises(PermissionDenied):
            gesture()
    services.delete_ballot(actor=made.organiser, ballot=made.ballot)
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"method": Method.EQUAL_SHARES, "budget": None}, "budget"),
        ({"budget": 3_000_000_000}, "budget"),
        ({"seats": 0}, "seats"),
        ({"most_choices": 70_000}, "most_choices"),
        ({"quorum_percent": 101}, "quorum_percent"),
        ({"electorate": Electorate.UNIT}, "electorate_unit"),
    ],
)
def test_numbers_that_hold(fields, field):
    made = make.prepared()
    with pytest.raises(ValidationError) as told:
        services.change_ballot(actor=made.organiser, ballot=made.ballot, **fields)
    assert list(told.value.message_dict) == [field]


def test_proposals_that_hold():
    made = make.prepared()

    def said(*labels, **more):
        options = [{"label": label, **more} for label in labels]
        return refusal_of(lambda: services.set_options(actor=made.organiser, ballot=made.ballot, options=options))

    assert "mêmes mots" in said("Un banc", "un banc ")
    assert "pas de mots" in said("Un banc", "  ")
    assert "200" in said("Un banc", "x" * 201)
    assert "60" in said(*(f"n° {one}" for one in range(61)))
    assert "coût" in said("Un banc", "Une table", cost=3_000_000_000)
    services.change_ballot(actor=made.organiser, ballot=made.ballot, method=Method.YES_NO)
    assert not BallotOption.objects.exists()
    assert "aucune proposition" in said("Un banc", "Une table")
    services.change_ballot(actor=made.organiser, ballot=made.ballot, method=Method.APPROVAL)
    services.set_options(actor=made.organiser, ballot=made.ballot, options=[{"label": "seule"}])
    assert "deux propositions" in refusal_of(made.open), "begun, not finished"
    assert clock.now() < made.ballot.opens_at
