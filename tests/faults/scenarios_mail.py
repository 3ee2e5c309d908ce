"""Mails: senders that are killed, and a mail server that dies, puts off, refuses and hangs."""

import random
import time
from collections import Counter

from . import ledger
from .campaign import Campaign
from .services import wait_until

# A mail whose sender died, or that a server put off, waits ten minutes: here they pass at once.
_TEN_MINUTES_PASS = """
UPDATE notices_mailmessage SET not_before = not_before - interval '10 minutes', claimed_at = claimed_at - interval '10 minutes'
WHERE state IN ('queued', 'claimed') AND key LIKE %s
"""
_OPEN = "SELECT count(*) FROM notices_mailmessage WHERE key LIKE %s AND state IN ('queued', 'claimed')"
_DUE = _OPEN + " AND (state = 'claimed' OR not_before <= clock_timestamp())"


def count(campaign: Campaign, question: str, key: str) -> int:
    with campaign.cluster.connect() as link:
        return link.execute(question, [f"%{key}%"]).fetchone()[0]


def f2_senders(campaign: Campaign) -> dict:
    """F2: kill -9 of a sender twenty times while mails leave and people write, Redis emptied once."""
    wanted, kills = int(campaign.size.mails * campaign.size.part), max(2, int(20 * campaign.size.part))
    key = f"f2-{int(time.time())}"
    campaign.start(rq_workers=2)
    crowd, rng = campaign.crowd("F2"), random.Random(2)
    memory: list[dict] = []

    def left() -> int:
        return campaign.mail_server.mails

    def harm():
        campaign.app.inside("mail", f"--count={wanted}", f"--key={key}")
        for turn in range(kills):
            memory.append(campaign.app.memory_mb())
            # A kill counts when somebody is sending.
            wait_until(lambda before=left(): left() > before + 5, 240, "mails leave again", every=0.02)
            for name in ("rq0", "rq1") if turn % 2 else (rng.choice(["rq0", "rq1", "relay"]),):
                campaign.app.kill(name)
            if turn == kills // 2:
                campaign.redis.ask("FLUSHALL")

    told = campaign.while_they_write(crowd, harm, gestures=3, pages=2)
    died = campaign.app.kills
    took = settle(campaign, key)
    found = campaign.verdict(crowd, told)
    found["mails"] = {**mails(campaign, key), "rounds_of_ten_minutes": took}
    found["holds"] = found["mails"]["taken_twice"] <= died and found["mails"]["never_taken"] == 0
    highest = {name: max(one.get(name, 0) for one in memory) for name in memory[0]}
    return {**found, "memory_mb": {"first": memory[0], "highest": highest}}


def mails(campaign: Campaign, key: str) -> dict:
    """What the server took against the rows; never more than two copies, never « sent » without one."""
    with campaign.cluster.connect() as link:
        return ledger.mails(link, campaign.mail_server.taken, f"%{key}%")


def settle(campaign: Campaign, key: str, rounds: int = 8, seconds: float = 400) -> int:
    """Let ten minutes pass as often as a mail still waits; returns how often."""
    for turn in range(rounds):
        wait_until(
            lambda: count(campaign, _DUE, key) == 0 or stuck(campaign, key), seconds, "what is due leaves", every=1
        )
        if count(campaign, _OPEN, key) == 0:
            return turn
        with campaign.cluster.connect() as link:
            link.execute(_TEN_MINUTES_PASS, [f"%{key}%"])
        campaign.app.inside("deliver")
    raise TimeoutError(f"{count(campaign, _OPEN, key)} mails still wait after {rounds} rounds of ten minutes")


def stuck(campaign: Campaign, key: str) -> bool:
    """Only mails claimed by senders that died are left: nothing else is due."""
    old = _OPEN + " AND (state = 'queued' OR claimed_at > clock_timestamp() - interval '30 seconds')"
    due = _DUE + " AND state = 'queued'"
    return count(campaign, due, key) == 0 and count(campaign, old + " AND state = 'claimed'", key) == 0


def f8_mail_server(campaign: Campaign) -> dict:
    """F8: the mail server takes then dies, puts off, refuses, hangs and is mute; each with mails on their way."""
    size = max(20, int(100 * campaign.size.part))
    campaign.start(rq_workers=1)
    rng, found = random.Random(8), {}
    put_off: Counter = Counter()

    def first_time(what: str, otherwise: str = "later") -> str:
        put_off[what] += 1
        return otherwise if put_off[what] == 1 else "ok"

    ways = {
        "takes then dies": {"behaviour": lambda mid, turn: "dies" if turn % 5 == 0 else "ok"},
        "dies before it answers": {
            "behaviour": lambda mid, turn: first_time(mid, "mute_death") if turn % 5 == 0 else "ok"
        },
        "puts off the text": {"behaviour": lambda mid, turn: first_time(mid)},
        "puts off the address": {"at_recipient": first_time},
        "refuses the address": {"at_recipient": lambda line: "never" if "1@" in line else "ok"},
        "hangs": {"behaviour": lambda mid, turn: first_time(mid, "hangs") if rng.random() < 0.02 else "ok"},
        "says nothing": {"greets": False},
    }
    for name, way in ways.items():
        key = f"f8-{len(found)}-{int(time.time())}"
        before, campaign.mail_server.mails = campaign.mail_server.mails, 0
        campaign.mail_server.behave(**way)
        campaign.app.inside("mail", f"--count={size}", f"--key={key}")
        if not campaign.mail_server.greets:
            time.sleep(30)
            campaign.mail_server.behave()
        started = time.monotonic()
        rounds = settle(campaign, key)
        told = mails(campaign, key)
        found[name] = {**told, "rounds_of_ten_minutes": rounds, "settled_s": round(time.monotonic() - started)}
        campaign.mail_server.mails += before
    campaign.mail_server.behave()
    refused = {name: one["states"].get("refused", 0) for name, one in found.items()}
    holds = all(
        one["taken_more"] == 0
        and one["sent_but_never_taken"] == 0
        and one["states"].get("uncertain", 0) == 0
        and one["never_taken"] == refused[name]
        and (refused[name] == 0 or name == "refuses the address")
        for name, one in found.items()
    )
    drained = campaign.drained()
    return {"mails": found, "drained_s": drained, "holds": holds}
