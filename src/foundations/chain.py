"""The sealer and the verifier of the journal's hash chains."""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from . import clock, journal
from .models import Seal

log = logging.getLogger("terrain.journal")

_BATCH = 1000
# Links read at once when a chain is verified.
_WINDOW = 2000
# How far behind its end a stream is searched each minute for transactions that committed late.
_LOOK_BACK = 5000
# A row older than this without a seal means that the sealer is dead, or that somebody took a seal away.
LATEST_SEAL = timedelta(minutes=10)


@dataclass(frozen=True)
class Fault:
    """The first thing wrong in a stream, and at which link."""

    stream: str
    seq: int
    what: str

    def __str__(self):
        return f"{self.stream} seq {self.seq}: {self.what}"


@dataclass(frozen=True)
class Verified:
    """What a verification saw of one stream."""

    stream: str
    links: int
    head: str
    fault: Fault | None


def row_hash(stream: journal.Stream, row) -> str:
    """The hash of a row's content, its primary key included so that two rows can't trade places."""
    value = {"pk": str(row.pk), "row": stream.canonical(row)}
    return hashlib.sha256(journal.canonical_json(value)).hexdigest()


def link_hash(stream: str, seq: int, row_pk: int, content: str, previous: str) -> str:
    """The hash of a link: its place, its row and the link before."""
    return hashlib.sha256(f"{stream}|{seq}|{row_pk}|{content}|{previous}".encode()).hexdigest()


