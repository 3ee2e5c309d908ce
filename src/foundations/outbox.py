"""Everything with a side effect is a row here, written with its cause; the relay does the rest."""

import contextlib
import json
import logging
import re
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import Q

from . import clock, sealing
from .models import OutboxEvent

log = logging.getLogger("terrain.outbox")

MAX_ATTEMPTS = 10
FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
# A relay that died holds its row this long; a living one renews its claim three times as often.
CLAIM = timedelta(seconds=60)
KEPT_ONCE_DONE = timedelta(days=7)
SECRET_STEP = 1024
_BATCH = 50

_handlers: dict[str, Callable[[dict], None]] = {}
_wakers: list[Callable[[], None]] = []


class UnknownTopic(LookupError):
    """No room handles this topic."""


def handles(topic: str):
    """Register the handler of a topic: idempotent, run by the relay outside any transaction, at least once."""

    def register(handler: Callable[[dict], None]):
        present = _handlers.get(topic)
        if present is not None and (present.__module__, present.__qualname__) != (
            handler.__module__,
            handler.__qualname__,
        ):
            raise ValueError(f"Two handlers for the topic {topic!r}")
        _handlers[topic] = handler
        return handler

    return register


def topics() -> list[str]:
    """The topics somebody handles."""
    return sorted(_handlers)


def on_wake(waker: Callable[[], None]) -> None:
    """Call ``waker`` after each commit that left something due. It must never raise for a dead service."""
    if waker not in _wakers:
        _wakers.append(waker)


def _wake() -> None:
    for waker in _wakers:
        waker()


def emit(
    topic: str,
    payload: dict,
    *,
    key: str | None = None,
    not_before: datetime | None = None,
    secret: bool = False,
) -> None:
    """Insert one effect in the caller's transaction; the relay is woken after the commit.

    ``key``: while a row with this key is kept (seven days once done), the same effect isn't written again.
    ``secret``: the payload is encrypted with a key outside the database, padded, and deleted once done.
    """
    now = clock.now()
    event = OutboxEvent(topic=topic, key=key, created_at=now, not_before=not_before or now)
    if secret:
        event.sealed_payload = sealing.encrypt(json.dumps(payload).encode(), "outbox", pad_to=SECRET_STEP)
    else:
        event.payload = payload
    if key is None:
        event.save(force_insert=True)
    else:
        OutboxEvent.objects.bulk_create([event], ignore_conflicts=True)
    _wake_after_commit()


def emit_many(topic: str, payloads: list[dict], *, keys: list[str] | None = None) -> None:
    """Insert many effects of one topic in one statement; those whose key is already there are left alone."""
    now = clock.now()
    chosen = keys if keys is not None else [None] * len(payloads)
    OutboxEvent.objects.bulk_create(
        [
            OutboxEvent(topic=topic, payload=payload, key=key, created_at=now, not_before=now)
            for payload, key in zip(payloads, chosen, strict=True)
        ],
        ignore_conflicts=keys is not None,
        batch_size=500,
    )
    _wake_after_commit()


@dataclass(frozen=True)
class Effect:
    """One effect to write beside others, as ``emit`` takes it."""

    topic: str
    payload: dict
    key: str | None = None
    not_before: datetime | None = None


def emit_all(effects: list[Effect]) -> None:
    """Insert effects of several topics in one statement; those whose key is already there are left alone."""
    now = clock.now()
    OutboxEvent.objects.bulk_create(
        [
            OutboxEvent(
                topic=effect.topic,
                payload=effect.payload,
                key=effect.key,
                created_at=now,
                not_before=effect.not_before or now,
            )
            for effect in effects
        ],
        ignore_conflicts=True,
    )
    _wake_after_commit()


def held(key: str) -> OutboxEvent | None:
    """An effect still held: its moment hasn't come and nobody has tried it."""
    return _held(key).first()


def recall(key: str) -> dict | None:
    """Take back an effect still held, in the caller's transaction, and answer its payload; None: it is too late.

    The deletion is conditional: of a recall and a relay at the same second, one finds the row and the other doesn't.
    """
    event = held(key)
    if event is None or not _held(key).filter(pk=event.pk).delete()[0]:
        return None
    return event.payload


def _held(key: str):
    return OutboxEvent.objects.filter(key=key, attempts=0, done_at=None, dead_at=None, not_before__gt=clock.now())


def _wake_after_commit() -> None:
    """One wake a transaction, however many effects it left."""
    if connection.in_atomic_block:
        here = set(connection.savepoint_ids)
        if any(entry[1] is _wake and entry[0] <= here for entry in connection.run_on_commit):
            return
    transaction.on_commit(_wake, robust=True)


