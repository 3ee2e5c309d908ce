"""People who answer a questionnaire while workers die: pages kept, then sent; what they were told against what is held."""

import asyncio
import json
import random
import time
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from .ledger import Ledger
from .visitors import GIVES_UP_AFTER, PATIENCE, PAUSES, Told, Visitor

INSIDE = "tests.faults.answers_inside"


@dataclass
class Respondent:
    """One person, what their browser holds, and how they sign when they send."""

    visitor: Visitor
    identity: str
    sending: str
    # The last words each question was acknowledged with, by key.
    kept: dict[str, str] = field(default_factory=dict)
    is_sent: bool = False
    # The same question sent twice at once has no last word: one at a time. Two questions may cross.
    asking: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))


class Answering:
    """Answers begun by so many people, on one questionnaire of a served installation.

    Arrivals are an open loop: nobody waits for those before, and a delay runs from the moment somebody came to the
    acknowledgement, the tries that a killed worker cost included.
    """

    def __init__(self, app, ledgers: Path, *, people: int, seed: int = 1):
        self.app = app
        self.asked = json.loads(app.inside("prepare", f"--people={people}", module=INSIDE))
        self.people = [
            Respondent(
                Visitor(one["username"], cookies=dict(one["cookies"]), token=self.asked["csrf"]),
                one["identity"],
                one["sending"],
            )
            for one in self.asked["people"]
        ]
        self.rng = random.Random(seed)
        self.told = Told()
        self.ledger = Ledger(ledgers / f"answers-{uuid.uuid4().hex[:8]}.jsonl", "answers")
        self.base = f"/questionnaires/{self.asked['reference']}/"

    async def save_pages(self, *, seconds: float, rate: float) -> Told:
        """Pages are kept at this rate a second, person after person; each then reads the page that follows."""
        turns = self._turns()
        return await self._come(self._moments(rate, seconds), lambda due: self._save(next(turns), due))

    async def send_all(self, *, rate: float) -> Told:
        """Everybody sends once, at this rate a second; one in ten presses the button twice."""
        waiting = iter(self.rng.sample(self.people, len(self.people)))
        moments = [(number + self.rng.random()) / rate for number in range(len(self.people))]
        return await self._come(moments, lambda due: self._send(next(waiting), due))

    async def _come(self, moments, gesture) -> Told:
        self.told = Told()
        started, tasks = time.monotonic(), []
        for at in moments:
            if (wait := started + at - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            tasks.append(asyncio.create_task(gesture(started + at)))
        await asyncio.gather(*tasks)
        return self.told

    def _turns(self):
        """Everybody in turn, in another order each time round."""
        while True:
            yield from self.rng.sample(self.people, len(self.people))

    def _moments(self, rate: float, seconds: float):
        at = self.rng.expovariate(rate)
        while at < seconds:
            yield at
            at += self.rng.expovariate(rate)

    async def _save(self, one: Respondent, due: float) -> None:
        key, mark = self.rng.choice(self.asked["texts"]), uuid.UUID(int=self.rng.getrandbits(128), version=4).hex
        self.ledger.meant("page", mark)
        path = f"{self.base}repondre/{key}/"
        async with one.asking[key]:
            where = await self._until(one, "page", path, {"answer": f"Repère {mark}"}, f"{self.base}repondre/", due)
        if where:
            self.ledger.acknowledged("page", mark, f"{one.visitor.username}/{key}", 0)
            one.kept[key] = mark
            await self._look(one, where)

    async def _send(self, one: Respondent, due: float) -> None:
        path = f"{self.base}verifier/"
        # The page read again before sending names what is sent once, whatever answer gets lost.
        fields = {"identity": one.identity, "envoi": one.sending}
        self.ledger.meant("sending", one.visitor.username)
        pressed = 2 if self.rng.random() < 0.1 else 1
        told = await asyncio.gather(
            *(self._until(one, "sending", path, fields, f"{self.base}envoye/", due) for _press in range(pressed))
        )
        if any(told):
            self.ledger.acknowledged("sending", one.visitor.username, one.visitor.username, 0)
            one.is_sent = True

    async def _until(self, one: Respondent, kind: str, path: str, fields: dict, leads: str, due: float) -> str:
        """Press until the page that follows is named; its address, empty when it was given up or refused."""
        for turn in range(10_000):
            status, where = await self._try(one, path, fields)
            if status == 303 and where.startswith(leads):
                self.told.delays.setdefault(kind, []).append(time.monotonic() - due)
                return where
            if 0 < status < 500:
                self.told.statuses[f"{kind} refused: {status} {where}"] += 1
                return ""
            if time.monotonic() - due > GIVES_UP_AFTER:
                break
            await asyncio.sleep(PAUSES[min(turn, len(PAUSES) - 1)] * self.rng.uniform(0.8, 1.2))
        self.told.gave_up += 1
        return ""

    async def _try(self, one: Respondent, path: str, fields: dict) -> tuple[int, str]:
        started = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                status, headers, page = await one.visitor.post(self.app.port, path, fields)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.told.cut[type(error).__name__] += 1
            return 0, ""
        self.told.look_at(status, headers, page)
        self.told.note(status, started)
        return status, headers.get("location", [""])[0]

    async def _look(self, one: Respondent, path: str) -> None:
        started = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                status, page = await one.visitor.get(self.app.port, path)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.told.cut[f"next page {type(error).__name__}"] += 1
            return
        self.told.look_at(status, {"retry-after": ["1"]}, page)
        if status == 200:
            self.told.delays.setdefault("next page", []).append(time.monotonic() - started)

    # What is held

    def kept(self) -> dict:
        """Each page acknowledged against what is kept of whoever was told so; somebody with two drafts is doubled."""
        held = json.loads(self.app.inside("kept", module=INSIDE))
        lost = [
            f"{one.visitor.username}/{key}"
            for one in self.people
            for key, mark in one.kept.items()
            if held["answers"].get(one.visitor.username, {}).get(key) != f"Repère {mark}"
        ]
        told = Counter(kind for kind, _mark, _by in self.ledger.acks)
        return {"acknowledged": told["page"], "lost": len(lost), "doubled": held["doubled"], "samples": lost[:3]}

    def sent(self, link) -> dict:
        """Each sending acknowledged against the sets of answers, and each page kept against the answers in them."""
        rows = link.execute(_SENT, [self.asked["reference"]]).fetchall()
        marks = Counter(mark for _pk, mark in rows if mark)
        expected = [mark for one in self.people if one.is_sent for mark in one.kept.values()]
        sets = len({pk for pk, _mark in rows})
        told = sum(1 for one in self.people if one.is_sent)
        return {
            "acknowledged": told,
            "sets": sets,
            "lost": max(0, told - sets) + sum(1 for mark in expected if not marks[mark]),
            "duplicated": max(0, sets - len(self.people)) + sum(1 for count in marks.values() if count > 1),
        }


_SENT = """
SELECT s.id, substring(a.value #>> '{}' from 'Repère ([0-9a-f]{32})')
FROM questionnaires_answerset s JOIN questionnaires_answer a ON a.answer_set_id = s.id
JOIN questionnaires_questionnaire q ON q.id = s.questionnaire_id WHERE q.reference = %s
"""
