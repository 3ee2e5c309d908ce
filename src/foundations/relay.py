"""The loop that runs the outbox, and the ticker beside it: threads of ``serve``, or processes of their own."""

import contextlib
import logging
import os
import threading
import time
from functools import lru_cache

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

from . import leases, outbox, ticking

log = logging.getLogger("terrain.relay")

LEASE = "relay"
TICKER_LEASE = "ticker"
POLL_SECONDS = 5.0
TICK_SECONDS = 20.0
# After a refusal Redis is left alone for a while: a request never waits twice for a dead one.
REDIS_REST_SECONDS = 30.0
REDIS_PATIENCE_SECONDS = 1.0
# An alarm works for a minute, then leaves the rest to the next one and to the relay's own turns; rq would cut it in
# the middle of an effect, and count that against the effect.
ALARM_SECONDS = 60.0
# Between two turns effects gather: a crowd's are run together, and no process is forked for each gesture. An alarm
# that found nothing so often ends.
GATHER_SECONDS = 0.25
QUIET_TURNS = 4
_ALARM_CUT_SECONDS = 900
_TURN = 100
# What a process that carries out effects takes of a busy processor beside one that answers people: a third.
NICENESS = 5

_wake = threading.Event()
_redis_rests_until = 0.0


def give_way() -> None:
    """Let those who wait for a page go first: this process and its children are served when the others rest.

    A mail or a search entry may come a second later. For a process of its own; ``serve`` shares its own with pages.
    """
    with contextlib.suppress(OSError):
        os.nice(max(0, NICENESS - os.nice(0)))


def relay_once(limit: int | None = None) -> int:
    """Run what is due, once. Claims make it safe beside others."""
    return outbox.drain(limit)


def answer_alarm() -> int:
    """Run what is due, and what comes meanwhile, for a minute at most or until nothing comes: what rq's workers call.

    Returns how many effects succeeded. While it waits for more, one alarm may be rung behind it; never more.
    """
    until, done, quiet = time.monotonic() + ALARM_SECONDS, 0, 0
    while quiet < QUIET_TURNS and time.monotonic() < until:
        succeeded = relay_once(_TURN)
        done += succeeded
        quiet = 0 if succeeded else quiet + 1
        if succeeded < _TURN:
            time.sleep(GATHER_SECONDS)
    return done


def wake() -> None:
    """Say that something is due. Never raises: the relay polls anyway."""
    if settings.TERRAIN_JOBS == "rq":
        _wake_rq()
    _wake.set()


def _wake_rq() -> None:
    global _redis_rests_until
    if time.monotonic() < _redis_rests_until:
        return
    from redis.exceptions import RedisError  # only with Redis

    try:
        # One alarm that nobody took yet is enough: whoever takes it sees all that was committed before.
        if not queue().count:
            queue().enqueue(
                "src.foundations.relay.answer_alarm",
                result_ttl=0,
                failure_ttl=3600,
                job_timeout=_ALARM_CUT_SECONDS,
            )
    except (RedisError, OSError) as error:
        _redis_rests_until = time.monotonic() + REDIS_REST_SECONDS
        log.warning("relay.redis_unreachable", extra={"error": type(error).__name__})


@lru_cache(maxsize=1)
def queue():
    """The queue of the relay, whose connection gives up after a second and never insists: it is only an alarm."""
    import django_rq  # only with Redis: it reads its queues from settings when imported
    from redis.backoff import NoBackoff
    from redis.retry import Retry
    from rq.serializers import JSONSerializer

    found = django_rq.get_queue("default", serializer=JSONSerializer)
    pool = found.connection.connection_pool
    for name in ("socket_timeout", "socket_connect_timeout"):
        if not pool.connection_kwargs.get(name):
            pool.connection_kwargs[name] = REDIS_PATIENCE_SECONDS
    found.connection.set_retry(Retry(NoBackoff(), 0))
    return found


def run(stop: threading.Event, *, poll: float = POLL_SECONDS) -> None:
    """Drain until ``stop``, while holding the lease; woken by commits of this process, else every ``poll`` seconds."""
    # A full turn may succeed in less: what another one filed or took meanwhile isn't counted.
    _loop(stop, LEASE, lambda: relay_once(_TURN) >= _TURN // 4, poll, _wake)


def run_ticker(stop: threading.Event, *, poll: float = TICK_SECONDS) -> None:
    """Tick until ``stop``, while holding the lease."""

    def turn() -> bool:
        ticking.tick()
        return False

    _loop(stop, TICKER_LEASE, turn, poll, threading.Event())


def _loop(stop: threading.Event, lease: str, turn, poll: float, wake_event: threading.Event) -> None:
    """One turn after another. A dead database is waited for; a stale connection is closed before each turn."""
    owner = leases.new_owner()
    while not stop.is_set():
        again = False
        try:
            close_old_connections()
            if leases.take(lease, owner):
                wake_event.clear()
                again = turn()
        except DatabaseError as error:
            log.error("relay.database", extra={"error": type(error).__name__})
            connection.close()
        if not again:
            _sleep(stop, wake_event, poll)
    try:
        leases.release(lease, owner)
    except DatabaseError as error:
        log.warning("relay.release", extra={"error": type(error).__name__})
    connection.close()


def _sleep(stop: threading.Event, wake_event: threading.Event, poll: float) -> None:
    """Wait for a wake, the poll period or the end, whichever comes first."""
    until = time.monotonic() + poll
    while not stop.is_set() and (left := until - time.monotonic()) > 0:
        if wake_event.wait(min(left, 0.5)):
            return


def start_threads(stop: threading.Event) -> list[threading.Thread]:
    """Start the relay and the ticker as threads of this process; set ``stop`` then join them to end."""
    threads = [
        threading.Thread(target=run, args=(stop,), name="terrain-relay", daemon=True),
        threading.Thread(target=run_ticker, args=(stop,), name="terrain-ticker", daemon=True),
    ]
    for thread in threads:
        thread.start()
    return threads
