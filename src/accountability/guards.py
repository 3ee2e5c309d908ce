"""What the database itself refuses about answers owed, decisions, and what comes of them."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .measure_guards import declare_measure_guards
from .models import AnnouncementBatch, Decision, OwedReminder, ReopeningCondition, ResponseOwed
from .plan_guards import declare_plan_guards
from .signature_guards import declare_signature_guards

FROZEN = (
    "subject_kind",
    "subject_reference",
    "outcome",
    "reason",
    "text",
    "reopening_conditions",
    "condition_kind",
    "condition_on",
    "condition_terms",
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
    "turn",
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
    in_old, in_new = announced.format(row="OLD"), announced.format(row="NEW")
    for event, condition in (
        ("UPDATE", f"({changed}) AND ({in_old} OR {in_new})"),
        ("DELETE", in_old),
        ("INSERT", in_new),
    ):
        refuse_reading(
            f"accountability_decision_announced_{event.lower()}",
            decisions,
            event=event,
            condition=condition,
            message=message,
        )
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
    _declare_condition_guards(decisions, batches)
    declare_measure_guards()
    declare_plan_guards()
    declare_signature_guards()


def _declare_condition_guards(decisions: str, batches: str) -> None:
    """A condition exists once its answer is announced, keeps its words, is met once, and is never taken away."""
    table = ReopeningCondition._meta.db_table
    refuse_reading(
        "accountability_condition_of_an_announced_answer",
        table,
        event="INSERT",
        condition=f'(NOT EXISTS (SELECT 1 FROM "{decisions}" AS d JOIN "{batches}" AS b ON b."id" = d."batch_id" '  # noqa: S608
        'WHERE d."id" = NEW."decision_id" AND b."announced_at" IS NOT NULL))',
        message=f"{table}: a condition belongs to an announced answer",
    )
    guards.frozen_columns(ReopeningCondition, ["decision", "position", "kind", "words", "due_on"])
    guards.frozen_columns(ReopeningCondition, ["met_on", "met_by", "met_text"], when='OLD."met_on" IS NOT NULL')
    guards.refuse(
        "accountability_condition_stays", table, event="DELETE", message=f"{table}: a condition stays with its answer"
    )
