"""One campaign: its services, its city, its people, and what it writes down."""

import asyncio
import contextlib
import datetime
import json
import os
import platform
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import ledger
from .app import App, environment
from .network import Loop, MailServer
from .services import Cluster, Redis, free_port, wait_until
from .visitors import Crowd, Told, Visitor

SIGN_IN_AT_ONCE = 4
# The synthetic city owes thousands of answers since long ago: their escalations would keep the relay busy for an hour.
_NOTHING_IS_LATE = """
UPDATE accountability_responseowed SET promised_on = current_date + 60 WHERE answered_on IS NULL AND cancelled_on IS NULL
"""


@dataclass(frozen=True)
class Size:
    """How long and how hard. ``part`` scales the counts a scenario names (mails, agents, kills).

    Past ``waiting`` people nobody else comes, so that a slow machine isn't drowned by those who try again.
    """

    seconds: float = 120.0
    gestures: float = 12.0
    pages: float = 4.0
    visitors: int = 400
    waiting: int = 40
    part: float = 1.0
    mails: int = 3_000
    agents: int = 53_000
    ideas: int = 10_000
    comments: int = 50_000


class Campaign:
    """The services of one campaign under one folder, kept from one scenario to the next."""

    def __init__(self, folder: Path, size: Size, settings: str = "src.config.settings.production"):
        self.folder, self.size = folder, size
        self.cluster, self.redis = Cluster(folder / "postgres"), Redis(folder / "redis")
        self.loop, self.mail_server = Loop(), MailServer(free_port())
        env = environment(
            folder, port=self.cluster.port, redis=self.redis.port, smtp=self.mail_server.port, settings=settings
        )
        self.app = App(folder, env, free_port())
        self.city: dict = {}
        self.visitors: list[Visitor] = []

    def open(self) -> None:
        """Start the services, and build the city unless the folder already holds it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        self.cluster.create()
        self.cluster.start()
        self.redis.start()
        self.loop.run(self.mail_server.open())
        self.cluster.create_database()
        sizes = {name: getattr(self.size, name) for name in ("agents", "ideas", "comments")}
        self.app.inside("build", *(f"--{name}={count}" for name, count in sizes.items()))
        with self.cluster.connect() as link:
            link.execute(_NOTHING_IS_LATE)
            link.execute("VACUUM ANALYZE")

    def close(self, *, forgotten: bool = False) -> None:
        """End everything that was started, whatever state a scenario left; at once when the folder is forgotten next."""
        mode = "immediate" if forgotten else "fast"
        ends = (lambda: self.app.stop(gently=not forgotten), self.redis.stop, lambda: self.cluster.stop(mode))
        for end in (*ends, self.loop.close):
            with contextlib.suppress(Exception):
                end()

    def start(self, **processes) -> None:
        """Start the application for a scenario; the first one signs the people in."""
        self.app.kills = 0
        self.mail_server.behave()
        self.app.start(**processes)
        if not self.visitors:
            self.city = json.loads(self.app.inside("prepare", f"--count={self.size.visitors}"))
            self.visitors = [Visitor(name) for name in self.city["usernames"]]
            self.loop.run(self._sign_in(), 600)

    def crowd(self, scenario: str, seed: int = 1) -> Crowd:
        """People for one scenario, with a ledger of its own."""
        run = f"{scenario}-{datetime.datetime.now():%Y%m%dT%H%M%S}"
        kept = ledger.Ledger(self.folder / "ledgers" / f"{run}.jsonl", run)
        crowd = Crowd(self.app.port, self.visitors, self.city, kept, seed)
        self.city["supported"] = crowd._supported
        return crowd

    def while_they_write(self, crowd: Crowd, harm: Callable[[], None], **pace) -> Told:
        """Do harm while people come; returns what they met once each has an answer."""
        pace = {"seconds": self.size.seconds, "gestures": self.size.gestures, "pages": self.size.pages} | pace
        pace = {"at_most": self.size.waiting} | pace
        coming = self.loop.start(crowd.come(**pace))
        try:
            harm()
            return coming.result(pace["seconds"] + 900)
        finally:
            coming.cancel()
            crowd.ledger.close()

    def drained(self, seconds: float = 1200) -> float:
        """Wait until nothing due is left in the outbox; returns how long it took. What is left past ``seconds`` is told
        by the verdict (``effects_due``)."""

        def nothing_due() -> bool:
            with self.cluster.connect() as link:
                return link.execute(ledger.INVARIANTS["effects_due"]).fetchone()[0] == 0

        with contextlib.suppress(TimeoutError):
            return round(wait_until(nothing_due, seconds, "the outbox drains", every=0.5), 1)
        return seconds

    def verdict(self, crowd: Crowd, told: Told) -> dict:
        """Let the effects run, then compare what was told with what is held."""
        drained = self.drained()
        with self.cluster.connect() as link:
            found = ledger.compare(link, crowd.ledger.acks)
        return {
            **found,
            "sent": dict(crowd.ledger.sent),
            "kills": self.app.kills,
            "drained_s": drained,
            **told.figures(),
        }

    def total(self) -> dict:
        """Every acknowledgement of every run on this city, against the database as it is now."""
        kept = self.folder / "ledgers"
        with self.cluster.connect() as link:
            found = ledger.compare(link, ledger.read(kept))
        return {"by_scenario": ledger.by_scenario(kept), **found}

    async def _sign_in(self) -> None:
        gate = asyncio.Semaphore(SIGN_IN_AT_ONCE)

        async def enter(visitor: Visitor) -> None:
            async with gate:
                await visitor.sign_in(self.app.port, self.city["secret"])

        await asyncio.gather(*map(enter, self.visitors))


def machine() -> dict:
    """What the figures were measured on, and how busy it was."""
    started, total = time.process_time(), 0
    for number in range(2_000_000):
        total += number * number
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "two_million_additions_ms": round(1000 * (time.process_time() - started)),
        "load_before": [round(one, 2) for one in os.getloadavg()],
    }


def write_down(file: Path, name: str, figures: dict) -> None:
    """Put the figures of one scenario into the evidence, beside those of the others."""
    known = json.loads(file.read_text()) if file.exists() else {}
    known[name] = figures
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(dict(sorted(known.items())), indent=1, ensure_ascii=False) + "\n")


def forget(folder: Path) -> None:
    """Remove all that a campaign left."""
    shutil.rmtree(folder, ignore_errors=True)
