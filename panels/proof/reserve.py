"""Who takes an empty seat: an order nobody chooses, known as soon as the row is."""

import hashlib
from collections.abc import Collection, Iterable

RULE = "sha256-seed-row-ticket"


def reserve_of(seed: str, row: int, tickets: Iterable[str], members: Collection[str]) -> list[str]:
    """The others of the pool, by SHA-256 of ``seed|row|ticket``, the row from 0, without zeros before.

    Whoever replaces a member is the first of that order who hasn't left nor refused and with whom the panel still
    meets every quota and household.
    """
    held = frozenset(members)
    return sorted(
        (one for one in tickets if one not in held),
        key=lambda one: hashlib.sha256(f"{seed}|{row}|{one}".encode()).digest(),
    )
