"""The arithmetic of the ground check, without a database: who is drawn, and what the answers mean."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

from .enums import CheckResult

SAMPLE = 30
# Under so many answers nothing is confirmed, whatever they say.
ENOUGH = 8
SHARE = 60
LASTS = timedelta(days=30)


def quarter_of(day: date) -> str:
    """ "2026-4": one request per person in it."""
    return f"{day.year}-{(day.month - 1) // 3 + 1}"


def draw(people: Iterable[int], seed: str, size: int = SAMPLE) -> list[int]:
    """``size`` of these people, the same ones for the same people and seed, in whatever order they are given.

    All of them when there are no more. Each is placed by the SHA-256 of the seed and their number.
    """
    placed = sorted(set(people), key=lambda number: (hashlib.sha256(f"{seed}:{number}".encode()).digest(), number))
    return placed[:size]


def frame_hash(people: Iterable[int]) -> str:
    """A mark of the people one could draw from: the same for the same people."""
    return hashlib.sha256(",".join(str(number) for number in sorted(set(people))).encode()).hexdigest()


def outcome(answers: int, yes: int) -> str:
    """Confirmed by eight answers at least and sixty percent of yes; still to confirm otherwise."""
    enough = answers >= ENOUGH and yes * 100 >= answers * SHARE
    return CheckResult.CONFIRMED if enough else CheckResult.TO_CONFIRM
