"""Adding up without telling anybody apart: pure, by groups of at least so many people."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

# How many people there are in what is told, and in what one more night adds to it: trust.md, T21.
LEAST = 11


@dataclass
class Tally:
    """What some people answered to one thing."""

    people: int = 0
    right: int = 0
    choices: Counter = field(default_factory=Counter)

    def add(self, places: Iterable[int], right: bool = False) -> None:
        """One person more."""
        self.people += 1
        self.right += right
        self.choices.update(set(places))


class Tallies:
    """Answers of one night, by what they answer; those already counted are left out."""

    def __init__(self, counted_until: Mapping[object, datetime]):
        self._until = counted_until
        self._found: dict[object, Tally] = {}

    def add(self, key, at: datetime, places: Iterable[int], right: bool = False) -> None:
        """Take an answer given ``at``, unless an earlier night took it."""
        if key not in self._until or at > self._until[key]:
            self._found.setdefault(key, Tally()).add(places, right)

    def ready(self) -> dict[object, Tally]:
        """What may be told: at least ``LEAST`` people more than the night before."""
        return {key: tally for key, tally in self._found.items() if tally.people >= LEAST}
