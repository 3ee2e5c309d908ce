"""The phase line of a dossier, without the database: which step runs, what comes next, where the whole stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from src.participation.enums import ActivityPhase

from .enums import DossierState

ORDER = {phase: rank for rank, phase in enumerate(ActivityPhase)}


@dataclass(frozen=True)
class Step:
    """One step between two days, both included; without an end it goes on."""

    kind: str
    starts_on: date
    ends_on: date | None = None

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def is_over(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on < day


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps in the order of the line, whatever their dates."""
    return sorted(steps, key=lambda step: ORDER[ActivityPhase(step.kind)])


def current(steps: Iterable[Step], day: date) -> Step | None:
    """The step that runs: of several, the furthest along the line; None before, between and after."""
    running = [step for step in in_order(steps) if step.runs_on(day)]
    return running[-1] if running else None


def following(steps: Iterable[Step], day: date) -> Step | None:
    """The next step to begin; None when everything has."""
    coming = [step for step in in_order(steps) if step.starts_on > day]
    return min(coming, key=lambda step: step.starts_on, default=None)


def state(steps: Iterable[Step], day: date) -> DossierState:
    """Coming before the first step; ended once everything but the report is over; under way between.

    The same answer as the annotations of ``DossierQuerySet.with_days``.
    """
    steps = list(steps)
    if not steps or all(step.starts_on > day for step in steps):
        return DossierState.COMING
    asked = [step for step in steps if step.kind != ActivityPhase.RESTITUTE]
    over = all(step.is_over(day) for step in asked)
    return DossierState.ENDED if over else DossierState.OPEN


def fault(steps: Iterable[Step]) -> str:
    """What is wrong with a line: ``empty``, ``twice``, ``backwards``, ``endless``; "" when nothing is."""
    ordered = in_order(steps)
    if not ordered:
        return "empty"
    if len({step.kind for step in ordered}) != len(ordered):
        return "twice"
    if any(step.ends_on is not None and step.ends_on < step.starts_on for step in ordered):
        return "backwards"
    if any(before.starts_on > after.starts_on for before, after in zip(ordered, ordered[1:], strict=False)):
        return "backwards"
    if any(step.ends_on is None and step.kind != ActivityPhase.RESTITUTE for step in ordered):
        return "endless"
    return ""
