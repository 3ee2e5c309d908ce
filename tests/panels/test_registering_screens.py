"""Registering without an account: the door, the questions, the receipt, one's own page; and who tries too often."""

import re

import pytest

from panels import door, entrance, vault
from panels.enums import ConsentPurpose, ListKind
from panels.models import Accommodation, Candidate, CandidateContact, Consent, GuardianConsent, Invitation
from src.foundations.models import AuditEntry
from tests.factories import panels as make

from .screens import as_, text_of

pytestmark = pytest.mark.django_db
DOOR = "/panels/inscription/"
FORM = f"{DOOR}questions/"
RECEIPT = f"{DOOR}recu/"
OWN = f"{DOOR}la-mienne/"
SAID = {
    "eligible": "on", "criterion-genre": "femme", "criterion-logement": "proprietaire", "name": "Canari Dupont",
    "phone": "06 12 34 56 78", "email": "", "address": "7 rue du Canari", "postcode": "30000", "town": "Marvenne",
    "needs": ["step_free"], "consents": ["take_part", "pictures"],
}  # fmt: skip


def let_in(code: str):
    client = as_(None)
    client.get(DOOR)
    answer = client.post(DOOR, {"code": code})
    assert (answer.status_code, answer.url) == (303, FORM)
    return client


def test_a_code_leads_to_the_questions_then_to_a_receipt():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    client = let_in(code)

    asked = text_of(client.get(FORM))
    answer = client.post(FORM, SAID)
    page = client.get(RECEIPT)
    file = client.get(f"{RECEIPT}fichier/")

    one = Candidate.objects.get()
    assert "Premier accueil" in asked and "Malika Soares" in asked and "04 00 00 00 00" in asked
    assert (answer.status_code, answer.url) == (303, RECEIPT)
    assert vault.opened(one.profile.ciphertext, vault.PROFILE) == {"genre": "femme", "logement": "proprietaire"}
    assert {each.purpose for each in Consent.objects.all()} == {"take_part", "pictures"}
    assert vault.opened(Accommodation.objects.get().ciphertext, vault.NEEDS) == ["step_free"]
    words = text_of(page)
    assert one.ticket in words and "Le tirage a lieu le" in words and "Malika Soares" in words
    assert "Canari" not in words
    assert file.content.decode().startswith(f"Reçu du tirage au sort\nTicket {one.ticket}\nNombre ")
    assert {page["Cache-Control"], file["Cache-Control"]} == {"private, no-store"}
    assert code not in page.content.decode()


def test_the_receipt_given_is_the_one_that_the_script_reads():
    from panels.proof.receipts import typed_receipt

    made = make.recruiting()
    (code,) = made.print_letters(1)
    client = let_in(code)
    client.post(FORM, SAID)

    entry = typed_receipt(client.get(f"{RECEIPT}fichier/").content.decode())

    one = Candidate.objects.get()
    assert (entry.ticket, vault.commitment_of(entry.nonce)) == (one.ticket, one.receipt.commitment)
    assert entry.values == {"genre": "femme", "logement": "proprietaire", "list": "electeurs"}


def test_everything_missing_is_told_at_once_and_nothing_typed_is_lost():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    client = let_in(code)

    answer = client.post(FORM, {"email": "canari", "address": "7 rue du Canari", "needs": ["step_free"]})
    words, page = text_of(answer), answer.content.decode()

    assert (answer.status_code, Candidate.objects.count(), Invitation.objects.get().state) == (422, 0, "sent")
    for told in (
        "Cochez si tout est vrai",
        "Genre : choisissez une réponse",
        "Écrivez un nom",
        "Vérifiez cette adresse",
    ):
        assert told in words, told
    assert "7 rue du Canari" in page and 'value="canari"' in page
    assert re.search(r'value="step_free"[^>]*checked', page)
    # The code was not spent, and the same page then registers.
    assert client.post(FORM, SAID).status_code == 303


def test_the_same_page_sent_twice_registers_once_and_shows_the_same_receipt():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    client = let_in(code)
    before = dict(client.cookies)

    client.post(FORM, SAID)
    first = client.get(f"{RECEIPT}fichier/").content
    client.cookies.update(before)
    again = client.post(FORM, SAID)
    second = client.get(f"{RECEIPT}fichier/").content

    assert (again.status_code, first == second, Candidate.objects.count()) == (303, True, 1)


def test_a_young_person_names_a_guardian_or_waits_for_one():
    made = make.recruiting(lists=(("jeunes", ListKind.MINORS, 2), ("electeurs", ListKind.ELECTORS, None)))
    alone, beside = made.print_letters(2, on="jeunes")
    client = let_in(beside)
    halfway = client.post(FORM, SAID | {"guardian_name": "Paul Dupont"})
    client.post(FORM, SAID | {"guardian_name": "Paul Dupont", "guardian_agrees": "on"})
    other = let_in(alone)
    other.post(FORM, SAID)

    assert halfway.status_code == 422 and "Cochez si cette personne est d'accord" in text_of(halfway)
    assert GuardianConsent.objects.count() == 1
    assert "doit encore donner son accord" in text_of(other.get(RECEIPT))
    assert "doit encore donner son accord" not in text_of(client.get(RECEIPT))


