"""Seats: one holder each, the sealed order, two signatures otherwise."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels import proof, selectors, vault
from panels.enums import CallOutcome, CallReason, CandidateState, Departure, PanelState
from panels.models import Call, Candidate, CandidateProfile, Panel, Seat, Substitution
from panels.services import calls, candidates, drawing, seats
from src.foundations import clock
from tests.factories import panels as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]


def values_of(ticket):
    return vault.opened(CandidateProfile.objects.get(candidate__ticket=ticket).ciphertext, vault.PROFILE)


def expected_next(draw, leaving):
    """The first of the sealed order who keeps parity give or take one and a seat in social housing, read by hand."""
    files = drawing.files_of(draw)
    row = proof.read_table(files["table"])[draw.row]
    staying = [values_of(ticket) for ticket in row if ticket != leaving]
    for ticket in proof.reserve_of(draw.seed, draw.row, proof.read_leaves(files["leaves"]), row):
        panel = [*staying, values_of(ticket)]
        women = sum(one["genre"] == make.WOMAN for one in panel)
        if 1 <= women <= 3 and sum(one["logement"] == make.OWNER for one in panel) <= 3:
            return ticket
    return None


def left(made):
    """Somebody drawn withdraws; their seat."""
    seat = Seat.objects.filter(holder__isnull=False).select_related("holder").first()
    candidates.withdraw(candidate=seat.holder, actor=made.facilitator)
    return Seat.objects.select_related("panel", "left_by").get(pk=seat.pk)


def test_whoever_withdraws_frees_their_seat_and_the_sealed_order_fills_it():
    made, draw = make.certified()
    seat = left(made)
    awaited = expected_next(draw, seat.left_by.ticket)
    with pytest.raises(PermissionDenied):
        seats.substitute_next(actor=made.keeper, seat=seat)
    substitution = seats.substitute_next(actor=made.facilitator, seat=seat)
    with pytest.raises(ValidationError):
        seats.substitute_next(actor=made.facilitator, seat=seat)

    seat = Seat.objects.select_related("holder").get(pk=seat.pk)
    assert seat.holder.ticket == awaited == substitution.incoming.ticket
    assert (seat.left_by, seat.left_because, seat.holder.state) == (None, "", CandidateState.DRAWN)
    assert (substitution.why, substitution.rank) == (Departure.WITHDREW, substitution.incoming.reserve_rank)
    assert Call.objects.filter(candidate=seat.holder, reason=CallReason.CONFIRM).count() == 1
    assert [one.pk for one in selectors.substitutions_of(made.panel)] == [substitution.pk]


def test_those_of_the_reserve_who_left_before_are_told_and_the_record_chains():
    made, draw = make.certified()
    seat = left(made)
    first = expected_next(draw, seat.left_by.ticket)
    candidates.withdraw(candidate=Candidate.objects.get(ticket=first))
    substitution = seats.substitute_next(actor=made.facilitator, seat=seat)

    assert [first, "withdrew"] in substitution.passed
    files = drawing.files_of(draw)
    content = proof.substitutions_file(
        draw.manifest.encode(), files["leaves"], files["table"], draw.certification.encode(),
        [
            proof.Substitution(
                on=substitution.made_at.date(), outgoing=substitution.outgoing.ticket,
                incoming=substitution.incoming.ticket, why=substitution.why,
                passed=tuple(map(tuple, substitution.passed)),
            )
        ],
    )  # fmt: skip
    assert proof.read_substitutions(content)[0]["rank"] == substitution.rank


def test_two_empty_seats_are_each_filled_for_what_they_were():
    made, _draw = make.certified()
    one, other = left(made), left(made)
    for seat in (one, other):
        seats.substitute_next(actor=made.facilitator, seat=seat)

    held = [values_of(one.holder.ticket) for one in selectors.seats_of(made.panel)]
    assert len(held) == 4
    assert 1 <= sum(one["genre"] == make.WOMAN for one in held) <= 3
    assert sum(one["logement"] == make.OWNER for one in held) <= 3


def test_a_spent_reserve_says_so_and_two_people_sign_for_somebody_else():
    made, _draw = make.certified()
    seat = left(made)
    last = Candidate.objects.filter(state=CandidateState.RESERVE).order_by("-reserve_rank").first()
    for one in Candidate.objects.filter(state=CandidateState.RESERVE):
        if one.pk != last.pk:
            candidates.withdraw(candidate=one)
    CandidateProfile.objects.filter(candidate=last).delete()
    with pytest.raises(seats.ReserveSpent):
        seats.substitute_next(actor=made.facilitator, seat=seat)
    with pytest.raises(PermissionDenied):
        seats.ask_unlisted(actor=made.facilitator, seat=seat, incoming=last, reason="x")
    with pytest.raises(ValidationError):
        seats.ask_unlisted(actor=made.organiser, seat=seat, incoming=last, reason=" ")
    asked = seats.ask_unlisted(actor=made.organiser, seat=seat, incoming=last, reason="La réserve est épuisée.")
    assert Seat.objects.get(pk=seat.pk).holder is None
    assert selectors.unsigned_of(made.panel)[0] == [asked]
    with pytest.raises(IntegrityError, match="substitution"), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(holder=last, left_by=None, left_because="")
    with pytest.raises(PermissionDenied):
        seats.sign_unlisted(actor=made.organiser, substitution=asked)
    signed = seats.sign_unlisted(actor=made.guarantor, substitution=asked)

    assert Seat.objects.get(pk=seat.pk).holder == last
    assert (signed.signed_by, signed.is_listed) == (made.guarantor, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution.objects.update(reason="autre")
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution.objects.all().delete()


def test_the_database_refuses_two_holders_a_seat_too_many_and_a_change_of_hands_by_nobody():
    made, draw = make.certified()
    one, other = Seat.objects.select_related("holder").order_by("number")[:2]
    drawn = {"panel": made.panel, "draw": draw}
    spare = Candidate.objects.filter(state=CandidateState.RESERVE).first()
    for change in (
        lambda: Seat.objects.filter(pk=one.pk).update(holder=other.holder),
        lambda: Seat.objects.filter(pk=one.pk).update(holder=spare),
        lambda: Seat.objects.filter(pk=one.pk).update(holder=None),
        lambda: Seat.objects.create(**drawn, number=5, holder=spare),
        lambda: Seat.objects.create(**drawn, number=1, holder=spare),
        lambda: Seat.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_call_confirms_a_seat_a_no_frees_it_and_the_panel_is_complete_when_all_said_yes(request):
    made, _draw = make.certified()
    days_later = time_machine.travel(clock.now() + datetime.timedelta(days=2), tick=False)
    days_later.start()
    request.addfinalizer(days_later.stop)
    answers = [CallOutcome.YES, CallOutcome.NO, CallOutcome.YES, CallOutcome.WRONG_NUMBER]
    for outcome in answers:
        call = calls.take_next(actor=made.facilitator, panel=made.panel)
        calls.finish_call(actor=made.facilitator, call=call, outcome=outcome)
    assert seats.seat_confirmed(actor=made.organiser, panel=made.panel) == 2
    assert Panel.objects.get().state == PanelState.DRAWN
    empty = list(Seat.objects.filter(holder__isnull=True).order_by("left_because"))
    assert [one.left_because for one in empty] == ["declined", "unreachable"]
    for seat in empty:
        seats.substitute_next(actor=made.facilitator, seat=seat)
    while call := calls.take_next(actor=made.second, panel=made.panel):
        calls.finish_call(actor=made.second, call=call, outcome=CallOutcome.YES)
    assert seats.seat_confirmed(actor=made.organiser, panel=made.panel) == 2

    assert Panel.objects.get().state == PanelState.SEATED
    assert set(Seat.objects.values_list("holder__state", flat=True)) == {CandidateState.SEATED}


def test_somebody_excluded_leaves_their_seat_and_their_ticket_in_the_table():
    made, draw = make.certified()
    seat = Seat.objects.select_related("holder").first()
    with pytest.raises(PermissionDenied):
        candidates.exclude(actor=made.facilitator, candidate=seat.holder)
    candidates.exclude(actor=made.organiser, candidate=seat.holder)

    seat = Seat.objects.select_related("left_by").get(pk=seat.pk)
    count, rows = selectors.chance_of(seat.left_by, draw)
    assert (seat.left_because, seat.left_by.state) == ("excluded", CandidateState.EXCLUDED)
    assert rows == 100 and count >= draw.floor
