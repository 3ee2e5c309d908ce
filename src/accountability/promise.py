"""The arithmetic of the promised date, without a database: the earliest clock wins, and only pauses push it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Pause:
    """The clock stood still from ``start`` until ``end``, a day on which it ran again."""

    start: date
    end: date


def clock_end(start: date, days: int, pauses: Iterable[Pause] = ()) -> date:
    """When a clock of ``days`` started on ``start`` ends.

    A pause counts for its days after the start, and only if it began before the clock ended: a late answer
    stays late whatever is asked afterwards. The order in which pauses are given changes nothing.
    """
    end = start + timedelta(days=days)
    for pause in sorted(pauses, key=lambda pause: (pause.start, pause.end)):
        if pause.start <= end:
            end += max(timedelta(0), pause.end - max(pause.start, start))
    return end


def promised_on(
    started_on: date,
    days: int,
    *,
    threshold_on: date | None = None,
    threshold_days: int = 30,
    carried_on: date | None = None,
    carried_days: int = 0,
    pauses: Iterable[Pause] = (),
) -> date:
    """The promised date: the earliest clock of the submission, of the threshold and of a promise carried here."""
    pauses = list(pauses)
    ends = [clock_end(started_on, days, pauses)]
    if threshold_on is not None:
        ends.append(clock_end(threshold_on, threshold_days, pauses))
    if carried_on is not None:
        ends.append(clock_end(carried_on, carried_days, pauses))
    return min(ends)
