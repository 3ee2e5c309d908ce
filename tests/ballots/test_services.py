"""The life of a ballot by its services: rules frozen, one vote each, closed boxes, figures written once."""

import pytest

from src.foundations import guards
from src.participation.ballots import rules
from src.participation.ballots.enums import Method, Secrecy, State
from src.participation.ballots.models import CountedBox, Elector, PairBox, SealedBox
from tests.factories import ballots as make

METHODS = [(method, secrecy) for method in Method for secrecy in Secrecy]
CHOICES = {
    Method.APPROVAL: [[0], [0, 1], [], [3]],
    Method.YES_NO: [[1], [0], [], [1]],
    Method.GRADES: [[0, 1, 2, -1], [], [6, 6, 6, 6], [3, -1, -1, 0]],
    Method.EQUAL_SHARES: [[0, 1, 2], [], [3], [1]],
}


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "secrecy"), METHODS)
def test_a_whole_life(method, secrecy):
    made = make.opened(method=method, secrecy=secrecy, people=24)
    assert rules.state_of(made.ballot) == State.READY
    assert Elector.objects.filter(ballot=made.ballot).count() == 24 + 1 + 3 * made.ballot.is_secret
    made.cast_all(CHOICES[method] * 4)

    made.close()
    if made.ballot.is_secret:
        assert rules.state_of(made.ballot) == State.CLOSED
        assert (PairBox.objects.count(), SealedBox.objects.count(), CountedBox.objects.count()) == (6, 0, 16)
        made.count()

    assert rules.state_of(made.ballot) == State.COUNTED
    assert (made.ballot.result["voted"], made.ballot.result["total"]["ballots"]) == (16, 16)
    assert made.ballot.result["total"]["blank"] == 4


@pytest.mark.django_db
def test_the_guards_are_in_place():
    ours = {name for name in guards.declared() if "ballots_" in name}
    assert len(ours) > 40
    assert ours <= guards.installed()
