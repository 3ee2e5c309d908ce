"""The encrypted cookie by which a browser recognises what it has just sent, until the relay fills the keyring."""

import struct
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from src.foundations import sealing

COOKIE = "terrain_recent"
PURPOSE = sealing.register_purpose("participation-recent")
# The relay needs about a minute; half an hour covers one that was stopped and started again.
LIVES_SECONDS = 30 * 60
KEPT = 20
# Always this long inside: the size of the cookie doesn't tell how much somebody wrote.
PADDED = 512

CONTRIBUTION, DRAFT = b"c", b"d"
_ENTRY = struct.Struct(">c16sI")
_HEAD = struct.Struct(">QB")

_received: ContextVar[str] = ContextVar("terrain_recent", default="")


@dataclass(frozen=True)
class _Entry:
    kind: bytes
    id: UUID
    expires: int


def handles_for(user_id: int) -> frozenset[UUID]:
    """Handles the current request's cookie holds for this account; nobody else's cookie opens for it."""
    return _ids(user_id, CONTRIBUTION)


def drafts_for(user_id: int) -> frozenset[UUID]:
    """Draft tokens the current request's cookie holds for this account."""
    return _ids(user_id, DRAFT)


def remember(response, request, *, handle: UUID | None = None, draft: UUID | None = None) -> None:
    """Add a contribution or a draft to the browser's short memory, bound to the account that is signed in."""
    user_id = request.user.pk
    if user_id is None:
        return
    added = getattr(request, "_recent_added", [])
    expires = int(time.time()) + LIVES_SECONDS
    if handle is not None:
        added.append(_Entry(CONTRIBUTION, handle, expires))
    if draft is not None:
        added.append(_Entry(DRAFT, draft, expires))
    request._recent_added = added
    kept = {entry.id: entry for entry in [*_open(request.COOKIES.get(COOKIE, ""), user_id), *added]}
    response.set_cookie(
        COOKIE,
        _close(user_id, list(kept.values())[-KEPT:]),
        max_age=LIVES_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
    )


def forget(response) -> None:
    """Take the short memory out of the browser: somebody else signed in, or nobody is any more."""
    response.delete_cookie(COOKIE, samesite="Lax")


def belongs_to(cookie: str, user_id: int | None) -> bool:
    """Whether the cookie was written for this account."""
    opened = _decrypt(cookie)
    return opened is not None and user_id is not None and opened[0] == user_id


def _ids(user_id: int, kind: bytes) -> frozenset[UUID]:
    cookie = _received.get()
    if not cookie or user_id is None:
        return frozenset()
    return frozenset(entry.id for entry in _open(cookie, user_id) if entry.kind == kind)


def _open(cookie: str, user_id: int) -> list[_Entry]:
    opened = _decrypt(cookie)
    if opened is None or opened[0] != user_id:
        return []
    now = time.time()
    return [entry for entry in opened[1] if entry.expires > now]


def _close(user_id: int, entries: list[_Entry]) -> str:
    clear = _HEAD.pack(user_id, len(entries))
    clear += b"".join(_ENTRY.pack(entry.kind, entry.id.bytes, entry.expires) for entry in entries)
    return urlsafe_b64encode(sealing.encrypt(clear.ljust(PADDED, b"\0"), PURPOSE)).decode()


def _decrypt(cookie: str) -> tuple[int, list[_Entry]] | None:
    if not cookie:
        return None
    try:
        clear = sealing.decrypt(urlsafe_b64decode(cookie.encode()), PURPOSE)
        user_id, count = _HEAD.unpack_from(clear)
        found = [_ENTRY.unpack_from(clear, _HEAD.size + index * _ENTRY.size) for index in range(count)]
    except (ValueError, struct.error):
        return None
    return user_id, [_Entry(kind, UUID(bytes=raw), expires) for kind, raw, expires in found]
