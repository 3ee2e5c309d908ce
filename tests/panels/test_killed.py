"""A process killed -9 while a table is made, and while a draw is sealed: whole or not at all, and a rerun says the same."""

import datetime
import importlib
import os
import signal
import time

import pytest
from django.db import connection

from panels import lottery, proof
from panels.enums import Beacon, CandidateState, DrawState
from panels.models import Draw, DrawTable
from panels.pool import lottery_pool, people_of
from panels.services import drawing
from src.directory.models import User
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from tests.factories import panels as make

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]
HERE = "panels.services.drawing"


def killed(gesture, where: str, *, after: bool, at_call: int = 1) -> None:
    """Run the gesture in a process of its own, and kill it -9 inside (or right after) a call of that function."""
    # The two processes must not speak on one connection: each opens its own.
    connection.close()
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        try:
            _stop_in(where, after, at_call, lambda: os.write(told, b"here"))
            gesture()
        finally:
            os._exit(1)
    os.close(told)
    try:
        assert os.read(heard, 4) == b"here", "the gesture ended before it was killed"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(heard)


def _stop_in(where: str, after: bool, at_call: int, tell) -> None:
    """Have a function say that it is reached for the nth time, and wait."""
    module, _colon, names = where.partition(":")
    *path, last = names.split(".")
    owner = importlib.import_module(module)
    for name in path:
        owner = getattr(owner, name)
    whole, calls = getattr(owner, last), []

    def stop(*args, **kwargs):
        calls.append(1)
        if len(calls) < at_call:
            return whole(*args, **kwargs)
        if after:
            whole(*args, **kwargs)
        tell()
        time.sleep(60)
        return None

    setattr(owner, last, stop)


def rows() -> tuple:
    return (
        list(Draw.objects.values_list("state", "seal", "table_sha256")),
        DrawTable.objects.count(),
        AuditEntry.objects.filter(verb__in=["panels.draw_checked", "panels.draw_sealed"]).count(),
    )


@pytest.mark.parametrize(
    ("where", "after", "at_call"),
    [
        ("panels.lottery.drawing:Oracle.panel", True, 15),
        (f"{HERE}:_refuse_if_moved", False, 1),
        ("panels.models:DrawTable.save", True, 1),
        (f"{HERE}:record", True, 1),
    ],
)
def test_killed_while_the_table_is_made_nothing_of_it_stays_and_a_rerun_gives_the_same(where, after, at_call):
    made = make.pooled(20, seats=4)
    draw = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=60)
    before = rows()

    killed(lambda: drawing.make_table(draw=Draw.objects.get(pk=draw.pk)), where, after=after, at_call=at_call)

    assert rows() == before and before[0] == [(DrawState.DRAFT, "", "")]
    drain_outbox()
    found = Draw.objects.get()
    assert (found.state, DrawTable.objects.count()) == (DrawState.CHECKED, 1)
    assert drawing.files_of(found)["table"] == never_killed(found)


def never_killed(draw) -> bytes:
    """What a worker that nobody kills makes of the same people, quotas and number."""
    people = people_of(draw.panel, (CandidateState.IN_POOL,))
    leaves, quotas = drawing.files_of(draw)["leaves"], drawing.files_of(draw)["quotas"]
    seed = proof.seed_of(proof.root_of(list(proof.read_leaves(leaves).values())), quotas, draw.number)
    made = lottery.draw(lottery_pool(draw.panel, people), panels=draw.rows, seed=bytes.fromhex(seed))
    return proof.table_file(made.rows)


@pytest.mark.parametrize(
    ("where", "after"),
    [
        (f"{HERE}:_refuse_if_moved", True),
        (f"{HERE}:_move", True),
        (f"{HERE}:record", True),
    ],
)
def test_killed_while_it_is_sealed_nothing_is_sealed_and_a_rerun_seals_once(where, after):
    made = make.pooled(20, seats=4)
    draw = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=60)
    drain_outbox()
    before = rows()

    def seal():
        return drawing.seal_draw(
            actor=User.objects.get(pk=made.organiser.pk),
            draw=Draw.objects.get(pk=draw.pk),
            beacon=Beacon.PUBLIC_NUMBER,
            beacon_name="Loto",
            beacon_on=clock.today() + datetime.timedelta(days=1),
            no_chance_because="Les quotas.",
        )

    killed(seal, where, after=after)

    assert rows() == before and before[0][0][:2] == (DrawState.CHECKED, "")
    sealed = seal()
    assert rows()[0] == [(DrawState.SEALED, sealed.seal, sealed.table_sha256)]
    assert AuditEntry.objects.filter(verb="panels.draw_sealed").count() == 1
