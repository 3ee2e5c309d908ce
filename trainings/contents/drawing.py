"""What a seed draws: the questions of an attempt, and the order in which their answers are shown."""

import hashlib
from collections.abc import Sequence


def rank(*parts) -> str:
    """Where something falls under a seed: the same on every machine and for every version of Python."""
    return hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()


def draw(pool: dict[str, Sequence[int]], wanted: Sequence[dict], seed: str, shuffle: bool) -> list[int]:
    """As many questions of each category as the rule says; refuses a category that hasn't enough."""
    drawn: list[int] = []
    for line in wanted:
        found = sorted(pool.get(line["category"], ()), key=lambda key: rank(seed, "question", key))
        if len(found) < line["number"]:
            raise ValueError(f"{line['category']}: {len(found)} questions, {line['number']} asked")
        drawn += found[: line["number"]]
    return sorted(drawn, key=lambda key: rank(seed, "order", key)) if shuffle else drawn


def shown_order(seed: str, question: int, size: int) -> list[int]:
    """The places of a question's answers as they are shown: ``order[shown] = as written``."""
    return sorted(range(size), key=lambda place: rank(seed, "answer", question, place))