def test_without_a_code_there_are_no_questions_and_no_receipt():
    client = as_(None)

    assert [client.get(one).url for one in (FORM, RECEIPT, f"{RECEIPT}fichier/")] == [DOOR] * 3
    assert (client.post(FORM, SAID).status_code, Candidate.objects.count()) == (303, 0)
    client.cookies[entrance.COOKIE] = "bm9uc2Vuc2U="
    assert client.get(FORM).url == DOOR


def shape(answer) -> tuple:
    """What a guesser sees of an answer; the token of the form has always the same length."""
    words = re.sub(r'value="[0-9A-Za-z]{64}"', "", answer.content.decode())
    return answer.status_code, len(answer.content), words, sorted(answer.headers.keys())


def test_a_guesser_is_stopped_and_no_answer_tells_one_code_from_another(settings):
    """Unknown, malformed, used, expired, closed: one status, the same words to the letter; then the same for all."""
    made = make.recruiting()
    used, late, live = made.print_letters(3)
    made.register(used)
    refused = []
    guesser = as_(None)
    guesser.get(DOOR)
    for code in (used, "7KQ4M2XR90TBZ", "?", "a" * 60, "7KQ4-M2XR-90TBY"):
        refused.append(shape(guesser.post(DOOR, {"code": code})))
    type(made.batch).objects.update(expires_on="2020-01-01")
    refused.append(shape(guesser.post(DOOR, {"code": late})))
    type(made.batch).objects.update(expires_on=made.panel.registration_ends_on)

    for number in range(30):
        last = guesser.post(DOOR, {"code": f"7KQ4M2XR9{number:04d}"})
    stopped = [shape(guesser.post(DOOR, {"code": code})) for code in (live, used, "7KQ4M2XR90TBZ", "?")]

    assert {one[0] for one in refused} == {422}
    assert len(set(map(str, refused))) == 1
    assert last.status_code == 429 and last["Retry-After"]
    assert len(set(map(str, stopped))) == 1
    # The right code isn't told from a wrong one either, and the words are those of any refusal.
    assert stopped[0][0] == 429 and stopped[0][2] == refused[0][2]
    assert door.CodeRefused().messages[0].replace("’", "'")[:20] in text_of(last)
    assert Candidate.objects.count() == 1


def test_a_new_browser_at_each_try_is_stopped_by_its_address():
    make.recruiting()
    seen = set()
    for _number in range(101):
        browser = as_(None)
        browser.get(DOOR)
        seen.add(browser.post(DOOR, {"code": "7KQ4M2XR90TBZ"}).status_code)

    assert seen == {422, 429}


def test_somebody_who_registers_leaves_the_tries_whole_for_the_next_at_the_same_device():
    made = make.recruiting()
    client = as_(None)
    client.get(DOOR)
    for code in made.print_letters(12):
        assert client.post(DOOR, {"code": code}).status_code == 303
        assert client.post(FORM, SAID).status_code == 303
        client.post(f"{DOOR}fin/", follow=True)

    assert Candidate.objects.count() == 12


def test_closing_leaves_nothing_on_the_device():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    client = let_in(code)
    client.post(FORM, SAID)

    closed = client.post(f"{DOOR}fin/")

    assert closed.status_code == 303
    assert client.get(RECEIPT).url == DOOR


def test_no_answer_and_no_name_is_in_the_journal():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    let_in(code).post(FORM, SAID)

    told = str(list(AuditEntry.objects.values()))
    assert all(word not in told for word in ("Canari", "femme", "step_free", "06 12", code))


# --- one's own page ----------------------------------------------------------------------------------------------------


def registered(made) -> tuple[Candidate, dict]:
    client = let_in(made.print_letters(1)[0])
    client.post(FORM, SAID)
    lines = dict(line.split(" ", 1) for line in client.get(f"{RECEIPT}fichier/").content.decode().splitlines()[:3])
    return Candidate.objects.get(), {"ticket": lines["Ticket"], "number": lines["Nombre"]}


def test_the_owner_takes_an_agreement_back_and_gives_another():
    one, proof = registered(make.recruiting())
    client = as_(None)

    opened = client.post(OWN, proof | {"number": proof["number"].lower().replace("-", " ")})
    page = text_of(client.get(OWN))
    client.post(f"{OWN}accord/", {"purpose": "pictures", "action": "take"})
    client.post(f"{OWN}accord/", {"purpose": "research", "action": "give"})
    client.post(f"{OWN}besoins/", {"needs": ["childcare"]})

    assert (opened.status_code, one.ticket in page, "Canari" in page) == (303, True, False)
    given = {each.purpose for each in one.consents.filter(withdrawn_at__isnull=True)}
    assert given == {ConsentPurpose.TAKE_PART, ConsentPurpose.RESEARCH}
    assert vault.opened(Accommodation.objects.get().ciphertext, vault.NEEDS) == ["childcare"]


