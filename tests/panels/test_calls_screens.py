"""Calls on screen: one at a time, the contact while it is in hand, what came of it once."""

import datetime

import pytest
import time_machine

from panels.enums import CallReason
from panels.models import Call, Candidate
from panels.services import calls
from src.foundations import clock
from src.foundations.models import AuditEntry
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

from .screens import as_, text_of

pytestmark = pytest.mark.django_db
HERE = "/panels/atelier/accueil/appels/"


def waiting(count=1):
    made = make.recruiting()
    for one in made.registered(count, eligible=False):
        calls.ask_call(candidate=one, reason=CallReason.CHECK)
    return made


def test_a_call_is_taken_and_its_contact_seen_while_it_is_in_hand():
    made = waiting(2)
    client, other = as_(made.facilitator), as_(made.second)

    before = text_of(client.get(HERE))
    taken = [client.post(f"{HERE}prendre/").status_code for _turn in range(2)]
    mine, theirs = text_of(client.get(HERE)), text_of(other.get(HERE))
    held = Call.objects.get(state="taken")

    assert "Volontaire" not in before and "Prendre l'appel suivant" in before
    assert (taken, held.taken_by) == ([303, 303], made.facilitator)
    assert held.candidate.ticket in mine and "Volontaire" in mine and "Ce qu'il faut dire" in mine
    assert "Volontaire" not in theirs and held.candidate.ticket not in theirs and "Prendre l'appel suivant" in theirs
    assert AuditEntry.objects.filter(verb="panels.contact_read").count() == 1
    with time_machine.travel(clock.now() + datetime.timedelta(minutes=31), tick=False):
        assert "Volontaire" not in text_of(as_(made.facilitator).get(HERE))


def test_what_came_of_a_call_is_written_once_whatever_the_tabs():
    made = waiting()
    client = as_(made.facilitator)
    client.post(f"{HERE}prendre/")
    call = Call.objects.get()

    missing = client.post(f"{HERE}{call.pk}/", {})
    first = client.post(f"{HERE}{call.pk}/", {"outcome": "yes"})
    second = client.post(f"{HERE}{call.pk}/", {"outcome": "no"})

    call.refresh_from_db()
    assert (missing.status_code, first.status_code, second.status_code) == (422, 303, 409)
    assert (call.state, call.outcome) == ("done", "yes")
    assert "n'est plus entre vos mains" in text_of(second) or "plus" in text_of(second)


def test_a_call_is_put_off_to_a_day_that_is_to_come():
    made = waiting()
    client = as_(made.facilitator)
    client.post(f"{HERE}prendre/")
    call = Call.objects.get()
    later = clock.today() + datetime.timedelta(days=3)

    past = client.post(f"{HERE}{call.pk}/", {"outcome": "call_again", "day": "2020-01-01", "hour": "10:00"})
    nonsense = client.post(f"{HERE}{call.pk}/", {"outcome": "call_again", "day": "demain", "hour": "x"})
    far = client.post(f"{HERE}{call.pk}/", {"outcome": "call_again", "day": "9999-12-31", "hour": "23:59"})
    first = client.post(f"{HERE}{call.pk}/", {"outcome": "no_answer", "day": "0001-01-01", "hour": "00:00"})
    put_off = client.post(f"{HERE}{call.pk}/", {"outcome": "call_again", "day": later.isoformat(), "hour": "14:30"})

    call.refresh_from_db()
    assert [answer.status_code for answer in (past, nonsense, far, first, put_off)] == [422, 422, 422, 422, 303]
    assert "14:30" in past.content.decode() or "10:00" in past.content.decode()
    assert (call.state, call.call_at.date(), call.tries) == ("waiting", later, 1)


def test_given_back_it_is_for_somebody_else():
    made = waiting()
    as_(made.facilitator).post(f"{HERE}prendre/")
    call = Call.objects.get()

    stolen = as_(made.second).post(f"{HERE}{call.pk}/rendre/").status_code
    back = [as_(made.facilitator).post(f"{HERE}{call.pk}/rendre/").status_code for _turn in range(2)]
    as_(made.second).post(f"{HERE}prendre/")

    assert (stolen, back) == (409, [303, 409])
    assert Call.objects.get().taken_by == made.second


def test_a_yes_confirms_a_seat():
    made, _draw = make.certified(12)
    with time_machine.travel(clock.now() + datetime.timedelta(days=2), tick=False):
        client = as_(made.facilitator)
        client.post(f"{HERE}prendre/")
        page = text_of(client.get(HERE))
        call = Call.objects.get(state="taken")
        client.post(f"{HERE}{call.pk}/", {"outcome": "yes"})

    assert "Prenez-vous le siège" in page
    assert Candidate.objects.get(pk=call.candidate_id).state == "confirmed"


def test_only_those_who_call_meet_the_queue():
    made, other = waiting(), make.recruiting(slug="autre")
    call = Call.objects.get()

    for person in (made.guarantor, made.keeper, made.administrator, other.facilitator, AgentFactory()):
        client = as_(person)
        assert client.get(HERE).status_code == 404
        for path in ("prendre/", f"{call.pk}/", f"{call.pk}/rendre/"):
            assert client.post(HERE + path, {"outcome": "yes"}).status_code == 404
    assert (
        as_(other.facilitator).post(f"/panels/atelier/autre/appels/{call.pk}/", {"outcome": "yes"}).status_code == 404
    )
    assert as_(None).get(HERE).status_code == 302
    assert Call.objects.get().state == "waiting"


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same(count, django_assert_num_queries):
    made = waiting(count)
    client = as_(made.facilitator)
    client.get(HERE)
    with django_assert_num_queries(STATEMENTS):
        client.get(HERE)


STATEMENTS = 7
