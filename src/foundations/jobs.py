"""The single door to work done later: named functions that take ids, run by the relay."""

from collections.abc import Callable

from . import outbox

TOPIC = "job"
_jobs: dict[str, Callable[..., None]] = {}


def job(name: str):
    """Register a function as the job ``name``: takes ids, is safe to run twice, calls one service."""

    def register(function: Callable[..., None]):
        present = _jobs.get(name)
        if present is not None and present.__qualname__ != function.__qualname__:
            raise ValueError(f"Two jobs named {name!r}")
        _jobs[name] = function
        return function

    return register


def enqueue(name: str, **ids) -> None:
    """Ask for the job ``name`` once the caller's transaction commits. Refuses a name nobody registered."""
    if name not in _jobs:
        raise LookupError(f"No job named {name!r}")
    outbox.emit(TOPIC, {"name": name, "ids": ids})


@outbox.handles(TOPIC)
def run_job(payload: dict) -> None:
    """Run one job from its row."""
    _jobs[payload["name"]](**payload["ids"])
