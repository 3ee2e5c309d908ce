"""What somebody is given of their votes, what is forgotten when they leave, and what goes with time."""

import datetime

import pytest

from src.foundations import clock, personal_data
from src.foundations.personal_data import declaration_of
from src.participation.ballots import services
from src.participation.ballots.enums import Method, Secrecy
from src.participation.ballots.models import Elector, KeyHolder, PaperBatch, RollEntry, SimpleVote
from tests.factories import ballots as make
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "choice", "words"),
    [
        (Method.APPROVAL, [0, 2], [make.LABELS[0], make.LABELS[2]]),
        (Method.YES_NO, [1], ["Oui"]),
        (Method.GRADES, [0, -1, 6, -1], [f"{make.LABELS[0]} : Excellent", f"{make.LABELS[2]} : À rejeter"]),
        (Method.EQUAL_SHARES, [], ["Blanc"]),
    ],
)
def test_one_is_told_one_s_own_simple_choice_while_it_lasts(method, choice, words):
    made = make.opened(method=method, people=14)
    made.cast_all([choice] * 12)
    export = declaration_of(SimpleVote).export

    assert list(export(made.people[0])) == [{"ballot": made.ballot.title, "choice": words}]
    assert list(export(made.people[13])) == []
    made.close()
    with made.at(made.again().counted_at + datetime.timedelta(days=32)):
        services.destroy_due(clock.now())
    assert list(export(made.people[0])) == []


def test_of_a_secret_vote_one_is_told_that_one_voted():
    made = make.opened(secrecy=Secrecy.SECRET)
    made.cast_all([[0]])
    given = personal_data.export_of(made.people[0])
    assert given["ballots.RollEntry"] == [{"ballot": made.ballot.title, "channel": "Site"}]
    assert given["ballots.Elector"] == [{"ballot": made.ballot.title}]
    assert "ballots.SimpleVote" not in given and "ballots.SealedBox" not in given
    held = personal_data.export_of(made.holders[0])["ballots.KeyHolder"]
    assert held == [{"ballot": made.ballot.title, "rehearsed_on": clock.today()}]


def test_lists_and_roll_go_three_months_after_the_closing_not_before_the_count(settings):
    made, waiting = make.counted([[0]] * 12), make.opened(secrecy=Secrecy.SECRET)
    waiting.cast_all([[0]] * 3)
    waiting.close()
    kept = declaration_of(RollEntry), declaration_of(Elector)

    def purged(days, apply=True):
        return [one.purge(made.ballot.closed_at + datetime.timedelta(days=days), apply) for one in kept]

    assert purged(92) == [0, 0]
    assert purged(93, apply=False) == [12, made.ballot.electors.count()]
    purged(93)
    assert set(RollEntry.objects.values_list("ballot", flat=True)) == {waiting.ballot.pk}
    assert set(Elector.objects.values_list("ballot", flat=True)) == {waiting.ballot.pk}
    assert made.again().result["voted"] == 12


def test_erased_everywhere_and_the_numbers_hold():
    made, place = make.opened(secrecy=Secrecy.SECRET, people=25), UnitFactory()
    made.cast_all([[0]] * 12)
    typist = make.AgentFactory(roles=[("facilitator", place)])
    with made.while_open():
        RollEntry.objects.create(ballot=made.ballot, person=made.people[20], channel="paper", place=place)
        services.type_papers(actor=typist, ballot=made.ballot, place=place, votes=[[0]])
    assert personal_data.export_of(typist)["ballots.PaperBatch"][0]["papers"] == 1
    for person in (typist, made.people[0], made.people[20], made.holders[2]):
        personal_data.erase(person)
    assert PaperBatch.objects.get().typed_by is None
    assert (RollEntry.objects.count(), RollEntry.objects.filter(person=None).count()) == (13, 2)
    assert KeyHolder.objects.filter(person=None).count() == 1
