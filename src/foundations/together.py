"""Several questions asked of the database in one statement: what a page needs from many rooms costs one round.

A *reading* is a generator that yields what it asks (querysets, counts) and is given the rows. Readings that know
nothing of each other are joined by ``all_of``: what each asks first travels in one statement, then what follows.
A part is a column of one row, its rows as a JSON array; the text of each part is the one Django writes for it alone,
so that orders, slices and gates (``visible_to``) are those of the queryset.
"""

import datetime
import json
from collections.abc import Callable, Generator, Iterable
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps
from typing import Any, TypeAlias
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

# SQLite takes at most 127 arguments a function where it is older: wide rows are nested, then flattened.
_WIDE = 60

_WHOLE_NUMBERS = ["Auto", "BigAuto", "SmallAuto", "Integer", "BigInteger", "SmallInteger"]
_WHOLE_NUMBERS += ["PositiveInteger", "PositiveBigInteger", "PositiveSmallInteger"]
# How PostgreSQL's text of each type of column is read back as the value its driver gives.
type_of_text: dict[str, Callable[[str], Any]] = {
    **{f"{name}Field": int for name in _WHOLE_NUMBERS},
    **{f"{name}Field": str for name in ("Char", "Text", "Slug", "File", "JSON")},
    "BooleanField": lambda text: text == "true",
    "FloatField": float,
    "DecimalField": Decimal,
    "DateField": datetime.date.fromisoformat,
    "DateTimeField": datetime.datetime.fromisoformat,
    "TimeField": datetime.time.fromisoformat,
    "UUIDField": UUID,
    "BinaryField": lambda text: bytes.fromhex(text.removeprefix("\\x")),
}


@dataclass(frozen=True)
class Counted:
    """How many rows a queryset has."""

    queryset: QuerySet


@dataclass(frozen=True)
class Tallied:
    """How many rows of a queryset meet each condition, by name, and the first day of those."""

    queryset: QuerySet
    conditions: dict[str, Q]
    first: str = ""


def counted(queryset: QuerySet) -> Counted:
    """Ask how many; an integer comes back."""
    return Counted(queryset.order_by() if not queryset.query.is_sliced else queryset)


def tallied(queryset: QuerySet, first: str = "", **conditions: Q) -> Tallied:
    """Ask how many meet each condition; a dict of integers comes back.

    With ``first``, the name of a column of days: a dict of pairs, how many and their first day.
    """
    return Tallied(queryset, conditions, first)


Asked: TypeAlias = QuerySet | Counted | Tallied
Reading: TypeAlias = Generator[Any, Any, Any]


def reading(function: Callable[..., Reading]):
    """Make a generator of questions a plain function, which asks them at once; ``.asking`` is the generator.

    In the generator: ``rows = yield queryset``, or ``one, two = yield first, second``; what it returns is the answer.
    """

    @wraps(function)
    def answered(*args, **kwargs):
        return run(function(*args, **kwargs))

    answered.asking = function
    return answered


def asking(function: Callable, *args) -> Reading:
    """The reading of a function: its own questions when it is one, else what it returns, found on its side."""
    if hasattr(function, "asking"):
        return (yield from function.asking(*args))
    return function(*args)


def run(asked: Reading, using: str = "default"):
    """Answer a reading, one statement for each thing it yields; returns what it returns."""
    try:
        question = next(asked)
        while True:
            is_alone = not isinstance(question, tuple)
            rows = answers((question,) if is_alone else question, using)
            question = asked.send(rows[0] if is_alone else tuple(rows))
    except StopIteration as end:
        return end.value


def all_of(readings: Iterable[Reading]) -> Reading:
    """Join readings: what each yields in turn is yielded as one tuple; returns the list of what they return."""
    running = list(readings)
    found: list[Any] = [None] * len(running)
    sent: dict[int, Any] = dict.fromkeys(range(len(running)))
    while sent:
        questions: dict[int, Any] = {}
        for place, rows in sent.items():
            try:
                questions[place] = running[place].send(rows)
            except StopIteration as end:
                found[place] = end.value
        if not questions:
            break
        flat = [
            one for question in questions.values() for one in (question if type(question) is tuple else [question])
        ]
        rows = iter((yield tuple(flat)))
        sent = {
            place: tuple(next(rows) for _one in question) if type(question) is tuple else next(rows)
            for place, question in questions.items()
        }
    return found


def answers(questions: Iterable[Asked], using: str = "default") -> list:
    """The rows of each question, in one statement for them all; none where all are known to be empty.

    Raises TypeError for what can't travel so: a union, a prefetch, a type of column that isn't listed here.
    """
    parts = [_Part(question, connections[using]) for question in questions]
    asked = [part for part in parts if part.sql]
    if len(asked) == 1 and not isinstance(asked[0].question, Tallied):
        return [part.alone() if part.sql else part.empty() for part in parts]
    if asked:
        params = [param for part in asked for param in part.params]
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(part.sql for part in asked), params)
            for part, said in zip(asked, cursor.fetchone(), strict=True):
                part.said = said
    return [part.rows() if part.sql else part.empty() for part in parts]


