"""Registering: by a code, by telephone, on paper; one refusal; what is kept, and where."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from panels import door, vault
from panels.enums import ConsentPurpose, InvitationState, ListKind, Need
from panels.models import (
    Accommodation,
    Candidate,
    CandidateContact,
    CandidateProfile,
    Consent,
    HouseholdKey,
    Invitation,
    PaperEntry,
    Receipt,
)
from panels.services import preparing, registering
from panels.services.registering import Origin
from src.foundations.models import AuditEntry
from src.participation.enums import Channel
from tests.factories import panels as make

pytestmark = pytest.mark.django_db


def register(code, **fields):
    token = fields.pop("token", "")
    return registering.register(code=code, registration=make.answers(**fields), caller="somebody", token=token)


def test_a_code_gives_a_ticket_a_receipt_and_a_row_in_each_table():
    made = make.recruiting()
    (code,) = made.print_letters(1)

    found = register(code, needs=(Need.STEP_FREE,), consents=(ConsentPurpose.TAKE_PART, ConsentPurpose.PICTURES))

    one = Candidate.objects.get()
    assert one == found.candidate
    assert (one.state, one.channel, one.source_list, one.invitation.state) == (
        "volunteered", Channel.WEB, made.lists["electeurs"], InvitationState.USED,
    )  # fmt: skip
    assert one.ticket.startswith("P-") and len(one.ticket) == 7
    assert vault.open_contact(one.contact.ciphertext).name == "Jeanne Roche"
    assert vault.opened(one.profile.ciphertext, vault.PROFILE) == {"genre": "femme", "logement": "proprietaire"}
    assert vault.opened(one.accommodation.ciphertext, vault.NEEDS) == ["step_free"]
    assert [one.purpose for one in Consent.objects.order_by("purpose")] == ["pictures", "take_part"]
    assert one.receipt.commitment == vault.commitment_of(bytes.fromhex(found.nonce))
    assert vault.opened(one.receipt.nonce, vault.RECEIPT) == found.nonce


def test_nothing_readable_of_a_person_is_in_the_database():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    register(code, name="Canari Dupont", phone="0612345678", address="7 rue du Canari", needs=(Need.BY_POST,))

    kept = b"".join(
        bytes(model.objects.get().ciphertext) for model in (CandidateContact, CandidateProfile, Accommodation)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM panels_candidate")
        rows = str(cursor.fetchall())
    journal = str(list(AuditEntry.objects.values()))

    assert b"Canari" not in kept and b"femme" not in kept and b"by_post" not in kept
    for word in ("Canari", "0612345678", "femme", code):
        assert word not in rows and word not in journal
    assert not Invitation.objects.filter(code_hash=code).exists()


def test_every_profile_has_the_same_length():
    made = make.recruiting()
    for code in made.print_letters(2):
        register(code, gender=make.MAN if code == made.codes[0] else make.WOMAN, housing=make.SOCIAL)

    assert len({len(bytes(one.ciphertext)) for one in CandidateProfile.objects.all()}) == 1


def test_unknown_used_expired_closed_and_blank_codes_are_refused_alike(settings):
    made = make.recruiting()
    used, late, returned = made.print_letters(3)
    register(used)
    said = []
    for code in (used, "7KQ4M2XR90TBZ", "", "?", "a" * 5000):
        with pytest.raises(door.CodeRefused) as refused:
            registering.register(code=code, registration=make.answers(), caller=f"c{len(said)}")
        said.append((refused.value.messages, refused.value.code))
    type(made.batch).objects.update(expires_on="2020-01-01")
    with pytest.raises(door.CodeRefused) as refused:
        registering.register(code=late, registration=make.answers(), caller="late")
    said.append((refused.value.messages, refused.value.code))
    type(made.batch).objects.update(expires_on=made.panel.registration_ends_on)
    Candidate.objects.update(state="eligible")
    made.close()
    with pytest.raises(door.CodeRefused) as refused:
        registering.register(code=returned, registration=make.answers(), caller="closed")
    said.append((refused.value.messages, refused.value.code))

    assert len(said) == 7
    assert all(one == said[0] for one in said)


def test_every_refused_code_costs_the_same_statements(django_assert_num_queries):
    made = make.recruiting()
    used, *_rest = made.print_letters(2)
    register(used)

    for code in (used, "7KQ4M2XR90TBZ", "nothing"):
        with django_assert_num_queries(1), pytest.raises(door.CodeRefused):
            door.find(code)


def test_after_ten_tries_a_caller_is_stopped_even_with_the_right_code():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    outcomes = []
    for number in range(10_000):
        try:
            registering.register(code=f"7KQ4M2XR9{number:04d}", registration=make.answers(), caller="a guesser")
        except door.TooManyTries:
            outcomes.append("stopped")
            if len(outcomes) > 30:
                break
        except door.CodeRefused:
            outcomes.append("refused")
    with pytest.raises(door.TooManyTries) as stopped:
        registering.register(code=code, registration=make.answers(), caller="a guesser")

    assert outcomes[:12] == ["refused"] * 10 + ["stopped"] * 2
    assert stopped.value.messages == door.CodeRefused().messages
    assert register(code).candidate is not None


def test_the_same_sending_repeated_gives_the_same_ticket_and_receipt():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    first = register(code, token="secret of the page")
    again = register(code, token="secret of the page")
    with pytest.raises(door.CodeRefused):
        register(code, token="another page")

    assert (again.candidate.pk, again.nonce) == (first.candidate.pk, first.nonce)
    assert Candidate.objects.count() == 1


def test_everything_wrong_is_told_at_once():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    with pytest.raises(ValidationError) as refused:
        register(code, name=" ", phone="", consents=(), values={"genre": "autre", "revenus": "x"})

    assert set(refused.value.message_dict) == {
        "name", "phone", "consents", "criterion-genre", "criterion-logement", "criteria",
    }  # fmt: skip
    assert Invitation.objects.get().state == InvitationState.SENT


def test_blank_and_institutional_addresses_have_no_key_and_a_shared_one_has_one():
    made = make.recruiting()
    addresses = ("12 rue de la Paix", "12, R. de la PAIX", "", "   ", "Foyer des Tanneurs, 3 rue Haute")
    for code, address in zip(made.print_letters(5), addresses, strict=True):
        register(code, address=address)

    digests = list(HouseholdKey.objects.values_list("digest", flat=True))
    assert len(digests) == 2
    assert len(set(digests)) == 1
    assert all("paix" not in one for one in digests)


def test_two_panels_never_have_a_key_of_a_home_in_common():
    one, other = make.recruiting(), make.recruiting(slug="autre")
    for made in (one, other):
        (code,) = made.print_letters(1)
        registering.register(code=code, registration=make.answers(address="3 quai Sud"), caller=made.panel.slug)

    assert HouseholdKey.objects.values("digest").distinct().count() == 2


def test_by_telephone_the_answers_are_read_back_and_the_channel_is_kept():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    fields = {"panel": made.panel, "origin": Origin(code=code), "registration": make.answers()}
    with pytest.raises(ValidationError, match="Read the answers back|Relisez"):
        registering.register_by_phone(actor=made.facilitator, read_back=False, **fields)
    with pytest.raises(PermissionDenied):
        registering.register_by_phone(actor=made.guarantor, read_back=True, **fields)

    found = registering.register_by_phone(actor=made.facilitator, read_back=True, **fields)

    assert (found.candidate.channel, found.candidate.entered_by) == (Channel.PHONE, made.facilitator)


def test_a_code_of_another_panel_is_refused_by_telephone_like_any_other():
    made, other = make.recruiting(), make.recruiting(slug="autre")
    (code,) = other.print_letters(1)
    with pytest.raises(door.CodeRefused):
        registering.register_by_phone(
            actor=made.facilitator, panel=made.panel, origin=Origin(code=code), registration=make.answers(),
            read_back=True,
        )  # fmt: skip

    assert Candidate.objects.count() == 0


def test_somebody_met_in_person_needs_no_letter_on_a_list_that_allows_it():
    made = make.recruiting(lists=(("electeurs", ListKind.ELECTORS, None), ("associations", ListKind.PARTNERS, 2)))
    found = registering.register_by_phone(
        actor=made.facilitator, panel=made.panel, origin=Origin(source_list=made.lists["associations"]),
        registration=make.answers(), read_back=True,
    )  # fmt: skip
    with pytest.raises(ValidationError):
        registering.register_by_phone(
            actor=made.facilitator, panel=made.panel, origin=Origin(source_list=made.lists["electeurs"]),
            registration=make.answers(), read_back=True,
        )  # fmt: skip

    assert found.candidate.source_list.slug == "associations"


def test_a_paper_is_typed_twice_by_two_people_and_registered_when_they_agree():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    origin = Origin(code=code)
    entry = registering.type_paper(
        actor=made.facilitator, panel=made.panel, origin=origin, registration=make.answers(name="Jeanne  Roche")
    )
    kept = bytes(entry.ciphertext)
    with pytest.raises(PermissionDenied):
        registering.check_paper(actor=made.facilitator, entry=entry, origin=origin, registration=make.answers())
    with pytest.raises(registering.Differs) as differs:
        registering.check_paper(
            actor=made.second, entry=entry, origin=origin, registration=make.answers(phone="07", housing=make.SOCIAL)
        )
    found = registering.check_paper(
        actor=made.second, entry=entry, origin=Origin(code=f"{code[:4]} {code[4:].lower()}"),
        registration=make.answers(name="jeanne roche"),
    )  # fmt: skip

    one = found.candidate
    assert b"Roche" not in kept and code.encode() not in kept
    assert differs.value.fields == ["criterion-logement", "phone"]
    assert (one.channel, one.entered_by, one.checked_by) == (Channel.PAPER, made.facilitator, made.second)
    assert PaperEntry.objects.count() == 0


def test_the_database_refuses_one_person_for_both_looks():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    one = register(code).candidate
    with pytest.raises(IntegrityError, match="candidate_paper_read_by_two"), transaction.atomic():
        Candidate.objects.filter(pk=one.pk).update(entered_by=made.second, checked_by=made.second)


def test_nobody_registers_before_the_opening_nor_after_the_last_day(settings):
    made = make.prepared()
    made.print_letters(1)
    with pytest.raises(door.CodeRefused):
        register(made.codes[0])
    made.open()
    type(made.panel).objects.update(registration_ends_on="2020-01-01")
    with pytest.raises(door.CodeRefused):
        registering.register(code=made.codes[0], registration=make.answers(), caller="late")

    assert Receipt.objects.count() == 0
    assert preparing.hold(made.panel).is_recruiting
