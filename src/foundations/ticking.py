"""Time-driven work: named functions, each run when its period has passed, one failure never stopping the others."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from . import clock
from .models import TickRun
from .outbox import describe_error

log = logging.getLogger("terrain.tick")

RETRY_FAILED = timedelta(minutes=5)
RETRY_DEAD = timedelta(minutes=15)


@dataclass(frozen=True)
class Periodic:
    """A periodic function: its name, its period, what it does at a given moment."""

    name: str
    every: timedelta
    function: Callable[[datetime], None]


_periodic: dict[str, Periodic] = {}


def on_tick(name: str, every: timedelta):
    """Register an idempotent ``(now) -> None``, run by ``tick`` when ``every`` has passed since its last start."""

    def register(function: Callable[[datetime], None]):
        present = _periodic.get(name)
        if present is not None and present.function.__qualname__ != function.__qualname__:
            raise ValueError(f"Two periodic functions named {name!r}")
        _periodic[name] = Periodic(name, every, function)
        return function

    return register


def registered() -> list[Periodic]:
    """The periodic functions of all rooms, by name."""
    return [_periodic[name] for name in sorted(_periodic)]


def tick(now: datetime | None = None, *, only: str | None = None) -> dict[str, str]:
    """Run what is due; returns name -> "ok", "later" or the error. Twice in a row does nothing more."""
    now = now or clock.now()
    chosen = [periodic for periodic in registered() if only is None or periodic.name == only]
    if only is not None and not chosen:
        raise LookupError(f"No periodic function named {only!r}")
    TickRun.objects.bulk_create([TickRun(name=periodic.name) for periodic in chosen], ignore_conflicts=True)
    return {periodic.name: _run_if_due(periodic, now) for periodic in chosen}


def _due(periodic: Periodic, now: datetime) -> Q:
    """Never run; or its period has passed; or it failed, or died on its way, some minutes ago."""
    # Cron's minute is never exactly a minute.
    slack = min(periodic.every / 10, timedelta(seconds=5))
    failed = Q(failures__gt=0, started_at__lte=now - min(periodic.every, RETRY_FAILED))
    died = Q(failures=0, started_at__lte=now - RETRY_DEAD) & (
        Q(succeeded_at=None) | Q(succeeded_at__lt=F("started_at"))
    )
    return Q(started_at=None) | Q(started_at__lte=now - periodic.every + slack) | failed | died


def _run_if_due(periodic: Periodic, now: datetime) -> str:
    rows = TickRun.objects.filter(name=periodic.name)
    # The conditional update is the lock: of two tickers at the same minute, one takes the turn.
    if not rows.filter(_due(periodic, now)).update(started_at=now):
        return "later"
    try:
        periodic.function(now)
    except Exception as error:  # one room's failure must not keep the others from their turn
        described = describe_error(error)
        rows.update(failures=F("failures") + 1, last_error=described)
        log.error("tick.failed", extra={"periodic": periodic.name, "error": type(error).__name__})
        return described
    rows.update(succeeded_at=now, failures=0, last_error="")
    return "ok"


def failing() -> list[TickRun]:
    """Periodic functions whose last run failed."""
    return list(TickRun.objects.filter(failures__gt=0).order_by("name"))