def _lock(stream_name: str) -> None:
    """One sealer at a time in a stream, until the transaction ends; on SQLite every transaction is alone anyway."""
    if connection.vendor == "postgresql":
        number = int.from_bytes(
            hashlib.sha256(f"terrain.seal.{stream_name}".encode()).digest()[:8], "big", signed=True
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _head(stream_name: str) -> tuple[int, str]:
    last = Seal.objects.filter(stream=stream_name).order_by("-seq").values_list("seq", "hash").first()
    return last or (0, journal.GENESIS)


def _append(stream: journal.Stream, rows: Iterable) -> int:
    """Add links for rows, inside the caller's transaction and lock."""
    seq, previous = _head(stream.name)
    seals = []
    for row in rows:
        seq += 1
        content = row_hash(stream, row)
        digest = link_hash(stream.name, seq, row.pk, content, previous)
        seals.append(
            Seal(stream=stream.name, seq=seq, row_pk=row.pk, row_hash=content, prev_hash=previous, hash=digest)
        )
        previous = digest
    Seal.objects.bulk_create(seals)
    return len(seals)


def unsealed(stream: journal.Stream, *, thorough: bool = True):
    """Committed rows of a stream without a link, oldest first.

    An anti-join and not "after the last sealed one": of two transactions the one with the smaller key may commit last.
    Not ``thorough``: only among the rows around the end, which is enough each minute and never reads the whole table.
    """
    rows = stream.model._base_manager.order_by("pk")
    if not thorough:
        seq = _head(stream.name)[0]
        floor = Seal.objects.filter(stream=stream.name, seq=seq - _LOOK_BACK).values_list("row_pk", flat=True).first()
        rows = rows.filter(pk__gt=-1 if floor is None else floor)
    return rows.filter(~Exists(Seal.objects.filter(stream=stream.name, row_pk=OuterRef("pk"))))


def seal_row(stream_name: str, row) -> None:
    """Chain one row now, in the caller's transaction: only for openings, role changes and ballot openings."""
    stream = journal.stream(stream_name)
    with transaction.atomic():
        _lock(stream.name)
        if Seal.objects.filter(stream=stream.name, row_pk=row.pk).exists():
            return
        # Read back: the chain holds what the database keeps, not what Python meant to write.
        _append(stream, [stream.model._base_manager.get(pk=row.pk)])


def seal_pending(*, thorough: bool = False) -> dict[str, int]:
    """Chain the committed rows of every stream; returns how many links each stream got."""
    return {stream.name: _seal_stream(stream, thorough) for stream in journal.streams()}


def _seal_stream(stream: journal.Stream, thorough: bool) -> int:
    total = added = 0
    # Looked at outside a transaction first: on SQLite a transaction takes the write lock for nothing.
    while (total == 0 or added == _BATCH) and unsealed(stream, thorough=thorough).exists():
        with transaction.atomic():
            _lock(stream.name)
            added = _append(stream, list(unsealed(stream, thorough=thorough)[:_BATCH]))
        total += added
        if not added:
            break
    if total:
        seq, digest = _head(stream.name)
        # The head in the log is an anchor outside the database: without one, whoever owns it can rewrite it all.
        log.info("journal.sealed", extra={"stream": stream.name, "seq": seq, "head": digest, "added": total})
    return total


def heads() -> dict[str, tuple[int, str]]:
    """Last link of each stream: what is printed or mailed to anchor the chain outside the database."""
    return {stream.name: _head(stream.name) for stream in journal.streams()}


def _links(stream: journal.Stream) -> Iterator[tuple]:
    """Each link with its row (None when it is gone), in order, in bounded memory: two statements a window."""
    seals = Seal.objects.filter(stream=stream.name).order_by("seq")
    columns = ("seq", "row_pk", "row_hash", "prev_hash", "hash")
    after = 0
    while window := list(seals.filter(seq__gt=after).values_list(*columns, named=True)[:_WINDOW]):
        rows = _rows(stream, [seal.row_pk for seal in window])
        for seal in window:
            yield seal, rows.get(seal.row_pk)
        after = window[-1].seq


def _rows(stream: journal.Stream, keys: list[int]) -> dict:
    """The rows of these primary keys: read as a range where they lie close together, as they nearly always do."""
    manager = stream.model._base_manager
    first, last = min(keys), max(keys)
    if last - first < 2 * len(keys):
        return {row.pk: row for row in manager.filter(pk__gte=first, pk__lte=last)}
    return {
        row.pk: row
        for start in range(0, len(keys), _BATCH)
        for row in manager.filter(pk__in=keys[start : start + _BATCH])
    }


def verify(
    stream: journal.Stream, *, expected: tuple[int, str] | None = None, now: datetime | None = None
) -> Verified:
    """Walk one chain from its first link; stops at the first fault.

    ``expected`` is a (seq, hash) noted elsewhere: without such an anchor a chain cut at its end still verifies.
    """
    seq, previous, anchored = 0, journal.GENESIS, expected is None
    for seal, row in _links(stream):
        what = _fault_of(stream, seal, row, seq, previous)
        if what:
            return Verified(stream.name, seq, previous, Fault(stream.name, seq + 1, what))
        seq, previous = seal.seq, seal.hash
        if expected and seq == expected[0]:
            if seal.hash != expected[1]:
                return Verified(stream.name, seq, previous, Fault(stream.name, seq, "differs from the noted head"))
            anchored = True
    if not anchored:
        return Verified(
            stream.name, seq, previous, Fault(stream.name, seq + 1, "the chain is cut before the noted head")
        )
    late = _late_row(stream, now or clock.now())
    if late is not None:
        return Verified(stream.name, seq, previous, Fault(stream.name, seq + 1, f"row {late} was never sealed"))
    return Verified(stream.name, seq, previous, None)


def _fault_of(stream, seal, row, seq: int, previous: str) -> str:
    """What is wrong with a link, in words; empty when it holds."""
    if seal.seq != seq + 1:
        return f"link {seq + 1} was removed"
    if seal.prev_hash != previous:
        return "the link before was changed"
    if seal.hash != link_hash(stream.name, seal.seq, seal.row_pk, seal.row_hash, seal.prev_hash):
        return "the link was changed"
    if row is None:
        return f"row {seal.row_pk} was removed"
    if row_hash(stream, row) != seal.row_hash:
        return f"row {seal.row_pk} was changed"
    return ""


def _late_row(stream, now: datetime):
    """Primary key of a row that has waited too long for its seal (only where rows say when they were written)."""
    names = {field.name for field in stream.model._meta.fields}
    rows = unsealed(stream)
    rows = rows.filter(**{f"{stream.moment}__lt": now - LATEST_SEAL}) if stream.moment in names else rows.none()
    return rows.values_list("pk", flat=True).first()


def verify_all(expected: dict[str, tuple[int, str]] | None = None) -> list[Verified]:
    """Verify every stream; never stops at the first bad one."""
    return [verify(stream, expected=(expected or {}).get(stream.name)) for stream in journal.streams()]
