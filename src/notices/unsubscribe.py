"""The signed link of a mail that stops its category: works signed out, for one person and one category (RFC 8058)."""

from django.core import signing
from django.urls import reverse

from .enums import NEVER_MUTED, Category

SALT = "notices.unsubscribe"
ALL_SUMMARIES = "summary"


def token(user_id: int, category: str) -> str:
    """What the link carries: no address, no message; it never expires, since an old mail must still obey."""
    return signing.dumps([user_id, category], salt=SALT, compress=False)


def read(value: str) -> tuple[int, str] | None:
    """The person and the category of a link; None when it wasn't signed here."""
    try:
        user_id, category = signing.loads(value, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    known = category == ALL_SUMMARIES or (category in Category.values and category not in NEVER_MUTED)
    return (user_id, category) if known and isinstance(user_id, int) else None


def path(user_id: int, category: str) -> str:
    """The address, without its host."""
    return reverse("notices:unsubscribe", args=[token(user_id, category)])
