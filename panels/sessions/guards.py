"""What the database itself refuses about sessions and half-days to pay."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .enums import GONE, REQUEST_MOVES, SESSION_MOVES, STIPEND_MOVES, RequestState, SessionState, StipendState
from .models import Attendance, HearingRequest, Session, StipendExport, StipendLine, StipendRate


def _among(states) -> str:
    return "(" + ", ".join(f"'{state.value}'" for state in states) + ")"


def declare_guards() -> None:
    """States move by the tables of ``enums``; a half-day is sent once, and taken back by a line of its own."""
    for model, moves in ((Session, SESSION_MOVES), (HearingRequest, REQUEST_MOVES), (StipendLine, STIPEND_MOVES)):
        _moves(model, moves)
    _born(Session, SessionState.PREPARED)
    _born(HearingRequest, RequestState.OPEN)
    _born(StipendLine, StipendState.DUE)
    _sessions()
    _stipends()


def _moves(model, moves) -> None:
    table = model._meta.db_table
    allowed = " OR ".join(
        f'(OLD."state" = \'{origin.value}\' AND NEW."state" IN {_among(targets)})'
        for origin, targets in moves.items()
        if targets
    )
    guards.refuse(
        f"{table}_moves",
        table,
        event="UPDATE",
        when=f'OLD."state" <> NEW."state" AND NOT ({allowed})',
        message=f"{table}: it can't go from that state to this one",
    )


def _born(model, state) -> None:
    table = model._meta.db_table
    guards.refuse(
        f"{table}_born",
        table,
        event="INSERT",
        when=f"NEW.\"state\" <> '{state.value}'",
        message=f"{table}: it begins as {state.value}",
    )


def _sessions() -> None:
    """What members were told of stays; presence is counted at an announced session, for the half-days it has."""
    table, presences = Session._meta.db_table, Attendance._meta.db_table
    guards.frozen_columns(Session, ["panel", "number", "reference", "uid"])
    guards.frozen_columns(
        Session, ["starts_at", "ends_at", "half_days"], when=f"OLD.\"state\" = '{SessionState.HELD}'"
    )
    guards.refuse(
        f"{table}_stays",
        table,
        event="DELETE",
        when='OLD."announced_at" IS NOT NULL',
        message=f"{table}: a session that was announced stays",
    )
    guards.frozen_columns(Attendance, ["session", "membership", "half_day"])
    refuse_reading(
        f"{presences}_of_the_session",
        presences,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{table}" AS s WHERE s."id" = NEW."session_id" '  # noqa: S608
            f'AND s."state" IN {_among([SessionState.ANNOUNCED, SessionState.HELD])} '
            'AND NEW."half_day" <= s."half_days")'
        ),
        message=f"{presences}: this session has no such half-day",
    )


def _stipends() -> None:
    """An amount never changes; what left stays; a rank follows one that left, and takes back what it paid."""
    lines, batches, rates = StipendLine._meta.db_table, StipendExport._meta.db_table, StipendRate._meta.db_table
    guards.frozen_columns(StipendRate, ["panel", "cents", "from_on"])
    guards.refuse(f"{rates}_stays", rates, event="DELETE", message=f"{rates}: a rate stays")
    guards.frozen_columns(StipendLine, ["membership", "session", "half_day", "rank", "cents"])
    guards.frozen_columns(StipendLine, ["export"], when='OLD."export_id" IS NOT NULL')
    for column in ("first_at", "second_at"):
        guards.frozen_columns(StipendLine, [column], when=f'OLD."{column}" IS NOT NULL')
    guards.refuse(
        f"{lines}_stays",
        lines,
        event="DELETE",
        when=f'OLD."state" IN {_among(GONE)}',
        message=f"{lines}: what left to be paid stays",
    )
    before = (
        f'EXISTS (SELECT 1 FROM "{lines}" AS l WHERE l."membership_id" = NEW."membership_id" '  # noqa: S608
        'AND l."session_id" = NEW."session_id" AND l."half_day" = NEW."half_day" AND l."rank" = NEW."rank" - 1 '
        f'AND l."state" IN {_among(GONE)} AND (NEW."rank" % 2 = 1 OR l."cents" = -NEW."cents"))'
    )
    refuse_reading(
        f"{lines}_in_order",
        lines,
        event="INSERT",
        condition=f'NEW."rank" > 1 AND NOT {before}',
        message=f"{lines}: a line follows the one that left, and takes back what it paid",
    )
    guards.refuse(
        f"{lines}_sign",
        lines,
        event="INSERT",
        when='(NEW."rank" % 2 = 1 AND NEW."cents" < 0) OR (NEW."rank" % 2 = 0 AND NEW."cents" > 0)',
        message=f"{lines}: odd pays, even takes back",
    )
    guards.frozen_columns(StipendExport, ["panel", "number", "lines_count", "cents", "made_at"])
    guards.frozen_columns(StipendExport, ["paid_on"], when='OLD."paid_on" IS NOT NULL')
    guards.refuse(f"{batches}_stays", batches, event="DELETE", message=f"{batches}: a batch stays")
