"""Keyrings: a rebuildable index of the sealed links, written so that a row never tells who wrote what.

Accounts are dealt into cells of some hundreds by a hash of their id. Whoever in a cell is concerned, the relay
rewrites the whole cell, in a shuffled order, in one transaction; every night all cells are rewritten. Cells are
fixed, so that comparing many batches leaves as many suspects as one batch.
"""

import struct
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from random import SystemRandom
from uuid import UUID

from django.db import connections, router, transaction

from src.directory.models import User
from src.foundations import sealing

from ..models import AuthorKeyring, ContributionDraft, SealedAuthor

PURPOSE = sealing.register_purpose("participation-keyring")
TOPIC = "participation.keyring"
STEP = 1024
# A cell is split in two only when its halves keep this many accounts on average.
CELL = 320
CONTRIBUTION, DRAFT = "c", "d"
ATTEMPTS = 5
# Any number, the same everywhere: two relays never interleave their cells on PostgreSQL.
_LOCK = 0x7E55A1

_HEAD = struct.Struct(">HH")
shuffler = SystemRandom()


class KeyringConflict(Exception):
    """A cell kept changing under our hands; the outbox will try again."""


@dataclass(frozen=True)
class Keys:
    """What one keyring holds."""

    handles: frozenset[UUID] = field(default_factory=frozenset)
    drafts: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Entry:
    """Something to add to somebody's keyring."""

    kind: str
    id: UUID
    user_id: int


def read(user) -> Keys:
    """The account's keys: free when the request read the account with its keyring, one statement otherwise."""
    if user is None or user.pk is None:
        return Keys()
    if not getattr(user, "keeps_viewer", False):
        ciphertext = AuthorKeyring.objects.filter(pk=user.pk).values_list("ciphertext", flat=True).first()
        return open_ring(ciphertext)
    if not hasattr(user, "_opened_keyring"):
        ring = getattr(user, "keyring", None)
        user._opened_keyring = open_ring(ring.ciphertext if ring else None)
    return user._opened_keyring


