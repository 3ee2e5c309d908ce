"""Where somebody is signed in: noted at sign-in, read in words, closed one by one or all at once."""

import datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from src.foundations import clock, journal, sealing

from ..models import OpenSession

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def _store(key=None):
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


def device_of(said: str) -> str:
    """What is kept of what a browser says of itself: its family and its system, without versions."""
    found = [next((word for mark, word in table if mark in said), "") for table in (BROWSERS, SYSTEMS)]
    return "|".join(found) if any(found) else ""


def note_session(request, person) -> None:
    """Write that this device is signed in; asked again for the same session, nothing changes."""
    key = request.session.session_key
    if key:
        said = request.META.get("HTTP_USER_AGENT", "")[:300]
        held, made = OpenSession.objects.get_or_create(
            session_key=key,
            defaults={"person": person, "device": device_of(said), "opened_at": clock.now()},
        )
        if not made and not held.device and (device := device_of(said)):
            OpenSession.objects.filter(pk=key).update(device=device)


def note_signed_in(sender, request, user, **_signal) -> None:
    """What signing in calls."""
    if request is not None and hasattr(request, "session"):
        note_session(request, user)


def open_sessions(request) -> list[OpenSession]:
    """The sessions of whoever asks that still open something, this one first; the dead ones are forgotten."""
    note_session(request, request.user)
    found = list(OpenSession.objects.filter(person=request.user).order_by("-opened_at", "session_key"))
    dead = [one.pk for one in found if not _lives(one, request.user)]
    OpenSession.objects.filter(pk__in=dead).delete()
    here = request.session.session_key
    return sorted((one for one in found if one.pk not in dead), key=lambda one: one.pk != here)


def mark_of(one: OpenSession) -> str:
    """What a page says of a session: its key never stands in a page."""
    return sealing.keyed_hash(f"session:{one.pk}", "pseudonym")


def close_session(person, key: str) -> bool:
    """Sign one device out; False for a session that isn't this person's."""
    if not OpenSession.objects.filter(person=person, session_key=key).delete()[0]:
        return False
    _store().delete(key)
    journal.record("rights.session_closed", actor=person)
    return True


def close_all(person, *, but: str | None = None) -> int:
    """Sign every device out, but the one that asks."""
    keys = list(OpenSession.objects.filter(person=person).exclude(pk=but or "").values_list("pk", flat=True))
    for key in keys:
        _store().delete(key)
    OpenSession.objects.filter(pk__in=keys).delete()
    if keys:
        journal.record("rights.session_closed", actor=person)
    return len(keys)


def purge_sessions(now, apply: bool = True) -> int:
    """Forget sessions longer ago than any session lasts."""
    old = OpenSession.objects.filter(opened_at__lt=now - datetime.timedelta(days=7))
    return old.delete()[0] if apply else old.count()


def _lives(one: OpenSession, person) -> bool:
    """Whether the session still signs its person in: not ended, not older than a change of password."""
    held = _store(one.pk).load()
    return str(held.get(SESSION_KEY, "")) == str(person.pk) and constant_time_compare(
        held.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()
    )
