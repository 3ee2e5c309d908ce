"""What readiness means: each check answers ok, degraded or failed, with a cause of a few words and no secret."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from . import clock, metrics, outbox, relay, ticking
from .models import Lease, OutboxEvent

OK, DEGRADED, FAILED = "ok", "degraded", "failed"
MAX_LAG = timedelta(minutes=5)
MAX_CLOCK_DRIFT = timedelta(seconds=2)
MIN_FREE_PART = 0.05
# A row written and read back takes some milliseconds; past this every gesture takes seconds.
SLOW_ROUND_SECONDS = 0.5


@dataclass(frozen=True)
class Answer:
    """What a check found."""

    status: str
    cause: str = ""


def readiness() -> dict:
    """Run every check; the worst gives the status. Never raises."""
    answers = {name: _answered(check) for name, check in _CHECKS.items()}
    statuses = {answer.status for answer in answers.values()}
    worst = next((status for status in (FAILED, DEGRADED) if status in statuses), OK)
    return {
        "status": worst,
        "checks": {
            name: {"status": answer.status, **({"cause": answer.cause} if answer.cause else {})}
            for name, answer in answers.items()
        },
    }


def _answered(check) -> Answer:
    try:
        return check()
    except DatabaseError as error:
        return Answer(FAILED, type(error).__name__)
    except OSError as error:
        return Answer(DEGRADED, type(error).__name__)


def database() -> Answer:
    """A row is written and read back, in less than half a second; a slow database degrades and never fails."""
    kept, seconds = _round()
    if not kept:
        return Answer(FAILED, "what was written wasn't read back")
    return Answer(OK) if seconds < SLOW_ROUND_SECONDS else Answer(DEGRADED, f"{seconds:.1f} s for a row")


def _round() -> tuple[bool, float]:
    """Write a row and read it back: whether it was kept, and how long both took."""
    now, started = clock.now(), perf_counter()
    Lease.objects.update_or_create(name="readyz", defaults={"owner": "readyz", "expires_at": now})
    kept = Lease.objects.values_list("expires_at", flat=True).get(name="readyz")
    # Another probe may have written since: any moment as late as ours is a row that was kept.
    return kept >= now, perf_counter() - started


_migrations_seen = False


def migrations() -> Answer:
    """No migration waits. Remembered once true: a process never runs on less than it has seen."""
    global _migrations_seen
    if _migrations_seen:
        return Answer(OK)
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return Answer(FAILED, f"{waiting} waiting")
    _migrations_seen = True
    return Answer(OK)


def outbox_lag() -> Answer:
    """Effects leave within five minutes."""
    lag = outbox.lag()
    return Answer(OK) if lag < MAX_LAG else Answer(FAILED, f"{int(lag.total_seconds())} s late")


def outbox_dead() -> Answer:
    """No effect was given up."""
    topics = sorted(set(OutboxEvent.objects.filter(dead_at__isnull=False).values_list("topic", flat=True)))
    return Answer(DEGRADED, ", ".join(topics[:5])) if topics else Answer(OK)


def periodic() -> Answer:
    """No periodic function failed at its last run."""
    failing = [run.name for run in ticking.failing()]
    return Answer(DEGRADED, ", ".join(failing[:5])) if failing else Answer(OK)


def disk() -> Answer:
    """More than a twentieth of each disk is free where files go."""
    free = min(map(_free_part, (settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT)))
    return Answer(OK) if free > MIN_FREE_PART else Answer(FAILED, f"{free:.0%} free")


def _free_part(place) -> float:
    """The part of a disk that is free, asked of the folder or of the first of its parents that is there."""
    folder = Path(place)
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total


def database_clock() -> Answer:
    """The database and the application agree on the time within two seconds."""
    before = clock.now()
    moment = _database_now()
    after = clock.now()
    drift = max(before - moment, moment - after, timedelta(0))
    return Answer(OK) if drift <= MAX_CLOCK_DRIFT else Answer(DEGRADED, f"{drift.total_seconds():.0f} s apart")


def _database_now() -> datetime:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0]
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)


def redis() -> Answer:
    """Redis answers, where settings use it. Without it work only waits for the relay's next turn."""
    if settings.TERRAIN_JOBS != "rq":
        return Answer(OK, "not used")
    from redis.exceptions import RedisError  # only with Redis

    try:
        relay.queue().connection.ping()
    except (RedisError, OSError) as error:
        return Answer(DEGRADED, type(error).__name__)
    return Answer(OK)


_CHECKS = {
    "database": database,
    "migrations": migrations,
    "outbox": outbox_lag,
    "outbox_dead": outbox_dead,
    "periodic": periodic,
    "disk": disk,
    "clock": database_clock,
    "redis": redis,
}

metrics.gauge(
    "terrain_database_round_seconds",
    "To write a row and read it back; above half a second gestures are slow",
    lambda: [({}, round(_round()[1], 3))],
)
