"""A meeting as a calendar and a message tell it."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from .enums import MeetingState
from .ical import Event
from .models import Meeting


def context_of(meeting: Meeting) -> dict:
    """What messages say of a meeting, as JSON holds it: its place in a calendar included."""
    return {
        "reference": meeting.series.reference,
        "meeting": meeting.reference,
        "title": meeting.series.space.name,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "place": meeting.place,
        "remote_url": meeting.remote_url,
        "reason": meeting.cancel_reason,
        "uid": str(meeting.uid),
        "sequence": meeting.sequence,
        "changed_at": meeting.changed_at.isoformat(),
        "is_cancelled": meeting.state == MeetingState.CANCELLED,
    }


def event_of(context: dict) -> Event:
    """The event of a calendar that a message's context describes."""
    url = f"{settings.SITE_URL.rstrip('/')}/reunions/{context['reference']}/{context['meeting']}/"
    text = _("Agenda, topics and minutes: %(url)s") % {"url": url}
    if context["remote_url"]:
        text = _("From afar: %(url)s") % {"url": context["remote_url"]} + "\n" + text
    if context["is_cancelled"]:
        text = _("Cancelled: %(reason)s") % {"reason": context["reason"]} + "\n" + text
    return Event(
        uid=f"{context['uid']}@{host()}",
        sequence=context["sequence"],
        starts=datetime.fromisoformat(context["starts_at"]),
        ends=datetime.fromisoformat(context["ends_at"]),
        stamp=datetime.fromisoformat(context["changed_at"]),
        title=context["title"],
        place=context["place"],
        text=text,
        url=url,
        is_cancelled=context["is_cancelled"],
    )


def host() -> str:
    """The name under which this installation signs its events; part of their identity, it doesn't change."""
    return settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0] or "terrain"


def organiser() -> str:
    """The address that invitations come from."""
    sender = settings.DEFAULT_FROM_EMAIL
    return sender.split("<")[-1].rstrip("> ") if "<" in sender else sender
