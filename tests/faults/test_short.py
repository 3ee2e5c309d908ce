"""The fault campaign in small: everything that may be killed is, while people write (the whole: ``make faults``)."""

import random
import tempfile
import time
from pathlib import Path

import pytest

from tests.faults import ledger
from tests.faults.answers import Answering
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


def test_pages_of_a_questionnaire_and_what_is_sent_of_it_survive_the_kills(campaign, told):
    answering, rng = Answering(campaign.app, campaign.folder / "ledgers", people=40), random.Random(7)

    def killing(coming):
        future = campaign.loop.start(coming)
        while not future.done():
            time.sleep(1.5)
            campaign.app.kill_web_worker(rng)
        return future.result(0)

    saving = killing(answering.save_pages(seconds=6, rate=10))
    kept = answering.kept()
    # Somebody who is told too much: the checker sees a page that isn't held.
    one = next(one for one in answering.people if one.kept)
    key, right = next(iter(one.kept.items()))
    one.kept[key] = "0" * 32
    missed = answering.kept()["lost"]
    one.kept[key] = right
    sending = killing(answering.send_all(rate=10))
    with campaign.cluster.connect() as link:
        sent = answering.sent(link)

    assert {name: kept[name] for name in ("lost", "doubled")} == {"lost": 0, "doubled": 0}, kept
    assert kept["acknowledged"] > 20 and missed == 1
    assert sent == {"acknowledged": 40, "sets": 40, "lost": 0, "duplicated": 0}
    assert [part.gave_up + len(part.rude) for part in (saving, sending)] == [0, 0]
    assert not [status for part in (saving, sending) for status in part.statuses if "refused" in str(status)]
