"""What changes from one text to another, word by word; deterministic, without the database."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKENS = re.compile(r"\s+|[\w’'-]+|[^\w\s]", re.UNICODE)
EQUAL, ADDED, REMOVED = "equal", "ins", "del"
# Two changes with fewer words than this between them are read as one.
BETWEEN = 2


@dataclass(frozen=True)
class Piece:
    """A run of words: the same, added or removed."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The words of both, in order; what is added and what is removed give back one text and the other."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    found: list[list] = []
    for tag, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = "".join(old[i:j])
        if tag == "equal" and found and found[-1][0] != EQUAL and len(same.split()) < BETWEEN and j < len(old):
            found[-1][1] += same
            found[-1][2] += same
        elif tag == "equal":
            found.append([EQUAL, same, same])
        elif found and found[-1][0] != EQUAL:
            found[-1][1] += same
            found[-1][2] += "".join(new[k:end])
        else:
            found.append(["changed", same, "".join(new[k:end])])
    told = []
    for kind, removed, added in found:
        if kind == EQUAL:
            told.append(Piece(EQUAL, removed))
            continue
        told += [Piece(REMOVED, removed)] if removed else []
        told += [Piece(ADDED, added)] if added else []
    return told
