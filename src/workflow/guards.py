"""Triggers that keep a process in use as it is: its rows never change again, on either database."""

from src.foundations import guards

from .models import Process, Stage, Transition

_KEPT = ["slug", "name", "version", "subject_kind", "notes", "based_on", "is_shipped", "activated_at"]
_MESSAGE = "a process in use is frozen: make a new version"


def declare() -> None:
    """Declare the triggers; ``post_migrate`` installs them.

    A draft becomes active, an active version becomes retired, and the account that activated may be forgotten:
    nothing else of a frozen process changes, nothing is removed, and no stage or transition joins it.
    """
    table = Process._meta.db_table
    changed = " OR ".join(
        f'OLD."{Process._meta.get_field(name).column}" IS DISTINCT FROM NEW."{Process._meta.get_field(name).column}"'
        for name in _KEPT
    )
    guards.refuse(
        f"{table}_frozen",
        table,
        event="UPDATE",
        when=(
            f"OLD.status <> 'draft' AND ({changed}"
            " OR (NEW.status <> OLD.status AND NOT (OLD.status = 'active' AND NEW.status = 'retired'))"
            " OR (NEW.activated_by_id IS NOT NULL AND OLD.activated_by_id IS DISTINCT FROM NEW.activated_by_id))"
        ),
        message=_MESSAGE,
    )
    guards.refuse(f"{table}_kept", table, event="DELETE", when="OLD.status <> 'draft'", message=_MESSAGE)
    for model in (Stage, Transition):
        _follow_process(model._meta.db_table)


def _follow_process(table: str) -> None:
    """Refuse any change of a table's rows while their process isn't a draft."""
    processes = Process._meta.db_table
    for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
        ids = ", ".join(f"{row}.process_id" for row in rows)
        frozen = f"EXISTS (SELECT 1 FROM {processes} p WHERE p.id IN ({ids}) AND p.status <> 'draft')"  # noqa: S608 # nosec B608: names come from the models
        guards.register(
            f"{table}_frozen_{event.lower()}",
            table,
            f'CREATE TRIGGER "{{name}}" BEFORE {event} ON "{{table}}" FOR EACH ROW WHEN {frozen} '
            f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
            [
                'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ '
                f"BEGIN IF {frozen} THEN RAISE EXCEPTION '{_MESSAGE}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $guard$",
                f'CREATE TRIGGER "{{name}}" BEFORE {event} ON "{{table}}" FOR EACH ROW EXECUTE FUNCTION "{{name}}"()',
            ],
        )
