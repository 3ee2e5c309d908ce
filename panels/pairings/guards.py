"""What the database itself refuses about questionnaires paired."""

from panels.models import Panel
from src.foundations import guards
from src.foundations.guards import refuse_reading
from src.questionnaires.models import AnswerRoll, Questionnaire

from .models import Pairing

PAIRING = Pairing._meta.db_table
ASKED, ROLL, PANELS = Questionnaire._meta.db_table, AnswerRoll._meta.db_table, Panel._meta.db_table


def declare_guards() -> None:
    """Paired before anybody answers, of the panel's own space; the second once the first is closed; told once."""
    guards.frozen_columns(Pairing, ["panel", "reference", "before", "linked_at"])
    for column in ("after", "answered_before"):
        name = Pairing._meta.get_field(column).column
        guards.frozen_columns(Pairing, [column], when=f'OLD."{name}" IS NOT NULL')
    guards.frozen_columns(
        Pairing, ["after", "locked", "ending", "ended_at", "figures"], when='OLD."ended_at" IS NOT NULL'
    )
    guards.refuse(
        f"{PAIRING}_key_stays",
        PAIRING,
        event="UPDATE",
        when='OLD."locked" IS DISTINCT FROM NEW."locked" AND NEW."locked" IS NOT NULL',
        message=f"{PAIRING}: its key is kept or destroyed, never replaced",
    )
    refuse_reading(
        f"{PAIRING}_before_anybody_answers",
        PAIRING,
        event="INSERT",
        condition=f"NOT {_asked('before_id')} OR {_answered('NEW', 'before_id')}",
        message=f"{PAIRING}: secret, of this panel, and not answered yet",
    )
    refuse_reading(
        f"{PAIRING}_after_the_first",
        PAIRING,
        event="UPDATE",
        condition=(
            'OLD."after_id" IS NULL AND NEW."after_id" IS NOT NULL AND ('
            f"NOT {_asked('after_id')} OR {_answered('NEW', 'after_id')} OR NOT {_closed('NEW', 'before_id')})"
        ),
        message=f"{PAIRING}: the second comes once the first is closed",
    )
    refuse_reading(
        f"{PAIRING}_told_once_closed",
        PAIRING,
        event="UPDATE",
        condition=f"NEW.\"ending\" = 'told' AND NOT ({_closed('NEW', 'before_id')} AND {_closed('NEW', 'after_id')})",
        message=f"{PAIRING}: told once both are closed",
    )
    refuse_reading(
        f"{PAIRING}_stays",
        PAIRING,
        event="DELETE",
        condition=f'(OLD."ended_at" IS NOT NULL OR {_answered("OLD", "before_id")})',
        message=f"{PAIRING}: somebody has answered",
    )


def _asked(column: str) -> str:
    return (
        f'EXISTS (SELECT 1 FROM "{ASKED}" AS q JOIN "{PANELS}" AS p ON p."space_id" = q."space_id" '  # noqa: S608
        f'WHERE q."id" = NEW."{column}" AND p."id" = NEW."panel_id" AND q."answer_mode" = \'secret\')'
    )


def _answered(row: str, column: str) -> str:
    return f'EXISTS (SELECT 1 FROM "{ROLL}" AS r WHERE r."questionnaire_id" = {row}."{column}")'  # noqa: S608


def _closed(row: str, column: str) -> str:
    return (
        f'EXISTS (SELECT 1 FROM "{ASKED}" AS c WHERE c."id" = {row}."{column}" '  # noqa: S608
        'AND c."closed_at" IS NOT NULL)'
    )
