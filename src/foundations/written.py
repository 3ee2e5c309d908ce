"""Statements written once: the text of a query whose shape never changes isn't made anew for each request.

Django writes the same words each time from the same models: a third of what an idea's page cost. Only values differ.
"""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable

# Stand-ins for values while the text is written: integers no row has, and that a key's column takes.
_FIRST_STAND_IN = 0x5EA1_0000_0000_0000


class Written:
    """A queryset of models whose values are integers, written at its first use and then only filled in.

    ``build`` takes one value per place and returns the queryset; it must not look at them (a value that changes the
    shape, such as None or a list's length, is refused or is another ``Written``). What depends on settings or on
    the viewer has no place in it.
    """

    def __init__(self, places: int, build: Callable[..., QuerySet]):
        self._places, self._build = places, build
        self._known: dict[tuple[str, str], tuple[QuerySet, Any, str, tuple]] = {}

    def rows(self, *values: int, using: str = "default") -> list:
        """The rows, in one statement. Refuses another number of values, and what isn't an integer."""
        if len(values) != self._places or not all(type(value) is int for value in values):
            raise ValueError(f"{self._places} integers are needed.")
        connection = connections[using]
        queryset, compiler, sql, params = self._text(connection)
        filled = tuple(
            values[param - _FIRST_STAND_IN] if type(param) is int and param >= _FIRST_STAND_IN else param
            for param in params
        )
        ready = copy(compiler)
        ready.connection = connection
        ready.as_sql = lambda *_args, **_options: (sql, filled)
        asked = queryset._chain()
        asked.query.get_compiler = lambda *_args, **_options: ready
        return list(ModelIterable(asked))

    def _text(self, connection) -> tuple[QuerySet, Any, str, tuple]:
        key = (connection.alias, connection.vendor)
        if key not in self._known:
            queryset = self._build(*range(_FIRST_STAND_IN, _FIRST_STAND_IN + self._places)).using(connection.alias)
            if queryset._iterable_class is not ModelIterable or queryset._prefetch_related_lookups:
                raise TypeError("Only whole models, without prefetching.")
            compiler = queryset.query.get_compiler(connection.alias)
            sql, params = compiler.as_sql()
            self._known[key] = (queryset, compiler, sql, tuple(params))
        return self._known[key]
