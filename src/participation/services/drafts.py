"""Drafts: what somebody is typing, encrypted, in a row that says nothing of who they are."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from src.foundations import clock, outbox, sealing

from .. import recent
from ..models import ContributionDraft
from . import keyring

PURPOSE = sealing.register_purpose("participation-draft")
STEP = 1024
DEFAULT_KEPT_DAYS = 90


@dataclass(frozen=True)
class Draft:
    """One draft, opened."""

    token: UUID
    kind: str
    data: dict
    touched_on: date
    # As it is kept: no two writings have the same bytes, so that one knows whether somebody wrote since.
    sealed: bytes = b""


class Moved(Exception):
    """The draft was written since it was read; ``draft`` is what it says now."""

    def __init__(self, draft: Draft):
        self.draft = draft
        super().__init__()


def save_draft(
    token: UUID | None, kind: str, data: dict, *, user=None, step: int = STEP, over: bytes | None = None
) -> UUID:
    """Keep what was typed and return the token under which it is kept.

    Without a token, or when the token's draft is gone, a new one is made; with ``user``, the relay files it in
    their keyring, so that another device finds it. No row holds the account. One statement, three the first time.
    ``step``: what its length is rounded up to, so that a large one says nothing of what is typed. ``over``: what was
    read of it; raises ``Moved`` when it was written since, and writes nothing.
    """
    row = {"ciphertext": _encrypt(data, step), "touched_on": clock.today()}
    if token is not None:
        held = ContributionDraft.objects.filter(token=token, kind=kind)
        if (held if over is None else held.filter(ciphertext=over)).update(**row):
            return token
        if over is not None and (now := read_draft(token, kind)) is not None:
            raise Moved(now)
    token = uuid4()
    with transaction.atomic():
        ContributionDraft.objects.create(token=token, kind=kind, **row)
        if user is not None and user.pk is not None:
            outbox.emit(keyring.TOPIC, keyring.pending(keyring.DRAFT, token, user.pk), secret=True)
    return token


def file_draft(token: UUID, kind: str, data: dict) -> bool:
    """Keep a new draft under a token that its writer can find again; False when the token is taken."""
    row = ContributionDraft(token=token, kind=kind, ciphertext=_encrypt(data, STEP), touched_on=clock.today())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def touched_on(token: UUID | None, kind: str) -> date | None:
    """The day a draft was last touched; None when there is none."""
    drafts = ContributionDraft.objects.filter(token=token, kind=kind)
    return drafts.values_list("touched_on", flat=True).first() if token else None


def load_draft(token: UUID | None, kind: str | None = None) -> dict | None:
    """What was typed under this token; None when there is nothing (any more)."""
    found = read_draft(token, kind)
    return None if found is None else found.data


def read_draft(token: UUID | None, kind: str | None = None) -> Draft | None:
    """The draft kept under this token; None when there is nothing (any more)."""
    drafts = ContributionDraft.objects.filter(token=token)
    if kind is not None:
        drafts = drafts.filter(kind=kind)
    row = drafts.first() if token else None
    return None if row is None else _opened(row)


def _opened(row: ContributionDraft) -> Draft:
    return Draft(row.token, row.kind, _decrypt(row.ciphertext), row.touched_on, bytes(row.ciphertext))


def delete_draft(token: UUID | None) -> bool:
    """Forget a draft; True when there was one. Its token leaves the keyring at the next nightly rewrite."""
    return token is not None and ContributionDraft.objects.filter(token=token).delete()[0] > 0


def rows_of(user):
    """The account's drafts as they are kept, found by its keyring and the browser's short memory."""
    tokens = keyring.read(user).drafts | recent.drafts_for(user.pk)
    return ContributionDraft.objects.filter(token__in=sorted(tokens)).order_by("-touched_on", "token")


def drafts_of(user, kind: str | None = None) -> list[Draft]:
    """The account's drafts, last touched first; by its keyring and the browser's short memory."""
    rows = rows_of(user)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return [_opened(row) for row in rows]


def remember_in_response(response, request, token: UUID) -> None:
    """Let the author's browser find the draft again until the relay has filled the keyring."""
    recent.remember(response, request, draft=token)


def forgotten(now: datetime):
    """Drafts nobody touched for ninety days."""
    days = getattr(settings, "TERRAIN_DRAFT_DAYS", DEFAULT_KEPT_DAYS)
    return ContributionDraft.objects.filter(touched_on__lt=timezone.localdate(now) - timedelta(days=days))


def purge(now: datetime) -> int:
    """Erase forgotten drafts; returns how many."""
    return forgotten(now).delete()[0]


def _encrypt(data: dict, step: int) -> bytes:
    clear = json.dumps(data, ensure_ascii=False).encode()
    # JSON ignores trailing spaces; whole steps don't tell how long the text is.
    return sealing.encrypt(clear.ljust(-(-len(clear) // step) * step, b" "), PURPOSE)


def _decrypt(ciphertext: bytes) -> dict:
    return json.loads(sealing.decrypt(bytes(ciphertext), PURPOSE))
