"""The fault campaign in small: everything that may be killed is, while people write (the whole: ``make faults``)."""

import random
import tempfile
import time
from pathlib import Path

import pytest

from tests.faults import ledger
from tests.faults.campaign import Campaign, Size, forget
from tests.faults.services import missing

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
SIZE = Size(seconds=18, gestures=6, pages=2, visitors=12, agents=120, ideas=40, comments=40)


@pytest.fixture(scope="module")
def campaign():
    """A small city on services of its own, in a folder that PostgreSQL's own account may enter."""
    if reason := missing():
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="terrain-faults-"))
    campaign = Campaign(folder, SIZE, settings="tests.faults.settings")
    try:
        campaign.open()
        yield campaign
    finally:
        campaign.close(forgotten=True)
        forget(folder)


@pytest.fixture(scope="module")
def told(campaign):
    """What people met, and what the database holds, once workers, relay, Redis and PostgreSQL were killed."""
    campaign.start(tick=False)
    crowd, rng = campaign.crowd("short"), random.Random(3)

    def harm():
        until = time.monotonic() + SIZE.seconds
        for turn in range(1_000):
            if time.monotonic() >= until:
                break
            campaign.app.kill_web_worker(rng)
            if turn == 1:
                campaign.app.kill("relay")
                campaign.redis.kill()
            if turn == 2:
                campaign.cluster.stop("immediate")
                time.sleep(3)
                campaign.cluster.start()
            if turn == 3:
                campaign.app.kill("rq0")
                campaign.redis.start()
                campaign.redis.ask("FLUSHALL")
            time.sleep(2)

    met = campaign.while_they_write(crowd, harm, kinds={"idea": 1, "comment": 1, "support": 2})
    return crowd, met, campaign.verdict(crowd, met)


def test_nothing_that_was_told_received_is_lost_or_doubled(told):
    _crowd, _met, found = told

    wrong = {name: found[name] for name in ("lost", "duplicated", "gave_up", *ledger.INVARIANTS) if found[name]}
    assert (wrong, found["samples"]) == ({}, [])
    assert set(found["acknowledged"]) == {"idea", "comment", "support"}
    assert found["total"] == sum(found["sent"].values())


def test_a_refusal_is_a_sentence_and_a_moment_to_come_back(told):
    _crowd, met, _found = told

    assert met.rude == []
    assert met.statuses[503] > 0
    assert set(met.statuses) <= {200, 303, 503, "close ideas shown"}


def test_the_checker_sees_what_is_lost_and_what_is_doubled(campaign, told):
    crowd, _met, _found = told
    with campaign.cluster.connect() as link, link.transaction(force_rollback=True):
        link.execute("SET LOCAL session_replication_role = replica")
        kept = "SELECT body FROM ideas_ideacomment WHERE body LIKE '%Repère %' ORDER BY id LIMIT 1"
        other = "SELECT id FROM ideas_ideacomment WHERE body LIKE '%Repère %' ORDER BY id DESC LIMIT 1"
        link.execute(f"UPDATE ideas_ideacomment SET body = ({kept}) WHERE id = ({other})")
        link.execute("DELETE FROM ideas_ideasupport WHERE id = (SELECT min(id) FROM ideas_ideasupport)")
        found = ledger.compare(link, crowd.ledger.acks)

    assert (found["lost"], found["duplicated"], found["counters_wrong"]) == (2, 1, 1)