def due(now: datetime | None = None):
    """Rows the relay may take now, oldest first."""
    now = now or clock.now()
    return OutboxEvent.objects.filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lt=now),
        done_at__isnull=True,
        dead_at__isnull=True,
        not_before__lte=now,
    ).order_by("not_before", "id")


def drain(limit: int | None = None, *, raising: bool = False) -> int:
    """Run what is due, each effect claimed in its own short statement; returns how many succeeded.

    A failure is tried again later, twice as late each time, and is dead after ten; ``raising`` lets it out (tests).
    """
    succeeded = tried = 0
    while limit is None or tried < limit:
        batch = list(due()[: _BATCH if limit is None else min(_BATCH, limit - tried)])
        if not batch:
            break
        tried += len(batch)
        # What is done, failed or taken by somebody else is no longer due: each turn reads other rows.
        succeeded += sum(_run(event, raising) for event in batch if _claim(event))
    return succeeded


def _claim(event: OutboxEvent) -> bool:
    """Take the row if nobody else has since it was read."""
    now = clock.now()
    taken = OutboxEvent.objects.filter(
        pk=event.pk, attempts=event.attempts, claimed_until=event.claimed_until, done_at=None, dead_at=None
    ).update(attempts=event.attempts + 1, claimed_until=now + CLAIM)
    event.attempts += 1
    return bool(taken)


def _payload(event: OutboxEvent) -> dict:
    if event.sealed_payload is None:
        return event.payload
    return json.loads(sealing.decrypt(event.sealed_payload, "outbox"))


def _run(event: OutboxEvent, raising: bool) -> bool:
    # Inside a caller's transaction (a test), a savepoint keeps one failure from poisoning the rest.
    shield = transaction.atomic() if connection.in_atomic_block else contextlib.nullcontext()
    try:
        with _kept_claimed(event), shield:
            handler = _handlers.get(event.topic)
            if handler is None:
                raise UnknownTopic(event.topic)
            handler(_payload(event))
    except Exception as error:  # a handler may fail in any way: the row remembers and is tried again
        _failed(event, error)
        if raising:
            raise
        return False
    if event.sealed_payload is not None:
        OutboxEvent.objects.filter(pk=event.pk).delete()
    else:
        OutboxEvent.objects.filter(pk=event.pk).update(done_at=clock.now(), claimed_until=None, last_error="")
    return True


@contextlib.contextmanager
def _kept_claimed(event: OutboxEvent):
    """While the handler runs, however long, nobody takes its row for a dead relay's."""
    finished = threading.Event()

    def renew():
        while not finished.wait(CLAIM.total_seconds() / 3):
            with contextlib.suppress(DatabaseError):
                OutboxEvent.objects.filter(pk=event.pk, done_at=None).update(claimed_until=clock.now() + CLAIM)
            connection.close()

    keeper = threading.Thread(target=renew, name="terrain-claim", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        finished.set()
        keeper.join()


def _failed(event: OutboxEvent, error: Exception) -> None:
    now = clock.now()
    dead = event.attempts >= MAX_ATTEMPTS
    delay = min(FIRST_DELAY * 2 ** (event.attempts - 1), LONGEST_DELAY)
    OutboxEvent.objects.filter(pk=event.pk, done_at=None).update(
        claimed_until=None,
        not_before=now + delay,
        dead_at=now if dead else None,
        last_error=describe_error(error, with_message=event.sealed_payload is None),
    )
    log.error(
        "outbox.failed",
        extra={"topic": event.topic, "row": event.pk, "attempts": event.attempts, "error": type(error).__name__},
    )


_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|«[^»]*»|\([^()]*\)")


def describe_error(error: BaseException, *, with_message: bool = True) -> str:
    """An error as a line an administrator may read: its kind and its place, without addresses or quoted values."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    message = ""
    if with_message:
        message = ": " + _QUOTED.sub("…", _ADDRESS.sub("…", str(error))).replace("\n", " ")[:200]
    return f"{type(error).__name__} ({place}){message}"[:300]


def revive(*, topic: str | None = None) -> int:
    """Give the dead another life: once what killed them is repaired."""
    rows = OutboxEvent.objects.filter(dead_at__isnull=False)
    if topic:
        rows = rows.filter(topic=topic)
    return rows.update(dead_at=None, attempts=0, not_before=clock.now(), last_error="")


def purge(now: datetime) -> int:
    """Delete rows done more than seven days ago."""
    return OutboxEvent.objects.filter(done_at__lt=now - KEPT_ONCE_DONE).delete()[0]


def lag(now: datetime | None = None) -> timedelta:
    """How long the oldest due effect has been waiting."""
    now = now or clock.now()
    oldest = (
        OutboxEvent.objects.filter(done_at__isnull=True, dead_at__isnull=True, not_before__lte=now)
        .order_by("not_before")
        .values_list("not_before", flat=True)
        .first()
    )
    return now - oldest if oldest else timedelta(0)
