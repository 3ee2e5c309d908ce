"""What the database itself refuses about statements and their answers."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .enums import STATEMENT_MOVES, StatementState
from .models import MapSnapshot, Round, Statement, StatementVote

ROUND, STATEMENT = Round._meta.db_table, Statement._meta.db_table
VOTE, SNAPSHOT = StatementVote._meta.db_table, MapSnapshot._meta.db_table


def declare_guards() -> None:
    """A round closes once; what was shown keeps its words; nobody answers outside their panel, nor afterwards."""
    guards.frozen_columns(Round, ["panel", "reference"])
    guards.frozen_columns(
        Round,
        ["title", "question", "opens_on", "closes_on", "closed_at", "is_discarded"],
        when='OLD."closed_at" IS NOT NULL',
    )
    refuse_reading(
        f"{ROUND}_discarded_unanswered",
        ROUND,
        event="UPDATE",
        condition=(
            f'NEW."is_discarded" AND NOT OLD."is_discarded" AND EXISTS (SELECT 1 FROM "{STATEMENT}" AS s '  # noqa: S608
            f'LEFT JOIN "{VOTE}" AS v ON v."statement_id" = s."id" '
            'WHERE s."round_id" = NEW."id" AND (v."id" IS NOT NULL OR s."author_id" IS NOT NULL))'
        ),
        message=f"{ROUND}: members have answered it",
    )
    _statements()
    _votes()
    guards.frozen_columns(MapSnapshot, ["round", "made_at", "voters", "figures"])
    guards.refuse(f"{SNAPSHOT}_stays", SNAPSHOT, event="DELETE", message=f"{SNAPSHOT}: a map stays as it was made")
    refuse_reading(
        f"{SNAPSHOT}_once_closed",
        SNAPSHOT,
        event="INSERT",
        condition=(
            f'EXISTS (SELECT 1 FROM "{ROUND}" AS r '  # noqa: S608
            'WHERE r."id" = NEW."round_id" AND (r."closed_at" IS NULL OR r."is_discarded"))'
        ),
        message=f"{SNAPSHOT}: the round is open, or was thrown away",
    )


def _statements() -> None:
    allowed = " OR ".join(
        f'(OLD."state" = \'{origin.value}\' AND NEW."state" IN ('
        + ", ".join(f"'{target.value}'" for target in targets)
        + "))"
        for origin, targets in STATEMENT_MOVES.items()
    )
    guards.refuse(
        f"{STATEMENT}_moves",
        STATEMENT,
        event="UPDATE",
        when=f'OLD."state" <> NEW."state" AND NOT ({allowed})',
        message=f"{STATEMENT}: it can't go from that state to this one",
    )
    guards.frozen_columns(Statement, ["round", "reference", "text"])
    guards.frozen_columns(Statement, ["number"], when='OLD."number" IS NOT NULL')
    # Its author may be forgotten, never changed.
    guards.frozen_columns(Statement, ["author"], when='NEW."author_id" IS NOT NULL')
    guards.refuse(
        f"{STATEMENT}_stays",
        STATEMENT,
        event="DELETE",
        when=f"OLD.\"state\" <> '{StatementState.PROPOSED.value}'",
        message=f"{STATEMENT}: what was read stays",
    )


def _votes() -> None:
    guards.frozen_columns(StatementVote, ["statement", "membership"])
    out = (
        f'NOT EXISTS (SELECT 1 FROM "{STATEMENT}" AS s JOIN "{ROUND}" AS r ON r."id" = s."round_id" '  # noqa: S608
        'JOIN "panels_membership" AS m ON m."panel_id" = r."panel_id" '
        'WHERE s."id" = NEW."statement_id" AND m."id" = NEW."membership_id" AND m."left_on" IS NULL '
        f'AND s."state" = \'{StatementState.SHOWN.value}\' AND r."closed_at" IS NULL)'
    )
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"{VOTE}_in_time_{event.lower()}",
            VOTE,
            event=event,
            condition=out,
            message=f"{VOTE}: nobody answers this statement now",
        )
