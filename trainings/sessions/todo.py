"""What sessions put on to-do lists: one's own to come, those to lead, sheets to lock."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from src.foundations import clock, together
from src.notices.todo import TodoItem

from . import rules
from .enums import RUNNING, SessionState
from .models import Booking, Session

MOST = 10
# A session to lead is told so long before.
AHEAD = timedelta(days=21)


@together.reading
def to_attend(viewer):
    """Invitations to answer; for trainers, sheets of past sessions to lock."""
    if not rules.may_book(viewer):
        return []
    rows = Booking.objects.visible_to(viewer).filter(state="invited", session__in=Session.objects.to_book())
    led = Session.objects.filter(trainer_id=viewer.user_id, state__in=RUNNING, ends_at__lte=clock.now())
    soon = Session.objects.led_by(viewer).to_book().filter(starts_at__lte=clock.now() + AHEAD)
    invited, to_lock, to_lead = yield (
        rows.select_related("session").order_by("session__starts_at", "pk")[:MOST],
        led.order_by("starts_at", "pk")[:MOST] if rules.may_lead(viewer) else Session.objects.none(),
        soon.order_by("starts_at", "pk")[:MOST] if rules.may_lead(viewer) else Session.objects.none(),
    )
    return [*_invited(invited), *_to_lock(to_lock), *_to_lead(to_lead)]


def _to_lead(rows):
    for one in rows:
        yield TodoItem(
            title=one.title,
            detail=_("a session that you lead"),
            url=reverse("trainings_sessions:lead", kwargs={"session": one.reference}),
            verb=pgettext("a session", "Prepare"),
            icon="calendar",
            due_on=timezone.localdate(one.starts_at),
            minutes=15,
            awaited=True,
            kind="trainings.to_lead",
        )


def _invited(rows):
    for one in rows:
        yield TodoItem(
            title=one.session.title,
            detail=_("a seat is kept for you"),
            url=reverse("trainings_sessions:session", kwargs={"session": one.session.reference}),
            verb=_("Say whether I come"),
            icon="calendar",
            due_on=timezone.localdate(one.session.starts_at),
            minutes=1,
            kind="trainings.invited",
        )


def _to_lock(rows):
    for one in rows:
        yield TodoItem(
            title=one.title,
            detail=_("presence to finish, sheet to lock")
            if one.state == SessionState.HELD
            else _("presence to write"),
            url=reverse("trainings_sessions:lead", kwargs={"session": one.reference}),
            verb=_("Write presence"),
            icon="user-round-check",
            minutes=10,
            awaited=True,
            kind="trainings.to_lock",
        )