class _Part:
    """One question as a column of the statement, and what its answer means."""

    def __init__(self, question: Asked, connection):
        self.question, self.connection, self.said = question, connection, None
        self.sql, self.params = "", ()
        self.queryset = question if isinstance(question, QuerySet) else question.queryset
        if isinstance(question, Tallied):
            flags = {
                f"is_{name}": Case(When(condition, then=Value(1)), output_field=IntegerField())
                for name, condition in question.conditions.items()
            }
            days = {"first_day": F(question.first)} if question.first else {}
            self.queryset = self.queryset.order_by().annotate(**flags, **days).values_list(*flags, *days)
        query = self.queryset.query
        if query.combinator or self.queryset._prefetch_related_lookups:
            raise TypeError("A union or a prefetch can't be asked together with something else.")
        self.compiler = query.get_compiler(connection=connection)
        try:
            sql, self.params = self.compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            return
        self.sql = f"(SELECT {self._gathered()} FROM ({sql}) part)"  # noqa: S608 - Django's own text, values apart

    def _gathered(self) -> str:
        if isinstance(self.question, Counted):
            return "COUNT(*)"
        quote = self.connection.ops.quote_name
        columns = [(f"part.{quote(alias)}", _kind(column)) for column, _sql, alias in self.compiler.select]
        is_sqlite = self.connection.vendor == "sqlite"
        if isinstance(self.question, Tallied):
            flags = [column for column, _kind in columns[: len(self.question.conditions)]]
            said = [f"COUNT({flag})" for flag in flags]
            if self.question.first:
                day = columns[-1][0]
                said += [f"MIN(CASE WHEN {flag} IS NOT NULL THEN {day} END)" for flag in flags]
            return f"json_array({', '.join(said)})" if is_sqlite else f"json_build_array({', '.join(said)})::text"
        if is_sqlite:
            said = [
                f"CASE WHEN {column} IS NULL THEN NULL ELSE hex({column}) END" if kind == "BinaryField" else column
                for column, kind in columns
            ]
            nested = ", ".join(f"json_array({', '.join(said[at : at + _WIDE])})" for at in range(0, len(said), _WIDE))
            return f"json_group_array(json_array({nested}))"
        return f"json_agg(ARRAY[{', '.join(f'{column}::text' for column, _kind in columns)}])::text"

    def empty(self):
        """What a question that can't have an answer is answered."""
        if isinstance(self.question, Counted):
            return 0
        if isinstance(self.question, Tallied):
            return dict.fromkeys(self.question.conditions, (0, None) if self.question.first else 0)
        return []

    def alone(self):
        """The answer in a statement of its own, as Django asks it."""
        if isinstance(self.question, Counted):
            return self.queryset.count()
        return list(self.queryset)

    def rows(self):
        """The answer read in what came back."""
        if isinstance(self.question, Counted):
            return self.said
        found = json.loads(self.said) if self.said else []
        if isinstance(self.question, Tallied):
            counts = found[: len(self.question.conditions)]
            if self.question.first:
                days = [day and datetime.date.fromisoformat(day) for day in found[len(counts) :]]
                counts = list(zip(counts, days, strict=True))
            return dict(zip(self.question.conditions, counts, strict=True))
        kinds = [_kind(column) for column, _sql, _alias in self.compiler.select]
        return self._made([self._values(row, kinds) for row in found])

    def _values(self, row: list, kinds: list[str]) -> tuple:
        if self.connection.vendor == "sqlite":
            flat = [value for group in row for value in group]
            return tuple(_of_sqlite(value, kind) for value, kind in zip(flat, kinds, strict=True))
        return tuple(
            None if value is None else type_of_text[kind](value) for value, kind in zip(row, kinds, strict=True)
        )

    def _made(self, rows: list[tuple]) -> list:
        """Objects, tuples or values, made by Django from rows as if it had asked for them."""
        ready = copy(self.compiler)
        ready.execute_sql = lambda *_args, **_options: [rows]
        asked = self.queryset._chain()
        asked.query.get_compiler = lambda *_args, **_options: ready
        return list(asked._iterable_class(asked))


def _kind(column) -> str:
    kept = column.output_field
    while getattr(kept, "target_field", None) is not None:
        kept = kept.target_field
    kind = kept.get_internal_type()
    if kind not in type_of_text:
        raise TypeError(f"A column of type {kind} can't be asked together with something else.")
    return kind


def _of_sqlite(value, kind: str):
    if kind == "BinaryField":
        return None if value is None else bytes.fromhex(value)
    return json.dumps(value) if isinstance(value, list | dict) else value


def attach(parents: Iterable, relation: str, children: Iterable, key: str) -> None:
    """Give each parent its children read beside it, as ``prefetch_related`` would; ``key`` names their parent's id."""
    by_parent: dict[Any, list] = {}
    for child in children:
        by_parent.setdefault(getattr(child, key), []).append(child)
    for parent in parents:
        manager = getattr(parent, relation)
        rows = manager.get_queryset()
        rows._result_cache, rows._prefetch_done = by_parent.get(parent.pk, []), True
        parent.__dict__.setdefault("_prefetched_objects_cache", {})
        parent._prefetched_objects_cache[relation] = rows
