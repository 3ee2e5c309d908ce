"""The journal of what matters: append-only rows, sealed into one hash chain per stream."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from . import clock, sealing
from .models import AuditEntry, Seal

GENESIS = "0" * 64
STREAM = "audit"


@dataclass(frozen=True)
class Stream:
    """A table whose rows are chained: its name, its model, how a row is written canonically."""

    name: str
    model: type
    canonical: Callable[[object], dict]


_streams: dict[str, Stream] = {}


def register_stream(name: str, model, canonical: Callable[[object], dict]) -> None:
    """Have the rows of an append-only model chained under ``name``; ``canonical`` gives what is hashed of a row."""
    present = _streams.get(name)
    if present is not None and present.model is not model:
        raise ValueError(f"Two streams named {name!r}")
    _streams[name] = Stream(name, model, canonical)


def streams() -> list[Stream]:
    """The streams of all rooms, by name."""
    return [_streams[name] for name in sorted(_streams)]


def pseudonym(user) -> str:
    """The name the journal knows an account by: a keyed hash, meaningless once the account is erased."""
    return sealing.keyed_hash(f"user:{user.pk}", "pseudonym")


def record(
    verb: str, *, actor=None, object_ref: str = "", payload: dict | None = None, chain_now: bool = False
) -> AuditEntry:
    """Write one entry in the caller's transaction. ``chain_now`` seals it at once, for openings and role changes."""
    entry = AuditEntry.objects.create(
        at=clock.now(),
        actor=pseudonym(actor) if actor is not None else "",
        verb=verb,
        object_ref=object_ref,
        payload=payload or {},
    )
    if chain_now:
        from .chain import seal_row  # here because chain reads the streams registered in this module

        seal_row(STREAM, entry)
    return entry


def canonical_json(value: dict) -> bytes:
    """The one way a value is written before it is hashed."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _plain(value):
    if isinstance(value, datetime):
        return value.astimezone(tz=None).isoformat() if value.tzinfo is None else _utc(value)
    return str(value)


def _utc(value: datetime) -> str:
    from datetime import UTC

    return value.astimezone(UTC).isoformat()


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

__all__ = ["AuditEntry", "Seal", "canonical_json", "pseudonym", "record", "register_stream", "streams"]
_ = hashlib
