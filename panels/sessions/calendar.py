"""A session as a calendar and a message tell it; the format is written by the room of meetings."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from panels.querysets import FACT, MEMBER_FACT
from src.foundations import clock
from src.meetings.events import host
from src.meetings.ical import Event

from .models import Session

MOST = 100


def context_of(session: Session) -> dict:
    """What messages say of a session, as JSON holds it: its place in a calendar included."""
    return {
        "slug": session.panel.slug,
        "panel": session.panel.title,
        "number": session.number,
        "session": session.reference,
        "title": session.title,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "place": session.place,
        "remote_url": session.remote_url,
        "reason": session.cancelled_because,
        "uid": str(session.uid),
        "sequence": session.sequence,
        "changed_at": session.changed_at.isoformat(),
        "is_cancelled": session.is_cancelled,
    }


def page_of(context: dict) -> str:
    """The address of the session in the members' space."""
    return reverse("panel_sessions:session", kwargs={"slug": context["slug"], "session": context["session"]})


def event_of(context: dict) -> Event:
    """The event of a calendar that a message's context describes."""
    url = f"{settings.SITE_URL.rstrip('/')}{page_of(context)}"
    text = _("Agenda, documents and people heard: %(url)s") % {"url": url}
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
        title=f"{context['panel']}, {context['title']}",
        place=context["place"],
        text=text,
        url=url,
        is_cancelled=context["is_cancelled"],
    )


def events_for(viewer) -> Iterator[Event]:
    """The sessions of the panels where somebody sits or works, a year back, for the calendar they subscribed to."""
    panels = {*(viewer.fact(MEMBER_FACT) or {}), *(viewer.fact(FACT) or {})}
    if not panels:
        return
    found = Session.objects.filter(
        panel_id__in=sorted(panels),
        announced_at__isnull=False,
        starts_at__gte=clock.now() - timedelta(days=365),
    )
    for one in found.select_related("panel").order_by("starts_at", "pk")[:MOST]:
        yield event_of(context_of(one))
