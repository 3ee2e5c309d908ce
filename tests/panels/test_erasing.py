"""Erasing: three months after the certification nothing is known of those who aren't members, and no figure moves."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction

from panels import proof, selectors
from panels.enums import CandidateState, PanelState
from panels.models import (
    Accommodation,
    Call,
    Candidate,
    CandidateContact,
    CandidateProfile,
    Consent,
    EligibilityDecision,
    GuardianConsent,
    HouseholdKey,
    InvitationAddress,
    InvitationBatch,
    Panel,
    PaperEntry,
    Receipt,
    Seat,
)
from panels.services import candidates, drawing, erasing, letters, preparing, registering
from panels.services.registering import Origin
from src.foundations import clock, personal_data
from src.foundations.testing import drain_outbox
from tests.factories import panels as make

pytestmark = pytest.mark.django_db
KNOWN = (
    CandidateContact, CandidateProfile, HouseholdKey, Accommodation, Consent, GuardianConsent, EligibilityDecision, Call,
)  # fmt: skip


def later(days):
    return time_machine.travel(clock.now() + datetime.timedelta(days=days), tick=False)


def test_three_months_after_the_certification_figures_are_the_same_and_nothing_else_is_left():
    made, draw = make.certified()
    members = set(Seat.objects.values_list("holder_id", flat=True))
    before, files = selectors.figures_of(made.panel), drawing.files_of(draw)
    with later(92):
        assert erasing.erase_due(clock.now(), apply=False) == 0
    with later(94):
        waiting = erasing.erase_due(clock.now(), apply=False)
        erased = erasing.erase_due(clock.now())
        again = erasing.erase_due(clock.now())

    gone = Candidate.objects.exclude(pk__in=members)
    assert (waiting, erased, again) == (16, 16, 0)
    assert selectors.figures_of(made.panel) == before
    assert before["values"]["genre"] == {"femme": 10, "homme": 10}
    assert drawing.files_of(draw) == files
    assert set(gone.values_list("state", flat=True)) == {CandidateState.ERASED}
    assert [model.objects.exclude(candidate_id__in=members).count() for model in KNOWN] == [0] * len(KNOWN)
    assert not Receipt.objects.exclude(candidate_id__in=members).filter(nonce__isnull=False).exists()
    assert CandidateProfile.objects.count() == CandidateContact.objects.count() == 4
    assert gone.filter(invitation__isnull=True, source_list__isnull=True, reserve_rank__isnull=True).count() == 16


def test_somebody_erased_still_recounts_their_chance_and_their_leaf_with_what_they_kept():
    made, draw = make.certified()
    one = Candidate.objects.filter(state=CandidateState.RESERVE).first()
    nonce, values = made.receipts[one.ticket], drawing.people_of(made.panel, (CandidateState.RESERVE,))
    mine = next(row for row in values if row[0] == one.ticket)
    before = selectors.chance_of(one, draw)
    with later(94):
        erasing.erase_due(clock.now())

    one = Candidate.objects.get(pk=one.pk)
    leaf = proof.leaf_of(proof.Entry(one.ticket, mine[1], bytes.fromhex(nonce), mine[2]))
    assert selectors.chance_of(one, draw) == before
    assert proof.read_leaves(drawing.files_of(draw)["leaves"])[one.ticket] == leaf


def test_members_go_six_months_after_the_mandate_and_their_seat_keeps_the_ticket():
    made, _draw = make.certified()
    ends = (made.panel.ends_on - clock.today()).days
    with later(ends + 183):
        erasing.erase_due(clock.now())
        assert CandidateProfile.objects.count() == 4
    with later(ends + 185):
        erasing.erase_due(clock.now())

    assert [model.objects.count() for model in KNOWN] == [0] * len(KNOWN)
    assert set(Candidate.objects.values_list("state", flat=True)) == {CandidateState.ERASED}
    assert Seat.objects.filter(holder__isnull=False).count() == 4


def test_a_panel_that_stops_before_any_draw_forgets_everybody_three_months_later():
    made = make.recruiting()
    made.registered(3)
    preparing.stop_panel(actor=made.organiser, panel=made.panel, because="Trop peu de volontaires.")
    before = selectors.figures_of(Panel.objects.get())
    with later(94):
        erasing.erase_due(clock.now())

    assert Panel.objects.get().state == PanelState.CLOSED
    assert CandidateProfile.objects.count() == 0
    assert selectors.figures_of(Panel.objects.get()) == before
    assert before["registered"] == 3


def test_a_panel_that_recruits_for_long_erases_nobody():
    made = make.recruiting()
    made.registered(2)
    with later(2000):
        assert erasing.erase_due(clock.now()) == 0


def test_somebody_who_asks_is_erased_at_once_even_between_the_seal_and_the_draw():
    made, draw = make.sealed()
    one = Candidate.objects.in_pool().first()
    assert erasing.erase_candidate(one) is True
    assert erasing.erase_candidate(one) is False

    one = Candidate.objects.get(pk=one.pk)
    assert one.state == CandidateState.ERASED
    assert not any(model.objects.filter(candidate=one).exists() for model in KNOWN)
    with time_machine.travel(clock.now() + datetime.timedelta(days=1), tick=False):
        drawing.reveal_draw(actor=made.organiser, draw=draw, value=make.PUBLIC_NUMBER)
        drawing.certify_draw(actor=made.guarantor, draw=draw, place="Ici", witnesses=[("Paul Adda", "garant")])
    assert not Seat.objects.filter(holder=one).exists()


def test_a_ticket_is_never_deleted_and_erased_it_holds_nothing():
    made = make.recruiting()
    (one,) = made.registered(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.all().delete()
    with pytest.raises(IntegrityError, match="candidate_erased_is_a_ticket"), transaction.atomic():
        Candidate.objects.filter(pk=one.pk).update(state=CandidateState.ERASED)


def test_addresses_that_nobody_said_were_posted_go_after_sixty_days():
    made = make.recruiting()
    made.print_letters(2, mailed=False)
    with later(59):
        assert erasing.erase_addresses(clock.now()) == 0
    with later(61):
        assert erasing.erase_addresses(clock.now()) == 1

    assert InvitationAddress.objects.count() == 0
    assert InvitationBatch.objects.get().secret is None


def test_closing_registration_forgets_addresses_of_letters_never_posted():
    made = make.recruiting()
    made.registered(1)
    letters.open_batch(
        actor=made.organiser, panel=made.panel, source_list=made.lists["electeurs"], data=make.address_file(2)
    )
    drain_outbox()
    made.close()

    assert InvitationAddress.objects.count() == 0


def test_a_paper_nobody_typed_again_goes_after_thirty_days():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    registering.type_paper(
        actor=made.facilitator, panel=made.panel, origin=Origin(code=code), registration=make.answers()
    )
    with later(31):
        call_command("retention", "--apply", verbosity=0)

    assert PaperEntry.objects.count() == 0


def test_an_account_reads_what_is_held_and_its_erasure_takes_it_away():
    made = make.recruiting()
    (one,) = made.registered(1)
    Candidate.objects.update(account=made.second)
    candidates.say_needs(candidate=one, needs=("by_post",))

    told = personal_data.export_of(made.second)
    assert told["panels.Candidate"][0]["ticket"] == one.ticket
    assert told["panels.CandidateContact"][0]["name"] == "Volontaire 0"
    assert told["panels.CandidateProfile"][0]["answers"] == ["Genre : Homme", "Logement : Logement social"]
    assert len(told["panels.Accommodation"][0]["needs"]) == 1
    assert told["panels.Consent"][0]["taken_back_at"] is None
    assert told["panels.TeamMember"][0]["panel"] == "Premier accueil"
    erased = personal_data.erase(made.second)
    assert erased["panels.Candidate"] == 1
    assert Candidate.objects.get().state == CandidateState.ERASED
    assert CandidateProfile.objects.count() == 0
