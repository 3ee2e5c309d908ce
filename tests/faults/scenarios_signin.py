"""The door under siege: guesses of a printed code, names that exist or don't, a building behind one address."""

import json
import math
import re
import statistics
import time
from collections import Counter

from .campaign import Campaign
from .visitors import Visitor

INSIDE, ELSEWHERE = "192.0.2.10", "198.51.100.7"
_TOKEN_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
WRONG = "0123456789ABC"


def s1_door(campaign: Campaign) -> dict:
    """S1: 10,000 guesses of a code, known against unknown names, a whole building behind one address, Redis dead."""
    campaign.start()
    guesses, pairs = int(10_000 * campaign.size.part), max(20, int(200 * campaign.size.part))
    codes = json.loads(campaign.app.inside("codes", f"--count={pairs + 2}"))
    return campaign.loop.run(_siege(campaign, codes, guesses, pairs))


async def _siege(campaign: Campaign, codes: dict[str, str], guesses: int, pairs: int) -> dict:
    besieged, *others = codes
    found = {"guesses": await _guess(campaign, besieged, guesses)}
    # Who sent the letter's code while its account is besieged waits as well, and a stranger can't tell it was right.
    found["right_code_while_besieged"] = (await _knock_once(campaign, besieged, codes[besieged]))[0]
    found["colleague_at_the_same_address"] = await _come_in(campaign, campaign.visitors[0].username, INSIDE)
    found["known_and_unknown"] = await _told_apart(campaign, others[:pairs])
    found["building"] = await _building(campaign, int(1_100 * campaign.size.part))
    campaign.redis.kill()
    try:
        found["redis_dead"] = {
            "guesses": await _guess(campaign, others[pairs], 14),
            "signs_in": await _come_in(campaign, campaign.visitors[1].username, ELSEWHERE),
        }
    finally:
        campaign.redis.start()
    return {**found, "holds": _holds(found)}


def _holds(found: dict) -> bool:
    guessed, alike = found["guesses"], found["known_and_unknown"]
    # Ten at once, then one a minute: that is all that may be tried, however many are sent.
    allowed = 10 + math.ceil(guessed["took_s"] / 60)
    return (
        guessed["first_refused"] == 11
        and guessed["tried"] <= allowed
        and set(guessed["statuses"]) == {"200", "429"}
        and found["right_code_while_besieged"] == 429
        and found["colleague_at_the_same_address"]
        and alike["bodies"] == 1
        and alike["p_known_unknown"] > 0.01
        and found["building"]["refused"] == 0
        and found["redis_dead"]["guesses"]["first_refused"] == 11
        and found["redis_dead"]["signs_in"]
    )


async def _guess(campaign: Campaign, username: str, count: int) -> dict:
    """So many wrong codes for one account, from one address, one after the other."""
    visitor, statuses, started = Visitor(username, address=INSIDE), [], time.monotonic()
    await visitor.arrive(campaign.app.port)
    for number in range(count):
        status, _page = await visitor.knock(campaign.app.port, f"{number:013d}")
        statuses.append(status)
    return {
        "sent": count,
        "tried": statuses.count(200),
        "first_refused": statuses.index(429) + 1 if 429 in statuses else None,
        "statuses": {str(status): n for status, n in sorted(Counter(statuses).items())},
        "took_s": round(time.monotonic() - started, 1),
    }


async def _knock_once(
    campaign: Campaign, username: str, secret: str, address: str = ELSEWHERE
) -> tuple[int, str, float]:
    visitor = Visitor(username, address=address)
    await visitor.arrive(campaign.app.port)
    started = time.perf_counter()
    status, page = await visitor.knock(campaign.app.port, secret)
    return status, page, time.perf_counter() - started


async def _come_in(campaign: Campaign, username: str, address: str) -> bool:
    status, _page, _took = await _knock_once(campaign, username, campaign.city["secret"], address)
    return status in (302, 303)


async def _told_apart(campaign: Campaign, known: list[str]) -> dict:
    """A wrong secret for accounts that wait for their first code, for accounts with a password, and for nobody.

    The three take turns, so that what else the machine does falls on all alike.
    """
    took: dict[str, list[float]] = {"with_code": [], "with_password": [], "unknown": []}
    bodies = set()
    for number, name in enumerate(known):
        names = {"with_code": name, "with_password": campaign.visitors[-1 - number % len(campaign.visitors)].username}
        for kind, username in {**names, "unknown": f"x9-{number:05d}"}.items():
            status, page, seconds = await _knock_once(campaign, username, WRONG)
            took[kind].append(seconds)
            bodies.add((status, _TOKEN_FIELD.sub("", page).replace(username, "?")))
    return {
        "n_each": len(known),
        "bodies": len(bodies),
        "median_ms": {kind: round(1000 * statistics.median(each), 1) for kind, each in took.items()},
        "p_known_unknown": round(same_shape(took["with_code"], took["unknown"]), 4),
        "p_password_unknown": round(same_shape(took["with_password"], took["unknown"]), 4),
    }


def same_shape(first: list[float], second: list[float]) -> float:
    """Mann-Whitney's two-sided p, by its normal approximation: how likely such a gap is if nothing tells them apart."""
    ranks = {value: rank for rank, value in enumerate(sorted(first + second), 1)}
    n, m = len(first), len(second)
    u = sum(ranks[value] for value in first) - n * (n + 1) / 2
    deviation = math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(u - n * m / 2) / deviation / math.sqrt(2))


async def _building(campaign: Campaign, count: int) -> dict:
    """More people than an address may guess wrong in ten minutes come in by that address, each with their own secret."""
    started, refused = time.monotonic(), 0
    for number in range(count):
        username = campaign.visitors[number % len(campaign.visitors)].username
        refused += not await _come_in(campaign, username, INSIDE)
    return {"came": count, "refused": refused, "took_s": round(time.monotonic() - started, 1)}
