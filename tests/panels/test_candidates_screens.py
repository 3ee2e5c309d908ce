"""The candidates' desk on screen: who sees what of a ticket, and what each may do with it."""

import pytest

from panels import vault
from panels.enums import ListKind, Need
from panels.models import Accommodation, Call, Candidate, EligibilityDecision, GuardianConsent
from panels.services import calls, candidates
from src.foundations.models import AuditEntry
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

from .screens import as_, text_of

pytestmark = pytest.mark.django_db
HERE = "/panels/atelier/accueil/candidats/"


def one_of(made, **fields) -> Candidate:
    (code,) = made.print_letters(1)
    return made.register(code, **{"name": "Canari Dupont", **fields})


def test_tickets_are_found_by_state_list_what_waits_and_their_letters():
    made = make.recruiting(lists=(("electeurs", ListKind.ELECTORS, None), ("amis", ListKind.PARTNERS, None)))
    people = made.registered(4, eligible=False)
    client = as_(made.facilitator)
    client.post(f"{HERE}{people[0].ticket}/eligibilite/", {"decision": "oui"})
    calls.ask_call(candidate=people[1], reason="check")

    def tickets(query=""):
        words = text_of(client.get(HERE + query))
        return {one.ticket for one in people if one.ticket in words}

    every = {one.ticket for one in people}
    assert tickets() == every
    assert tickets("?etat=eligible") == {people[0].ticket}
    assert tickets("?attend=decision") == every - {people[0].ticket}
    assert tickets("?attend=call") == {people[1].ticket}
    assert tickets("?liste=amis") == set()
    assert tickets(f"?q={people[2].ticket.lower()}") == {people[2].ticket}
    assert tickets("?etat=nothing&attend=x&liste=zz") == every
    assert client.get(f"{HERE}?page=nonsense").status_code == 302


def test_the_file_has_tickets_and_states_alone():
    made = make.recruiting()
    one = one_of(made)

    file = as_(made.guarantor).get(f"{HERE}fichier/")
    text = b"".join(file.streaming_content).decode("utf-8-sig")

    assert text.splitlines() == ['"Ticket";"État"', f'"{one.ticket}";"Inscrite ou inscrit"'] or one.ticket in text
    assert "Canari" not in text and len(text.splitlines()[1].split(";")) == 2
    assert file["Cache-Control"] == "private, no-store"


def test_no_page_of_a_ticket_has_a_name_or_an_answer():
    made = make.recruiting()
    one = one_of(made, needs=(Need.STEP_FREE,))

    for person in (made.organiser, made.facilitator, made.guarantor, made.keeper):
        client = as_(person)
        for page in (client.get(HERE), client.get(f"{HERE}{one.ticket}/")):
            words = text_of(page)
            assert page.status_code == 200 and one.ticket in words
            assert "Canari" not in words and "Femme" not in words and "06 00" not in words


def test_needs_are_shown_to_those_who_make_them_possible():
    made = make.recruiting()
    one = one_of(made, needs=(Need.STEP_FREE,))
    page = f"{HERE}{one.ticket}/"

    assert "checked" in as_(made.facilitator).get(page).content.decode()
    assert "Accès sans marche" not in text_of(as_(made.guarantor).get(page))
    assert as_(made.facilitator).post(f"{page}besoins/", {"needs": ["childcare"]}).status_code == 303
    assert vault.opened(Accommodation.objects.get().ciphertext, vault.NEEDS) == ["childcare"]
    assert as_(made.facilitator).post(f"{page}besoins/", {"needs": ["dragons"]}).status_code == 422


def test_eligibility_is_decided_with_a_reason_of_the_list():
    made = make.recruiting()
    one = one_of(made)
    client = as_(made.facilitator)
    page = f"{HERE}{one.ticket}/"

    empty = client.post(f"{page}eligibilite/", {})
    free = client.post(f"{page}eligibilite/", {"decision": "parce que"})
    refused = client.post(f"{page}eligibilite/", {"decision": "residence"})

    assert [answer.status_code for answer in (empty, free, refused)] == [422, 422, 303]
    assert Candidate.objects.get().state == "ineligible"
    assert EligibilityDecision.objects.get().reason == "residence"
    assert "N'habite pas" in text_of(client.get(page)) or "non éligible" in text_of(client.get(page))


