"""What the columns of a file mean: to which question each answers, and which answer each of its words is.

A target is written ``q3`` (a whole question), ``q4.r1`` (a line of a grid), ``q3.c2`` (one of several choices, ticked
or not; in a ranking, its place).
"""

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import asking, figures, likeness, selectors, words
from .answer_file import Table

BLANK, DECLINED, TICKED = "_blank", "_declined", "_ticked"
MOST_VALUES = 80
SEPARATORS = (";", "|", "\n", " / ", ",")
_NUMBERED = re.compile(r"\s*q?(?:uestion)?\s*(\d{1,2})\b[\s.:)\-–]*", re.IGNORECASE)
_BRACKETS = re.compile(r"(.*?)\s*[\[(]([^\[\]()]+)[\])]\s*$", re.DOTALL)
_YES = frozenset(["oui", "x", "1", "vrai", "true", "yes", "coche", "checked", "ok", "selected", "selectionne"])
_NO = frozenset(["non", "0", "faux", "false", "no", "decoche", "unchecked"])
_LEFT = frozenset({"", "n a", "na", "sans reponse", "pas de reponse", "non repondu", "vide"})
_DECLINES = frozenset({"je ne souhaite pas repondre", "ne souhaite pas repondre", "nsp nrp", "nrp", "refus"})
_NO_OPINION = frozenset({"sans opinion", "nsp", "ne sait pas", "je ne sais pas", "sans avis", "sans objet"})


@dataclass(frozen=True)
class Target:
    """Something a column may answer."""

    number: int
    question: object
    part: str = ""

    @property
    def code(self) -> str:
        return f"{self.question.key}.{self.part}" if self.part else self.question.key

    @property
    def words(self) -> str:
        """The question, and the line or the choice."""
        asked = _("%(number)d. %(question)s") % {"number": self.number, "question": self.question.text}
        return f"{asked} – {self.part_words}" if self.part else asked

    @property
    def part_words(self) -> str:
        lines = {line["key"]: line["label"] for line in [*self.question.rows, *self.question.choices]}
        return lines.get(self.part, "")

    @property
    def is_place(self) -> bool:
        """Whether the column gives the place of a choice in a ranking."""
        return bool(self.part) and self.question.kind == asking.RANKING

    @property
    def is_tick(self) -> bool:
        """Whether the column says if one of several choices was ticked."""
        return bool(self.part) and self.question.kind == asking.MULTIPLE

    @property
    def is_list(self) -> bool:
        """Whether a cell holds several answers."""
        return not self.part and self.question.kind in (asking.MULTIPLE, asking.RANKING)

    @cached_property
    def answers(self) -> dict[str, str]:
        """The answers a value may be, by key; none for numbers, days, texts and places: they are read as they are."""
        kind = self.question.kind
        if self.is_place or kind in (asking.NUMBER, asking.DATE, *asking.TEXTS):
            return {}
        if self.is_tick:
            return {TICKED: self.part_words}
        if kind == asking.SCALE:
            return {
                value: str(words.no_opinion())
                if value == asking.NO_OPINION
                else figures.scale_words(self.question, value)
                for value in self.question.spec.readable
            }
        return {choice["key"]: choice["label"] for choice in self.question.choices}

    @property
    def offered(self) -> list[tuple[str, str]]:
        """The same with what may always be said of a value."""
        found = list(self.answers.items())
        if self.is_tick:
            found = [(TICKED, pgettext("import", "Ticked")), (BLANK, pgettext("import", "Not ticked"))]
        else:
            found.append((BLANK, pgettext("import", "Nothing: leave it blank")))
        if self.question.spec.personal:
            found.append((DECLINED, words.declined()))
        return found


def targets(revision) -> list[Target]:
    """All that a column may answer, in the order of the questions."""
    found = []
    for printed in selectors.printed(revision):
        question = printed.question
        if not question.is_asked:
            continue
        if question.kind not in asking.WITH_ROWS:
            found.append(Target(printed.number, question))
        lines = question.rows if question.kind in asking.WITH_ROWS else ()
        if question.kind in (asking.MULTIPLE, asking.RANKING):
            lines = question.choices
        found += [Target(printed.number, question, line["key"]) for line in lines]
    return found


