"""A questionnaire as a file of our own: JSON, versioned, read whole or not at all.

Everything wrong is found at once, told with the number of its question; what is read and written again is the same.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from src.foundations.plain_fields import plain_text

from . import asking
from .models import Question
from .words import problem_sentence

FORMAT, VERSION = "terrain-questionnaire", 1
MOST_BYTES = 512 * 1024
MOST_QUESTIONS = 60
# Signs at most, as the forms of the workshop take them.
TITLE, INTRODUCTION, TEXT, HELP, LABEL, STEP_LABEL = 140, 2000, 400, 600, 160, 60
MOST_LINES = 30
GREATEST = 10**12
KEY = re.compile(r"[a-z][0-9]{1,4}", re.ASCII)
_AROUND = {"format", "version", "title", "introduction", "minutes", "questions"}
_SETTINGS = ("choices", "rows", "least", "most", "least_label", "most_label", "no_opinion")
_FLAGS = {"required": "is_required", "personal": "is_personal", "sensitive": "is_sensitive"}


@dataclass(frozen=True)
class Document:
    """A questionnaire without a space, a date or an answer; ``questions`` are the columns of ``Question``."""

    title: str
    introduction: str = ""
    minutes: int = 5
    questions: tuple[dict, ...] = field(default=())


@dataclass(frozen=True)
class Fault:
    """Something the file says that can't be taken; ``number`` is the question's place, 0 for what is around."""

    number: int
    sentence: str

    def __str__(self):
        if not self.number:
            return self.sentence
        return _("Question %(number)d: %(fault)s") % {"number": self.number, "fault": self.sentence}


class Refused(ValueError):
    """A file that can't be taken, with everything that is wrong in it."""

    def __init__(self, faults: list[Fault]):
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def of(questionnaire, revision) -> Document:
    """What a questionnaire asks in one of its revisions."""
    return Document(
        title=questionnaire.title,
        introduction=questionnaire.introduction,
        minutes=questionnaire.minutes,
        questions=tuple(_columns(question) for question in revision.ordered),
    )


def _columns(question) -> dict:
    names = ("key", "kind", "text", "help", "is_required", "is_personal", "is_sensitive", "settings", "condition")
    return {name: getattr(question, name) for name in names}


