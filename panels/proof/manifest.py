"""The manifest: everything a seal stands for, written before the dice are thrown."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .canonical import HEX, VERSION, Refused, day, digest, fingerprint, needed, read, text, whole, written
from .files import read_leaves, read_quotas, read_table
from .leaves import root_of
from .reserve import RULE
from .reveal import DICE, DICE_ROWS, KINDS

BOUND = re.compile(r"[01](\.[0-9]{1,12})?")
CHECK_SIGNS = 8


@dataclass(frozen=True)
class Beacon:
    """What will choose the row: its kind, the name it is known by (where it is drawn or published) and its day."""

    kind: str
    name: str
    on: date | str


@dataclass(frozen=True)
class Completed:
    """The certified draw whose empty seats another one fills: its number, the hash of its certification, the seats."""

    draw: int
    certification: str
    seats: tuple[int, ...]


def seed_of(pool_root: str, quotas: bytes, number: int) -> str:
    """The seed of the engine and of the reserves: a function of the pool, the quotas and the number of the draw."""
    needed(HEX.fullmatch(pool_root), "a root is a SHA-256")
    return digest("seed", [pool_root, fingerprint(quotas), whole(number, 1, "draws are numbered from 1")]).hex()


def manifest_file(
    *,
    panel: str,
    number: int,
    leaves: bytes,
    quotas: bytes,
    table: bytes,
    bound: str,
    floor: int,
    beacon: Beacon,
    engine: Mapping[str, str],
    completes: Completed | None = None,
) -> bytes:
    """The manifest of three files. What they tell is read from them: sizes, seats, root, seed, who has no chance.

    ``bound``: the least chance that no draw could better, as a decimal number. ``floor``: the appearances announced to
    everybody who has a chance. ``completes``: of a draw made for empty seats. Refuses a table that isn't of that pool
    or of those seats, or with somebody under the floor; dice for a table that hasn't 1,000 rows.
    """
    held, rules, rows = read_leaves(leaves), read_quotas(quotas), read_table(table)
    counts = Counter(ticket for row in rows for ticket in row)
    needed(set(counts) <= set(held), "the table has somebody who isn't in the pool")
    needed(len(rows[0]) == rules["seats"], "the table hasn't the seats of the quotas")
    needed(whole(floor, 1, "a floor is one appearance or more") <= min(counts.values()), "somebody is under the floor")
    needed(isinstance(bound, str) and BOUND.fullmatch(bound), "a bound is a decimal number from 0 to 1")
    needed(beacon.kind in KINDS, f"{beacon.kind!r} chooses nothing")
    needed(beacon.kind != DICE or len(rows) == DICE_ROWS, "three dice choose among 1,000 rows")
    for one in [*engine, *engine.values()]:
        text(one, "an engine has a name and a version")
    root = root_of(list(held.values()))
    return written(
        {
            "v": VERSION,
            "panel": text(panel, "a panel has a reference"),
            "draw": whole(number, 1, "draws are numbered from 1"),
            "people": len(held),
            "pool_root": root,
            "leaves_sha256": fingerprint(leaves),
            "quotas_sha256": fingerprint(quotas),
            "table_sha256": fingerprint(table),
            "rows": len(rows),
            "seats": rules["seats"],
            "seed": seed_of(root, quotas, number),
            "bound": bound,
            "floor": f"{floor}/{len(rows)}",
            "without_chance": len(held) - len(counts),
            "reserve": RULE,
            "beacon": {"kind": beacon.kind, "name": text(beacon.name, "a beacon has a name"), "on": day(beacon.on)},
            "engine": dict(engine),
            **(_completed(completes, rules["seats"]) if completes else {}),
        }
    )


def _completed(completes: Completed, seats: int) -> dict:
    numbers = [whole(one, 1, "seats are numbered from 1") for one in completes.seats]
    needed(numbers == sorted(set(numbers)) and len(numbers) == seats, "as many seats are filled as panels have")
    needed(HEX.fullmatch(completes.certification), "a certification has a hash")
    number = whole(completes.draw, 1, "draws are numbered from 1")
    return {"completes": {"draw": number, "certification": completes.certification, "seats": numbers}}


FIELDS = frozenset(
    [
        "v",
        "panel",
        "draw",
        "people",
        "pool_root",
        "leaves_sha256",
        "quotas_sha256",
        "table_sha256",
        "rows",
        "seats",
        "seed",
        "bound",
        "floor",
        "without_chance",
        "reserve",
        "beacon",
        "engine",
    ]
)


def read_manifest(content: bytes) -> dict:
    """What a manifest says; refuses one of another version or with other fields."""
    told = read(content)
    needed(isinstance(told, dict) and told["v"] == VERSION, "this is no manifest")
    needed(told.keys() - {"completes"} == FIELDS, "this is no manifest")
    return told


def seal_of(manifest: bytes) -> str:
    """The seal: SHA-256 of the manifest, in hexadecimal."""
    return fingerprint(manifest)


def seal_words(seal: str) -> tuple[str, str]:
    """A seal to read aloud: its signs by fours, and eight signs that tell a slip of the pen."""
    if not HEX.fullmatch(seal):
        raise Refused("a seal is a SHA-256")
    check = digest("check", seal).hex()[:CHECK_SIGNS]
    return " ".join(seal[start : start + 4] for start in range(0, len(seal), 4)), f"{check[:4]} {check[4:]}"


def seal_file(seal: str) -> bytes:
    """The seal as published: one line, and the line of its check."""
    words, check = seal_words(seal)
    return f"{words}\ncontrôle {check}\n".encode()
