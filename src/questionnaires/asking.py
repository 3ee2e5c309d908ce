"""What is asked and what counts as an answer: pure rules, without Django.

An answer set is a mapping from the key of a question to its answer, in the shapes that JSON has:

| kind | answer |
|---|---|
| single | the key of a choice |
| multiple | keys of choices |
| scale | a whole number, or ``NO_OPINION`` |
| grid, grades | key of a row → key of a column (a grade) |
| ranking | every choice, first one first |
| number | a decimal number as text |
| date | an ISO day |
| short_text, long_text | text |

``DECLINED`` answers any personal question. A question left blank has no key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

SINGLE, MULTIPLE, SCALE, GRID, RANKING, GRADES = "single", "multiple", "scale", "grid", "ranking", "grades"
NUMBER, DATE, SHORT_TEXT, LONG_TEXT, INFORMATION = "number", "date", "short_text", "long_text", "information"
KINDS = (SINGLE, MULTIPLE, SCALE, GRID, RANKING, GRADES, NUMBER, DATE, SHORT_TEXT, LONG_TEXT, INFORMATION)
WITH_CHOICES = frozenset({SINGLE, MULTIPLE, GRID, RANKING, GRADES})
WITH_ROWS = frozenset({GRID, GRADES})
TEXTS = frozenset({SHORT_TEXT, LONG_TEXT})
# What a condition may read.
CONDITIONS_READ = frozenset({SINGLE, MULTIPLE, SCALE})

NO_OPINION = "no_opinion"
DECLINED = {"declined": True}
SHORT_MOST, LONG_MOST = 600, 4000
DECIMALS = 2


@dataclass(frozen=True)
class Condition:
    """A question is asked only of those who gave one of these ``values`` to an earlier one."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question as the rules read it.

    ``least`` and ``most`` bound how many are ticked (multiple), the ends (scale), the value (number), and with
    ``most`` the length (texts).
    """

    key: str
    kind: str
    required: bool = False
    personal: bool = False
    choices: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    no_opinion: bool = False
    condition: Condition | None = None

    @property
    def is_asked(self) -> bool:
        """Whether it takes an answer: an information block doesn't."""
        return self.kind != INFORMATION

    @property
    def readable(self) -> tuple[str, ...]:
        """The values a condition may name."""
        if self.kind in (SINGLE, MULTIPLE):
            return self.choices
        if self.kind == SCALE and self.least is not None and self.most is not None:
            return (*map(str, range(self.least, self.most + 1)), *((NO_OPINION,) if self.no_opinion else ()))
        return ()


@dataclass(frozen=True)
class Problem:
    """Why an answer can't be taken: a code, and the numbers its sentence needs."""

    code: str
    params: Mapping = field(default_factory=dict)


class Invalid(ValueError):
    """An answer that can't be taken."""

    def __init__(self, code: str, **params):
        super().__init__(code)
        self.problem = Problem(code, params)


@dataclass(frozen=True)
class Checked:
    """An answer set read against its questions: what is shown, what is kept of it, what is wrong."""

    shown: tuple[str, ...]
    answers: dict
    problems: dict[str, Problem]

    @property
    def is_valid(self) -> bool:
        return not self.problems


def is_blank(value) -> bool:
    """Whether nothing was answered."""
    return value is None or value == "" or value == [] or value == {} or isinstance(value, str) and not value.strip()


def is_declined(value) -> bool:
    """Whether the person said that they don't wish to answer."""
    return isinstance(value, dict) and value == DECLINED


def check(questions: Iterable[Question], answers: Mapping) -> Checked:
    """Read a whole answer set: what a condition hides is not kept, whatever was answered before it was hidden.

    ``shown`` lists the questions in their order. An answer that can't be taken hides what depends on it.
    """
    shown, kept, problems, known = [], {}, {}, {}
    for question in questions:
        known[question.key] = question
        if not is_shown(question, known, kept):
            continue
        shown.append(question.key)
        if not question.is_asked:
            continue
        try:
            value = clean(question, answers.get(question.key))
        except Invalid as refusal:
            problems[question.key] = refusal.problem
        else:
            if value is not None:
                kept[question.key] = value
    return Checked(tuple(shown), kept, problems)


def is_shown(question: Question, known: Mapping[str, Question], kept: Mapping) -> bool:
    """Whether a question is asked, given the answers kept of the earlier ones (``kept`` holds no hidden answer)."""
    condition = question.condition
    if condition is None:
        return True
    if condition.question not in known or condition.question == question.key or condition.question not in kept:
        return False
    value = kept[condition.question]
    if is_declined(value):
        return False
    given = value if isinstance(value, list) else [value]
    return any(str(one) in condition.values for one in given)


def clean(question: Question, value):
    """The answer as it is kept, None when it is left blank; raises Invalid with the reason."""
    if is_blank(value):
        if question.required:
            raise Invalid("required")
        return None
    if is_declined(value):
        if not question.personal:
            raise Invalid("not_offered")
        return dict(DECLINED)
    return _CLEANERS[question.kind](question, value)


def _one_of(question, value):
    if not isinstance(value, str) or value not in question.choices:
        raise Invalid("not_offered")
    return value


