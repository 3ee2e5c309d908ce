"""What the database itself refuses about answers owed and decisions."""

from src.foundations import guards

from .models import AnnouncementBatch, Decision, OwedReminder, ResponseOwed

FROZEN = (
    "subject_kind",
    "subject_reference",
    "outcome",
    "reason",
    "text",
    "reopening_conditions",
    "revisit_on",
    "measure_owner",
    "first_milestone",
    "first_milestone_on",
    "unit",
    "decided_by",
    "drafted_by",
    "is_fast_lane",
    "countersigned_at",
    "signed_as",
    "prepared_at",
    "batch",
)


def declare_guards() -> None:
    """Declare this room's triggers: an announced decision never changes, a promise keeps its beginning."""
    decisions, batches = Decision._meta.db_table, AnnouncementBatch._meta.db_table
    columns = [Decision._meta.get_field(name).column for name in FROZEN]
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    announced = (
        f'EXISTS (SELECT 1 FROM "{batches}" AS b WHERE b."id" = {{row}}."batch_id" AND b."announced_at" IS NOT NULL)'  # noqa: S608
    )
    message = f"{decisions}: an announced decision can no longer change"
    _refuse(
        "accountability_decision_announced_update",
        decisions,
        "UPDATE",
        f"({changed}) AND ({announced.format(row='OLD')} OR {announced.format(row='NEW')})",
        message,
    )
    _refuse("accountability_decision_announced_delete", decisions, "DELETE", announced.format(row="OLD"), message)
    _refuse("accountability_decision_announced_insert", decisions, "INSERT", announced.format(row="NEW"), message)
    guards.refuse(
        "accountability_batch_announced_update",
        batches,
        event="UPDATE",
        when='OLD."announced_at" IS NOT NULL AND (OLD."announced_at" IS DISTINCT FROM NEW."announced_at" OR '
        '(NEW."announced_by_id" IS NOT NULL AND OLD."announced_by_id" IS DISTINCT FROM NEW."announced_by_id"))',
        message=f"{batches}: an announcement can't be taken back",
    )
    guards.refuse(
        "accountability_batch_announced_delete",
        batches,
        event="DELETE",
        when='OLD."announced_at" IS NOT NULL',
        message=f"{batches}: an announcement can't be taken back",
    )
    guards.frozen_columns(ResponseOwed, ["subject_kind", "subject_reference", "started_on", "days", "by_week"])
    guards.frozen_columns(
        ResponseOwed,
        ["answered_on", "cancelled_on"],
        when='COALESCE(OLD."answered_on", OLD."cancelled_on") IS NOT NULL',
    )
    guards.frozen_columns(OwedReminder, ["level", "promised_on", "on"])


def _refuse(name: str, table: str, event: str, condition: str, message: str) -> None:
    """Like ``guards.refuse``, for a condition that reads another table (PostgreSQL's WHEN doesn't)."""
    row = "OLD" if event == "DELETE" else "NEW"
    guards.register(
        name,
        table,
        f'CREATE TRIGGER "{{name}}" BEFORE {event} ON "{{table}}" FOR EACH ROW WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        [
            f'CREATE OR REPLACE FUNCTION "{{name}}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN '
            f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {row}; END $guard$",
            f'CREATE TRIGGER "{{name}}" BEFORE {event} ON "{{table}}" FOR EACH ROW EXECUTE FUNCTION "{{name}}"()',
        ],
    )
