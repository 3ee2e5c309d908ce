"""The files of a draw before its seal: names, leaves, quotas, table, and the profiles that guarantors alone read."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from .canonical import HEX, VERSION, Refused, needed, read, text, ticket, whole, written
from .leaves import NONCE_BYTES, Entry, leaf_of, ordered
from .reveal import MOST_ROWS

MANIFEST, SEAL, LEAVES, QUOTAS, TABLE = "manifeste.json", "scelle.txt", "feuilles.txt", "quotas.json", "tableau.txt"
CERTIFICATION, SUBSTITUTIONS, VOID = "certification.json", "remplacements.json", "annulation.json"
PROFILES, SCRIPT = "profils.json", "draw_verify.py"


def script() -> bytes:
    """The script that checks all of them."""
    return Path(__file__).with_name(SCRIPT).read_bytes()


def leaves_file(entries: Iterable[Entry]) -> bytes:
    """One line a person of the pool, by ticket: the ticket and its leaf. Tells no value."""
    return "".join(f"{entry.ticket} {leaf_of(entry).hex()}\n" for entry in ordered(entries)).encode()


def read_leaves(content: bytes) -> dict[str, bytes]:
    """The leaf of each ticket."""
    pairs = [line.split(" ") for line in _lines(content)]
    needed(pairs and all(len(pair) == 2 and HEX.fullmatch(pair[1]) for pair in pairs), "a leaf is a ticket and a hash")
    tickets = [ticket(pair[0]) for pair in pairs]
    needed(tickets == sorted(set(tickets)), "leaves are by ticket, once each")
    return {name: bytes.fromhex(found) for name, found in pairs}


def table_file(rows: Sequence[Sequence[str]]) -> bytes:
    """One line a panel: its number in as many figures as the last one has, then its tickets, sorted."""
    needed(1 <= len(rows) <= MOST_ROWS, "a table has from 1 to 10,000 rows")
    figures, seats = len(str(len(rows) - 1)), len(rows[0])
    for row in rows:
        needed(row and len(row) == seats, "each row has as many tickets")
        needed(list(row) == sorted(set(row)), "a row is sorted and holds a ticket once")
    return "".join(f"{place:0{figures}} {' '.join(map(ticket, row))}\n" for place, row in enumerate(rows)).encode()


def read_table(content: bytes) -> list[tuple[str, ...]]:
    """The panels of a table, in its order."""
    rows = [tuple(line.split(" ")[1:]) for line in _lines(content)]
    needed(rows and all(rows) and table_file(rows) == content, "this table isn't written as it is here")
    return rows


def quotas_file(*, seats: int, quotas: Iterable[Mapping], crossed: Iterable[Mapping] = ()) -> bytes:
    """The rules of every panel of the table.

    A quota has ``feature``, ``value``, ``minimum``, ``maximum``, ``protected`` and ``source`` (the census figure it
    comes from, or empty); a crossed one has ``values`` (pairs) instead of the first two. Source lists are the feature
    ``list``.
    """
    simple = [{"feature": _word(one["feature"]), "value": _word(one["value"]), **_bounds(one)} for one in quotas]
    crossings = [{"values": _pairs(one["values"]), **_bounds(one)} for one in crossed]
    whole(seats, 1, "a panel has a seat")
    simple.sort(key=lambda one: (one["feature"], one["value"]))
    crossings.sort(key=lambda one: one["values"])
    named = [(one["feature"], one["value"]) for one in simple]
    needed(len(set(named)) == len(named), "one quota a value")
    needed(all(one != other for one, other in zip(crossings, crossings[1:], strict=False)), "one quota a crossing")
    return written({"v": VERSION, "seats": seats, "quotas": simple, "crossed": crossings})


def read_quotas(content: bytes) -> dict:
    """The rules as ``quotas_file`` takes them."""
    told = read(content)
    try:
        again = quotas_file(seats=told["seats"], quotas=told["quotas"], crossed=told["crossed"])
    except (LookupError, TypeError, AttributeError) as error:
        raise Refused("these quotas aren't written as they are here") from error
    needed(again == content, "these quotas aren't written as they are here")
    return told


def profiles_file(entries: Iterable[Entry]) -> bytes:
    """What the root commits to, in clear: for guarantors, on site. Never published."""
    people = [
        {
            "ticket": entry.ticket,
            "values": dict(entry.values),
            "household": entry.household,
            "nonce": entry.nonce.hex(),
        }
        for entry in ordered(entries)
    ]
    return written({"v": VERSION, "people": people})


def read_profiles(content: bytes) -> list[Entry]:
    """The pool of a file of profiles."""
    try:
        found = [
            Entry(one["ticket"], one["values"], bytes.fromhex(one["nonce"]), one["household"])
            for one in read(content)["people"]
        ]
        needed(all(len(entry.nonce) == NONCE_BYTES for entry in found), "a receipt's number has 16 bytes")
        again = profiles_file(found)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise Refused("these profiles aren't written as they are here") from error
    needed(again == content, "these profiles aren't written as they are here")
    return found


def _lines(content: bytes) -> list[str]:
    try:
        lines = content.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise Refused("this file isn't written as it is here") from error
    needed(lines.pop() == "", "the last line ends")
    return lines


def _bounds(one: Mapping) -> dict:
    minimum = whole(one["minimum"], 0, "a minimum is a whole number")
    maximum = whole(one["maximum"], minimum, "a maximum isn't under its minimum")
    protected, source = one.get("protected", False), one.get("source", "")
    needed(type(protected) is bool and isinstance(source, str), "a quota is protected or not; its source is text")
    return {"minimum": minimum, "maximum": maximum, "protected": protected, "source": source}


def _word(value) -> str:
    return text(value, "a feature and a value have a name")


def _pairs(values) -> list[list[str]]:
    found = sorted([_word(feature), _word(value)] for feature, value in values)
    needed(len({feature for feature, _value in found}) == len(found) > 1, "a crossing is of two features or more")
    return found
