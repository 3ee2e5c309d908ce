"""Registrations that a facilitator types: by telephone, met without a letter, on paper by two people."""

import pytest

from panels.enums import ListKind
from panels.models import Candidate, GuardianConsent, PaperEntry
from src.foundations.models import AuditEntry
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

from .screens import as_, text_of
from .test_registering_screens import SAID

pytestmark = pytest.mark.django_db
DESK = "/panels/atelier/accueil/"
PHONE, PAPERS = f"{DESK}saisie/", f"{DESK}papiers/"
MET = (("electeurs", ListKind.ELECTORS, None), ("amis", ListKind.PARTNERS, None))


def token_of(client) -> str:
    import re

    return re.search(r'name="token" value="([^"]+)"', client.get(PHONE).content.decode())[1]


def test_by_telephone_once_it_was_read_back():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    client = as_(made.facilitator)
    said = SAID | {"code": code, "token": token_of(client)}

    unread = client.post(PHONE, said)
    kept = [client.post(PHONE, said | {"read_back": "on"}).status_code for _turn in range(2)]
    page = client.get(f"{PHONE}recu/")

    one = Candidate.objects.get()
    assert unread.status_code == 422 and "Relisez" in text_of(unread) and "Canari Dupont" in unread.content.decode()
    assert (kept, one.channel, one.entered_by) == ([303, 303], "phone", made.facilitator)
    assert one.ticket in text_of(page) and "Canari" not in text_of(page) and "Femme" not in text_of(page)
    # The next person begins with an empty page, and the number before is not shown any more.
    assert "Canari" not in client.get(PHONE).content.decode()
    assert client.get(f"{PHONE}recu/").status_code == 303


def test_met_without_a_letter_for_the_lists_that_allow_it_once():
    made = make.recruiting(lists=MET)
    client = as_(made.facilitator)
    said = SAID | {"read_back": "on", "token": token_of(client)}

    nowhere = client.post(PHONE, said)
    not_that_list = client.post(PHONE, said | {"source_list": "electeurs"})
    kept = [client.post(PHONE, said | {"source_list": "amis"}).status_code for _turn in range(2)]

    assert (nowhere.status_code, not_that_list.status_code, kept) == (422, 422, [303, 303])
    assert Candidate.objects.get().source_list.slug == "amis"


def test_a_code_that_opens_nothing_is_told_beside_the_code():
    made = make.recruiting()
    client = as_(made.facilitator)
    said = SAID | {"read_back": "on", "code": "7KQ4M2XR90TBZ"}

    answers = [client.post(PHONE, said) for _turn in range(11)]
    on_paper = client.post(f"{PAPERS}saisir/", said)

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert all("Ce code ne peut pas servir" in text_of(answer) for answer in [*answers, on_paper])
    assert (on_paper.status_code, Candidate.objects.count()) == (429, 0)


def test_a_desk_registers_more_than_ten_people_an_hour():
    made = make.recruiting()
    client = as_(made.facilitator)

    for code in made.print_letters(12):
        said = SAID | {"read_back": "on", "code": code, "token": token_of(client)}
        assert client.post(PHONE, said).status_code == 303


def test_a_guardian_is_kept_for_young_people_alone():
    made = make.recruiting(lists=(("jeunes", ListKind.MINORS, 2), ("electeurs", ListKind.ELECTORS, None)))
    grown, young = made.print_letters(1)[0], made.print_letters(1, on="jeunes")[0]
    client = as_(made.facilitator)
    said = SAID | {"read_back": "on", "guardian_name": "Paul Dupont", "guardian_agrees": "on"}

    for code in (grown, young):
        assert client.post(PHONE, said | {"code": code, "token": token_of(client)}).status_code == 303

    assert GuardianConsent.objects.get().candidate.is_minor


