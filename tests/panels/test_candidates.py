"""What becomes of somebody who registered, and who may read what of them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels import rules, vault
from panels.enums import CANDIDATE_MOVES, CandidateState, ConsentPurpose, Ineligibility, ListKind, Need, TeamRole
from panels.models import (
    Accommodation,
    Candidate,
    Consent,
    EligibilityDecision,
    GuardianConsent,
    TeamMember,
)
from panels.services import calls, candidates, preparing
from panels.vault import Contact, Guardian
from src.directory.models import User
from src.foundations.models import AuditEntry
from src.participation.enums import Channel
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db


def one_of(made, **fields):
    (code,) = made.print_letters(1)
    made.register(code, **fields)
    return Candidate.objects.select_related("panel__commissioner").get()


def test_eligibility_is_decided_with_one_reason_of_a_closed_list_and_may_be_corrected():
    made = make.recruiting()
    one = one_of(made)
    for wrong in (
        {"is_eligible": False},
        {"is_eligible": False, "reason": "malade"},
        {"is_eligible": True, "reason": "age"},
    ):
        with pytest.raises(ValidationError):
            candidates.decide_eligibility(actor=made.facilitator, candidate=one, **wrong)
    with pytest.raises(PermissionDenied):
        candidates.decide_eligibility(actor=made.keeper, candidate=one, is_eligible=True)
    candidates.decide_eligibility(
        actor=made.facilitator, candidate=one, is_eligible=False, reason=Ineligibility.RESIDENCE
    )
    found = candidates.decide_eligibility(actor=made.organiser, candidate=one, is_eligible=True)

    assert found.state == CandidateState.ELIGIBLE
    assert list(EligibilityDecision.objects.values_list("is_eligible", "reason")) == [(False, "residence"), (True, "")]
    with pytest.raises(IntegrityError), transaction.atomic():
        EligibilityDecision.objects.filter(is_eligible=True).update(reason="age")


def test_a_minor_is_eligible_and_in_the_draw_with_a_guardian_s_agreement_alone():
    made = make.recruiting(lists=(("jeunes", ListKind.MINORS, None),))
    (code,) = made.print_letters(1, on="jeunes")
    one = made.register(code)
    assert one.is_minor
    with pytest.raises(ValidationError):
        candidates.decide_eligibility(actor=made.facilitator, candidate=one, is_eligible=True)
    Candidate.objects.update(state=CandidateState.ELIGIBLE)
    with pytest.raises(ValidationError, match="guardian|parent"):
        made.close()
    with pytest.raises(IntegrityError, match="guardian"), transaction.atomic():
        Candidate.objects.update(state=CandidateState.IN_POOL)
    candidates.record_guardian(
        actor=made.facilitator, candidate=one, guardian=Guardian(name="Léa Roche"), channel=Channel.PHONE
    )
    made.close()

    kept = GuardianConsent.objects.get()
    assert Candidate.objects.get().state == CandidateState.IN_POOL
    assert vault.opened(kept.ciphertext, vault.GUARDIAN)["name"] == "Léa Roche"
    assert (kept.channel, kept.recorded_by, kept.text_version) == (Channel.PHONE, made.facilitator, "2026-1")


def test_nobody_agrees_for_somebody_of_age():
    made = make.recruiting()
    with pytest.raises(ValidationError):
        candidates.record_guardian(
            actor=made.facilitator, candidate=one_of(made), guardian=Guardian(name="X"), channel=Channel.PHONE
        )


def test_keepers_and_guarantors_read_one_profile_with_a_reason_that_the_journal_keeps_first():
    made = make.recruiting()
    one = one_of(made)
    with pytest.raises(ValidationError):
        candidates.read_profile(actor=made.keeper, candidate=one, reason="  ")
    assert candidates.read_profile(actor=made.keeper, candidate=one, reason="Doublon signalé") == {
        "genre": "femme", "logement": "proprietaire",
    }  # fmt: skip
    candidates.read_profile(actor=made.guarantor, candidate=one, reason="Contrôle")

    lines = AuditEntry.objects.filter(verb="panels.profile_read").order_by("pk")
    assert [(entry.object_ref, entry.payload) for entry in lines] == [
        (f"panel:accueil/{one.ticket}", {"reason": "Doublon signalé"}),
        (f"panel:accueil/{one.ticket}", {"reason": "Contrôle"}),
    ]


def test_facilitators_organisers_the_direction_members_and_administrators_never_read_a_profile():
    made, other = make.recruiting(), make.recruiting(slug="autre")
    one = one_of(made)
    moved = AgentFactory(unit=made.panel.commissioner)
    TeamMember.objects.filter(role=TeamRole.PROFILE_KEEPER, panel=made.panel).update(person=moved)
    member = AgentFactory()
    superuser = AgentFactory(is_superuser=True)
    Candidate.objects.update(account=member)
    refused = [
        made.facilitator, made.organiser, made.administrator, moved, member, superuser, other.keeper, AgentFactory(),
    ]  # fmt: skip
    for person in refused:
        actor = User.objects.get(pk=person.pk)
        with pytest.raises(PermissionDenied):
            candidates.read_profile(actor=actor, candidate=one, reason="Curiosité")

    assert AuditEntry.objects.filter(verb="panels.profile_read").count() == 0
    assert rules.may_read_profile(made.guarantor, made.panel)


def test_a_guarantor_who_is_a_candidate_reads_nothing():
    made = make.recruiting()
    one = one_of(made)
    Candidate.objects.update(account=made.guarantor)

    assert not rules.may_read_profile(made.guarantor, one.panel)


def test_one_person_has_one_role_and_the_direction_keeps_no_profile():
    made = make.prepared()
    theirs = AgentFactory(unit=made.panel.commissioner)
    with pytest.raises(ValidationError):
        preparing.name_to_team(actor=made.administrator, panel=made.panel, person=theirs, role=TeamRole.PROFILE_KEEPER)
    with pytest.raises(PermissionDenied):
        preparing.name_to_team(
            actor=made.organiser, panel=made.panel, person=AgentFactory(), role=TeamRole.FACILITATOR
        )
    with pytest.raises(ValidationError):
        preparing.name_to_team(
            actor=made.administrator, panel=made.panel, person=AgentFactory(), role=TeamRole.GUARANTOR
        )
    preparing.name_to_team(
        actor=made.administrator, panel=made.panel, person=made.facilitator, role=TeamRole.PROFILE_KEEPER
    )
    with pytest.raises(IntegrityError, match="panel_team_one_role|unique|UNIQUE"), transaction.atomic():
        TeamMember.objects.create(
            panel=made.panel, person=made.facilitator, role=TeamRole.FACILITATOR, since="2026-01-01"
        )

    assert not rules.may_enter(made.as_now(made.facilitator), made.panel)


def test_a_contact_is_read_by_an_organiser_or_by_who_has_the_call_in_hand():
    made = make.recruiting()
    one = one_of(made)
    with pytest.raises(PermissionDenied):
        candidates.read_contact(actor=made.facilitator, candidate=one)
    calls.ask_call(candidate=one, reason="check")
    call = calls.take_next(actor=made.facilitator, panel=made.panel)
    told = candidates.read_contact(actor=made.facilitator, candidate=one)
    for actor in (made.second, made.keeper, made.guarantor):
        with pytest.raises(PermissionDenied):
            candidates.read_contact(actor=actor, candidate=one)
    calls.finish_call(actor=made.facilitator, call=call, outcome="yes")
    with pytest.raises(PermissionDenied):
        candidates.read_contact(actor=made.facilitator, candidate=one)

    assert (told.name, told.phone) == ("Jeanne Roche", "06 00 00 00 00")
    assert candidates.read_contact(actor=made.organiser, candidate=one) == told
    assert AuditEntry.objects.filter(verb="panels.contact_read").count() == 2


def test_agreements_are_given_and_taken_back_apart_and_history_stays():
    made = make.recruiting()
    one = one_of(made)
    candidates.give_consent(candidate=one, purpose=ConsentPurpose.PICTURES)
    candidates.give_consent(candidate=one, purpose=ConsentPurpose.PICTURES)
    candidates.take_back_consent(candidate=one, purpose=ConsentPurpose.PICTURES)
    candidates.give_consent(candidate=one, purpose=ConsentPurpose.PICTURES)
    with pytest.raises(ValidationError):
        candidates.give_consent(candidate=one, purpose="publicité")

    kept = Consent.objects.filter(purpose=ConsentPurpose.PICTURES).order_by("pk")
    assert [row.withdrawn_at is None for row in kept] == [False, True]
    for change in ({"text_version": "x"}, {"withdrawn_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.filter(pk=kept[0].pk).update(**change)


def test_without_agreement_to_take_part_somebody_withdraws():
    made = make.recruiting()
    one = one_of(made)
    candidates.take_back_consent(candidate=one, purpose=ConsentPurpose.TAKE_PART)

    assert Candidate.objects.get().state == CandidateState.WITHDRAWN
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()


def test_needs_are_a_closed_list_apart_and_nothing_is_kept_of_none():
    made = make.recruiting()
    one = one_of(made)
    with pytest.raises(ValidationError):
        candidates.say_needs(candidate=one, needs=("diabète",))
    candidates.say_needs(candidate=one, needs=(Need.BY_POST, Need.INTERPRETER), actor=made.facilitator)
    told = candidates.read_needs(actor=made.facilitator, candidate=one)
    with pytest.raises(PermissionDenied):
        candidates.read_needs(actor=made.keeper, candidate=one)
    candidates.say_needs(candidate=one, needs=())

    assert told == ["by_post", "interpreter"]
    assert Accommodation.objects.count() == 0


def test_a_new_contact_replaces_the_old_and_the_home_key_stays():
    made = make.recruiting()
    one = one_of(made, address="1 quai Sud")
    before = one.household.digest
    candidates.change_contact(candidate=one, contact=Contact(name="J. Roche", address="9 rue Haute"))

    one = Candidate.objects.get()
    assert vault.open_contact(one.contact.ciphertext).address == "9 rue Haute"
    assert one.household.digest == before


@pytest.mark.parametrize("target", CandidateState.values)
@pytest.mark.parametrize("origin", CandidateState.values)
def test_the_table_of_moves_is_the_service_s(origin, target):
    one = Candidate(pk=0, ticket="P-00000", state=origin)
    allowed = target in CANDIDATE_MOVES[CandidateState(origin)]
    with pytest.raises(ValidationError) as refused:
        candidates.move_candidate(one, target)

    # Nobody has that number: an allowed move finds nobody, another isn't tried.
    assert ("just moved" in str(refused.value) or "vient de" in str(refused.value)) == allowed


def test_of_two_people_who_move_somebody_one_reads_that_it_was_done():
    made = make.recruiting()
    one, same = one_of(made), Candidate.objects.get()
    candidates.move_candidate(one, CandidateState.ELIGIBLE)
    with pytest.raises(ValidationError):
        candidates.move_candidate(same, CandidateState.INELIGIBLE)

    assert Candidate.objects.get().state == CandidateState.ELIGIBLE
