"""Results as people read them: figures, method in words, receipts, files, minutes; and what is never shown."""

import json
import re

import pytest
from django.http import HttpResponse

from src.participation.ballots import publication
from src.participation.ballots.enums import Method, Secrecy
from src.participation.ballots.views import results
from tests.factories.ballots import counted, opened

from .test_voting import page, text_of

pytestmark = pytest.mark.django_db

VOTES = {
    Method.APPROVAL: [[0, 1]] * 9 + [[1]] * 8 + [[2]] * 4 + [[]] * 2,
    Method.YES_NO: [[1]] * 12 + [[0]] * 9 + [[]] * 2,
    Method.GRADES: [[0, 2, 4, 6]] * 9 + [[1, 2, 5, 0]] * 8 + [[2, 2, -1, 3]] * 5 + [[]],
    Method.EQUAL_SHARES: [[0, 1]] * 9 + [[1, 2]] * 8 + [[0]] * 6,
}


@pytest.mark.parametrize("method", Method.values)
def test_each_method_tells_its_result_its_steps_and_its_table(as_, method):
    made = counted(VOTES[method], method=method, people=30, seats=2)

    read = text_of(page(as_(made.people[0]), made, "resultats/"))

    assert re.search(r"Personnes qui ont voté 23, soit \d+ %", read)
    assert "Comment on a compté" in read
    expected = {
        Method.APPROVAL: "Un garage à vélos",
        Method.YES_NO: "Le oui l'emporte.",
        Method.GRADES: "mention du milieu « Très bien »",
        Method.EQUAL_SHARES: "bulletins se partagent le budget",
    }
    assert expected[method] in read


@pytest.mark.parametrize("method", Method.values)
def test_minutes_and_csv_of_each_method_are_written(as_, method):
    made = counted(VOTES[method], method=method, people=30)
    client = as_(made.people[0])

    minutes = page(client, made, "proces-verbal/")
    export = page(client, made, "resultats/export.csv")
    table = b"".join(export.streaming_content).decode()

    assert (minutes.status_code, export.status_code) == (200, 200)
    assert "Personnes qui ont voté" in table


def test_the_minutes_of_a_secret_vote_name_those_who_hold_its_keys(as_, monkeypatch):
    made = counted([[0]] * 9 + [[1]] * 6, secrecy=Secrecy.SECRET, people=30)
    monkeypatch.setattr(results.documents, "pdf_or_html_response", lambda html, _name: HttpResponse(html))

    minutes = page(as_(made.people[0]), made, "proces-verbal/")

    names = [holder.get_full_name() for holder in made.holders]
    assert minutes.status_code == 200 and len(names) == 3
    assert [name for name in names if name not in minutes.content.decode()] == []


def test_few_votes_tell_nothing_but_the_turnout(as_):
    made = counted([[0]] * 10)

    read = text_of(page(as_(made.people[0]), made, "resultats/"))

    assert "Moins de 11 votes : aucun chiffre n'est affiché" in read
    assert "Voix par proposition" not in read


def test_unanimity_is_told_as_more_than_ninety_percent(as_):
    made = counted([[0]] * 20, most_choices=1)

    read = text_of(page(as_(made.people[0]), made, "resultats/"))

    assert "plus de 90 %" in read
    assert "100 %" not in read.replace("soit 80 %", "")


def test_without_the_quorum_nothing_is_retained(as_):
    made = counted([[0]] * 12 + [[1]] * 3, people=40, quorum_percent=50)

    read = text_of(page(as_(made.people[0]), made, "resultats/"))

    assert "Le quorum de 50 % n'est pas atteint : rien n'est retenu." in read.replace("\u202f", " ")
    assert "Proposition retenue" not in read


def test_results_are_nowhere_before_the_count(as_):
    made = opened(secrecy=Secrecy.SECRET)
    made.cast_all([[0]] * 21)
    made.close()

    with made.once_over():
        client = as_(made.people[0])
        codes = {
            page(client, made, path).status_code
            for path in ("resultats/", "resultats/export.csv", "recus/", "recompter/", "proces-verbal/")
        }
        codes.add(page(client, made, "fichiers/resultats.json/").status_code)

    assert codes == {404}


def test_a_receipt_is_found_in_the_list_however_it_is_typed(as_):
    made = opened(secrecy=Secrecy.SECRET)
    with made.while_open():
        receipt = made.cast(made.people[0], [0])
    made.cast_all([[1]] * 0)
    with made.while_open():
        for person in made.people[1:15]:
            made.cast(person, [1])
    made.close()
    made.count()
    with made.once_over():
        client, address = as_(made.people[1]), f"/scrutins/{made.ballot.reference}/recus/"
        whole = text_of(client.get(address))
        found = text_of(client.post(address, {"receipt": receipt.lower().replace("-", " ")}))
        lost = text_of(client.post(address, {"receipt": "0000-0000-0000"}))

    assert receipt in whole
    assert "Ce reçu est dans la liste : ce vote a été compté." in found
    assert "Ce reçu n'est pas dans la liste." in lost


def test_files_are_given_byte_for_byte_and_the_page_prints_their_fingerprint(as_):
    made = counted(VOTES[Method.APPROVAL], secrecy=Secrecy.SECRET, people=30)
    client = as_(made.people[0])

    with made.once_over():
        client = as_(made.people[0])
        read = text_of(page(client, made, "recompter/"))
        given = page(client, made, "fichiers/resultats.json/")
        nothing = page(client, made, "fichiers/..%2Fsettings.py/")

    assert publication.fingerprint(made.ballot) in read
    assert json.loads(given.content)["reference"] == made.ballot.reference
    assert given.content == publication.files(made.ballot)["resultats.json"]
    assert nothing.status_code == 404


def test_a_visitor_of_a_space_of_agents_finds_nothing(as_):
    made = counted(VOTES[Method.APPROVAL], people=30)

    assert page(as_(None), made, "resultats/").status_code == 404
