"""The full-text index itself: vendor SQL for each database, put in place after each migration, never by triggers.

The same words on both: each document is its stems separated by spaces, and a question is groups of stems, all of
which must be found, in any of their alternatives.
"""

import datetime
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, FloatField, IntegerField, Q
from django.db.models.expressions import RawSQL

from .models import SearchDocument

TABLE = SearchDocument._meta.db_table
FTS = "search_words"

_POSTGRES = (
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS words tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(search_text, ' '))) STORED",
    # The planner must know more words than its default hundred to tell a rare one from a usual one.
    f"ALTER TABLE {TABLE} ALTER COLUMN words SET STATISTICS 1000",
    f"CREATE INDEX IF NOT EXISTS search_words_gin ON {TABLE} USING gin (words)",
)
_SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5(search_text, tokenize='unicode61 remove_diacritics 0')",
)


@dataclass(frozen=True)
class Term:
    """One stem, or the beginning of words."""

    stem: str
    prefix: bool = False


# A question: all groups must be found, each by any of its terms.
Groups = list[list[Term]]


@dataclass(frozen=True)
class AnyOf:
    """The other way round: any of the groups, each with all its terms."""

    groups: Groups


def install(using: str = "default") -> None:
    """Create what is missing; running it again changes nothing."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if not _postgres_is_ready(connection, cursor):
                for statement in _POSTGRES:
                    cursor.execute(statement)
        else:
            for statement in _SQLITE:
                cursor.execute(statement)


def _postgres_is_ready(connection, cursor) -> bool:
    """An ALTER that finds nothing to do still locks the table: look first."""
    columns = {column.name for column in connection.introspection.get_table_description(cursor, TABLE)}
    return "words" in columns and "search_words_gin" in connection.introspection.get_constraints(cursor, TABLE)


def install_after_migrate(sender, using, **kwargs) -> None:
    """What ``post_migrate`` calls."""
    install(using)


def holding(groups: Groups | AnyOf, using: str = "default"):
    """A condition on SearchDocument: the document answers the question."""
    if connections[using].vendor == "postgresql":
        # One condition for each alternative of AnyOf: the index intersects each quickly, but not their union.
        questions = [[[term] for term in group] for group in groups.groups] if isinstance(groups, AnyOf) else [groups]
        return reduce(or_, (Q(_postgres_condition(question)) for question in questions))
    rowids = RawSQL(f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s", [_fts5(groups)])  # noqa: S608, S611
    return Q(pk__in=rowids)


def _postgres_condition(groups: Groups):
    return RawSQL("words @@ %s::tsquery", [_tsquery(groups)], output_field=BooleanField())  # noqa: S611


def weight(weights: dict[str, float], using: str = "default"):
    """An expression on SearchDocument: the sum of the weights of the stems it holds."""
    cast = "::float8" if connections[using].vendor == "postgresql" else ""
    parts, params = [], []
    for stem, value in weights.items():
        condition, bound = _held(stem, using)
        parts.append(f"CASE WHEN {condition} THEN %s{cast} ELSE 0.0 END")
        params += [bound, value]
    return RawSQL(" + ".join(parts), params, output_field=FloatField())  # noqa: S611


def holds(stem: str, using: str = "default") -> Q:
    """A condition on a SearchDocument already found: it holds this stem too."""
    condition, bound = _held(stem, using)
    return Q(RawSQL(condition, [bound], output_field=BooleanField()))  # noqa: S611


def _held(stem: str, using: str) -> tuple[str, str]:
    """A condition in SQL and what is bound to it: this stem is in the text. PostgreSQL reads its list of words."""
    if connections[using].vendor == "postgresql":
        return "words @@ %s::tsquery", _tsquery([[Term(stem)]])
    return "instr(' ' || search_text || ' ', %s) > 0", f" {stem} "


def _find(using: str) -> str:
    """The function that answers where a text is found in another."""
    return "strpos" if connections[using].vendor == "postgresql" else "instr"


def write_words(documents: list[SearchDocument], using: str = "default") -> None:
    """On SQLite, write the stems of these documents in the index; PostgreSQL computes its column itself."""
    connection = connections[using]
    if connection.vendor == "postgresql" or not documents:
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {FTS} WHERE rowid = %s", [[one.pk] for one in documents])  # noqa: S608
        cursor.executemany(
            f"INSERT INTO {FTS} (rowid, search_text) VALUES (%s, %s)",  # noqa: S608
            [[one.pk, one.search_text] for one in documents],
        )


def drop_orphans(using: str = "default") -> None:
    """On SQLite, take out of the index what has no document any more."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {FTS} WHERE rowid NOT IN (SELECT id FROM {TABLE})")  # noqa: S608


