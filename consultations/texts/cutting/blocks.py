"""Blocks of a text, and how they become units: what starts an article, what is a heading, what is a paragraph."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.foundations.plain_fields import plain_text

HEADING, ARTICLE, PARAGRAPH = "heading", "article", "paragraph"
MOST_UNITS, MOST_BODY, MOST_TITLE, MOST_LABEL = 400, 8_000, 200, 20

_NAMED = re.compile(
    r"^(?:article|art\.)\s+(?P<label>(?:1er|premier|\d{1,4}|[IVXLC]{1,7})(?:[.-]\d{1,3})*(?:\s(?:bis|ter|quater))?)"
    r"\s*(?:[.:–—-]+\s*|\s+|$)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(
    r"^(?P<label>\d{1,3}(?:\.\d{1,3})*(?:\s(?:bis|ter|quater))?)\s?(?:[.)]\s*[–—-]?|[–—-])\s+(?P<rest>\S.*)$",
    re.DOTALL,
)
_TITLED = re.compile(r"^(?:titre|chapitre|section|partie|préambule|annexe)\b.{0,120}$", re.IGNORECASE)
# What stands in bold, or a short sentence, before the article's own words: « Prévenir. Le planning est affiché… »
_LEAD = re.compile(r"^(?P<title>[^.:\n]{2,60})[.:]\s+(?P<rest>\S.*)$", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A paragraph as a file tells it: ``level`` of a heading (0: none), ``bold`` words it begins with, its number."""

    text: str
    level: int = 0
    bold: str = ""
    number: str = ""


@dataclass(frozen=True)
class CutUnit:
    """One unit, ready to be corrected by hand."""

    kind: str
    label: str
    title: str
    body: str


def cut(blocks: Iterable[Block]) -> list[CutUnit]:
    """Units of a text, in order; the same for the same blocks.

    Where at least two articles are found (« Article 3 », « 3. », or a numbered list), each runs until the next article
    or heading, and what stands before the first is paragraphs. Without, each paragraph is a unit. Refuses with
    ValidationError a text without words, over 400 units, or with a unit over 8,000 characters.
    """
    tidy = [block for block in (_tidy(block) for block in blocks) if block.text]
    if not tidy:
        raise ValidationError(_("There is no text in it: nothing can be cut."), code="empty")
    marks = [_article(block) for block in tidy]
    with_articles = sum(mark is not None for mark in marks) >= 2
    units: list[CutUnit] = []
    for block, mark in zip(tidy, marks, strict=True):
        if with_articles and mark is not None:
            units.append(_begin(block, *mark))
        elif block.level or _is_title(block):
            units.append(CutUnit(HEADING, "", *_headed(block.text)))
        elif with_articles and units and units[-1].kind == ARTICLE:
            last = units.pop()
            units.append(CutUnit(ARTICLE, last.label, last.title, f"{last.body}\n\n{block.text}".strip()))
        else:
            units.append(CutUnit(PARAGRAPH, "", "", block.text))
    return _within_limits(units)


def _tidy(block: Block) -> Block:
    return Block(plain_text(block.text).strip(), block.level, plain_text(block.bold).strip(), block.number.strip())


def _article(block: Block) -> tuple[str, str] | None:
    """(number, words after it) of a block that begins an article."""
    named = _NAMED.match(block.text)
    if named:
        return named["label"].strip(), named["rest"].strip()
    if block.number:
        return block.number.rstrip(".) "), block.text
    numbered = _NUMBERED.match(block.text)
    return (numbered["label"], numbered["rest"].strip()) if numbered else None


def _is_title(block: Block) -> bool:
    return bool(_TITLED.match(block.text)) and len(block.text) <= 140 and not block.text.rstrip().endswith((".", ";"))


def _headed(text: str) -> tuple[str, str]:
    """Title and body of a heading: one too long to be a title keeps its words as a body."""
    line = " ".join(text.split())
    return (line, "") if len(line) <= MOST_TITLE else ("", text)


def _begin(block: Block, label: str, rest: str) -> CutUnit:
    label = "1er" if label.casefold() == "premier" else label[:MOST_LABEL]
    bold = " ".join(block.bold.split())
    if bold and rest.startswith(block.bold) and len(bold) <= MOST_TITLE and len(rest) > len(block.bold):
        return CutUnit(ARTICLE, label, bold.rstrip(" .:–—-"), rest[len(block.bold) :].lstrip(" .:–—-\n"))
    if block.level or (len(rest) <= 90 and "\n" not in rest and not rest.endswith((".", ";", "!", "?"))):
        # « Article 3 : Échanger » alone on its line.
        return CutUnit(ARTICLE, label, " ".join(rest.split())[:MOST_TITLE].rstrip(" .:–—-"), "")
    led = _LEAD.match(rest)
    if led and len(led["title"].split()) <= 7:
        return CutUnit(ARTICLE, label, led["title"].strip(), led["rest"].strip())
    return CutUnit(ARTICLE, label, "", rest)


def _within_limits(units: Sequence[CutUnit]) -> list[CutUnit]:
    if len(units) > MOST_UNITS:
        raise ValidationError(
            _("This text has %(n)d units, and %(most)d at most can be discussed. Send it in several parts.")
            % {"n": len(units), "most": MOST_UNITS},
            code="too_many",
        )
    kept = []
    for unit in units:
        if len(unit.body) > MOST_BODY:
            raise ValidationError(
                _("“%(begin)s…” is over %(most)d characters. Cut this paragraph in the file, then send it again.")
                % {"begin": (unit.title or unit.body)[:60], "most": MOST_BODY},
                code="too_long",
            )
        # An article whose words all went to its title says at least that.
        kept.append(unit if unit.title or unit.body else CutUnit(unit.kind, unit.label, unit.label, ""))
    return kept