def test_a_young_person_is_eligible_once_a_guardian_agreed():
    made = make.recruiting(lists=(("jeunes", ListKind.MINORS, 2), ("electeurs", ListKind.ELECTORS, None)))
    one = made.register(made.print_letters(1, on="jeunes")[0])
    client = as_(made.facilitator)
    page = f"{HERE}{one.ticket}/"

    too_soon = client.post(f"{page}eligibilite/", {"decision": "oui"})
    nameless = client.post(f"{page}responsable/", {"name": "", "channel": "phone"})
    kept = client.post(f"{page}responsable/", {"name": "Paul Dupont", "phone": "", "channel": "phone"})
    then = client.post(f"{page}eligibilite/", {"decision": "oui"})

    assert [answer.status_code for answer in (too_soon, nameless, kept, then)] == [422, 422, 303, 303]
    assert "donne d'abord son accord" in text_of(too_soon) or "d'abord" in text_of(too_soon)
    assert GuardianConsent.objects.count() == 1
    assert "Paul Dupont" not in text_of(client.get(page))


def test_withdrawn_and_excluded_after_a_confirmation_once():
    made = make.pooled(3, seats=4)
    first, second, _third = Candidate.objects.filter(panel=made.panel)
    facilitator, organiser = as_(made.facilitator), as_(made.organiser)

    asked = text_of(facilitator.get(f"{HERE}{first.ticket}/retirer/"))
    gone = [facilitator.post(f"{HERE}{first.ticket}/retirer/").status_code for _turn in range(2)]
    not_theirs = facilitator.post(f"{HERE}{second.ticket}/exclure/").status_code
    excluded = [organiser.post(f"{HERE}{second.ticket}/exclure/").status_code for _turn in range(2)]

    assert "C'est définitif" in asked
    assert (gone, not_theirs, excluded) == ([303, 409], 403, [303, 409])
    assert list(Candidate.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True).order_by("state")) == [
        "excluded", "withdrawn",
    ]  # fmt: skip


def test_a_contact_is_read_by_an_organiser_without_the_ticket_and_the_journal_says_so():
    made = make.recruiting()
    one = one_of(made)
    address = f"{HERE}{one.ticket}/coordonnees/"

    answer = as_(made.organiser).post(address)
    others = [as_(person).post(address).status_code for person in (made.facilitator, made.guarantor, made.keeper)]

    words = text_of(answer)
    assert (answer.status_code, "Canari Dupont" in words, one.ticket in words) == (200, True, False)
    assert answer["Cache-Control"] == "private, no-store"
    assert as_(made.organiser).get(address).status_code == 405
    assert others == [403] * 3
    assert AuditEntry.objects.filter(verb="panels.contact_read").count() == 1


def test_an_organiser_corrects_how_somebody_is_reached_and_no_page_has_both_name_and_ticket():
    made = make.recruiting()
    one = one_of(made)
    address = f"{HERE}{one.ticket}/coordonnees/"
    said = {"name": "Canari Dupont", "phone": "06 98 76 54 32", "email": "", "address": "", "postcode": "", "town": ""}

    read = as_(made.organiser).post(address)
    refused = as_(made.organiser).post(f"{address}corriger/", said | {"phone": ""})
    others = [as_(who).post(f"{address}corriger/", said).status_code for who in (made.facilitator, made.keeper)]
    done = [as_(made.organiser).post(f"{address}corriger/", said) for _twice in range(2)]

    for page in (read, refused):
        assert "Canari Dupont" in page.content.decode() and one.ticket not in page.content.decode()
    assert (refused.status_code, others) == (422, [403] * 2)
    assert {(one.status_code, one.url) for one in done} == {(303, f"{HERE}{one.ticket}/")}
    found = candidates.read_contact(actor=made.organiser, candidate=Candidate.objects.get(pk=one.pk))
    assert (found.name, found.phone, found.address) == ("Canari Dupont", "06 98 76 54 32", "")
    assert AuditEntry.objects.filter(verb="panels.contact_changed").count() == 2
    candidates.withdraw(candidate=one)
    assert as_(made.organiser).post(f"{address}corriger/", said).status_code == 409