def test_a_paper_is_typed_by_two_people_who_agree():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    first, second = as_(made.facilitator), as_(made.second)
    said = SAID | {"code": code}

    typed = first.post(f"{PAPERS}saisir/", said)
    entry = PaperEntry.objects.get()
    again = f"{PAPERS}{entry.reference}/relire/"
    by_the_same = first.post(again, said).status_code
    blind = second.get(again)
    differs = second.post(again, said | {"criterion-genre": "homme", "town": "Ailleurs"})
    still = Candidate.objects.count()
    agrees = second.post(again, said)
    gone = second.post(again, said).status_code

    assert typed.status_code == 303 and by_the_same == 409
    assert "Canari" not in blind.content.decode() and "checked" not in blind.content.decode()
    words = text_of(differs)
    assert differs.status_code == 422 and words.count("diffèrent ici") >= 2 and still == 0
    # The first typing stays unseen; the second keeps what it typed.
    assert "Ailleurs" in differs.content.decode()
    one = Candidate.objects.get()
    assert (agrees.status_code, one.channel, one.entered_by, one.checked_by, gone) == (
        303, "paper", made.facilitator, made.second, 404,
    )  # fmt: skip
    assert one.ticket in text_of(second.get(f"{PHONE}recu/"))


def test_a_typing_is_forgotten_after_a_confirmation():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    client = as_(made.facilitator)
    client.post(f"{PAPERS}saisir/", SAID | {"code": code})
    entry = PaperEntry.objects.get()
    listed = text_of(client.get(PAPERS))

    asked = text_of(client.get(f"{PAPERS}{entry.reference}/oublier/"))
    done = client.post(f"{PAPERS}{entry.reference}/oublier/")

    assert entry.reference in listed and "Canari" not in listed
    assert "Oublier cette saisie" in asked
    assert (done.status_code, PaperEntry.objects.count()) == (303, 0)


def test_everything_missing_of_a_paper_is_told_at_once():
    made = make.recruiting()

    answer = as_(made.facilitator).post(f"{PAPERS}saisir/", {"town": "Marvenne"})

    words = text_of(answer)
    assert answer.status_code == 422 and 'value="Marvenne"' in answer.content.decode()
    for told in ("Écrivez un nom", "Genre : choisissez une réponse", "Saisissez le code"):
        assert told in words, told


def test_the_form_to_fill_in_has_every_question():
    made = make.recruiting()

    answer = as_(made.facilitator).get(f"{PAPERS}feuille/")

    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(b"%PDF")


def test_nobody_types_once_registration_is_closed():
    made = make.pooled(1)
    client = as_(made.facilitator)

    assert {client.get(one).status_code for one in (PHONE, f"{PAPERS}saisir/")} == {409}
    assert client.post(PHONE, SAID).status_code == 409
    assert client.get(PAPERS).status_code == 200


def test_only_those_who_type_meet_these_pages():
    made, other = make.recruiting(), make.recruiting(slug="autre")
    (code,) = made.print_letters(1)
    as_(made.facilitator).post(f"{PAPERS}saisir/", SAID | {"code": code})
    paper = f"{PAPERS}{PaperEntry.objects.get().reference}/"
    pages = [
        PHONE,
        f"{PHONE}recu/",
        PAPERS,
        f"{PAPERS}saisir/",
        f"{PAPERS}feuille/",
        f"{paper}relire/",
        f"{paper}oublier/",
    ]

    for person in (made.guarantor, made.keeper, made.administrator, other.facilitator, AgentFactory()):
        client = as_(person)
        assert {client.get(one).status_code for one in pages} == {404}
        assert {client.post(one, SAID).status_code for one in (PHONE, f"{paper}relire/", f"{paper}oublier/")} == {404}
    assert {as_(None).get(one).status_code for one in pages} == {302}
    crossed = f"/panels/atelier/autre/papiers/{PaperEntry.objects.get().reference}/oublier/"
    assert as_(other.facilitator).post(crossed).status_code == 404
    assert PaperEntry.objects.count() == 1


def test_nothing_typed_is_in_the_journal():
    made = make.recruiting()
    (code,) = made.print_letters(1)
    as_(made.facilitator).post(f"{PAPERS}saisir/", SAID | {"code": code})

    told = str(list(AuditEntry.objects.values()))
    assert all(word not in told for word in ("Canari", "femme", code))
