"""What a volunteer keeps: their ticket, their secret number and what is sealed about them, as a file and on paper."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .canonical import VERSION, Refused, needed, read, written
from .leaves import NONCE_BYTES, Entry, leaf_of, ordered, paths_of, root_from

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_SIGNS = 26
CHECK_SIGNS = 10
PLAIN = re.compile(r"[0-9A-Za-z_.+-]+")
TYPED = re.compile(r'("(?:[^"\\]|\\.)*"|[0-9A-Za-z_.+-]+) *= *("(?:[^"\\]|\\.)*"|[0-9A-Za-z_.+-]+)')
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
TITLE = "Reçu du tirage au sort"
FIELDS = frozenset(["v", "ticket", "values", "household", "nonce", "position", "people", "path"])


@dataclass(frozen=True)
class Receipt:
    """Complete once the pool is closed: the place of the leaf and the path from it to the root."""

    ticket: str
    values: Mapping[str, str]
    nonce: bytes = field(repr=False)
    household: str
    position: int
    people: int
    path: tuple[str, ...]

    @property
    def entry(self) -> Entry:
        return Entry(self.ticket, self.values, self.nonce, self.household)

    @property
    def check(self) -> str:
        """The first signs of the leaf: what the eye compares with the published list."""
        return leaf_of(self.entry).hex()[:CHECK_SIGNS]

    def proves(self, pool_root: str) -> bool:
        """Whether this very leaf, at this place, is one of those that the root stands for."""
        try:
            return root_from(leaf_of(self.entry), self.position, self.people, self.path) == pool_root
        except ValueError:
            return False

    def as_json(self) -> bytes:
        """The file that the script reads."""
        return written(
            {
                "v": VERSION,
                "ticket": self.ticket,
                "values": dict(self.values),
                "household": self.household,
                "nonce": self.nonce.hex(),
                "position": self.position,
                "people": self.people,
                "path": list(self.path),
            }
        )

    def as_text(self) -> str:
        """What is printed; typed again in a file, the script reads it too. A slip of the pen changes the check."""
        number = int.from_bytes(self.nonce)
        signs = "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(NUMBER_SIGNS)))
        grouped = "-".join(signs[start : start + 4] for start in range(0, NUMBER_SIGNS, 4))
        profile = [f"Profil {_quoted(name)} = {_quoted(value)}" for name, value in sorted(self.values.items())]
        home = [f"Foyer {_quoted(self.household)}"] if self.household else []
        lines = [TITLE, f"Ticket {self.ticket}", f"Nombre {grouped}", *profile, *home, f"Contrôle {self.check}"]
        return "".join(f"{line}\n" for line in lines)


def receipts_of(entries: Iterable[Entry]) -> list[Receipt]:
    """The receipts of a closed pool, by ticket."""
    people = ordered(entries)
    leaves = [leaf_of(entry) for entry in people]
    return [
        Receipt(one.ticket, one.values, one.nonce, one.household, place, len(people), tuple(path))
        for place, (one, path) in enumerate(zip(people, paths_of(leaves), strict=True))
    ]


def read_receipt(content: bytes) -> Receipt:
    """The receipt of a file; refuses one that isn't written as it is here."""
    told = read(content)
    needed(isinstance(told, dict) and told.keys() == FIELDS and told["v"] == VERSION, "this is no receipt")
    try:
        found = Receipt(
            told["ticket"],
            told["values"],
            bytes.fromhex(told["nonce"]),
            told["household"],
            told["position"],
            told["people"],
            tuple(told["path"]),
        )
        leaf_of(found.entry)
        needed(found.as_json() == content and len(found.nonce) == NONCE_BYTES, "this is no receipt")
        needed(type(found.position) is type(found.people) is int, "this is no receipt")
        needed(all(isinstance(one, str) for one in found.path), "this is no receipt")
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise Refused("this is no receipt") from error
    return found


def typed_receipt(text: str) -> Entry:
    """What a receipt on paper says, typed again: any case, O for 0, I or L for 1. Refused when its check is wrong."""
    lines = [line.strip().partition(" ") for line in text.splitlines()]
    said = {name: rest.strip() for name, _space, rest in lines}
    needed({"Ticket", "Nombre", "Contrôle"} <= said.keys(), "a receipt has a ticket, a number and a check")
    pairs = [TYPED.fullmatch(rest.strip()) for name, _space, rest in lines if name == "Profil"]
    signs = said["Nombre"].upper().translate(MISREAD)
    needed(all(pairs) and len(signs) == NUMBER_SIGNS and set(signs) <= set(SIGNS), "this receipt can't be read")
    number = 0
    for sign in signs:
        number = number << 5 | SIGNS.index(sign)
    needed(number >> 8 * NONCE_BYTES == 0, "this receipt can't be read")
    values = {_unquoted(pair[1]): _unquoted(pair[2]) for pair in pairs}
    entry = Entry(said["Ticket"], values, number.to_bytes(NONCE_BYTES), _unquoted(said.get("Foyer", "")))
    check = leaf_of(entry).hex()[:CHECK_SIGNS]
    needed(said["Contrôle"].replace(" ", "").lower() == check, "the check says that a sign was mistyped")
    return entry


def _quoted(text: str) -> str:
    """A name as it is; anything else between quotes, on one line of signs that a keyboard has."""
    return text if PLAIN.fullmatch(text) else json.dumps(text)


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise Refused("this receipt can't be read") from error
