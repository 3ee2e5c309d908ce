"""A process killed -9 at each step of the opening, of a vote, of the closing, of the opening of the urn, of the count.

What was begun is there whole or not at all; done again, it gives the same.
"""

import importlib
import os
import signal
import time

import pytest
import time_machine
from django.db import connection

from src.directory.models import User
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.participation.ballots import services
from src.participation.ballots.enums import State
from src.participation.ballots.models import (
    Ballot,
    CountedBox,
    Elector,
    HalfOpened,
    PairBox,
    PaperBox,
    RollEntry,
    SealedBox,
)
from src.participation.ballots.rules import state_of
from tests.factories import ballots as make

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

HERE = "src.participation.ballots.services"


def killed(verb: str, where: str, made, *, at, actor=None, after=False, **given) -> None:
    """Run the gesture in a process of its own, and kill it -9 inside (or right after) that function."""
    module, _colon, names = where.partition(":")
    # The two processes must not speak on one connection: each opens its own.
    connection.close()
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        try:
            _stop_in(module, names.split("."), after, lambda: os.write(told, b"here"))
            if actor is not None:
                given["actor"] = User.objects.get(pk=actor.pk)
            with time_machine.travel(at, tick=True):
                getattr(services, verb)(ballot=Ballot.objects.for_pages().get(pk=made.ballot.pk), **given)
        finally:
            os._exit(1)
    os.close(told)
    try:
        assert os.read(heard, 4) == b"here"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(heard)


def _stop_in(module: str, names: list[str], after: bool, tell) -> None:
    """Have a function say that it is reached, and wait."""
    owner = importlib.import_module(module)
    for one in names[:-1]:
        owner = getattr(owner, one)
    whole = getattr(owner, names[-1])

    def stop(*args, **kwargs):
        if after:
            whole(*args, **kwargs)
        tell()
        time.sleep(120)

    setattr(owner, names[-1], stop)


def rows() -> dict[str, int]:
    return {
        model.__name__: model.objects.count()
        for model in (Elector, PairBox, RollEntry, SealedBox, CountedBox, HalfOpened, PaperBox)
    } | {"journal": AuditEntry.objects.filter(verb__startswith="ballots.").count()}


@pytest.mark.parametrize(
    ("where", "after"),
    [
        (f"{HERE}.opening:freeze_list", True),
        (f"{HERE}.opening:make_keys", False),
        (f"{HERE}.opening:make_keys", True),
        ("src.participation.ballots.models:Ballot.save", True),
        (f"{HERE}.opening:journal.record", True),
    ],
)
def test_killed_while_opening_nothing_is_frozen(where, after):
    made = make.prepared(secrecy="secret", people=25)
    before = rows()

    killed("open_ballot", where, made, at=clock.now(), actor=made.organiser, after=after)

    assert rows() == before and state_of(made.again()) == State.PREPARED and made.ballot.public_key is None
    made.open()
    assert rows() == before | {"Elector": 29, "PairBox": 6, "journal": before["journal"] + 1}


@pytest.mark.parametrize(
    ("where", "after"),
    [
        ("src.participation.ballots.models:RollEntry.save", True),
        ("src.participation.ballots.models:SealedBox.save", False),
        ("src.participation.ballots.models:SealedBox.save", True),
        (f"{HERE}.casting:boxes.receipt_of", False),
    ],
)
def test_killed_while_voting_the_vote_is_in_or_not_and_the_same_sending_says_so(where, after):
    made = make.opened(secrecy="secret")
    person, box = made.people[0], made.box([0])

    killed("cast_secret", where, made, at=made.ballot.opens_at, actor=person, after=after, box=box)

    committed = "receipt" in where
    assert made.counts() == ((1, 1, 0, 0) if committed else (0, 0, 0, 0))
    with made.while_open():
        assert services.cast_secret(actor=person, ballot=made.ballot, box=box)
    assert made.counts() == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("where", "after"),
    [
        ("src.participation.ballots.models:Ballot.save", True),
        (f"{HERE}.closing:take_out", False),
        (f"{HERE}.closing:take_out", True),
        (f"{HERE}.telling:urn_waits", True),
        (f"{HERE}.closing:journal.record", True),
    ],
)
def test_killed_while_closing_the_urn_is_whole(where, after):
    made = make.opened(secrecy="secret")
    made.cast_all([[0], [1]] * 7)
    before, sealed = rows(), set(SealedBox.objects.values_list("digest", flat=True))

    killed("close_ballot", where, made, at=made.ballot.closes_at, after=after)

    assert rows() == before and made.again().closed_at is None
    made.close()
    assert set(CountedBox.objects.values_list("digest", flat=True)) == sealed and not SealedBox.objects.exists()
    made.count()
    assert made.ballot.result["total"]["counts"][:2] == [7, 7]


@pytest.mark.parametrize(
    ("where", "after"), [(f"{HERE}.keys:journal.record", False), (f"{HERE}.keys:journal.record", True)]
)
def test_killed_while_a_first_holder_opens(where, after):
    made = make.opened(secrecy="secret")
    made.cast_all([[0]] * 12)
    made.close()
    halves = {place: bytes([place]) * 80 for place in (2, 3)}

    killed("half_open", where, made, at=made.ballot.closes_at, actor=made.holders[0], after=after, boxes=halves)

    assert not HalfOpened.objects.exists()
    made.count()
    assert HalfOpened.objects.count() == 2 and made.ballot.result["total"]["ballots"] == 12


@pytest.mark.parametrize(
    ("where", "after"),
    [
        (f"{HERE}.counting:take_out", True),
        (f"{HERE}.counting:_choice_in", True),
        (f"{HERE}.counting:publication.result_of", False),
        ("src.participation.ballots.models:Ballot.save", True),
        (f"{HERE}.telling:figures_told", True),
        (f"{HERE}.counting:_write", True),
    ],
)
def test_killed_while_counting_no_figure_is_told_and_a_rerun_gives_the_same(where, after):
    made = make.opened(secrecy="secret")
    made.cast_all([[0], [0, 1], []] * 5)
    made.close()
    with made.once_over():
        made.half_open(0)
    key, before = made.urn_key(1), rows()

    killed("count_secret", where, made, at=made.ballot.closes_at, actor=made.holders[1], after=after, secret_key=key)

    assert rows() == before and made.again().result is None
    with made.once_over():
        services.count_secret(actor=made.holders[1], ballot=made.ballot, secret_key=key)
        drain_outbox()
    total = made.again().result["total"]
    # All ten who chose took the first: that is told, without the count.
    assert (total["ballots"], total["blank"], total["over_90"], total["counts"][1]) == (15, 5, [0], 5)
