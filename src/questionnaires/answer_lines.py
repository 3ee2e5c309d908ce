"""A line of a file and what its columns mean, to answers: read by the same rules as what is typed on the site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from src.participation import safe_rail

from . import asking, likeness
from .answer_file import Line, Table
from .mapping import BLANK, DECLINED, TICKED, Target, pieces, targets
from .words import problem_sentence

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?:[ T].*)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")


@dataclass(frozen=True)
class Meaning:
    """What was said of a file: ``columns`` are columns by target, ``values`` the answers each folded word is."""

    columns: Mapping[str, int]
    values: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, kept: Mapping) -> "Meaning":
        """From what is stored."""
        return cls(kept.get("columns", {}), kept.get("values", {}))

    def as_kept(self) -> dict:
        return {"columns": dict(self.columns), "values": {code: dict(said) for code, said in self.values.items()}}


@dataclass(frozen=True, order=True)
class Fault:
    """Something of a line that can't be taken; ``number`` is the question's, 0 when it is the whole line."""

    line: int
    number: int
    sentence: str

    def __str__(self):
        if not self.number:
            return _("Line %(line)d: %(fault)s") % {"line": self.line, "fault": self.sentence}
        words = {"line": self.line, "number": self.number, "fault": self.sentence}
        return _("Line %(line)d, question %(number)d: %(fault)s") % words


@dataclass
class Reading:
    """What a whole file gives: the answers of the lines without a fault, every fault, and the words not kept."""

    answers: list[dict] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    # (line, number of the question): a text that bears witness to something grave isn't brought in.
    held: list[tuple[int, int]] = field(default_factory=list)
    # Answers to questions that a condition hides: they aren't kept, as on the site.
    hidden: int = 0


def read(table: Table, revision, meaning: Meaning) -> Reading:
    """Read every line; all the faults of a line are told, not the first one."""
    known = {target.code: target for target in targets(revision)}
    asked = [(known[code], column) for code, column in meaning.columns.items() if code in known]
    numbers = {target.question.key: target.number for target in known.values()}
    reading = Reading()
    for line in table.lines:
        _read_line(line, asked, numbers, revision, meaning, reading)
    return reading


def _read_line(line: Line, asked, numbers: dict, revision, meaning: Meaning, reading: Reading) -> None:
    given, faults = {}, []
    for key, parts in _by_question(asked).items():
        try:
            value = _answer(line, parts, meaning)
        except asking.Invalid as refusal:
            faults.append(Fault(line.number, numbers[key], _sentence(refusal.problem)))
            continue
        if isinstance(value, str) and parts[0][0].question.is_text and safe_rail.notices(value):
            reading.held.append((line.number, numbers[key]))
            continue
        given[key] = value
    checked = asking.check(revision.specs, given)
    told = {fault.number for fault in faults}
    faults += [
        Fault(line.number, numbers[key], _sentence(problem))
        for key, problem in checked.problems.items()
        if numbers[key] not in told
    ]
    if not faults and not checked.answers:
        faults.append(Fault(line.number, 0, _("it answers nothing.")))
    reading.faults += sorted(faults)
    if not faults:
        reading.answers.append(checked.answers)
        shown = set(checked.shown)
        reading.hidden += sum(1 for key, value in given.items() if key not in shown and not asking.is_blank(value))


def _by_question(asked) -> dict[str, list[tuple[Target, int]]]:
    found: dict[str, list] = {}
    for target, column in asked:
        found.setdefault(target.question.key, []).append((target, column))
    return found


def _answer(line: Line, parts: list[tuple[Target, int]], meaning: Meaning):
    """The answer of a line to one question, from its column or its columns."""
    cells = [(target, line.cells[column]) for target, column in parts]
    first, cell = cells[0]
    kind = first.question.kind
    if not first.part:
        if not cell:
            return None
        if first.answers:
            return _worded(first, cell, meaning)
        return _day(cell) if kind == asking.DATE else cell
    said = {target.part: _worded(target, cell, meaning) if target.answers else cell for target, cell in cells if cell}
    if any(asking.is_declined(value) for value in said.values()):
        return asking.DECLINED
    if kind == asking.MULTIPLE:
        return [part for part, value in said.items() if value == TICKED] or None
    if kind == asking.RANKING:
        return _ranked(first, said)
    return {part: value for part, value in said.items() if value is not None} or None


def _worded(target: Target, cell: str, meaning: Meaning):
    """A cell by what was said of its words: an answer, several, none."""
    said = meaning.values.get(target.code, {})
    found = []
    for piece in pieces(cell, target):
        value = said.get(likeness.fold(piece) or piece)
        if value is None or value not in (*target.answers, BLANK, DECLINED):
            raise asking.Invalid("unmapped", word=piece[:60])
        found.append(value)
    if DECLINED in found:
        return asking.DECLINED
    kept = [value for value in found if value != BLANK]
    if target.is_list:
        return kept or None
    return kept[0] if kept else None


def _ranked(target: Target, places: dict[str, str]):
    if not places:
        return None
    try:
        numbers = {choice: int(place.rstrip(".")) for choice, place in places.items() if len(place) <= 4}
    except ValueError:
        raise asking.Invalid("not_a_place") from None
    if len(numbers) != len(target.question.choices):
        raise asking.Invalid("not_all_ranked")
    if len(set(numbers.values())) < len(numbers):
        raise asking.Invalid("ranked_twice")
    return sorted(numbers, key=numbers.get)


def _day(cell: str) -> str:
    """A day as people write it, day first, or as machines do; what follows it (an hour) isn't kept."""
    if (found := _ISO.fullmatch(cell)) is not None:
        year, month, day = found.groups()
    elif (found := _DAY.fullmatch(cell)) is not None:
        day, month, year = found.groups()
    else:
        raise asking.Invalid("not_a_day")
    return f"{year}-{int(month):02}-{int(day):02}"


def _sentence(problem: asking.Problem) -> str:
    if problem.code == "unmapped":
        return _("nobody said which answer “%(word)s” is.") % problem.params
    if problem.code == "required":
        return _("an answer is needed.")
    if problem.code == "not_a_place":
        return _("a place in a ranking is a number.")
    return problem_sentence(problem)
