"""What a new version of a training changes for those who did an older one. Pure: numbers of versions and dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Change:
    """What was decided after a version: by when to catch up with it, or until when older ones hold at most."""

    version: int
    number: int
    day: date
    since: date


def is_older(change: Change, number: int) -> bool:
    """Whether a completion is of a version that is known and older; one that isn't known is left alone."""
    return 0 < number < change.number


def ends_by(shortenings: Iterable[Change], number: int, until: date | None) -> date | None:
    """The last day a completion holds, knowing the version it is of: never later than before."""
    days = [change.day for change in shortenings if is_older(change, number)]
    return min([*days, *([] if until is None else [until])], default=None)