def test_a_profile_is_read_by_a_keeper_who_says_why_first():
    made = make.recruiting()
    one = one_of(made)
    address = f"{HERE}{one.ticket}/profil/"
    keeper = as_(made.keeper)

    page = text_of(keeper.get(address))
    silent = keeper.post(address, {"reason": "  "})
    before = AuditEntry.objects.filter(verb="panels.profile_read").count()
    read = keeper.post(address, {"reason": "Vérifier une réclamation"})
    others = {as_(person).get(address).status_code for person in (made.organiser, made.facilitator, made.second)} | {
        as_(person).post(address, {"reason": "x"}).status_code for person in (made.organiser, made.facilitator)
    }

    assert "Femme" not in page and silent.status_code == 422 and "Femme" not in text_of(silent)
    assert before == 0
    assert read.status_code == 200 and "Femme" in text_of(read) and "Propriétaire" in text_of(read)
    assert read["Cache-Control"] == "private, no-store"
    assert AuditEntry.objects.get(verb="panels.profile_read").payload == {"reason": "Vérifier une réclamation"}
    assert others == {403}
    assert as_(made.guarantor).post(address, {"reason": "Contrôle"}).status_code == 200


def test_a_keeper_of_the_direction_that_asks_reads_no_profile():
    made = make.recruiting()
    one = one_of(made)
    from panels.models import Panel

    direction = made.keeper.current_affectation.unit
    Panel.objects.filter(pk=made.panel.pk).update(question=made.panel.question)
    made.panel.commissioner = direction
    assert direction is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("panels.rules.is_of_commissioner", lambda user, panel: True)
        assert as_(made.keeper).get(f"{HERE}{one.ticket}/profil/").status_code == 403


def test_a_call_is_asked_once():
    made = make.recruiting()
    one = one_of(made)
    address = f"{HERE}{one.ticket}/appeler/"

    codes = [as_(made.facilitator).post(address).status_code for _turn in range(2)]

    assert (codes, Call.objects.count()) == ([303, 303], 1)
    assert as_(made.guarantor).post(address).status_code == 403


def test_nobody_of_another_panel_meets_a_ticket():
    made, other = make.recruiting(), make.recruiting(slug="autre")
    one = one_of(made)
    gets = [
        HERE,
        f"{HERE}fichier/",
        *(f"{HERE}{one.ticket}/{path}" for path in ("", "profil/", "retirer/", "exclure/")),
    ]
    posts = [
        f"{HERE}{one.ticket}/{path}"
        for path in ("eligibilite/", "responsable/", "besoins/", "appeler/", "coordonnees/", "profil/", "retirer/")
    ]

    for person in (other.organiser, other.keeper, made.administrator, AgentFactory()):
        client = as_(person)
        assert {client.get(address).status_code for address in gets} == {404}
        assert {client.post(address, {"decision": "oui"}).status_code for address in posts} == {404}
    crossed = as_(other.organiser).get(f"/panels/atelier/autre/candidats/{one.ticket}/")
    assert crossed.status_code == 404
    assert {as_(None).get(address).status_code for address in gets} == {302}
    assert Candidate.objects.get(pk=one.pk).state == "volunteered"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(count, django_assert_num_queries):
    made = make.recruiting()
    made.registered(count, eligible=False)
    client = as_(made.facilitator)
    client.get(HERE)
    with django_assert_num_queries(STATEMENTS):
        client.get(HERE)


STATEMENTS = 7
