"""What sessions prove of a mandatory training: sheets as they were locked, their scans, what amends them."""

import io
from collections.abc import Iterable
from datetime import UTC, date
from pathlib import Path

from src.foundations import exports

from .models import AttendanceSheet, SheetAmendment

FOLDER = "feuilles-de-presence"
AMENDMENTS = "rectifications.csv"
COLUMNS = ("feuille", "compte", "matricule", "demi_journee", "etait", "devient", "motif", "note_le")


def files(obligation, day: date) -> Iterable[tuple[str, bytes]]:
    """The sheets locked until this day, byte for byte, and everything that amends them since."""
    sheets = AttendanceSheet.objects.filter(session__track__in=obligation.answering_tracks(), locked_at__date__lte=day)
    sheets = list(sheets.order_by("reference"))
    for sheet in sheets:
        yield from _kept(f"{sheet.reference}{Path(sheet.file.name).suffix}", sheet.file)
        if sheet.scan:
            yield from _kept(f"{sheet.reference}-signee{Path(sheet.scan.name).suffix}", sheet.scan)
    if sheets:
        yield AMENDMENTS, _amendments(sheets)


def _kept(name: str, file) -> Iterable[tuple[str, bytes]]:
    """A file of ours; one that is gone is missing from the pack, and the ledger still quotes its fingerprint."""
    try:
        with file.open("rb") as opened:
            yield name, opened.read()
    except FileNotFoundError:
        return


def _amendments(sheets: list[AttendanceSheet]) -> bytes:
    out = io.StringIO(newline="")
    rows = SheetAmendment.objects.filter(sheet__in=sheets).select_related("sheet", "booking__agent", "slot")
    exports.write_csv(
        out,
        COLUMNS,
        [
            (
                one.sheet.reference,
                one.booking.agent_id,
                one.booking.agent.personnel_number or "",
                one.slot.starts_at.astimezone(UTC).isoformat(),
                one.was,
                one.becomes,
                one.reason,
                one.at.astimezone(UTC).isoformat(),
            )
            for one in rows.order_by("pk")
        ],
    )
    return out.getvalue().encode()
