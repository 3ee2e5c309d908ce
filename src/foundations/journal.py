"""The journal of what matters: append-only rows, sealed into one hash chain per stream."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from . import clock, sealing
from .models import AuditEntry

GENESIS = "0" * 64
STREAM = "audit"


@dataclass(frozen=True)
class Stream:
    """A table whose rows are chained: its name, its model, how a row is written canonically, when it was written."""

    name: str
    model: type
    canonical: Callable[[object], dict]
    moment: str = "at"


_streams: dict[str, Stream] = {}


def register_stream(name: str, model, canonical: Callable[[Any], dict], *, moment: str = "at") -> None:
    """Have the rows of an append-only model chained under ``name``; ``canonical`` gives what is hashed of a row.

    ``canonical`` reads columns only (``author_id``, never ``author``): it is called for each row of the table.
    ``moment`` is the column that says when a row was written: one that waits too long for its seal is a fault.
    """
    if not isinstance(model._meta.pk, models.IntegerField):
        raise ValueError(f"{model.__name__}: a stream needs whole numbers as primary keys.")
    present = _streams.get(name)
    if present is not None and present.model is not model:
        raise ValueError(f"Two streams named {name!r}")
    _streams[name] = Stream(name, model, canonical, moment)


def streams() -> list[Stream]:
    """The streams of all rooms, by name."""
    return [_streams[name] for name in sorted(_streams)]


def stream(name: str) -> Stream:
    """The stream of that name."""
    return _streams[name]


def pseudonym(user) -> str:
    """The name the journal knows an account by: a keyed hash, meaningless once the account is erased."""
    return sealing.keyed_hash(f"user:{user.pk}", "pseudonym")


def record(
    verb: str, *, actor=None, object_ref: str = "", payload: dict | None = None, chain_now: bool = False
) -> AuditEntry:
    """Write one entry in the caller's transaction. ``chain_now`` seals it at once, for openings and role changes."""
    entry = AuditEntry(
        at=clock.now(),
        actor=pseudonym(actor) if actor is not None else "",
        verb=verb,
        object_ref=object_ref,
        payload=payload or {},
    )
    if not chain_now:
        entry.save(force_insert=True)
        return entry
    from .chain import seal_row  # here because chain reads the streams registered in this module

    with transaction.atomic():
        entry.save(force_insert=True)
        seal_row(STREAM, entry)
    return entry


def canonical_json(value: dict) -> bytes:
    """The one way a value is written before it is hashed."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _plain(value):
    """Dates in UTC, so that the session's time zone changes nothing; anything else as its text."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def canonical_entry(entry: AuditEntry) -> dict:
    """What is hashed of a journal entry: all of it."""
    return {
        "at": entry.at,
        "actor": entry.actor,
        "verb": entry.verb,
        "object_ref": entry.object_ref,
        "payload": entry.payload,
    }


register_stream(STREAM, AuditEntry, canonical_entry)
