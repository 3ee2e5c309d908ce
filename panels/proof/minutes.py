"""What the bailiff's record prints, in order, before the dice and after; codes and values, screens have the words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .canonical import fingerprint, needed
from .files import CERTIFICATION, LEAVES, MANIFEST, QUOTAS, TABLE, read_leaves, read_quotas, read_table
from .manifest import read_manifest, seal_of, seal_words
from .records import read_certification
from .reserve import reserve_of

RESERVE_PRINTED = 20


@dataclass(frozen=True)
class Line:
    """One thing to print: ``code`` says what it is, ``value`` is text, a number, or lists and mappings of them."""

    code: str
    value: Any


def minutes_before(
    manifest: bytes, quotas: bytes, *, trials: int, void_draws: Iterable[Mapping] = (), present: Iterable[str] = ()
) -> list[Line]:
    """What is read and signed before the beacon exists.

    ``trials``: how many trial draws were made, on shuffled profiles. ``void_draws``: those before this one, each with
    its ``draw`` (number), ``reason`` and ``on``.
    """
    told, rules = read_manifest(manifest), read_quotas(quotas)
    floor = int(told["floor"].split("/")[0])
    needed(told["quotas_sha256"] == fingerprint(quotas), "these quotas aren't those of the manifest")
    words, check = seal_words(seal_of(manifest))
    return [
        Line("panel", told["panel"]),
        Line("draw", told["draw"]),
        *([Line("completes", told["completes"])] if "completes" in told else []),
        Line("present", list(present)),
        Line("trial_draws", trials),
        Line("void_draws", [{key: one[key] for key in ("draw", "reason", "on")} for one in void_draws]),
        Line("people", told["people"]),
        Line("seats", told["seats"]),
        Line("quotas", rules["quotas"]),
        Line("crossed_quotas", rules["crossed"]),
        Line("rows", told["rows"]),
        Line("floor", {"times": floor, "of": told["rows"]}),
        Line("bound", told["bound"]),
        Line("without_chance", told["without_chance"]),
        Line("engine", told["engine"]),
        Line(
            "fingerprints",
            {LEAVES: told["leaves_sha256"], QUOTAS: told["quotas_sha256"], TABLE: told["table_sha256"]},
        ),
        Line("pool_root", told["pool_root"]),
        Line("seed", told["seed"]),
        Line("reserve", told["reserve"]),
        Line("seal", {MANIFEST: words, "check": check}),
        Line("beacon", told["beacon"]),
        Line("signatures", list(present)),
    ]


def minutes_after(manifest: bytes, leaves: bytes, table: bytes, certification: bytes) -> list[Line]:
    """What is added once the beacon is known: the row, its people by ticket, who replaces them first, and the hash."""
    told, held, rows = read_manifest(manifest), read_certification(certification), read_table(table)
    needed(
        told["table_sha256"] == fingerprint(table) and told["leaves_sha256"] == fingerprint(leaves),
        "these files aren't sealed",
    )
    needed(held["previous"] == seal_of(manifest), "this certification isn't of that seal")
    row = rows[held["row"]]
    reserve = reserve_of(told["seed"], held["row"], read_leaves(leaves), row)
    witnesses = [f"{one['name']} ({one['role']})" for one in held["witnesses"]]
    return [
        Line("seal", seal_words(held["previous"])[0]),
        Line("place", held["place"]),
        Line("on", held["on"]),
        Line("beacon_kind", told["beacon"]["kind"]),
        Line("beacon_value", held["beacon"]),
        Line("set_aside", held["counter"]),
        Line("row", f"{held['row']:0{len(str(len(rows) - 1))}}"),
        Line("members", list(row)),
        Line("reserve", reserve[:RESERVE_PRINTED]),
        Line("reserve_people", len(reserve)),
        Line("certification", {CERTIFICATION: seal_words(held["digest"])[0]}),
        Line("signatures", witnesses),
    ]
