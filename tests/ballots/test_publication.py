"""What is published of a counted ballot, and that it stays as the minutes print it."""

import datetime
import hashlib
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from src.foundations.testing import drain_outbox
from src.participation.ballots import boxes, method_words, publication, results_reading, services
from src.participation.ballots.enums import Majority, Method, Secrecy
from src.participation.ballots.models import CountedBox
from src.participation.published import published_tables
from tests.factories import ballots as make

from .counting_stand_ins import counted_ballot, rules, tally_of

# What the minutes of a ballot already counted print: whoever changes these bytes changes that paper.
FIRST_FINGERPRINT = "9d184989cb693226361e16cd5362f737c7637a40386802f2254d6519e8d4d30b"


def example():
    spec = rules(Method.APPROVAL, ("Des bancs à l'ombre", "Un garage à vélos"), most_choices=2)
    return counted_ballot(spec, tally_of(spec, [([0], 8), ([0, 1], 7), ([1], 3), []]), electors=40)


def test_the_files_of_a_ballot_counted_before_are_the_same_bytes():
    ballot = example()

    assert publication.fingerprint(ballot) == FIRST_FINGERPRINT


def test_the_figures_are_told_with_their_rules():
    told = json.loads(publication.files(example())[publication.RESULTS])

    assert told == {
        "v": 1,
        "reference": "K7M2Q9",
        "title": "Ce qu'on installe au dépôt",
        "question": "Que faut-il installer d'abord ?",
        "secrecy": "simple",
        "rules": {
            "method": "approval", "labels": ["Des bancs à l'ombre", "Un garage à vélos"], "costs": [0, 0],
            "most_choices": 2, "seats": 1, "budget": 0, "majority": "most", "quorum_percent": 0,
        },
        "electors": 40,
        "voted": 19,
        "voted_on_paper": None,
        "ballots": 19,
        "total": {"ballots": 19, "blank": 1, "void": 0, "counts": [15, 10]},
        "outcome": {
            "quorum_met": None, "ranking": [0, 1], "ranks": [1, 2], "majority_met": [True, True], "retained": [0],
            "tied": [], "steps": [],
        },
    }  # fmt: skip


def test_the_fingerprint_is_that_of_the_manifest_and_the_manifest_holds_those_of_the_files():
    files = publication.files(example())

    manifest = json.loads(files[publication.MANIFEST])
    results = files[publication.RESULTS]
    assert manifest == {
        "v": 1,
        "files": {publication.RESULTS: {"sha256": hashlib.sha256(results).hexdigest(), "bytes": len(results)}},
    }
    assert publication.fingerprint(example()) == hashlib.sha256(files[publication.MANIFEST]).hexdigest()
    assert set(files) == {publication.RESULTS, publication.MANIFEST, publication.SCRIPT}


@pytest.mark.parametrize("method", Method.values)
def test_every_method_is_told_in_full_with_its_source(method):
    ballot = counted_ballot(rules(method, ("a", "b"), costs=(1, 2), budget=2), tally_of(rules(method, "ab"), []))

    for majority in Majority.values:
        ballot.majority = majority
        told = method_words.method_sentences(ballot)
        assert any("Source" in sentence for sentence in told)
        assert len(told) == len(set(told)) >= 3


