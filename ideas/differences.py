"""What changed between two texts, word by word: the standard library's matcher, which stays quick on hostile texts."""

import html
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import strip_tags

SAME, ADDED, REMOVED = "same", "added", "removed"
_PARTS = re.compile(r"\n+|[^\s]+")
_BREAKS = re.compile(r" *(\n+) *")


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went, in the order of reading; lines as they were."""

    kind: str
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def changes(before: str, after: str) -> list[Piece]:
    """The pieces that lead from one text to the other.

    The common beginning and end are set apart first. Over 200 words, the matcher leaves the most repeated ones out of
    its search (``autojunk``): without that, two thousand signs of "a b a b" hold a processor for seconds.
    """
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    found = [_piece(SAME, new[:start])]
    was, now = old[start : len(old) - end], new[start : len(new) - end]
    for tag, one, two, three, four in SequenceMatcher(None, was, now).get_opcodes():
        if tag == "equal":
            found.append(_piece(SAME, now[three:four]))
            continue
        found += [_piece(REMOVED, was[one:two]), _piece(ADDED, now[three:four])]
    found.append(_piece(SAME, new[len(new) - end :]))
    return [piece for piece in found if piece.words or piece.kind == SAME and piece.text]


def plain(body_html: str) -> str:
    """The text of an idea as it was typed, from its page's HTML."""
    text = body_html.replace("</p><p>", "\n\n").replace("<br>", "\n")
    return html.unescape(strip_tags(text))


def _piece(kind: str, parts: list[str]) -> Piece:
    # A line break alone is no word: it comes with the text it is in, and isn't told.
    if kind == ADDED and parts and not "".join(parts).strip():
        kind = SAME
    return Piece(kind, _BREAKS.sub(r"\1", " ".join(parts)))
