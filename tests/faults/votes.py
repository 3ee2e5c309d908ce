"""People who vote in secret while workers die: what each was told against what the urn and the roll hold."""

import asyncio
import json
import random
import time
import uuid
from collections import Counter
from pathlib import Path

from .ledger import Ledger
from .visitors import GIVES_UP_AFTER, PATIENCE, PAUSES, Told, Visitor

INSIDE = "tests.faults.votes_inside"


class Voting:
    """A secret vote of so many people on a served installation; arrivals wait for nobody.

    One in ten presses the button twice with the same box, one in twenty sends another box from a second device.
    """

    def __init__(self, app, ledgers: Path, *, people: int, seed: int = 1):
        self.app = app
        self.asked = json.loads(app.inside("prepare", f"--people={people}", module=INSIDE))
        self.people = self.asked["people"]
        self.rng = random.Random(seed)
        self.told = Told()
        self.ledger = Ledger(ledgers / f"votes-{uuid.uuid4().hex[:8]}.jsonl", "votes")
        self.path = f"/scrutins/{self.asked['reference']}/voter/"
        # The receipt each person was given, whichever of their boxes it is of.
        self.receipts: dict[str, str] = {}
        self.contradicted: list[str] = []

    async def vote_all(self, *, rate: float) -> Told:
        """Everybody votes once, at this rate a second."""
        waiting = self.rng.sample(self.people, len(self.people))
        started, tasks = time.monotonic(), []
        for number, one in enumerate(waiting):
            at = (number + self.rng.random()) / rate
            if (wait := started + at - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            tasks.append(asyncio.create_task(self._vote(one, started + at)))
        await asyncio.gather(*tasks)
        return self.told

    async def _vote(self, one: dict, due: float) -> None:
        self.ledger.meant("vote", one["username"])
        chance = self.rng.random()
        sent = [(one["box"], one["receipt"])]
        if chance < 0.1:
            sent *= 2
        elif chance < 0.15:
            sent.append((one["other"], one["other_receipt"]))
        given = await asyncio.gather(*(self._until(one, box, receipt, due) for box, receipt in sent))
        receipts = {receipt for receipt in given if receipt}
        if len(receipts) > 1:
            self.contradicted.append(one["username"])
        if receipts:
            self.ledger.acknowledged("vote", one["username"], one["username"], 0)
            self.receipts[one["username"]] = receipts.pop()

    async def _until(self, one: dict, box: str, receipt: str, due: float) -> str:
        """Press until the receipt is on the page, or it is said that another vote of theirs counts; then empty."""
        visitor = Visitor(one["username"], cookies=dict(one["cookies"]), token=self.asked["csrf"])
        for turn in range(10_000):
            started = time.monotonic()
            try:
                async with asyncio.timeout(PATIENCE):
                    status, headers, page = await visitor.post(self.app.port, self.path, {"box": box})
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                self.told.cut[type(error).__name__] += 1
                status, page = 0, ""
            else:
                self.told.look_at(status, headers, page)
                self.told.note(status, started)
            if status == 200 and receipt in page:
                self.told.delays.setdefault("vote", []).append(time.monotonic() - due)
                return receipt
            if 0 < status < 500:
                if status != 409:
                    self.told.statuses[f"vote refused: {status}"] += 1
                return ""
            if time.monotonic() - due > GIVES_UP_AFTER:
                break
            await asyncio.sleep(PAUSES[min(turn, len(PAUSES) - 1)] * self.rng.uniform(0.8, 1.2))
        self.told.gave_up += 1
        return ""

    def held(self) -> dict:
        """Each receipt given against the boxes, in the urn and after the closing; the roll against the boxes."""
        found = json.loads(self.app.inside("held", module=INSIDE))
        urn, counted, roll = Counter(found["urn"]), Counter(found["counted"]), Counter(found["roll"])
        lost = [
            name
            for name, receipt in self.receipts.items()
            if not urn[receipt] or not counted[receipt] or not roll[name]
        ]
        mine = [{one["receipt"], one["other_receipt"]} for one in self.people]
        doubled = [one for one in mine if sum(counted[receipt] for receipt in one) > 1]
        return {
            "acknowledged": len(self.receipts),
            "boxes": sum(counted.values()),
            "roll": sum(roll.values()),
            "lost": len(lost),
            "duplicated": len(doubled) + len(self.contradicted) + sum(1 for number in roll.values() if number > 1),
            "boxes_equal_roll": sum(counted.values()) == sum(urn.values()) == sum(roll.values()),
        }