def test_the_owner_withdraws_once_after_a_confirmation():
    one, proof = registered(make.recruiting())
    client = as_(None)
    client.post(OWN, proof)

    asked = text_of(client.get(f"{OWN}retrait/"))
    still = Candidate.objects.get().state
    answers = [client.post(f"{OWN}retrait/").status_code for _turn in range(2)]

    assert "C'est définitif" in asked and still == "volunteered"
    assert (answers, Candidate.objects.get().state) == ([303, 409], "withdrawn")
    assert client.post(f"{OWN}accord/", {"purpose": "pictures", "action": "give"}).status_code == 409
    assert "Vous ne participez plus" in text_of(client.get(OWN))


def test_a_wrong_ticket_and_a_wrong_number_are_refused_alike_then_limited():
    one, proof = registered(make.recruiting())
    client = as_(None)
    client.get(OWN)
    tried = [
        proof | {"number": "0" * 26}, proof | {"ticket": "P-00000"}, {"ticket": "?", "number": "?"},
        {"ticket": one.ticket, "number": "Z" * 26},
    ]  # fmt: skip
    answers = [client.post(OWN, each) for each in tried]
    for _turn in range(12):
        last = client.post(OWN, proof | {"number": "0" * 26})
    even_right = client.post(OWN, proof)

    assert {each.status_code for each in answers} == {422}
    assert all("n'ouvrent rien" in text_of(each) for each in answers)
    assert (last.status_code, even_right.status_code) == (429, 429)
    assert client.get(f"{OWN}retrait/").url == OWN


def test_the_owner_has_everything_erased_after_a_confirmation():
    one, proof = registered(make.recruiting())
    client = as_(None)
    client.post(OWN, proof)

    asked = text_of(client.get(f"{OWN}effacement/"))
    still = CandidateContact.objects.count()
    done = client.post(f"{OWN}effacement/")

    one.refresh_from_db()
    assert "C'est définitif" in asked and still == 1
    assert (done.status_code, done.url, one.state) == (303, DOOR, "erased")
    assert not CandidateContact.objects.exists() and not Consent.objects.exists()
    assert as_(None).post(OWN, proof).status_code == 422


def test_the_owner_writes_what_changed_of_how_they_are_reached_and_the_rest_stays_unseen():
    one, proof = registered(make.recruiting())
    client = as_(None)
    client.post(OWN, proof)

    page = client.get(f"{OWN}coordonnees/").content.decode()
    nothing = client.post(f"{OWN}coordonnees/", {"name": " ", "phone": ""})
    done = client.post(f"{OWN}coordonnees/", {"phone": "06 98 76 54 32", "email": "canari@exemple.fr"})

    assert not {word for word in ("Canari", "06 12 34 56 78", one.ticket) if word in page}
    assert (nothing.status_code, done.status_code, done.url) == (422, 303, OWN)
    said = vault.open_contact(CandidateContact.objects.get(candidate=one).ciphertext)
    assert (said.name, said.phone, said.email, said.town) == (
        "Canari Dupont", "06 98 76 54 32", "canari@exemple.fr", "Marvenne",
    )  # fmt: skip
    assert AuditEntry.objects.get(verb="panels.contact_changed").actor == ""


def test_a_bare_visitor_meets_no_gesture_of_somebody_s_page():
    client = as_(None)

    assert client.get(OWN).status_code == 200
    for path in ("besoins/", "coordonnees/", "retrait/", "effacement/"):
        assert client.get(OWN + path).url == OWN
    assert client.post(f"{OWN}accord/", {"purpose": "pictures"}).url == OWN


def test_once_erased_a_ticket_opens_nothing():
    from panels.services import erasing

    one, proof = registered(make.recruiting())
    erasing.erase_candidate(one)

    assert as_(None).post(OWN, proof).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_questions_cost_the_same_whatever_the_criteria(count, django_assert_num_queries):
    made = make.recruiting()
    for number in range(count):
        found = made.panel.criteria.create(key=f"autre-{number}", label=f"Autre {number}")
        found.values.create(key="a", label="A")
    client = let_in(made.print_letters(1)[0])
    client.get(FORM)
    with django_assert_num_queries(STATEMENTS):
        client.get(FORM)


STATEMENTS = 5


def test_a_visit_that_ends_at_a_kiosk_takes_the_code_and_the_receipt_away(rf):
    from django.http import HttpResponse

    from src.kiosk import visits

    wiped = visits.wipe(HttpResponse(), rf.get("/borne/fin/")).cookies[entrance.COOKIE]

    assert (wiped.value, wiped["path"], wiped["max-age"]) == ("", DOOR, 0)
