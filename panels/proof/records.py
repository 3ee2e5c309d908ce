"""What is written after the seal (certification, substitutions, a void draw); each record holds the hash before it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .canonical import HEX, VERSION, Refused, day, digest, needed, read, text, ticket, whole, written
from .files import read_leaves, read_table
from .manifest import read_manifest, seal_of
from .reserve import reserve_of
from .reveal import row_of

WHY_PASSED = ("declined", "unreachable", "withdrew", "excluded", "seated")
WHY_LEFT = ("withdrew", "declined", "unreachable", "excluded")


def certification_file(
    manifest: bytes, *, beacon_value: str, witnesses: Iterable[tuple[str, str]], place: str, on: date | str
) -> bytes:
    """The row that the beacon chose, when, where and before whom (names and what they were there for).

    Refuses a day before the one announced, and a record without a witness.
    """
    told, seal = read_manifest(manifest), seal_of(manifest)
    needed(day(on) >= told["beacon"]["on"], "a row isn't revealed before the day announced")
    row, counter = row_of(told["beacon"]["kind"], beacon_value, seal=seal, rows=told["rows"])
    present = [
        {"name": text(name, "a witness has a name"), "role": text(role, "a witness is there for something")}
        for name, role in witnesses
    ]
    needed(present, "somebody saw the row being revealed")
    return _chained(
        "certification",
        {
            "v": VERSION,
            "panel": told["panel"],
            "draw": told["draw"],
            "previous": seal,
            "beacon": beacon_value,
            "counter": counter,
            "row": row,
            "witnesses": present,
            "place": text(place, "a row is revealed somewhere"),
            "on": day(on),
        },
    )


def read_certification(content: bytes) -> dict:
    """What a certification says; refuses one whose own hash isn't right."""
    return _unchained("certification", read(content))


@dataclass(frozen=True)
class Substitution:
    """A seat that changes hands. ``passed``: those of the reserve who were asked before and why they don't come.

    ``listed``: the incoming person is the first of the reserve who can. Otherwise two roles sign a reason that
    everybody reads. Those of the reserve with whom a quota would break aren't listed as passed: only profiles tell it.
    """

    on: date | str
    outgoing: str
    incoming: str
    why: str
    passed: tuple[tuple[str, str], ...] = ()
    listed: bool = True
    reason: str = ""
    signed: tuple[str, ...] = ()


def substitutions_file(
    manifest: bytes, leaves: bytes, table: bytes, certification: bytes, substitutions: Iterable[Substitution]
) -> bytes:
    """The substitutions in their order, each chained to the one before, the first to the certification.

    Refuses one that the sealed reserve doesn't allow: somebody who doesn't sit goes out, somebody who left or passed
    comes back, a rank behind somebody passed; an unlisted one without its reason and two signing roles.
    """
    told, held = read_manifest(manifest), read_certification(certification)
    row, pool = read_table(table)[held["row"]], read_leaves(leaves)
    ranks = {one: rank for rank, one in enumerate(reserve_of(told["seed"], held["row"], pool, row), 1)}
    panel, gone, previous, entries = set(row), set(), held["digest"], []
    for number, one in enumerate(substitutions, 1):
        passed = {name for name, _why in one.passed}
        needed(one.outgoing in panel, f"{one.outgoing} doesn't sit")
        needed(one.incoming in pool and one.incoming not in panel, f"{one.incoming} can't come in")
        needed(not {one.incoming, *passed} & gone, "who left or passed doesn't come back")
        needed(
            len(passed) == len(one.passed) and not passed & {*panel, one.incoming}, "those passed are outside, once"
        )
        needed(passed <= set(ranks), "those passed are of the reserve")
        needed(one.why in WHY_LEFT and {why for _name, why in one.passed} <= set(WHY_PASSED), "this reason is unknown")
        rank = ranks.get(one.incoming)
        if one.listed:
            needed(
                rank is not None and all(ranks[name] < rank for name in passed), "this isn't the order of the reserve"
            )
            needed(not one.reason and not one.signed, "a listed substitution needs no reason")
        else:
            text(one.reason, "an unlisted substitution says why")
            needed(len({text(role, "a role has a name") for role in one.signed}) >= 2, "two roles sign")
        entry = {
            "number": number,
            "previous": previous,
            "on": day(one.on),
            "outgoing": ticket(one.outgoing),
            "incoming": ticket(one.incoming),
            "why": one.why,
            "rank": rank,
            "passed": [list(pair) for pair in one.passed],
            "listed": one.listed,
            "reason": one.reason,
            "signed": list(one.signed),
        }
        previous = digest("substitution", entry).hex()
        entries.append(entry | {"digest": previous})
        panel = panel - {one.outgoing} | {one.incoming}
        gone |= {one.outgoing, *passed}
    return written({"v": VERSION, "entries": entries})


def read_substitutions(content: bytes) -> list[dict]:
    """The entries of a file; refuses a broken chain."""
    told = read(content)
    try:
        needed(told.keys() == {"v", "entries"} and told["v"] == VERSION, "these are no substitutions")
        entries = [_unchained("substitution", one) for one in told["entries"]]
        for before, after in zip(entries, entries[1:], strict=False):
            needed(after["previous"] == before["digest"], "this chain is broken")
    except (LookupError, TypeError, AttributeError) as error:
        raise Refused("these are no substitutions") from error
    return entries


def void_file(*, panel: str, number: int, previous: str, reason: str, on: date | str) -> bytes:
    """Why a draw is void. ``previous``: its seal or the hash of its certification, empty for one never sealed."""
    needed(previous == "" or HEX.fullmatch(previous), "a void draw names its last record")
    return _chained(
        "void",
        {
            "v": VERSION,
            "panel": text(panel, "a panel has a reference"),
            "draw": whole(number, 1, "draws are numbered from 1"),
            "previous": previous,
            "reason": text(reason, "a void draw says why"),
            "on": day(on),
        },
    )


def _chained(tag: str, told: Mapping) -> bytes:
    return written({**told, "digest": digest(tag, told).hex()})


def _unchained(tag: str, told) -> dict:
    needed(isinstance(told, dict) and "digest" in told, f"this is no {tag}")
    needed(
        digest(tag, {key: told[key] for key in told if key != "digest"}).hex() == told["digest"], f"this {tag} changed"
    )
    return told
