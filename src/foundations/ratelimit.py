"""Token buckets: in the database, right under concurrency, Redis dead or not; or in memory, leaving no trace."""

import threading

from django.db import connection
from django.db.models import F

from . import clock, sealing
from .models import RateBucket

_SQL = """
INSERT INTO {table} (bucket, "key", tokens, refilled_at, allowed) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (bucket, "key") DO UPDATE SET
    tokens = CASE WHEN {filled} >= 1 THEN {filled} - 1 ELSE {filled} END,
    allowed = ({filled} >= 1),
    refilled_at = CASE WHEN excluded.refilled_at > {table}.refilled_at
                       THEN excluded.refilled_at ELSE {table}.refilled_at END
RETURNING allowed
"""


def hit(bucket: str, key: str, limit: int, per: float) -> bool:
    """Take one token of ``key`` in ``bucket``: ``limit`` at once, refilled over ``per`` seconds. False: refuse.

    Call it outside the transaction it protects, or a rollback gives the token back. The key is stored as a keyed
    hash: no address and no personnel number in the table.
    """
    if limit < 1:
        return False
    table = connection.ops.quote_name(RateBucket._meta.db_table)
    elapsed = f"(excluded.refilled_at - {table}.refilled_at)"
    gained = f"(CASE WHEN {elapsed} > 0 THEN {elapsed} ELSE 0 END * {limit / per!r})"
    total = f"({table}.tokens + {gained})"
    filled = f"(CASE WHEN {total} > {float(limit)!r} THEN {float(limit)!r} ELSE {total} END)"
    sql = _SQL.format(table=table, filled=filled)
    hashed = sealing.keyed_hash(f"{bucket}:{key}", "pseudonym")
    with connection.cursor() as cursor:
        cursor.execute(sql, [bucket, hashed, limit - 1.0, clock.now().timestamp(), True])
        return bool(cursor.fetchone()[0])


_memory: dict[tuple[str, str], tuple[float, float]] = {}
_memory_lock = threading.Lock()
# Above this many keys, those nobody touched for an hour are dropped.
MEMORY_KEYS = 20_000


def hit_in_memory(bucket: str, key: str, limit: int, per: float) -> bool:
    """The same for one process, written nowhere: for gestures that may be a protected contribution.

    A row keyed by the account, even hashed, would be written moments before the contribution: its ``xmin`` and its
    time would tie the two. Each process counts for itself, so that the true limit is ``limit`` times their number.
    """
    now = clock.now().timestamp()
    with _memory_lock:
        if len(_memory) >= MEMORY_KEYS:
            _drop_full(now)
        tokens, since = _memory.get((bucket, key), (float(limit), now))
        tokens = min(float(limit), tokens + max(0.0, now - since) * limit / per)
        allowed = tokens >= 1
        left = tokens - 1 if allowed else tokens
        _memory[bucket, key] = (left, max(now, since))
    return allowed


def _drop_full(now: float) -> None:
    """Forget the keys untouched for an hour, or all of them when everybody is busy: a limit never grows memory."""
    stale = [key for key, (_tokens, since) in _memory.items() if now - since > 3600]
    for key in stale or list(_memory):
        del _memory[key]


def forget_memory() -> None:
    """Start again with full buckets: between tests."""
    with _memory_lock:
        _memory.clear()


def reset(bucket: str, key: str) -> None:
    """Give a key its full bucket back: after a success that proves who it is."""
    RateBucket.objects.filter(bucket=bucket, key=sealing.keyed_hash(f"{bucket}:{key}", "pseudonym")).delete()


def give_back(bucket: str, key: str) -> None:
    """Put one token back: what was taken turned out not to count. A bucket never holds more than its limit."""
    hashed = sealing.keyed_hash(f"{bucket}:{key}", "pseudonym")
    RateBucket.objects.filter(bucket=bucket, key=hashed).update(tokens=F("tokens") + 1)


def purge(now) -> int:
    """Forget buckets nobody touched for a day."""
    return RateBucket.objects.filter(refilled_at__lt=now.timestamp() - 86_400).delete()[0]