def close_ring(keys: Keys) -> bytes:
    """Encrypt keys, padded to the next step of 1 KB."""
    ids = [*sorted(keys.handles), *sorted(keys.drafts)]
    clear = _HEAD.pack(len(keys.handles), len(keys.drafts)) + b"".join(item.bytes for item in ids)
    padded = -(-len(clear) // STEP) * STEP
    return sealing.encrypt(clear.ljust(padded, b"\0"), PURPOSE)


def open_ring(ciphertext: bytes | None) -> Keys:
    """The keys inside; none for an absent ring."""
    if ciphertext is None:
        return Keys()
    clear = sealing.decrypt(bytes(ciphertext), PURPOSE)
    handles, drafts = _HEAD.unpack_from(clear)
    ids = [UUID(bytes=clear[at : at + 16]) for at in range(_HEAD.size, _HEAD.size + 16 * (handles + drafts), 16)]
    return Keys(frozenset(ids[:handles]), frozenset(ids[handles:]))


def pending(kind: str, id: UUID, user_id: int) -> dict:
    """The secret outbox payload that asks for one addition; the same length whoever is concerned."""
    return {"kind": kind, "id": id.hex, "account": f"{user_id:020d}"}


def entry_of(payload: dict) -> Entry:
    """The addition an outbox payload asks for."""
    return Entry(kind=payload["kind"], id=UUID(payload["id"]), user_id=int(payload["account"]))


def create_rows(user_ids: Iterable[int]) -> None:
    """Give accounts their empty keyring; called when accounts are made, so that a row never tells anything."""
    rows = (AuthorKeyring(user_id=user_id, ciphertext=close_ring(Keys())) for user_id in user_ids)
    AuthorKeyring.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def create_missing_rows() -> int:
    """Give a keyring to every account without one; returns how many there were."""
    missing = list(User.objects.filter(keyring__isnull=True).order_by().values_list("pk", flat=True))
    shuffler.shuffle(missing)
    create_rows(missing)
    return len(missing)


def file(entries: Iterable[Entry]) -> int:
    """Add entries to their keyrings, whole cells at a time; returns how many rows were rewritten.

    Safe to run twice. An entry already there costs nothing and writes nothing.
    """
    wanted: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        wanted[entry.user_id].append(entry)
    wanted = _not_filed_yet(wanted)
    if not wanted:
        return 0
    cells = _cells()
    concerned = [members for members in cells if wanted.keys() & set(members)]
    shuffler.shuffle(concerned)
    return sum(_rewrite(members, lambda user_id, keys: _added(keys, wanted.get(user_id, ()))) for members in concerned)


def rewrite_all() -> int:
    """Rewrite every keyring in a random order, without what no longer exists; returns how many rows."""
    create_missing_rows()
    cells = _cells()
    shuffler.shuffle(cells)
    return sum(_rewrite(members, _same, prune=True) for members in cells)


def rebuild() -> int:
    """Make every keyring again from the sealed links (drafts are kept); returns how many rows.

    For a restored or damaged table: a ring that no longer opens starts empty.
    """
    from . import authorship  # authorship writes through this module

    create_missing_rows()
    truth: dict[int, set[UUID]] = defaultdict(set)
    for handle, ciphertext in SealedAuthor.objects.values_list("handle", "ciphertext").iterator():
        user_id = authorship.open_seal(handle, ciphertext)
        if user_id is not None:
            truth[user_id].add(handle)
    cells = _cells()
    shuffler.shuffle(cells)

    def from_truth(user_id: int, keys: Keys) -> Keys:
        return Keys(frozenset(truth.get(user_id, ())), keys.drafts)

    return sum(_rewrite(members, from_truth, prune=True, forgiving=True) for members in cells)


def cell_count(accounts: int) -> int:
    """Into how many cells so many accounts are dealt: a power of two, so that cells only ever split in halves."""
    count = 1
    while accounts // (count * 2) >= CELL:
        count *= 2
    return count


def cell_of(user_id: int, count: int) -> int:
    """The cell of an account: a hash, so that colleagues who arrived together don't share one."""
    return int.from_bytes(blake2b(user_id.to_bytes(8, "big"), digest_size=8).digest(), "big") % count


def _cells() -> list[list[int]]:
    user_ids = list(AuthorKeyring.objects.order_by("pk").values_list("pk", flat=True))
    count = cell_count(len(user_ids))
    cells: list[list[int]] = [[] for _index in range(count)]
    for user_id in user_ids:
        cells[cell_of(user_id, count)].append(user_id)
    return [members for members in cells if members]


def _not_filed_yet(wanted: dict[int, list[Entry]]) -> dict[int, list[Entry]]:
    present = set(User.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    rings = dict(AuthorKeyring.objects.filter(pk__in=wanted).values_list("pk", "ciphertext"))
    if present - rings.keys():
        create_missing_rows()
    missing = {}
    for user_id, entries in wanted.items():
        keys = open_ring(rings.get(user_id))
        if user_id in present and _added(keys, entries) != keys:
            missing[user_id] = entries
    return missing


def _added(keys: Keys, entries: Iterable[Entry]) -> Keys:
    handles = {entry.id for entry in entries if entry.kind == CONTRIBUTION}
    drafts = {entry.id for entry in entries if entry.kind == DRAFT}
    return Keys(keys.handles | handles, keys.drafts | drafts)


def _same(user_id: int, keys: Keys) -> Keys:
    return keys


def _rewrite(
    members: list[int], change: Callable[[int, Keys], Keys], *, prune: bool = False, forgiving: bool = False
) -> int:
    using = router.db_for_write(AuthorKeyring)
    for _attempt in range(ATTEMPTS):
        with transaction.atomic(using=using):
            _one_at_a_time(using)
            before = dict(AuthorKeyring.objects.using(using).filter(pk__in=members).values_list("pk", "ciphertext"))
            rings = {user_id: _opened(ciphertext, forgiving) for user_id, ciphertext in before.items()}
            rings = {user_id: change(user_id, keys) for user_id, keys in rings.items()}
            if prune:
                rings = _pruned(rings)
            rows = [(close_ring(keys), user_id, before[user_id]) for user_id, keys in rings.items()]
            shuffler.shuffle(rows)
            if _write(using, rows) == len(rows):
                return len(rows)
            transaction.set_rollback(True, using=using)
    raise KeyringConflict


def _opened(ciphertext: bytes, forgiving: bool) -> Keys:
    try:
        return open_ring(ciphertext)
    except (sealing.CannotDecrypt, struct.error):
        if not forgiving:
            raise
        return Keys()


def _pruned(rings: dict[int, Keys]) -> dict[int, Keys]:
    handles = {handle for keys in rings.values() for handle in keys.handles}
    tokens = {token for keys in rings.values() for token in keys.drafts}
    linked = set(SealedAuthor.objects.filter(pk__in=handles).values_list("pk", flat=True)) if handles else set()
    kept = set(ContributionDraft.objects.filter(pk__in=tokens).values_list("pk", flat=True)) if tokens else set()
    return {user_id: Keys(keys.handles & linked, keys.drafts & kept) for user_id, keys in rings.items()}


def _write(using: str, rows: list[tuple[bytes, int, bytes]]) -> int:
    """Write rows that nobody changed since they were read; returns how many.

    PostgreSQL takes a cell in one statement: four hundred were most of what a protected gesture cost.
    """
    connection = connections[using]
    quote = connection.ops.quote_name
    meta = AuthorKeyring._meta
    ring, key = quote(meta.get_field("ciphertext").column), quote(meta.pk.column)
    table = quote(meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            after, user_ids, before = map(list, zip(*rows, strict=True)) if rows else ([], [], [])
            cursor.execute(
                f"UPDATE {table} AS kept SET {ring} = new.after"  # noqa: S608
                " FROM unnest(%s::bytea[], %s::bigint[], %s::bytea[]) AS new (after, account, before)"
                f" WHERE kept.{key} = new.account AND kept.{ring} = new.before",
                [after, user_ids, [bytes(one) for one in before]],
            )
        else:
            cursor.executemany(
                f"UPDATE {table} SET {ring} = %s WHERE {key} = %s AND {ring} = %s",  # noqa: S608
                [(one_after, user_id, bytes(one_before)) for one_after, user_id, one_before in rows],
            )
        return cursor.rowcount


def _one_at_a_time(using: str) -> None:
    """On PostgreSQL, wait for the other writer of keyrings; SQLite's transactions already exclude each other."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
