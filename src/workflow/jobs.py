"""Work of the engine that doesn't wait for a page: adoptions too large for one request, and the clock."""

from datetime import timedelta

from src.foundations import jobs, outbox, ticking

from . import registry
from .services import resume_adoption, run_clock


@outbox.handles("workflow.moved")
def moved(payload: dict) -> None:
    """A subject moved: the rooms that asked for its kind are called, one after the other."""
    for handler in registry.moved_handlers(payload["kind"]):
        handler(payload)
    if "held" not in payload:
        # Written by the version before, which held nothing back: this row is all there is.
        told(payload)


@outbox.handles("workflow.told")
def told(payload: dict) -> None:
    """The hold is over and nobody took the step back: people are told."""
    for handler in registry.told_handlers(payload["kind"]):
        handler(payload)


@jobs.job("workflow.adopt")
def adopt(adoption_id: int) -> None:
    """Make, or go on with, a recorded adoption."""
    resume_adoption(adoption_id)


@ticking.on_tick("workflow.clock", every=timedelta(minutes=10))
def clock(now) -> None:
    """Fire the automatic transitions that are due."""
    run_clock(now)
