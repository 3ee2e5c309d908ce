"""People in a quiz while workers die: answers saved by the page itself, then sent; what was told against what is held."""

import asyncio
import json
import random
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from .answers import Answering
from .ledger import Ledger
from .visitors import GIVES_UP_AFTER, PAUSES, Told, Visitor

INSIDE = "tests.faults.quizzes_inside"
EVERY = 15.0


@dataclass
class Learner:
    """One person, the questions of their attempt, and the fields they were last told are kept."""

    visitor: Visitor
    asked: list[dict]
    kept: dict = field(default_factory=dict)
    is_sent: bool = False


class Quizzing(Answering):
    """So many people in one quiz, each page saving by itself every fifteen seconds; then all of them send."""

    def __init__(self, app, ledgers: Path, *, people: int, seed: int = 1):
        self.app = app
        self.asked = json.loads(app.inside("prepare", f"--people={people}", module=INSIDE))
        self.people = [
            Learner(Visitor(one["username"], cookies=dict(one["cookies"]), token=self.asked["csrf"]), one["fields"])
            for one in self.asked["people"]
        ]
        self.rng = random.Random(seed)
        self.told = Told()
        self.ledger = Ledger(ledgers / f"quizzes-{uuid.uuid4().hex[:8]}.jsonl", "quizzes")
        self.base = self.asked["base"]

    async def save_all(self, *, seconds: float, every: float = EVERY) -> Told:
        """Each page saves at its own moment, then every so many seconds."""
        self.told, started = Told(), time.monotonic()
        await asyncio.gather(*(self._keep_saving(one, started, seconds, every) for one in self.people))
        return self.told

    async def _keep_saving(self, one: Learner, started: float, seconds: float, every: float) -> None:
        at = self.rng.uniform(0, every)
        while at < seconds:
            if (wait := started + at - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            # A page saves again once it was answered: what comes late isn't sent twice over.
            await self._save(one, max(started + at, time.monotonic() if wait <= 0 else 0))
            at += every

    async def _save(self, one: Learner, due: float) -> None:
        fields, mark = self._answers(one, share=self.rng.random()), uuid.uuid4().hex
        self.ledger.meant("save", mark)
        if await self._until(one, "save", f"{self.base}brouillon/", fields, "", due):
            self.ledger.acknowledged("save", mark, one.visitor.username, 0)
            one.kept = fields

    async def _send(self, one: Learner, due: float) -> None:
        fields = self._answers(one, share=1.0)
        self.ledger.meant("sending", one.visitor.username)
        if await self._until(one, "sending", f"{self.base}questions/", fields, self.base, due):
            self.ledger.acknowledged("sending", one.visitor.username, one.visitor.username, 0)
            one.kept, one.is_sent = fields, True

    async def _until(self, one: Learner, kind: str, path: str, fields: dict, leads: str, due: float) -> str:
        """Saved is a 200, sent a 303 that leads to the quiz; a page that was cut is tried again."""
        for turn in range(10_000):
            status, where = await self._try(one, path, fields)
            if (status == 200 and not leads) or (status == 303 and leads and where.startswith(leads)):
                self.told.delays.setdefault(kind, []).append(time.monotonic() - due)
                return where or path
            if 0 < status < 500:
                self.told.statuses[f"{kind} refused: {status} {where}"] += 1
                return ""
            if time.monotonic() - due > GIVES_UP_AFTER:
                break
            await asyncio.sleep(PAUSES[min(turn, len(PAUSES) - 1)] * self.rng.uniform(0.8, 1.2))
        self.told.gave_up += 1
        return ""

    def _answers(self, one: Learner, *, share: float) -> dict:
        """Answers as a form sends them, to about this share of the questions, the words of short ones never the same."""
        told: dict = {}
        for asked in one.asked:
            if self.rng.random() > share:
                continue
            names, size = asked["names"], asked["size"]
            if asked["kind"] == "short":
                told[names[0]] = f"Repère {uuid.UUID(int=self.rng.getrandbits(128)).hex}"
            elif asked["kind"] == "multiple":
                told[names[0]] = [str(n) for n in sorted(self.rng.sample(range(size), self.rng.randint(1, size)))]
            elif len(names) > 1:
                told |= dict(zip(names, map(str, self.rng.sample(range(size), size)), strict=True))
            else:
                told[names[0]] = str(self.rng.randrange(size))
        return told

    def held(self) -> dict:
        """Each answer acknowledged against what the attempt shows again."""
        found = json.loads(self.app.inside("kept", module=INSIDE))
        lost = []
        for one in self.people:
            shown = found.get(one.visitor.username, {}).get("fields", {})
            lost += [
                f"{one.visitor.username}/{name}"
                for name, value in one.kept.items()
                if _same(shown.get(name)) != _same(value)
            ]
        told = sum(1 for one in self.people if one.is_sent)
        sent = sum(1 for one in found.values() if one["state"] == "submitted")
        return {
            "answers_acknowledged": sum(len(one.kept) for one in self.people),
            "lost": len(lost),
            "sent_acknowledged": told,
            "sent": sent,
            "doubled": sum(1 for one in found.values() if one["attempts"] > 1),
            "samples": lost[:3],
        }


def _same(value):
    """Ticked boxes come back in the order of the answers, whatever the order they were sent in."""
    return sorted(value) if isinstance(value, list) else value
