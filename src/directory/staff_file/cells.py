"""What one cell says: a day, a yes, a number; or a sentence that tells how to repair it."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from . import columns

_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,15}")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")


def day(text: str) -> datetime.date | None:
    """A day written as 2026-11-22 or 22/11/2026; None for an empty cell."""
    if not text:
        return None
    for written in _FORMATS:
        try:
            found = datetime.datetime.strptime(text, written).date()
        except ValueError:
            continue
        if 1900 <= found.year <= 2200:
            return found
    raise ValidationError(_("“%(text)s” isn't a day: write 22/11/2026.") % {"text": text[:40]})


def yes(text: str) -> bool:
    """Yes or no, in the usual ways of writing them; an empty cell is no."""
    word = columns.plain(text)
    if word in columns.YES:
        return True
    if word in columns.NO:
        return False
    raise ValidationError(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})


def number(text: str) -> str:
    """A personnel number: capitals and digits, 16 at most."""
    kept = text.upper().replace(" ", "")
    if not _NUMBER.fullmatch(kept):
        raise ValidationError(
            _("“%(text)s” isn't a personnel number (letters and digits, 16 at most).") % {"text": text[:40]}
        )
    return kept


def username(text: str) -> str:
    """An identifier: small letters, digits, dots and hyphens."""
    kept = text.lower()
    if not _USERNAME.fullmatch(kept):
        raise ValidationError(_("“%(text)s” can't be an identifier.") % {"text": text[:40]})
    return kept


def email(text: str) -> str | None:
    """An e-mail address in small letters, or None."""
    if not text:
        return None
    try:
        validate_email(text)
    except ValidationError:
        raise ValidationError(_("“%(text)s” isn't an e-mail address.") % {"text": text[:60]})
    return text.lower()


def name(text: str, limit: int) -> str:
    """A name that fits its column and isn't empty."""
    if not text:
        raise ValidationError(_("the name is empty."))
    return short(text, limit)


def short(text: str, limit: int) -> str:
    """A text that fits its column."""
    if len(text) > limit:
        raise ValidationError(
            _("“%(text)s…” has more than %(limit)d characters.") % {"text": text[:30], "limit": limit}
        )
    return text
