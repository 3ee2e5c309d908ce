"""A place at a session as a calendar and a message tell it; the format is written by the room of meetings."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.foundations import clock
from src.meetings.events import host
from src.meetings.ical import Event
from theme.templatetags.theme import hour

from .enums import Method
from .models import Booking

MOST = 100


def context_of(booking: Booking, *, with_event: bool, is_off: bool = False) -> dict:
    """What messages say of a place, as JSON holds it: its place in a calendar included. Prefetch the half-days."""
    session = booking.session
    return {
        "reference": session.reference,
        "track": session.track.title,
        "title": session.title,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "slots": [[one.starts_at.isoformat(), one.ends_at.isoformat()] for one in session.slots.all()],
        "place": session.place,
        "trainer": session.trainer.get_full_name() if session.trainer else "",
        "reason": session.cancelled_because,
        "uid": str(booking.uid),
        "sequence": booking.sequence if with_event else None,
        "changed_at": booking.changed_at.isoformat(),
        "is_off": is_off,
    }


def page_of(context: dict) -> str:
    """The page of the session."""
    return reverse("trainings_sessions:session", kwargs={"session": context["reference"]})


def half_day(starts: datetime, ends: datetime) -> str:
    """ "mardi 8 décembre, de 9 h 00 à 12 h 00"."""
    starts, ends = timezone.localtime(starts), timezone.localtime(ends)
    return _("%(day)s, from %(starts)s to %(ends)s") % {
        "day": date_format(starts, "l j F"),
        "starts": hour(starts),
        "ends": hour(ends),
    }


def half_days(context: dict) -> list[str]:
    """Each half-day, in a few words."""
    return [
        half_day(datetime.fromisoformat(starts), datetime.fromisoformat(ends)) for starts, ends in context["slots"]
    ]


def event_of(context: dict) -> Event:
    """The event that a message's context describes: one from the first half-day to the last, each told inside."""
    url = f"{settings.SITE_URL.rstrip('/')}{page_of(context)}"
    lines = [*half_days(context), _("You can’t come? Say so here: %(url)s") % {"url": url}]
    if context["reason"]:
        lines.insert(0, _("Cancelled: %(reason)s") % context)
    return Event(
        uid=f"{context['uid']}@{host()}",
        sequence=context["sequence"],
        starts=datetime.fromisoformat(context["starts_at"]),
        ends=datetime.fromisoformat(context["ends_at"]),
        stamp=datetime.fromisoformat(context["changed_at"]),
        title=f"{context['track']}, {context['title']}",
        place=context["place"],
        text="\n".join(lines),
        url=url,
        is_cancelled=context["is_off"],
    )


def event_of_booking(booking: Booking) -> Event:
    """The event of somebody who was convoked; off when their last convocation says so."""
    last = max(booking.convocations.all(), key=lambda one: one.sequence)
    return event_of(context_of(booking, with_event=True, is_off=last.method == Method.CANCEL))


def events_for(viewer) -> Iterator[Event]:
    """The sessions somebody was convoked to, a year back, for the calendar they subscribed to."""
    if not viewer.is_agent:
        return
    found = Booking.objects.visible_to(viewer).filter(
        sequence__isnull=False, session__starts_at__gte=clock.now() - timedelta(days=365)
    )
    found = found.select_related("session__track", "session__trainer").prefetch_related(
        "session__slots", "convocations"
    )
    for one in found.order_by("session__starts_at", "pk")[:MOST]:
        yield event_of_booking(one)
