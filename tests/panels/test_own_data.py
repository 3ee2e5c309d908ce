"""What panels hold of somebody with an account comes out whole, in words; of those they worked for, numbers alone."""

import ast
import datetime
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.utils import translation

import panels
from panels.enums import CallOutcome, CandidateState, ConsentPurpose, Departure, Need
from panels.models import (
    Accommodation,
    Candidate,
    HouseholdKey,
    Receipt,
    Seat,
)
from panels.services import calls, candidates, seats
from src.directory import own_data
from src.directory.models import User
from src.directory.own_words import word_for
from src.foundations import clock, code_words, personal_data
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

SERVICES = Path(panels.__file__).parent / "services"
# A hash from which nothing comes back; a seat, told with the registration of whoever has it.
TOLD_ELSEWHERE = {HouseholdKey, Seat}


def told_of(user) -> dict[str, list[dict]]:
    return {label: rows for label, rows in personal_data.export_of(user).items() if label.startswith("panels.")}


def panel_words(user) -> str:
    """What the page reads, every line of the room."""
    with translation.override("fr"):
        (group,) = [one for one in own_data.groups(user) if any(s.label.startswith("panels.") for s in one.sections)]
        return "\n".join(
            [f"# {section.title}" for section in group.sections]
            + [f"{word} : {text}" for section in group.sections for row in section.rows for word, text in row]
        )


def test_every_table_that_leads_to_somebody_is_exported():
    silent = [
        model.__name__
        for model in apps.get_app_config("panels").get_models()
        if any(field.related_model in (User, Candidate) for field in model._meta.fields if field.is_relation)
        and personal_data.declaration_of(model).export is None
        and model not in TOLD_ELSEWHERE
    ]
    assert silent == []


@pytest.mark.django_db
def test_a_member_with_an_account_reads_everything_that_is_held_of_them():
    made, _draw = make.certified()
    seat = Seat.objects.select_related("holder__panel").order_by("number").first()
    somebody = AgentFactory()
    Candidate.objects.filter(pk=seat.holder.pk).update(account=somebody)
    candidates.say_needs(candidate=seat.holder, needs=(Need.STEP_FREE,))
    candidates.give_consent(candidate=seat.holder, purpose=ConsentPurpose.PICTURES)
    call = seat.holder.calls.get()
    held = told_of(somebody)

    (registration,) = held["panels.Candidate"]
    assert (registration["ticket"], registration["seat"], registration["rank"]) == (seat.holder.ticket, 1, None)
    assert held["panels.Receipt"][0]["receipt"] == made.receipts[seat.holder.ticket]
    assert held["panels.EligibilityDecision"][0]["may_be_drawn"] is True
    assert [row["on"] for row in held["panels.Call"]] == [call.get_reason_display()]
    assert len(held["panels.Consent"]) == 2 and all(row["text"] for row in held["panels.Consent"])
    assert held.keys() == {
        "panels.Accommodation", "panels.Call", "panels.Candidate", "panels.CandidateContact",
        "panels.CandidateProfile", "panels.Consent", "panels.EligibilityDecision", "panels.Receipt",
    }  # fmt: skip
    assert all(word_for(key) for rows in held.values() for row in rows for key in row)
    page = panel_words(somebody)
    for words in (
        "Nombre du reçu : ",
        "Place : 1",
        "Accès sans marche",
        "Peut être tiré au sort : oui",
        "06 00 00 00 00",
    ):
        assert words in page, (words, page)


@pytest.mark.django_db
def test_somebody_replaced_reads_it_and_so_does_whoever_came():
    made, _draw = make.certified()
    seat = Seat.objects.select_related("holder__panel").order_by("number").first()
    left, came = AgentFactory(), AgentFactory()
    Candidate.objects.filter(pk=seat.holder.pk).update(account=left)
    candidates.withdraw(candidate=seat.holder)
    seat = Seat.objects.select_related("panel", "left_by").get(pk=seat.pk)
    moved = seats.substitute_next(actor=made.facilitator, seat=seat)
    Candidate.objects.filter(pk=moved.incoming_id).update(account=came)

    (row,) = told_of(left)["panels.Substitution"]
    assert (row["seat"], row["ground"], row["came_on"]) == (1, Departure.WITHDREW.label, None)
    (row,) = told_of(came)["panels.Substitution"]
    assert (row["seat"], row["ground"], row["left_on"]) == (1, "", None)
    assert told_of(came)["panels.Candidate"][0]["rank"] == moved.rank


@pytest.mark.django_db
def test_who_works_for_a_panel_reads_what_they_did_and_nobody_s_ticket():
    made, _draw = make.certified()
    Candidate.objects.filter(state=CandidateState.RESERVE).update(entered_by=made.facilitator, checked_by=made.second)
    with time_machine.travel(clock.now() + datetime.timedelta(days=2), tick=False):
        call = calls.take_next(actor=made.facilitator, panel=made.panel)
        calls.finish_call(actor=made.facilitator, call=call, outcome=CallOutcome.YES)
    held = told_of(made.facilitator)

    title = made.panel.title
    assert held["panels.Candidate"] == [{"panel": title, "registrations": 16}]
    assert held["panels.EligibilityDecision"] == [{"panel": title, "decisions": 20}]
    assert held["panels.Call"] == [{"panel": title, "calls": 1}]
    assert told_of(made.second)["panels.Candidate"] == [{"panel": title, "registrations": 16}]
    assert told_of(made.organiser)["panels.InvitationBatch"][0]["letters"] == 20
    (role,) = told_of(made.guarantor)["panels.TeamMember"]
    assert (role["signed_as"], role["described_as"]) == ("Paul Adda", "Magistrat honoraire")
    tickets = Candidate.objects.values_list("ticket", flat=True)
    for person in (made.facilitator, made.second, made.organiser, made.guarantor):
        page = panel_words(person)
        assert not [ticket for ticket in tickets if ticket in page]


@pytest.mark.django_db
def test_what_was_erased_is_no_longer_told():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    one = made.register(code, needs=(Need.CHILDCARE,))
    somebody = AgentFactory()
    Candidate.objects.filter(pk=one.pk).update(account=somebody)
    assert len(told_of(somebody)) == 6
    personal_data.erase(somebody)

    assert told_of(somebody) == {}
    assert Receipt.objects.get().nonce is None and not Accommodation.objects.exists()


def test_every_act_on_a_panel_has_its_word():
    verbs = set()
    for path in SERVICES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            place = {"record": 0, "move": 3}.get(name)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                verbs.add(f"panels.{node.args[place].value}")
    assert len(verbs) > 35
    assert {verb for verb in verbs if not code_words.word("verb", verb)} == set()