def drop_words(document_ids: list[int], using: str = "default") -> None:
    """On SQLite, take these documents out of the index."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {FTS} WHERE rowid = %s", [[pk] for pk in document_ids])  # noqa: S608


def _tsquery(groups: Groups) -> str:
    """Stems hold letters and digits alone, so that quoting is enough."""
    return _joined(groups, " & ", " | ", lambda term: f"'{term.stem}'" + (":*" if term.prefix else ""))


def _fts5(groups: Groups | AnyOf) -> str:
    return _joined(groups, " AND ", " OR ", lambda term: f'"{term.stem}"' + (" *" if term.prefix else ""))


def _joined(groups: Groups | AnyOf, both: str, either: str, written) -> str:
    outer, inner = both, either
    if isinstance(groups, AnyOf):
        groups, outer, inner = groups.groups, either, both
    return outer.join("(" + inner.join(written(term) for term in group) + ")" for group in groups)


def relevance(groups: Groups, using: str = "default"):
    """An expression on SearchDocument: titles first, whole words before beginnings, phrases too."""
    find = _find(using)
    parts, params = [], []

    def add(condition: str, bound: str, value: int) -> None:
        # Columns and functions are named here and the words are bound.
        parts.append(f"CASE WHEN {condition} THEN {value} ELSE 0 END")
        params.append(bound)

    in_title, in_text = (f"{find}(' ' || {column} || ' ', %s) > 0" for column in ("title_text", "search_text"))
    for group in groups:
        for term in group:
            add(in_title, f" {term.stem}" if term.prefix else f" {term.stem} ", 2 if term.prefix else 4)
    if len(groups) > 1:
        add(in_text, " " + " ".join(group[0].stem for group in groups) + " ", 3)
    elif any(term.prefix for term in groups[-1]):
        add(*_held(groups[-1][0].stem, using), 1)
    return RawSQL(" + ".join(parts), params, output_field=IntegerField())  # noqa: S611


@dataclass(frozen=True)
class Rows:
    """What one reading of the index gave: counts by traits, then the page as (kind, object_id, day)."""

    counts: list[tuple[int, dict]]
    page: list[tuple[str, int, datetime.date]]


TRAITS = ("genre", "step", "direction", "direction_name", "space", "space_name")


def counted_and_ordered(found, order: str, size: int, start: int, using: str = "default") -> Rows:
    """Count what was found by traits, and read ``size`` of it in ``order`` from ``start`` on, with one statement.

    ``found`` gives (pk, cell, day, tie, weight, fits): it is read once, which is what costs; ``fits`` says which ones
    the page holds, counts being of all of them. ``order`` is written by callers, never by people.
    """
    try:
        sql, params = found.query.sql_with_params()
    except EmptyResultSet:
        return Rows([], [])
    traits = ", ".join(f"d.{name}" for name in TRAITS)
    # One document says the traits of all those of its cell.
    statement = f"""
        WITH found (id, cell, day, tie, weight, fits) AS MATERIALIZED ({sql}),
        counted AS (SELECT min(id) AS id, count(*) AS results FROM found GROUP BY cell),
        ranked AS (
            SELECT id, row_number() OVER (ORDER BY {order}) AS place
            FROM (SELECT * FROM found WHERE fits = 1 ORDER BY {order} LIMIT {int(size)} OFFSET {int(start)}) AS best
        )
        SELECT 0 AS place, c.results, d.kind, d.object_id, d.day, {traits}
        FROM counted c JOIN {TABLE} d ON d.id = c.id
        UNION ALL
        SELECT r.place, 0, d.kind, d.object_id, d.day, {traits}
        FROM ranked r JOIN {TABLE} d ON d.id = r.id
    """  # noqa: S608
    with connections[using].cursor() as cursor:
        cursor.execute(statement, params)
        rows = sorted(cursor.fetchall(), key=lambda row: row[0])
    counts, page = [], []
    for place, results, kind, pk, day, *known in rows:
        day = day if isinstance(day, datetime.date) else datetime.date.fromisoformat(day)
        if place:
            page.append((kind, pk, day))
        else:
            year = str(day.year) if day > datetime.date.min else ""
            counts.append((results, {**dict(zip(TRAITS, known, strict=True)), "year": year}))
    return Rows(counts, page)