def write(document: Document) -> str:
    """The file, with what it says and nothing that it doesn't."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "title": document.title,
        "introduction": document.introduction,
        "minutes": document.minutes,
        "questions": [_written(columns) for columns in document.questions],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _written(columns: dict) -> dict:
    written = {name: columns[name] for name in ("key", "kind", "text")}
    if columns["help"]:
        written["help"] = columns["help"]
    written |= {name: True for name, column in _FLAGS.items() if columns[column]}
    written |= {name: columns["settings"][name] for name in _SETTINGS if name in columns["settings"]}
    if columns["condition"]:
        written["condition"] = columns["condition"]
    return written


def read(data: bytes) -> Document:
    """Read a file; raises ``Refused`` with every fault, whatever was sent."""
    content = _parsed(data)
    reader = _Reader()
    document = reader.document(content)
    if reader.faults:
        raise Refused(reader.faults)
    return document


def _parsed(data: bytes) -> dict:
    if len(data) > MOST_BYTES:
        raise Refused([Fault(0, _("This file is over 512 KB: it isn't a questionnaire."))])
    try:
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused([Fault(0, _("This file can't be read: it isn't JSON in UTF-8."))]) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Refused([Fault(0, _("This file isn't a questionnaire written by Terrain."))])
    if type(content.get("version")) is not int or content["version"] != VERSION:
        raise Refused(
            [Fault(0, _("This file is of another version than the one read here (%(n)d).") % {"n": VERSION})]
        )
    return content


def _once(pairs) -> dict:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _no_constant(name):
    raise ValueError(name)


class _Reader:
    """Reads a file from its beginning to its end, noting what is wrong as it goes."""

    def __init__(self):
        self.faults: list[Fault] = []
        self.number = 0

    def wrong(self, sentence: str) -> None:
        self.faults.append(Fault(self.number, sentence))

    def document(self, content: dict) -> Document:
        """The whole file; only worth anything when there is no fault."""
        self.unknown(content, _AROUND)
        title = self.text(content, "title", TITLE, needed=True)
        introduction = self.text(content, "introduction", INTRODUCTION, one_line=False)
        minutes = content.get("minutes", 5)
        if type(minutes) is not int or not 1 <= minutes <= 60:
            self.wrong(_("“%(name)s” has to be a whole number from %(least)d to %(most)d.")
                       % {"name": "minutes", "least": 1, "most": 60})  # fmt: skip
        given = content.get("questions")
        if not isinstance(given, list) or not given:
            self.wrong(_("There is no question yet."))
            given = []
        if len(given) > MOST_QUESTIONS:
            self.wrong(_("Keep %(n)d questions at most: people stop long before.") % {"n": MOST_QUESTIONS})
            given = given[:MOST_QUESTIONS]
        questions = []
        for self.number, one in enumerate(given, start=1):
            columns = self.question(one)
            questions.append(columns)
        self.together(questions)
        return Document(title, introduction, minutes, tuple(one for one in questions if one))

    def question(self, given) -> dict | None:
        """The columns of a question; None when it is too wrong to be looked at with the others."""
        if not isinstance(given, dict):
            self.wrong(_("it isn't a question."))
            return None
        kind = given.get("kind")
        if not isinstance(kind, str) or kind not in asking.KINDS:
            self.wrong(_("its kind isn't one of ours: %(kinds)s.") % {"kinds": ", ".join(asking.KINDS)})
            return None
        before = len(self.faults)
        self.unknown(given, _members(kind))
        columns = {
            "key": self.key(given.get("key")),
            "kind": kind,
            "text": self.text(given, "text", TEXT, needed=True),
            "help": self.text(given, "help", HELP, one_line=False),
            **{column: self.flag(given, name) for name, column in _FLAGS.items()},
            "settings": dict(self.settings(given)),
            "condition": self.condition(given.get("condition")),
        }
        return columns if len(self.faults) == before else None

    def settings(self, given: dict) -> Iterator[tuple[str, object]]:
        """What the kind needs, in the shapes that are stored: what is empty isn't there."""
        for name in ("choices", "rows"):
            if name in given:
                yield name, self.lines(given[name], name)
        for name in ("least", "most"):
            if name in given:
                value = given[name]
                if type(value) is not int or abs(value) > GREATEST:
                    self.wrong(_("“%(name)s” has to be a whole number.") % {"name": name})
                yield name, value
        for name in ("least_label", "most_label"):
            if words := self.text(given, name, STEP_LABEL):
                yield name, words
        if self.flag(given, "no_opinion"):
            yield "no_opinion", True

    def lines(self, given, name: str) -> list[dict]:
        """Choices or lines, each with its key and its words."""
        if not isinstance(given, list) or len(given) > MOST_LINES:
            self.wrong(_("“%(name)s” has to be a list of %(n)d lines at most.") % {"name": name, "n": MOST_LINES})
            return []
        found = []
        for one in given:
            if not isinstance(one, dict) or set(one) - {"key", "label"}:
                self.wrong(_("each line of “%(name)s” has a key, a label and nothing else.") % {"name": name})
                continue
            found.append({"key": self.key(one.get("key")), "label": self.text(one, "label", LABEL, needed=True)})
        for member in ("key", "label"):
            if len({one[member] for one in found}) < len(found):
                self.wrong(_("two lines of “%(name)s” are the same.") % {"name": name})
        return found

    def condition(self, given) -> dict | None:
        if given is None:
            return None
        values = given.get("values") if isinstance(given, dict) else None
        if (
            not isinstance(values, list)
            or set(given) != {"question", "values"}
            or not isinstance(given["question"], str)
            or not 0 < len(values) <= MOST_LINES
            or not all(isinstance(value, str) for value in values)
        ):
            self.wrong(_("its condition has to name a question and the values it reads."))
            return None
        return {"question": given["question"], "values": values}

    def key(self, given) -> str:
        if not isinstance(given, str) or KEY.fullmatch(given) is None:
            self.wrong(_("each key is a small letter and a number, for instance q1."))
            return ""
        return given

    def flag(self, given: dict, name: str) -> bool:
        value = given.get(name, False)
        if not isinstance(value, bool):
            self.wrong(_("“%(name)s” has to be true or false.") % {"name": name})
        return value is True

    def text(self, given: dict, name: str, most: int, *, needed: bool = False, one_line: bool = True) -> str:
        value = given.get(name, "")
        if not isinstance(value, str):
            self.wrong(_("“%(name)s” has to be a text.") % {"name": name})
            return ""
        words = plain_text(value, one_line=one_line)
        if needed and not words:
            self.wrong(_("“%(name)s” is empty.") % {"name": name})
        if len(words) > most:
            self.wrong(_("“%(name)s” has more than %(n)d signs.") % {"name": name, "n": most})
        return words

    def unknown(self, given: dict, known: set[str]) -> None:
        """A name we don't know would be lost: it is refused."""
        for name in sorted(set(given) - known)[:5]:
            self.wrong(_("“%(name)s” has no meaning here.") % {"name": plain_text(name, one_line=True)[:40]})

    def together(self, questions: list[dict | None]) -> None:
        """What the rules find, once each question could be read by itself."""
        self.number = 0
        if self.faults:
            return
        numbers: dict[str, int] = {}
        for number, columns in enumerate(questions, start=1):
            numbers.setdefault(columns["key"], number)
        for key, problem in asking.faults([spec_of(columns) for columns in questions]):
            self.faults.append(Fault(numbers.get(key, 0), problem_sentence(problem)))


def spec_of(columns: dict) -> asking.Question:
    """A question as the rules read it, from its columns."""
    return Question(**columns).spec


def _members(kind: str) -> set[str]:
    names = {"key", "kind", "text", "help", "condition"}
    if kind != asking.INFORMATION:
        names |= set(_FLAGS)
    if kind in asking.WITH_CHOICES:
        names.add("choices")
    if kind in asking.WITH_ROWS:
        names.add("rows")
    if kind in (asking.MULTIPLE, asking.NUMBER, asking.SCALE):
        names |= {"least", "most"}
    if kind in asking.TEXTS:
        names.add("most")
    if kind == asking.SCALE:
        names |= {"least_label", "most_label", "no_opinion"}
    return names
