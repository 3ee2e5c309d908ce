"""What sessions put on to-do lists: one's own to come, those to lead, sheets to lock."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from src.foundations import clock
from src.notices.todo import TodoItem

from . import rules
from .enums import RUNNING, SessionState
from .models import Booking, Session

MOST = 10


def to_attend(viewer) -> list[TodoItem]:
    """Invitations to answer; for trainers, sheets of past sessions to lock. A statement each."""
    if not rules.may_book(viewer):
        return []
    found = [*_invited(viewer)]
    return [*found, *_to_lock(viewer)] if rules.may_lead(viewer) else found


def _invited(viewer):
    rows = Booking.objects.visible_to(viewer).filter(state="invited", session__in=Session.objects.to_book())
    for one in rows.select_related("session").order_by("session__starts_at", "pk")[:MOST]:
        yield TodoItem(
            title=one.session.title,
            detail=_("a seat is kept for you"),
            url=reverse("trainings_sessions:session", kwargs={"session": one.session.reference}),
            verb=_("Say whether I come"),
            icon="calendar",
            due_on=timezone.localdate(one.session.starts_at),
            kind="trainings.invited",
        )


def _to_lock(viewer):
    rows = Session.objects.filter(trainer_id=viewer.user_id, state__in=RUNNING, ends_at__lte=clock.now())
    for one in rows.order_by("starts_at", "pk")[:MOST]:
        yield TodoItem(
            title=one.title,
            detail=_("presence to finish, sheet to lock")
            if one.state == SessionState.HELD
            else _("presence to write"),
            url=reverse("trainings_sessions:lead", kwargs={"session": one.reference}),
            verb=_("Write presence"),
            icon="user-round-check",
            kind="trainings.to_lock",
        )
