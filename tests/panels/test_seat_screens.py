"""Seats on screen: who has each, the next of the sealed reserve named by ticket, somebody else signed by two."""

import datetime

import pytest
import time_machine

from panels import desk, proof, publication, selectors
from panels.enums import CallOutcome, CandidateState, PanelState
from panels.models import Candidate, Seat, Substitution
from panels.services import calls, candidates, drawing, seats
from src.directory.viewer import as_viewer
from src.foundations import clock
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

from .test_draw_screens import at, text_of
from .test_public_draw import left

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]


def test_an_empty_seat_shows_who_is_next_then_it_is_theirs(as_):
    made, _draw = make.certified()
    seat = left(made)
    client = as_(made.facilitator)
    expected = seats.next_of_reserve(seat)

    assert f"{seat.left_by.ticket} l'a quittée" in text_of(client.get(at("seats")))
    page = text_of(client.get(at("seat_fill", seat=seat.number)))
    assert f"Donner la place à {expected.ticket}, numéro {expected.reserve_rank} de la réserve" in page
    assert "femme" not in page.lower() and "logement" not in page.lower()
    done = client.post(at("seat_fill", seat=seat.number))
    assert (done.status_code, Seat.objects.get(pk=seat.pk).holder.ticket) == (303, expected.ticket)
    assert expected.ticket in text_of(client.get(at("seats")))
    assert client.post(at("seat_fill", seat=seat.number)).status_code == 409


def test_those_who_left_the_reserve_before_are_said(as_):
    made, _draw = make.certified()
    seat = left(made)
    first = seats.next_of_reserve(seat)
    candidates.withdraw(candidate=Candidate.objects.get(pk=first.pk))
    page = text_of(as_(made.organiser).get(at("seat_fill", seat=seat.number)))
    assert f"<li>{first.ticket}</li>" in page and "qui ne viennent plus" in page


def test_somebody_who_isnt_next_is_asked_by_one_and_signed_by_another(as_, client):
    made, draw = make.certified()
    seat, other = left(made), Candidate.objects.filter(state=CandidateState.RESERVE).order_by("-reserve_rank").first()
    organiser, guarantor = as_(made.organiser), as_(made.guarantor)

    wrong = organiser.post(at("seat_unlisted", seat=seat.number), {"incoming": "P-00000", "reason": ""})
    assert wrong.status_code == 422 and "P-00000" in text_of(wrong) and "tout le monde le lit" in text_of(wrong)
    wrong = organiser.post(at("seat_unlisted", seat=seat.number), {"incoming": "P-00000", "reason": "Absent"})
    assert wrong.status_code == 422 and "Choisissez une personne de la réserve" in text_of(wrong)
    typed = {"incoming": other.ticket.lower(), "reason": "La suite est injoignable."}
    assert organiser.post(at("seat_unlisted", seat=seat.number), typed).status_code == 303
    asked = Substitution.objects.get()
    assert (asked.incoming_id, Seat.objects.get(pk=seat.pk).holder) == (other.pk, None)
    assert "La suite est injoignable." not in text_of(client.get(at("public_draw", draw)))

    assert organiser.get(at("substitution_sign", pk=asked.pk)).status_code == 404
    assert "La suite est injoignable." in text_of(guarantor.get(at("substitution_sign", pk=asked.pk)))
    assert guarantor.post(at("substitution_sign", pk=asked.pk)).status_code == 303
    assert Seat.objects.get(pk=seat.pk).holder_id == other.pk
    assert guarantor.post(at("substitution_sign", pk=asked.pk)).status_code == 409
    assert guarantor.get(at("substitution_sign", pk=asked.pk)).status_code == 409
    assert "La suite est injoignable." in text_of(client.get(at("public_draw", draw)))


