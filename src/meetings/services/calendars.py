"""The secret address by which a calendar application reads a person's meetings."""

import hashlib
import secrets

from django.db import transaction

from src.foundations import clock, journal

from ..models import CalendarKey


@transaction.atomic
def make_key(*, user) -> str:
    """Make a new secret for the person's calendar, shown once; the one before opens nothing any more."""
    secret = secrets.token_urlsafe(24)
    CalendarKey.objects.update_or_create(user=user, defaults={"digest": digest(secret), "made_on": clock.today()})
    journal.record("meetings.calendar_key_made", actor=user, object_ref=f"account:{user.pk}")
    return secret


@transaction.atomic
def drop_key(*, user) -> bool:
    """Take the secret away: calendars that used it read nothing more. True when there was one."""
    dropped = bool(CalendarKey.objects.filter(user=user).delete()[0])
    if dropped:
        journal.record("meetings.calendar_key_dropped", actor=user, object_ref=f"account:{user.pk}")
    return dropped


def owner_of(secret: str):
    """The account whose calendar this secret opens; None for any other text, or an account that left."""
    found = CalendarKey.objects.filter(digest=digest(secret), user__is_active=True).first()
    return found.user if found else None


def digest(secret: str) -> str:
    """What is kept of a secret of 192 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
