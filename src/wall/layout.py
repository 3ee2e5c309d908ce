"""What fits on one page: widths and heights are estimated from above, so that nothing is cut without saying so."""

import unicodedata
from dataclasses import dataclass, field
from math import ceil

# Everything is in rem: A3 is the same page, its rem √2 times larger. See static/wall/wall.css.
WIDTH = 50.4
BODY = 49.5
# The last word of a line may leave the rest of it empty.
FILLED = 0.93
HEADING = 3.0
GAP = 1.0


@dataclass(frozen=True)
class Type:
    """A kind of text on the sheet: its size, the height of a line, lines at most."""

    size: float
    line: float
    most: int


TITLE = Type(1.8, 2.16, 2)
TEXT = Type(1.35, 1.76, 2)
SMALL = Type(1.25, 1.63, 2)
BESIDE = 1.35
PLACE = Type(BESIDE, 1.76, 1)


@dataclass
class Shown:
    """A section as printed."""

    key: str
    lines: list = field(default_factory=list)


@dataclass
class Fitted:
    """What is printed, and how many lines stay for the screen."""

    sections: list
    more: int


def width_of(text: str) -> float:
    """The width of a text in ems, rather too wide."""
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> float:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Cf", "Cc"}:
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.1
    if sign in "ijltfrI.,:;'’!|()[] ":
        return 0.34
    if sign in "mwMW@%—…œŒæÆ":
        return 0.98
    if sign.isupper():
        return 0.72
    return 0.56 if sign.isascii() or sign.isalpha() else 1.1


def cut(text: str, kind: Type) -> str:
    """The text in one paragraph, ended by « … » after its last whole word when it would take more than its lines."""
    text = " ".join(text.split())
    room = WIDTH * FILLED * kind.most / kind.size
    if width_of(text) <= room:
        return text
    kept, used = [], width_of("…")
    for sign in text:
        used += _width(sign)
        if used > room:
            break
        kept.append(sign)
    short = "".join(kept)
    return (short.rsplit(" ", 1)[0] if " " in short[len(short) // 2 :] else short).rstrip(" ,;:") + "…"


def lines_of(text: str, kind: Type) -> int:
    """How many lines a text takes, at most."""
    return min(ceil(width_of(text) * kind.size / (WIDTH * FILLED)), kind.most) if text else 0


def fit(sections: list[dict]) -> Fitted:
    """Place one line of each section, then a second of each, until the page is full; the rest is counted."""
    shown = [Shown(section["key"]) for section in sections]
    more = sum(section["more"] for section in sections)
    left = BODY
    for rank in range(max((len(section["lines"]) for section in sections), default=0)):
        for section, target in zip(sections, shown, strict=True):
            if rank >= len(section["lines"]):
                continue
            line = _short(section["lines"][rank])
            needed = _height(line) + (0 if target.lines else HEADING)
            if needed > left:
                more += 1
                continue
            left -= needed
            target.lines.append(line)
    return Fitted([section for section in shown if section.lines], more)


def _short(line: dict) -> dict:
    kinds = {"title": TITLE, "text": TEXT, "signed": SMALL, "next": SMALL}
    return line | {name: cut(line[name], kind) for name, kind in kinds.items()} | {"where": cut(line["where"], PLACE)}


def _height(line: dict) -> float:
    # The status and the place stand on the line of the title, smaller; the status in a box.
    beside = sum(width_of(text) + 2 for text in (line["status"], line["where"]) if text)
    across = width_of(line["title"]) * TITLE.size + beside * BESIDE
    return (
        GAP
        + ceil(across / (WIDTH * FILLED)) * TITLE.line
        + lines_of(line["text"], TEXT) * TEXT.line
        + (lines_of(line["signed"], SMALL) + lines_of(line["next"], SMALL)) * SMALL.line
    )
