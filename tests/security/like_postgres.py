"""PostgreSQL's refusals on the demo city's SQLite: a NUL in a text, words or numbers too long for their column."""

import re
from contextlib import contextmanager

from django.db import DataError, connection, models
from django.db.models.signals import pre_save

# In JSON, a NUL is an escape whose backslash isn't itself escaped.
_JSON_NUL = re.compile(r'^\s*[\[{"].*(?<!\\)(?:\\\\)*\\u0000', re.S)
_RANGES = {
    models.SmallIntegerField: 2**15,
    models.PositiveSmallIntegerField: 2**15,
    models.IntegerField: 2**31,
    models.PositiveIntegerField: 2**31,
    models.BigIntegerField: 2**63,
    models.PositiveBigIntegerField: 2**63,
}


@contextmanager
def refusing_like_postgres():
    """While inside, in this process."""
    pre_save.connect(_fits)
    try:
        with connection.execute_wrapper(_no_nul):
            yield
    finally:
        pre_save.disconnect(_fits)


def _no_nul(execute, sql, params, many, context):
    rows = params if many else [params or ()]
    for row in rows:
        for value in row.values() if isinstance(row, dict) else row:
            if isinstance(value, str) and ("\0" in value or _JSON_NUL.match(value)):
                raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return execute(sql, params, many, context)


def _fits(sender, instance, raw=False, **_kwargs):
    if raw:
        return
    for column in sender._meta.local_concrete_fields:
        value = instance.__dict__.get(column.attname)
        if (
            isinstance(value, str)
            and isinstance(column, models.CharField)
            and len(value) > (column.max_length or 10**9)
        ):
            raise DataError(f"value too long for {sender._meta.label}.{column.name}")
        if type(value) is int and abs(value) > _RANGES.get(type(column), 10**30):
            raise DataError(f"{sender._meta.label}.{column.name} out of range")
