"""Statements written once: the text of a query whose shape never changes isn't made anew for each request.

Django writes the same words each time from the same models: a third of what an idea's page cost. Only values differ.
"""

import re
from collections.abc import Callable
from copy import copy
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable

# Stand-ins for values while the text is written: integers no row has and that a key's column takes, and their like.
_FIRST_STAND_IN = 0x5EA1_0000_0000_0000
_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda place: _FIRST_STAND_IN + place,
    str: lambda place: f"\x7f{place}\x7f",
    date: lambda place: date(7001 + place, 3, 4),
    UUID: lambda place: UUID(int=_FIRST_STAND_IN + place),
}


class Written:
    """A queryset of models whose values change and nothing else, written at its first use and then only filled in.

    ``places`` is the number of integers it takes, or the type of each value (int, str, date, UUID). ``build`` takes
    one value per place and returns the queryset; it must not look at them (a value that changes the shape, such as
    None or a list's length, is refused or is another ``Written``). What depends on settings, on the day or on the
    viewer has no place in it but by values. Text is for equality alone: a pattern would need its signs escaped.
    """

    def __init__(self, places: int | tuple[type, ...], build: Callable[..., QuerySet]):
        self._places = (int,) * places if isinstance(places, int) else places
        self._build = build
        self._known: dict[tuple[str, str], tuple[QuerySet, Any, str, tuple]] = {}

    def rows(self, *values, using: str = "default") -> list:
        """The rows, in one statement. Refuses another number of values, and what isn't of their types."""
        if tuple(map(type, values)) != self._places:
            raise ValueError(f"Asked for {', '.join(place.__name__ for place in self._places)}.")
        connection = connections[using]
        queryset, compiler, sql, params = self._text(connection)
        filled = tuple(param(values) if callable(param) else param for param in params)
        ready = copy(compiler)
        ready.connection = connection
        ready.as_sql = lambda *_args, **_options: (sql, filled)
        asked = queryset._chain()
        asked.query.get_compiler = lambda *_args, **_options: ready
        return list(ModelIterable(asked))

    def _text(self, connection) -> tuple[QuerySet, Any, str, tuple]:
        key = (connection.alias, connection.vendor)
        if key not in self._known:
            stand_ins = [_STAND_INS[kind](place) for place, kind in enumerate(self._places)]
            queryset = self._build(*stand_ins).using(connection.alias)
            if queryset._iterable_class is not ModelIterable or queryset._prefetch_related_lookups:
                raise TypeError("Only whole models, without prefetching.")
            compiler = queryset.query.get_compiler(connection.alias)
            sql, params = compiler.as_sql()
            filling = tuple(_filling(param, stand_ins, connection.ops) for param in params)
            if len({place for param in filling for place in getattr(param, "places", ())}) < len(stand_ins):
                raise TypeError("A value is not found in the text: a statement written once can't take it.")
            self._known[key] = (queryset, compiler, sql, filling)
        return self._known[key]


def _filling(param, stand_ins: list, ops):
    """What gives a parameter its value: the parameter itself, or a function of the values asked for.

    A value is met as it was given, as the database's own form of it (a day, an identifier), or inside a pattern.
    """
    for place, stand_in in enumerate(stand_ins):
        for form in _forms(type(stand_in), ops):
            if type(param) is type(form(stand_in)) and param == form(stand_in):
                return _Place(place, form)
    if isinstance(param, str):
        parts = re.split("|".join(str(value) for value in stand_ins if type(value) is int) or "$^", param)
        if len(parts) > 1:
            inside = re.findall("|".join(str(value) for value in stand_ins if type(value) is int), param)
            return _Pattern(parts, [int(one) - _FIRST_STAND_IN for one in inside])
    return param


def _forms(kind: type, ops) -> list[Callable[[Any], Any]]:
    own: dict[type, list[Callable[[Any], Any]]] = {
        date: [ops.adapt_datefield_value],
        UUID: [lambda value: value.hex, str],
    }
    return [lambda value: value, *own.get(kind, [])]


class _Place:
    """One value, in the form the database takes."""

    def __init__(self, place: int, form: Callable[[Any], Any]):
        self.places, self._form = (place,), form

    def __call__(self, values):
        return self._form(values[self.places[0]])


class _Pattern:
    """Integers inside a text: « %,12,% »."""

    def __init__(self, parts: list[str], places: list[int]):
        self.places, self._parts = tuple(places), parts

    def __call__(self, values):
        said = [self._parts[0]]
        for place, part in zip(self.places, self._parts[1:], strict=True):
            said += [str(values[place]), part]
        return "".join(said)
