"""Rules the database itself keeps, as triggers on both databases, declared here and put back after each migration."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import connections, transaction

PREFIX = "guard_"


@dataclass(frozen=True)
class Guard:
    """One trigger: its name, its table, and how each database is told."""

    name: str
    table: str
    sqlite: tuple[str, ...]
    postgres: tuple[str, ...]

    def statements(self, vendor: str) -> tuple[str, ...]:
        return self.sqlite if vendor == "sqlite" else self.postgres

    def fingerprint(self, vendor: str) -> str:
        return hashlib.sha256("\n".join(self.statements(vendor)).encode()).hexdigest()[:16]


_guards: dict[str, Guard] = {}
_append_only: dict[str, type] = {}


def _sentence(text: str) -> str:
    return text.replace("'", "''")


def register(name: str, table: str, sqlite_sql, postgres_sql) -> None:
    """Declare one trigger by its vendor SQL (one or more statements); ``{name}`` and ``{table}`` are filled in."""
    name = name if name.startswith(PREFIX) else PREFIX + name
    if len(name) > 60:
        name = name[:49] + "_" + hashlib.sha256(name.encode()).hexdigest()[:10]

    def filled(sql):
        parts = [sql] if isinstance(sql, str) else list(sql)
        return tuple(part.replace("{name}", name).replace("{table}", table) for part in parts)

    guard = Guard(name, table, filled(sqlite_sql), filled(postgres_sql))
    if _guards.get(name, guard) != guard:
        raise ValueError(f"Two guards named {name!r}")
    _guards[name] = guard


def refuse(name: str, table: str, *, event: str, message: str, when: str | None = None) -> None:
    """Have ``event`` (INSERT, UPDATE or DELETE) refused on a table, when the condition on OLD and NEW holds.

    The condition is SQL both databases read (``IS DISTINCT FROM`` is). The refusal comes out as an IntegrityError.
    """
    condition = f"WHEN ({when}) " if when else ""
    text = _sentence(message)
    register(
        name,
        table,
        f'CREATE TRIGGER "{{name}}" BEFORE {event} ON "{{table}}" FOR EACH ROW {condition}'
        f"BEGIN SELECT RAISE(ABORT, '{text}'); END",
        [
            f'CREATE OR REPLACE FUNCTION "{{name}}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ '
            f"BEGIN RAISE EXCEPTION '{text.replace('%', '%%')}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END $guard$",
            f'CREATE TRIGGER "{{name}}" BEFORE {event} ON "{{table}}" FOR EACH ROW {condition}'
            f'EXECUTE FUNCTION "{{name}}"()',
        ],
    )


def append_only(model) -> None:
    """Refuse every change and removal of a model's rows; the app's own role isn't granted them either."""
    table = model._meta.db_table
    _append_only[table] = model
    for event in ("UPDATE", "DELETE"):
        refuse(f"{table}_no_{event.lower()}", table, event=event, message=f"{table} is append-only")
    register(
        f"{table}_no_truncate",
        table,
        [],
        [
            'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ '
            "BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $guard$",
            'CREATE TRIGGER "{name}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION "{name}"()',
        ],
    )


def frozen_columns(model, columns: list[str], when: str | None = None) -> None:
    """Refuse an update that changes any of these fields, always or when a condition on OLD and NEW holds."""
    table = model._meta.db_table
    names = [model._meta.get_field(column).column for column in columns]
    changed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in names)
    refuse(
        f"{table}_frozen_{'_'.join(columns)}",
        table,
        event="UPDATE",
        when=f"({changed}) AND ({when})" if when else changed,
        message=f"{table}: {', '.join(columns)} can no longer change",
    )


def declared(vendor: str | None = None) -> set[str]:
    """Names of the triggers this database should have."""
    vendor = vendor or connections["default"].vendor
    return {guard.name for guard in _guards.values() if guard.statements(vendor)}


def installed(using: str = "default") -> set[str]:
    """Names of the triggers of ours this database has."""
    return set(_present(connections[using]))


def _present(connection) -> dict[str, str]:
    """Name -> table of our triggers present."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'"
            )
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE NOT t.tgisinternal AND n.nspname = current_schema() AND left(t.tgname, 6) = 'guard_'"
            )
        return dict(cursor.fetchall())


def remove_guards(using: str = "default") -> None:
    """Take every guard away: for ``flush``, which empties a database on purpose, and before SQLite remakes tables."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, table in _present(connection).items():
            _drop(cursor, connection.vendor, name, table)


def _drop(cursor, vendor: str, name: str, table: str) -> None:
    if vendor == "sqlite":
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    else:
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')


def install_guards(using: str = "default") -> list[str]:
    """Put the declared triggers in place, remove those no longer declared; returns the names touched. Idempotent."""
    connection = connections[using]
    vendor = connection.vendor
    tables = set(connection.introspection.table_names())
    touched = []
    with transaction.atomic(using=using), connection.cursor() as cursor:
        present = _present(connection)
        for name, table in present.items():
            if name not in declared(vendor):
                _drop(cursor, vendor, name, table)
                touched.append(name)
        for guard in _guards.values():
            if guard.table not in tables or not guard.statements(vendor):
                continue
            if guard.name in present and _fingerprint_in_place(cursor, vendor, guard):
                continue
            _drop(cursor, vendor, guard.name, guard.table)
            for statement in guard.statements(vendor):
                cursor.execute(statement)
            if vendor == "postgresql":
                cursor.execute(
                    f'COMMENT ON TRIGGER "{guard.name}" ON "{guard.table}" IS \'{guard.fingerprint(vendor)}\''
                )
            touched.append(guard.name)
    return touched


def _fingerprint_in_place(cursor, vendor: str, guard: Guard) -> bool:
    """Whether the trigger in place is the one declared."""
    if vendor == "sqlite":
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [guard.name])
        row = cursor.fetchone()
        return bool(row) and row[0].strip() == guard.sqlite[-1].strip()
    cursor.execute(
        "SELECT obj_description(t.oid, 'pg_trigger') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE t.tgname = %s AND c.relname = %s",
        [guard.name, guard.table],
    )
    row = cursor.fetchone()
    return bool(row) and row[0] == guard.fingerprint(vendor)


def grant_to_app_role(using: str = "default") -> None:
    """On PostgreSQL, give the app's role what it needs: everything but changing or removing append-only rows."""
    connection = connections[using]
    role = getattr(settings, "TERRAIN_APP_ROLE", "")
    if connection.vendor != "postgresql" or not role:
        return
    name = connection.ops.quote_name(role)
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        for table in sorted(_append_only.keys() & tables):
            cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {name}')


def remove_before_migrate(sender, using, plan=(), **kwargs) -> None:
    """What ``pre_migrate`` calls: SQLite can't remake a table that another table's trigger reads.

    Only when something is to be migrated, and ``post_migrate`` puts them back; while a migration is missing ``readyz``
    isn't ready.
    """
    if plan and connections[using].vendor == "sqlite":
        remove_guards(using)


def install_after_migrate(sender, using, **kwargs) -> None:
    """What ``post_migrate`` calls: one added constraint silently drops a SQLite table's triggers."""
    install_guards(using)
    grant_to_app_role(using)
