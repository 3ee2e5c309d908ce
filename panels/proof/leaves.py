"""What is committed of each person of the pool, and the root that stands for all of them.

A Merkle tree in the shape of RFC 6962: the left branch holds the greatest power of two that leaves somebody on the
right, nobody is ever repeated to fill a level, leaves, nodes and the root have each their tag, and the root tells how
many people it stands for. The 16 random bytes of each leaf let all of them be
published: nobody's values can be guessed.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .canonical import digest, needed, tagged, ticket

NONCE_BYTES = 16


@dataclass(frozen=True)
class Entry:
    """Somebody of the pool as sealed: ``values`` by feature, source list among them; ``household`` may be empty."""

    ticket: str
    values: Mapping[str, str]
    nonce: bytes = field(repr=False)
    household: str = ""


def new_nonce() -> bytes:
    """The secret number of a receipt."""
    return secrets.token_bytes(NONCE_BYTES)


def leaf_of(entry: Entry) -> bytes:
    """SHA-256 of the ticket, the values in the order of their features, the household and the secret number."""
    needed(isinstance(entry.nonce, bytes) and len(entry.nonce) == NONCE_BYTES, "a receipt's number has 16 bytes")
    texts = [entry.ticket, entry.household, *entry.values, *entry.values.values()]
    needed(all(isinstance(one, str) for one in texts), "tickets, features, values and households are text")
    return digest("leaf", [entry.ticket, sorted(entry.values.items()), entry.household, entry.nonce.hex()])


def ordered(entries: Iterable[Entry]) -> list[Entry]:
    """The pool in the order of its tickets; refuses an empty one and a ticket held twice."""
    found = sorted(entries, key=lambda entry: entry.ticket)
    needed(found, "a pool has somebody in it")
    needed(len({entry.ticket for entry in found}) == len(found), "a ticket is of one person")
    for entry in found:
        ticket(entry.ticket)
    return found


def root_of(leaves: Sequence[bytes]) -> str:
    """The root of leaves in the order of their tickets, in hexadecimal."""
    needed(leaves, "a pool has somebody in it")
    return _rooted(_top(leaves), len(leaves))


def paths_of(leaves: Sequence[bytes]) -> list[list[str]]:
    """For each leaf, what must be joined to it, from beside it up to the top, to find the root again."""
    return _climbed(leaves)[1]


def root_from(leaf: bytes, position: int, people: int, path: Sequence[str]) -> str:
    """The root that a leaf and its path lead to; refuses a path of another length than that place has."""
    needed(0 <= position < people, "nobody is at that place")
    sides = []
    place, number = position, people
    while number > 1:
        split = _split(number)
        sides.append(place >= split)
        place, number = (place - split, number - split) if place >= split else (place, split)
    for on_right, beside in zip(reversed(sides), path, strict=True):
        other = bytes.fromhex(beside)
        needed(len(other) == len(leaf), "this path isn't of that place")
        leaf = _node(other, leaf) if on_right else _node(leaf, other)
    return _rooted(leaf, people)


def _split(people: int) -> int:
    return 1 << (people - 1).bit_length() - 1


def _climbed(leaves: Sequence[bytes]) -> tuple[bytes, list[list[str]]]:
    if len(leaves) == 1:
        return leaves[0], [[]]
    split = _split(len(leaves))
    (left, lefts), (right, rights) = _climbed(leaves[:split]), _climbed(leaves[split:])
    paths = [*([*path, right.hex()] for path in lefts), *([*path, left.hex()] for path in rights)]
    return _node(left, right), paths


def _top(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return _node(_top(leaves[:split]), _top(leaves[split:]))


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(tagged("node") + left + right).digest()


def _rooted(top: bytes, people: int) -> str:
    return digest("root", [people, top.hex()]).hex()
