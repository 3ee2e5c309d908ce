"""After a test that commits, the database is put back as it was prepared, rows and keys: nothing is migrated again.

Django's own ``flush`` empties every table, takes every trigger away, then has each application install its rows and
triggers anew: seconds a test. Here SQLite gets its pages back, and PostgreSQL the rows of the tables that changed.
"""

import sqlite3

from django.core.cache import cache
from django.test import TransactionTestCase

_SEQUENCES = "SELECT quote_ident(sequencename), coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"


class Prepared:
    """What a database held before its first test."""

    def __init__(self, connection):
        self.connection = connection
        connection.ensure_connection()
        self._put_back = _pages(connection) if connection.vendor == "sqlite" else _rows(connection)

    def put_back(self) -> None:
        """Undo what was committed since."""
        self.connection.ensure_connection()
        self._put_back()


def instead_of_flush(prepared: Prepared, patch) -> None:
    """Have the end of each test that commits put back what was ``prepared``."""
    from src.foundations import ratelimit

    def teardown(test) -> None:
        prepared.put_back()
        # Keys come back too: what this process remembers by key is somebody else's.
        ratelimit.forget_memory()
        cache.clear()

    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)


def _pages(connection):
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(kept)
    return lambda: kept.backup(connection.connection)


def _rows(connection):
    name = connection.ops.quote_name
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    prints = {
        table: f"SELECT '{table}', coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {name(table)} t"
        for table in tables
    }
    every = " UNION ALL ".join(prints.values())
    with connection.cursor() as cursor:
        cursor.execute(every)
        before = dict(cursor.fetchall())
        cursor.execute(_SEQUENCES)
        numbered = dict(cursor.fetchall())
        held = {table: _copied(cursor, f"COPY {name(table)} TO STDOUT") for table, mark in before.items() if mark}

    def put_back() -> None:
        with connection.cursor() as cursor:
            cursor.execute(every)
            changed = [table for table, mark in cursor.fetchall() if mark != before[table]]
            if not changed:
                return
            # Neither triggers nor references look: what is put back was whole.
            cursor.execute("SET session_replication_role = replica")
            try:
                for table in changed:
                    cursor.execute(f"DELETE FROM {name(table)}")
                    if table in held:
                        with cursor.copy(f"COPY {name(table)} FROM STDIN") as copy:
                            copy.write(held[table])
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
            # A command that empties a database also counts keys from one again.
            cursor.execute(_SEQUENCES)
            for sequence, last in cursor.fetchall():
                if last < numbered.get(sequence, 0):
                    cursor.execute("SELECT setval(%s::regclass, %s)", [sequence, numbered[sequence]])

    return put_back


def _copied(cursor, statement: str) -> bytes:
    with cursor.copy(statement) as copy:
        return b"".join(bytes(part) for part in copy)
