"""Applying the periods that models declare: once a night by itself, or by the command, and told on a page."""

from datetime import datetime, timedelta

from . import orphans, personal_data, runs
from .ticking import on_tick

NAME = "foundations.retention"


def apply_periods(now: datetime) -> dict[str, int]:
    """Delete what is past its time in every model, and keep how many lines went; twice in a row nothing more goes."""
    counts = personal_data.purge_all(now, apply=True)
    files = orphans.sweep(now, apply=True)
    note(counts, files)
    return counts


def note(counts: dict[str, int], files: list) -> None:
    """Keep what went, for the page of the data protection officer."""
    runs.note(NAME, result={"counts": counts, "files": len(files), "total": sum(counts.values())})


@on_tick(NAME, every=timedelta(days=1))
def apply_each_night(now: datetime) -> None:
    """What the ticker does once a day; a failure is kept for the page, and tried again."""
    try:
        apply_periods(now)
    except Exception as error:
        runs.note(NAME, error=error)
        raise
