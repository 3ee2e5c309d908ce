"""The state of the staff feed, for those who follow it: its last passage, and the last one that went well."""

from dataclasses import dataclass
from datetime import datetime

from src.foundations import runs
from src.foundations.models import JobRun

from .services.importing import FEED


@dataclass(frozen=True)
class Feed:
    """What is known of the last thirty days. ``counts``: read, created, updated, closed, of the last good one."""

    last_at: datetime | None = None
    failed: bool = False
    error: str = ""
    good_at: datetime | None = None
    counts: dict | None = None

    @property
    def is_known(self) -> bool:
        return self.last_at is not None


def staff_feed() -> Feed:
    """The state of the feed, in two statements; runs older than thirty days are forgotten."""
    last = runs.last_of(FEED)
    if last is None:
        return Feed()
    good = last
    if last.state != JobRun.State.DONE:
        good = JobRun.objects.filter(name=FEED, state=JobRun.State.DONE).order_by("-created_at").first()
    return Feed(
        last.finished_at or last.created_at,
        last.state == JobRun.State.FAILED,
        last.error,
        good and (good.finished_at or good.created_at),
        good and good.result,
    )