def test_a_late_signature_never_rewrites_what_was_published(as_):
    made, draw = make.certified(30, seats=6)
    first, second = left(made), left(made)
    other = Candidate.objects.filter(state=CandidateState.RESERVE).order_by("-reserve_rank").first()
    asked = seats.ask_unlisted(actor=made.organiser, seat=first, incoming=other, reason="Voir ci-joint.")
    with time_machine.travel(clock.now() + datetime.timedelta(hours=1), tick=False):
        seats.substitute_next(actor=made.facilitator, seat=second)
        before = proof.read_substitutions(publication.files(draw)[proof.SUBSTITUTIONS])
    with time_machine.travel(clock.now() + datetime.timedelta(hours=2), tick=False):
        seats.sign_unlisted(actor=made.guarantor, substitution=asked)
        after = proof.read_substitutions(publication.files(draw)[proof.SUBSTITUTIONS])
    assert (len(before), len(after), after[0]) == (1, 2, before[0])
    assert [one.is_listed for one in selectors.substitutions_of(made.panel)] == [True, False]


def test_those_who_confirmed_become_members_and_the_panel_is_complete(as_):
    made, _draw = make.certified()
    client = as_(made.organiser)
    with time_machine.travel(clock.now() + datetime.timedelta(days=2), tick=False):
        for _turn in range(4):
            call = calls.take_next(actor=made.facilitator, panel=made.panel)
            calls.finish_call(actor=made.facilitator, call=call, outcome=CallOutcome.YES)
    assert "Faire membres" in text_of(client.get(at("seats")))
    assert "Faire membres" not in text_of(as_(made.facilitator).get(at("seats")))
    assert as_(made.facilitator).post(at("seats_confirm")).status_code == 404
    assert client.post(at("seats_confirm")).status_code == 303
    assert made.again().state == PanelState.SEATED


def test_each_gesture_is_for_its_role_alone(as_, client):
    made, _draw = make.certified()
    seat = left(made)
    fill, unlisted = at("seat_fill", seat=seat.number), at("seat_unlisted", seat=seat.number)
    found = {
        name: tuple(as_(person).get(url).status_code for url in (at("seats"), fill, unlisted))
        for name, person in (
            ("organiser", made.organiser), ("facilitator", made.facilitator), ("guarantor", made.guarantor),
            ("keeper", made.keeper), ("stranger", AgentFactory()),
        )
    }  # fmt: skip
    assert found == {
        "organiser": (200, 200, 200),
        "facilitator": (200, 200, 404),
        "guarantor": (200, 404, 404),
        "keeper": (404, 404, 404),
        "stranger": (404, 404, 404),
    }
    assert client.get(fill).status_code == 302
    assert as_(made.organiser).get(at("seat_fill", seat=99)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_seats_costs_the_same_for_one_empty_seat_and_for_three(as_, count, django_assert_num_queries):
    made, _draw = make.certified(30, seats=6)
    for _turn in range(count):
        left(made)
    client = as_(made.organiser)
    client.get(at("seats"))
    with django_assert_num_queries(10):
        answer = client.get(at("seats"))
    assert text_of(answer).count("Voir qui vient ensuite") == count


def test_the_desk_leads_to_draws_then_to_seats():
    made, draw = make.sealed()
    parts = {name: {one.url: one for one in desk.parts_for(as_viewer(made.as_now(person)), made.again())}
             for name, person in (("organiser", made.organiser), ("guarantor", made.guarantor))}  # fmt: skip
    assert at("draws") in parts["organiser"] and parts["organiser"][at("draws")].count == 1
    assert not parts["organiser"][at("draws")].is_next
    assert "scellé" in parts["guarantor"][at("draws")].state and at("seats") not in parts["organiser"]
    with time_machine.travel(clock.now() + datetime.timedelta(days=1), tick=False):
        assert desk.draws(as_viewer(made.as_now(made.organiser)), made.panel).is_next
        drawing.reveal_draw(actor=made.organiser, draw=draw, value=make.PUBLIC_NUMBER)
        waits = desk.draws(as_viewer(made.as_now(made.guarantor)), made.panel)
        drawing.certify_draw(actor=made.guarantor, draw=draw, place="Mairie", witnesses=[("Me Roux", "huissier")])
    left(made)
    seats_part = desk.seats(as_viewer(made.as_now(made.facilitator)), made.again())
    assert (waits.is_next, seats_part.is_next, seats_part.url) == (True, True, at("seats"))
    assert desk.draws(as_viewer(made.as_now(made.facilitator)), made.panel) is None
