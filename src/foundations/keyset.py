"""Pages of long lists by key, not by number: one statement whatever the page, and cursors that tell nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db.models import F, Q

_SALT = "terrain.keyset"


class BadCursor(BadRequest):
    """A cursor that isn't ours, or belongs to another list."""


@dataclass(frozen=True)
class Page:
    """One page and the cursors of its neighbours (empty: there is none)."""

    items: list
    next_cursor: str
    previous_cursor: str

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


def paginate(queryset, *, order: tuple[str, ...], cursor: str = "", size: int = 50, start: int = 0) -> Page:
    """The page after (or before) ``cursor``, in ``order``, in one statement.

    Without a cursor, the page begins after the first ``start`` rows: for a list bounded by its subject alone.
    Refuses an order whose last column isn't unique or where a column may be null: rows would be lost or seen twice.
    """
    columns = [(name.lstrip("-"), name.startswith("-")) for name in order]
    _check_order(queryset.model, queryset, columns)
    backward, values = _read_cursor(cursor, order) if cursor else (False, None)
    queryset = queryset.annotate(**{f"_key{i}": F(name) for i, (name, _) in enumerate(columns) if "__" in name})
    if values is not None:
        queryset = queryset.filter(_beyond(columns, values, backward))
    ordering = [f"{'-' if descending != backward else ''}{name}" for name, descending in columns]
    skipped = 0 if cursor else start
    rows = list(queryset.order_by(*ordering)[skipped : skipped + size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backward:
        rows.reverse()
    if not rows:
        return Page([], "", "")
    has_next = bool(cursor) if backward else more
    has_previous = more if backward else bool(cursor or skipped)
    return Page(
        rows,
        _write_cursor(rows[-1], columns, order, False) if has_next else "",
        _write_cursor(rows[0], columns, order, True) if has_previous else "",
    )


def _check_order(model, queryset, columns) -> None:
    for position, (name, _) in enumerate(columns):
        if name in queryset.query.annotations:
            if position == len(columns) - 1:
                raise ValueError(f"{name}: the last column of an order must be unique.")
            continue
        field = _field(model, name)
        if field.null:
            raise ValueError(f"{name} may be null: order by something that is always there.")
        if position == len(columns) - 1 and not (field.unique or field.primary_key):
            raise ValueError(f"{name}: the last column of an order must be unique.")


def _field(model, path: str):
    """The field at the end of a path with double underscores."""
    field = None
    for part in path.split("__"):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            raise ValueError(f"{path}: no such column.")
        model = field.related_model or model
    return field


def _beyond(columns, values, backward: bool) -> Q:
    """Rows strictly after (before) the cursor: first column bounded alone, so that its index serves."""
    condition = Q()
    for depth in range(len(columns)):
        same = Q(**{columns[i][0]: values[i] for i in range(depth)})
        name, descending = columns[depth]
        operator = "lt" if descending != backward else "gt"
        condition |= same & Q(**{f"{name}__{operator}": values[depth]})
    name, descending = columns[0]
    bound = "lte" if descending != backward else "gte"
    return Q(**{f"{name}__{bound}": values[0]}) & condition


def _write_cursor(row, columns, order, backward: bool) -> str:
    values = [_tagged(getattr(row, f"_key{i}" if "__" in name else name)) for i, (name, _) in enumerate(columns)]
    return signing.dumps([int(backward), values], salt=_salt(order), compress=True)


def _read_cursor(cursor: str, order) -> tuple[bool, list]:
    try:
        backward, values = signing.loads(cursor, salt=_salt(order))
        if len(values) != len(order):
            raise BadCursor("cursor")
        return bool(backward), [_untagged(value) for value in values]
    except (signing.BadSignature, ValueError, TypeError, KeyError) as error:
        raise BadCursor("cursor") from error


def _salt(order) -> str:
    return f"{_SALT}:{','.join(order)}"


def _tagged(value: Any) -> list:
    if value is None:
        raise ValueError("A null in the order of a list: rows would be lost.")
    if isinstance(value, bool | int | float):
        return ["v", value]
    if isinstance(value, datetime):
        return ["t", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, UUID):
        return ["u", value.hex]
    if isinstance(value, Decimal):
        return ["n", str(value)]
    return ["v", str(value)]


_READERS = {
    "v": lambda value: value,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "u": UUID,
    "n": Decimal,
}


def _untagged(pair: list):
    tag, value = pair
    return _READERS[tag](value)
