"""What the database itself refuses about sessions, seats, presence and locked sheets."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .enums import BOOKING_MOVES, RUNNING, SESSION_MOVES, SessionState
from .models import AttendanceMark, AttendanceSheet, Booking, Convocation, Session, SessionSlot, SheetAmendment

SESSION, SLOT, BOOKING = Session._meta.db_table, SessionSlot._meta.db_table, Booking._meta.db_table
MARK, SHEET, AMENDMENT = AttendanceMark._meta.db_table, AttendanceSheet._meta.db_table, SheetAmendment._meta.db_table
LOCKED = (
    f'EXISTS (SELECT 1 FROM "{SHEET}" AS h JOIN "{BOOKING}" AS b ON b."session_id" = h."session_id" '  # noqa: S608
    'WHERE b."id" = %s)'
)


def declare_guards() -> None:
    """States move by the tables of ``enums``; seats stay within the room; a locked sheet is amended, never changed."""
    _moves(Session, SESSION_MOVES)
    _moves(Booking, BOOKING_MOVES)
    _sessions()
    _bookings()
    _marks()
    _sheets()


def _among(states) -> str:
    return "(" + ", ".join(f"'{state.value}'" for state in states) + ")"


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


def _sessions() -> None:
    guards.frozen_columns(Session, ["reference", "track", "module_key"])
    over = _among([SessionState.HELD, SessionState.CLOSED, SessionState.CANCELLED])
    guards.frozen_columns(Session, ["starts_at", "ends_at", "capacity"], when=f'OLD."state" IN {over}')
    guards.refuse(
        f"{SESSION}_stays",
        SESSION,
        event="DELETE",
        when=f"OLD.\"state\" <> '{SessionState.DRAFT.value}'",
        message=f"{SESSION}: a session that was opened stays",
    )
    refuse_reading(
        f"{SESSION}_keeps_seats",
        SESSION,
        event="UPDATE",
        condition=(
            f'EXISTS (SELECT 1 FROM "{BOOKING}" AS b WHERE b."session_id" = NEW."id" '  # noqa: S608
            'AND b."seat" > NEW."capacity")'
        ),
        message=f"{SESSION}: a seat beyond the room is taken",
    )
    for event, row in (("UPDATE", "OLD"), ("DELETE", "OLD")):
        refuse_reading(
            f"{SLOT}_marked_{event.lower()}",
            SLOT,
            event=event,
            condition=f'EXISTS (SELECT 1 FROM "{MARK}" AS m WHERE m."slot_id" = {row}."id")',  # noqa: S608
            message=f"{SLOT}: presence was written",
        )


def _bookings() -> None:
    guards.frozen_columns(Booking, ["session", "agent", "uid", "booked_at"])
    guards.refuse(
        f"{BOOKING}_sequence_grows",
        BOOKING,
        event="UPDATE",
        when='OLD."sequence" IS NOT NULL AND (NEW."sequence" IS NULL OR NEW."sequence" < OLD."sequence")',
        message=f"{BOOKING}: a sequence only grows",
    )
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"{BOOKING}_within_room_{event.lower()}",
            BOOKING,
            event=event,
            condition=(
                f'EXISTS (SELECT 1 FROM "{SESSION}" AS s WHERE s."id" = NEW."session_id" '  # noqa: S608
                'AND NEW."seat" > s."capacity")'
            ),
            message=f"{BOOKING}: the room has no such seat",
        )
    guards.frozen_columns(Convocation, ["booking", "channel", "method", "ical_uid", "sequence", "made_at"])
    for column in ("sent_at", "seen_at"):
        guards.frozen_columns(Convocation, [column], when=f'OLD."{column}" IS NOT NULL')


def _marks() -> None:
    guards.frozen_columns(AttendanceMark, ["booking", "slot"])
    refuse_reading(
        f"{MARK}_of_its_session",
        MARK,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{BOOKING}" AS b JOIN "{SLOT}" AS t ON t."session_id" = b."session_id" '  # noqa: S608
            f'JOIN "{SESSION}" AS s ON s."id" = b."session_id" WHERE b."id" = NEW."booking_id" '
            f'AND t."id" = NEW."slot_id" AND s."state" IN {_among(RUNNING)} AND b."seat" IS NOT NULL)'
        ),
        message=f"{MARK}: this person has no seat at that half-day",
    )
    for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        refuse_reading(
            f"{MARK}_locked_{event.lower()}",
            MARK,
            event=event,
            condition=LOCKED % f'{row}."booking_id"',
            message=f"{MARK}: the sheet is locked",
        )


def _sheets() -> None:
    guards.frozen_columns(AttendanceSheet, ["session", "reference", "file", "sha256", "locked_at"])
    guards.frozen_columns(AttendanceSheet, ["scan", "scan_sha256"], when="OLD.\"scan\" <> ''")
    guards.refuse(f"{SHEET}_stays", SHEET, event="DELETE", message=f"{SHEET}: a locked sheet stays")
    guards.append_only(SheetAmendment)
    refuse_reading(
        f"{AMENDMENT}_of_its_sheet",
        AMENDMENT,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{SHEET}" AS h JOIN "{BOOKING}" AS b ON b."session_id" = h."session_id" '  # noqa: S608
            f'JOIN "{SLOT}" AS t ON t."session_id" = h."session_id" WHERE h."id" = NEW."sheet_id" '
            'AND b."id" = NEW."booking_id" AND t."id" = NEW."slot_id")'
        ),
        message=f"{AMENDMENT}: this sheet has no such line",
    )
