"""One message to each agent of the city, while its pages are read."""

import random
import threading
import time

from .campaign import Campaign
from .load import processor
from .scenarios_mail import count, mails, settle
from .services import wait_until
from .visitors import Crowd, Told

_WAITING = "SELECT count(*) FROM notices_mailmessage WHERE key LIKE %s AND state IN ('queued', 'claimed')"
WINDOW = 10.0
# What pages may lose while the mails leave, and a process gain between the last kill and the end.
SLOWER, GROWTH_MB = 1.2, 25


class Readers:
    """People who read pages at one rate while something else happens."""

    def __init__(self, campaign: Campaign, name: str):
        self.campaign, self.crowd = campaign, campaign.crowd(name)
        self._ended = threading.Event()

    def __enter__(self) -> Crowd:
        self._coming = self.campaign.loop.start(self._read())
        return self.crowd

    def __exit__(self, *_error) -> None:
        self._ended.set()
        try:
            self._coming.result(WINDOW + 120)
        finally:
            self.crowd.ledger.close()

    async def _read(self) -> None:
        size = self.campaign.size
        while not self._ended.is_set():
            await self.crowd.come(seconds=WINDOW, gestures=0, pages=size.pages, at_most=size.waiting)


def r53_whole_city(campaign: Campaign) -> dict:
    """R53: a mail to each agent while pages are read; senders killed twenty times, Redis emptied once."""
    wanted, kills = int(campaign.size.mails * campaign.size.part), max(2, int(20 * campaign.size.part))
    key = f"r53-{int(time.time())}"
    campaign.start(rq_workers=2)
    read_for(campaign, "R53-warm", 20)
    quiet = [read_for(campaign, "R53-before", campaign.size.seconds)]
    taken, used, started = campaign.mail_server.mails, processor(campaign), time.monotonic()
    memory: list[dict] = []
    with Readers(campaign, "R53") as crowd:
        campaign.app.inside("mail", f"--count={wanted}", f"--key={key}")
        written_s = time.monotonic() - started
        killed(campaign, wanted, kills, taken)
        lasts = watched(campaign, key, memory)
    sent_s = time.monotonic() - started
    spent = {name: round(seconds - used.get(name, 0), 1) for name, seconds in processor(campaign).items()}
    died, rounds = campaign.app.kills, settle(campaign, key)
    quiet.append(read_for(campaign, "R53-after", campaign.size.seconds))
    found = campaign.verdict(crowd, crowd.told)
    found["mails"] = {**mails(campaign, key), "rounds_of_ten_minutes": rounds}
    alone, beside = share([one for one in quiet]), share([crowd.told])
    grown = {name: lasts.get(name, 0) - memory[0].get(name, 0) for name in memory[0]} if memory else {}
    told = found["mails"]
    return {
        **found,
        "written_s": round(written_s, 1),
        "sent_s": round(sent_s, 1),
        "mails_a_second": round(wanted / sent_s, 1),
        "pages_p50_p95_p99_ms": {"before and after": alone, "while mails leave": beside},
        "pages_apart_p95_ms": [share([one])[1] for one in quiet],
        "slower": round(beside[1] / max(1, alone[1]), 2),
        "processor_s": spent,
        "memory_mb": {"after the last kill": memory[0] if memory else {}, "at the end": lasts, "grown": grown},
        "holds": told["taken_twice"] <= died
        and told["taken_more"] == told["never_taken"] == told["sent_but_never_taken"] == 0
        and beside[1] <= SLOWER * alone[1]
        and all(more <= GROWTH_MB for more in grown.values()),
    }


def read_for(campaign: Campaign, name: str, seconds: float) -> Told:
    """What pages cost at this rate when nothing else happens."""
    with Readers(campaign, name) as crowd:
        time.sleep(seconds)
    return crowd.told


def killed(campaign: Campaign, wanted: int, kills: int, before: int) -> None:
    """Kill a sender each time so many mails left, until half of them did; the other half shows what memory does."""
    rng = random.Random(53)
    for turn in range(kills):
        due = before + (turn + 1) * wanted // (2 * kills)
        wait_until(lambda due=due: campaign.mail_server.mails >= due, 1800, "mails leave", every=0.02)
        for name in ("rq0", "rq1") if turn % 2 else (rng.choice(["rq0", "rq1", "relay"]),):
            campaign.app.kill(name)
        if turn == kills // 2:
            campaign.redis.ask("FLUSHALL")


def watched(campaign: Campaign, key: str, memory: list[dict]) -> dict:
    """Look at each process's memory until nothing leaves any more; what it is at the end."""
    time.sleep(20)
    while True:
        memory.append(campaign.app.memory_mb())
        seen = campaign.mail_server.mails
        time.sleep(10)
        # Mails whose sender died wait ten minutes: what is left then is for ``settle``.
        if campaign.mail_server.mails == seen and count(campaign, _WAITING, key) < 500:
            return campaign.app.memory_mb()


def share(told: list[Told]) -> tuple[int, int, int]:
    """Half, 95 and 99 hundredths of the delays of pages, in milliseconds."""
    together = Told(delays={"page": [one for part in told for one in part.delays.get("page", [])]})
    return tuple(together.share("page", part) for part in (0.5, 0.95, 0.99))