@pytest.mark.django_db
class TestSecret:
    @pytest.fixture
    def made(self):
        return make.counted([[0], [0, 1], [1], []] * 4, secrecy=Secrecy.SECRET)

    def test_receipts_are_sorted_and_those_of_the_boxes(self, made):
        digests = CountedBox.objects.filter(ballot=made.ballot).values_list("digest", flat=True).order_by("?")

        told = publication.receipts(made.ballot)

        assert told == sorted(boxes.receipt_of(digest) for digest in digests)
        assert len(told) == 16
        assert publication.files(made.ballot)[publication.RECEIPTS].decode() == "".join(f"{one}\n" for one in told)

    @pytest.mark.parametrize("method", [Method.APPROVAL, Method.GRADES])
    def test_a_count_asks_no_statement_of_each_vote(self, method):
        choice = [0, 1, 2, 6] if method == Method.GRADES else [0]
        asked = []
        for number in (12, 22):
            made = make.opened(secrecy=Secrecy.SECRET, method=method, title=f"{number} votes", people=25)
            made.people = made.people[:number]
            made.cast_all([choice] * number)
            made.close()
            with made.once_over():
                made.half_open()
                urn = made.urn_key()
                with CaptureQueriesContext(connection) as statements:
                    services.count_secret(actor=made.holders[1], ballot=made.ballot, secret_key=urn)
                drain_outbox()
            asked.append(len(statements))

        assert asked[0] == asked[1]

    def test_the_boxes_are_given_to_those_who_audit_alone(self, made):
        assert publication.URN not in publication.files(made.ballot)
        assert len(publication.files(made.ballot, with_urn=True)[publication.URN]) == 16 * boxes.BOX_BYTES

    def test_what_the_minutes_print_stays_when_the_keys_are_gone(self, made):
        before = publication.fingerprint(made.ballot)
        results = publication.files(made.ballot)[publication.RESULTS]

        after = datetime.datetime.combine(
            made.ballot.disputed_until + datetime.timedelta(days=2), datetime.time(12), datetime.UTC
        )
        services.destroy_due(after)
        drain_outbox()

        ballot = made.again()
        assert ballot.keys_destroyed_at == after
        assert publication.fingerprint(ballot) == before
        assert publication.files(ballot, with_urn=True).keys() == {
            publication.RESULTS, publication.MANIFEST, publication.SCRIPT,
        }  # fmt: skip
        assert publication.files(ballot)[publication.RESULTS] == results

    def test_who_holds_a_key_takes_the_boxes_and_nobody_else(self, made, as_):
        address = f"{made.ballot.get_absolute_url()}fichiers/{publication.URN}/"

        assert as_(made.people[0]).get(address).status_code == 404
        assert as_(made.organiser).get(address).status_code == 404
        answer = as_(made.holders[0]).get(address)
        assert (answer.status_code, len(answer.content)) == (200, 16 * boxes.BOX_BYTES)
        assert answer["Content-Disposition"] == f'attachment; filename="{publication.URN}"'


@pytest.mark.django_db
def test_the_registry_attacks_the_voters_by_channel(settings):
    (table,) = [one for one in published_tables() if one.name == "ballots.channels"]
    made = make.counted([[0], [1]] * 7)
    assert list(table.read()) == []

    spec = rules(Method.APPROVAL, make.LABELS)
    web, paper = tally_of(spec, [([0], 14), ([1], 6)]), tally_of(spec, [([0], 7), ([1], 5)])
    other = make.opened(title="Autre", people=1)
    told = publication.result_of(other.ballot, web=web, paper=paper, electors=90, voted=32, voted_on_paper=12)
    type(other.ballot).objects.filter(pk=other.ballot.pk).update(
        result=told, counted_at=made.ballot.counted_at, closed_at=made.ballot.closed_at
    )

    assert list(table.read()) == [{"web": 20, "paper": 12}]


def test_channels_and_ties_are_read_on_the_page():
    spec = rules(Method.EQUAL_SHARES, ("un banc", "un vélo", "de l'eau"), costs=(60, 60, 10), budget=220)
    ballot = counted_ballot(
        spec, tally_of(spec, [([0], 10), ([1], 10), ([2], 9)]), tally_of(spec, [([0], 6), ([1], 6), ([2], 5)])
    )

    reading = results_reading.read(ballot)

    channels = reading.tables[-1]
    assert [row[1:] for row in channels.rows[-1:]] == [["29", "17", "46"]]
    assert any("lot" in step or "tirage" in step for step in reading.steps)