def _several(question, value):
    if not isinstance(value, list | tuple) or any(one not in question.choices for one in value):
        raise Invalid("not_offered")
    ticked = [choice for choice in question.choices if choice in value]
    if question.least is not None and len(ticked) < question.least:
        raise Invalid("too_few", least=question.least)
    if question.most is not None and len(ticked) > question.most:
        raise Invalid("too_many", most=question.most, ticked=len(ticked))
    return ticked


def _on_scale(question, value):
    if value == NO_OPINION and question.no_opinion:
        return NO_OPINION
    if isinstance(value, bool) or not isinstance(value, int | str) or str(value) not in question.readable:
        raise Invalid("not_offered")
    if str(value) == NO_OPINION:
        raise Invalid("not_offered")
    return int(value)


def _by_row(question, value):
    if not isinstance(value, dict) or any(row not in question.rows for row in value):
        raise Invalid("not_offered")
    given = {row: value[row] for row in question.rows if not is_blank(value.get(row))}
    if any(column not in question.choices for column in given.values()):
        raise Invalid("not_offered")
    if not given:
        return clean(question, None)
    if question.required and len(given) < len(question.rows):
        raise Invalid("rows_missing", missing=[row for row in question.rows if row not in given])
    return given


def _ranked(question, value):
    if not isinstance(value, list | tuple) or any(one not in question.choices for one in value):
        raise Invalid("not_offered")
    if len(set(value)) != len(value):
        raise Invalid("ranked_twice")
    if len(value) != len(question.choices):
        raise Invalid("not_all_ranked")
    return list(value)


def _number(question, value):
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise Invalid("not_a_number")
    text = str(value).strip().replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(text) if len(text) <= 20 and text.isascii() and "_" not in text else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number) > 10**12:
        raise Invalid("not_a_number")
    if number != round(number, DECIMALS):
        raise Invalid("too_precise", decimals=DECIMALS)
    if question.least is not None and number < question.least:
        raise Invalid("too_low", least=question.least)
    if question.most is not None and number > question.most:
        raise Invalid("too_high", most=question.most)
    written = f"{number:f}"
    return ("0" if not number else written.rstrip("0").rstrip(".")) if "." in written else str(int(number))


def _day(question, value):
    if not isinstance(value, str):
        raise Invalid("not_a_day")
    try:
        return date.fromisoformat(value.strip()[:10]).isoformat()
    except ValueError:
        raise Invalid("not_a_day") from None


def longest_text(question: Question) -> int:
    """How many characters a text may have."""
    return question.most or (SHORT_MOST if question.kind == SHORT_TEXT else LONG_MOST)


def _text(question, value):
    if not isinstance(value, str):
        raise Invalid("not_offered")
    text = value.strip()
    most = longest_text(question)
    if len(text) > most:
        raise Invalid("too_long", most=most, length=len(text))
    return text


_CLEANERS = {
    SINGLE: _one_of,
    MULTIPLE: _several,
    SCALE: _on_scale,
    GRID: _by_row,
    GRADES: _by_row,
    RANKING: _ranked,
    NUMBER: _number,
    DATE: _day,
    SHORT_TEXT: _text,
    LONG_TEXT: _text,
}


def faults(questions: Iterable[Question]) -> list[tuple[str, Problem]]:
    """What keeps questions from being published, by key: a condition that reads forward, a list with one choice…"""
    found, known = [], {}
    for question in questions:
        found += [(question.key, problem) for problem in _faults_of(question, known)]
        known[question.key] = question
    if not any(question.is_asked for question in known.values()):
        found.append(("", Problem("nothing_asked")))
    return found


def _faults_of(question: Question, known: Mapping[str, Question]):
    if question.kind not in KINDS:
        yield Problem("unknown_kind")
        return
    if question.key in known:
        yield Problem("key_twice")
    if question.kind in WITH_CHOICES and len(set(question.choices)) < 2:
        yield Problem("two_choices")
    if question.kind in WITH_ROWS and not question.rows:
        yield Problem("one_row")
    yield from _bound_faults(question)
    yield from _condition_faults(question, known)


def _bound_faults(question: Question):
    least, most = question.least, question.most
    if question.kind == MULTIPLE:
        highest = len(question.choices)
        if any(bound is not None and not 1 <= bound <= highest for bound in (least, most)) or (
            least is not None and most is not None and least > most
        ):
            yield Problem("ticks_bounds", {"choices": highest})
    elif question.kind == SCALE:
        if least is None or most is None or not 1 <= most - least <= 10:
            yield Problem("scale_bounds")
    elif question.kind == NUMBER and (least is None or most is None or least >= most):
        yield Problem("number_bounds")
    elif question.kind in TEXTS and most is not None and not 1 <= most <= LONG_MOST:
        yield Problem("text_bounds", {"most": LONG_MOST})


def _condition_faults(question: Question, known: Mapping[str, Question]):
    condition = question.condition
    if condition is None:
        return
    source = known.get(condition.question)
    if source is None:
        yield Problem("reads_forward")
    elif source.kind not in CONDITIONS_READ or not condition.values:
        yield Problem("unreadable")
    elif set(condition.values) - set(source.readable):
        yield Problem("value_gone")