def propose_columns(table: Table, revision) -> dict[int, str]:
    """For each column, the target its name is nearest to; each target once, the surest first."""
    known = [(target, _heading(target)) for target in targets(revision)]
    scores = sorted(
        (
            (score, -column, target.code)
            for column, name in enumerate(table.columns)
            for target, said in known
            if (score := _likeness(name, target, said)) >= likeness.ENOUGH
        ),
        reverse=True,
    )
    found: dict[int, str] = {}
    for _score, column, code in scores:
        question = code.partition(".")[0]
        others = {other for other in found.values() if other.partition(".")[0] == question}
        # A whole question and its parts can't both be answered.
        clash = code in others or any((("." in other) != ("." in code)) for other in others)
        if -column not in found and not clash:
            found[-column] = code
    return found


def _heading(target: Target) -> tuple[str, str]:
    return likeness.fold(target.question.text), likeness.fold(target.part_words)


def _likeness(name: str, target: Target, said: tuple[str, str]) -> float:
    question, part = said
    numbered = _NUMBERED.match(name)
    bare = likeness.fold(name[numbered.end() :] if numbered else name)
    bonus = 0.3 if numbered and int(numbered[1]) == target.number else 0.0
    if not target.part:
        if not bare:
            return 0.6 if bonus else 0.0
        return likeness.alike(bare, question) + bonus
    bracketed = _BRACKETS.match(name[numbered.end() :] if numbered else name)
    if bracketed is None:
        return max(likeness.alike(bare, part), likeness.alike(bare, f"{question} {part}")) * 0.9
    stem, inner = likeness.fold(bracketed[1]), likeness.fold(bracketed[2])
    near = likeness.alike(inner, part)
    return 0.0 if near < likeness.ENOUGH else near / 2 + (likeness.alike(stem, question) / 2 if stem else 0) + bonus


def distinct(table: Table, column: int, target: Target) -> list[str]:
    """The different words of a column that somebody says to be answers; none for what is read as it is."""
    if not target.answers:
        return []
    found: dict[str, str] = {}
    for cell in table.values(column):
        for piece in pieces(cell, target):
            found.setdefault(likeness.fold(piece) or piece, piece)
    return sorted(found.values(), key=likeness.fold)


def pieces(cell: str, target: Target) -> list[str]:
    """What a cell says: one answer, or several of them; a label that holds the sign that parts them stays whole."""
    if not target.is_list:
        return [cell]
    known = {likeness.fold(label) for label in target.answers.values()}
    if likeness.fold(cell) in known:
        return [cell]
    for separator in SEPARATORS:
        if separator in cell:
            return _joined(cell.split(separator), separator, known)
    return [cell]


def _joined(parts: list[str], separator: str, known: set[str]) -> list[str]:
    found, start = [], 0
    while start < len(parts):
        end = next(
            (end for end in range(len(parts), start, -1) if likeness.fold(separator.join(parts[start:end])) in known),
            start + 1,
        )
        if words := separator.join(parts[start:end]).strip():
            found.append(words)
        start = end
    return found


def propose_value(value: str, target: Target) -> str:
    """The answer a value is nearest to; empty when nobody but a person can tell."""
    said = likeness.fold(value)
    if said in _LEFT:
        return BLANK
    if target.question.spec.personal and (said in _DECLINES or said == likeness.fold(words.declined())):
        return DECLINED
    if target.is_tick:
        if said in _YES or said == likeness.fold(target.part_words):
            return TICKED
        return BLANK if said in _NO else ""
    if target.question.kind == asking.SCALE:
        if said in _NO_OPINION and asking.NO_OPINION in target.answers:
            return asking.NO_OPINION
        number = re.match(r"\s*(-?\d{1,3})\b", value)
        if number and number[1] in target.answers:
            return number[1]
        ends = {
            str(key): target.question.settings.get(f"{end}_label", "")
            for end, key in (("least", target.question.spec.least), ("most", target.question.spec.most))
        }
        return likeness.nearest(value, {key: label for key, label in ends.items() if label})
    return likeness.nearest(value, target.answers)
