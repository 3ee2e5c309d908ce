"""Processes that are killed: web workers, the database and Redis (senders of mail: scenarios_mail.py)."""

import random
import time

from .campaign import Campaign


def f1_web_workers(campaign: Campaign) -> dict:
    """F1: kill -9 of a web worker every two seconds while people write."""
    campaign.start()
    crowd, rng = campaign.crowd("F1"), random.Random(1)

    def harm():
        until = time.monotonic() + campaign.size.seconds
        while time.monotonic() < until:
            time.sleep(2)
            campaign.app.kill_web_worker(rng)

    told = campaign.while_they_write(crowd, harm)
    return campaign.verdict(crowd, told)


def f3_database(campaign: Campaign) -> dict:
    """F3: the database stops as in a power cut, three times, and comes back after five seconds."""
    campaign.start()
    crowd, recovered = campaign.crowd("F3"), []

    def harm():
        for _turn in range(3):
            time.sleep(campaign.size.seconds / 4)
            campaign.cluster.stop("immediate")
            time.sleep(5)
            campaign.cluster.start()
            recovered.append(time.monotonic())

    told = campaign.while_they_write(crowd, harm)
    found = campaign.verdict(crowd, told)
    return {**found, "first_acknowledged_after_s": [told.first_after(moment) for moment in recovered]}


def f4_redis(campaign: Campaign) -> dict:
    """F4: Redis killed, emptied, frozen a minute, and full; one after the other while people write."""
    campaign.start()
    crowd, waits = campaign.crowd("F4"), {}
    share = campaign.size.seconds / 4

    def killed():
        campaign.redis.kill()
        time.sleep(share)
        campaign.redis.start()

    def emptied():
        until = time.monotonic() + share
        while time.monotonic() < until:
            campaign.redis.ask("FLUSHALL")
            time.sleep(1)

    def frozen():
        campaign.redis.freeze()
        time.sleep(share)
        campaign.redis.thaw()

    def full():
        campaign.redis.ask("CONFIG", "SET", "maxmemory", "1")
        time.sleep(share)
        campaign.redis.ask("CONFIG", "SET", "maxmemory", "0")

    def harm():
        for way in (killed, emptied, frozen, full):
            way()
            waits[way.__name__] = {"oldest_effect_s": _oldest_effect(campaign)}

    told = campaign.while_they_write(crowd, harm)
    return {**campaign.verdict(crowd, told), "waits": waits}


def _oldest_effect(campaign: Campaign) -> float:
    """How long the oldest effect due has been waiting."""
    question = """SELECT coalesce(extract(epoch from max(clock_timestamp() - not_before)), 0)
        FROM foundations_outboxevent WHERE done_at IS NULL AND dead_at IS NULL AND not_before <= clock_timestamp()"""
    with campaign.cluster.connect() as link:
        return round(float(link.execute(question).fetchone()[0]), 1)
