"""Which step of a plan somebody is at: the last one whose day has come. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from .enums import OFFSETS, Step


def spans(steps: Iterable[str], day: date) -> list[tuple[Step, date | None, date]]:
    """Each step with the days due that are at it on a day: after the first (None: from the beginning), up to the last.

    Steps that are past are passed over: whoever starts late gets one reminder, not all of them.
    """
    ordered = sorted({Step(step) for step in steps}, key=OFFSETS.get)
    found = []
    for place, step in enumerate(ordered):
        following = ordered[place + 1] if place + 1 < len(ordered) else None
        after = day - timedelta(days=OFFSETS[following]) if following is not None else None
        found.append((step, after, day - timedelta(days=OFFSETS[step])))
    return found


def step_on(steps: Iterable[str], due_on: date, day: date) -> Step | None:
    """The step of one day due, on a day."""
    for step, after, up_to in spans(steps, day):
        if (after is None or due_on > after) and due_on <= up_to:
            return step
    return None
