"""What sessions of panels put on to-do lists: the next one of one's panel, with what to read before."""

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from panels.enums import TeamRole
from panels.querysets import MEMBER_FACT, panels_with
from src.foundations import clock, together
from src.notices.todo import TodoItem

from .enums import SessionState
from .models import Document, Session
from .places import address

MOST = 10


@together.reading
def to_come(viewer):
    """For a member, the next session of each panel and what to read; for those who run it, those to prepare."""
    seats, run = viewer.fact(MEMBER_FACT) or {}, panels_with(viewer, TeamRole.ORGANISER, TeamRole.FACILITATOR)
    if not seats and not run:
        return []
    read = Document.objects.visible_to(viewer).standing().filter(session=OuterRef("pk"))
    read = read.order_by().values("session").annotate(n=Count("pk")).values("n")
    coming = Session.objects.visible_to(viewer).filter(
        panel_id__in=sorted({*seats, *run}),
        state__in=(SessionState.PREPARED, SessionState.ANNOUNCED),
        ends_at__gt=clock.now(),
    )
    rows = coming.annotate(to_read=Subquery(read)).select_related("panel").order_by("starts_at", "pk")[:MOST]
    next_ones: dict[int, Session] = {}
    for one in (yield rows):
        next_ones.setdefault(one.panel_id, one)
    return [_line(one, runs=one.panel_id in run) for one in next_ones.values()]


def _line(one: Session, *, runs: bool) -> TodoItem:
    words = one.to_read or 0
    return TodoItem(
        title=_("Session of your panel: %(title)s") % {"title": one.title},
        detail=ngettext("%(n)d document to read before", "%(n)d documents to read before", words) % {"n": words}
        if words and not runs
        else one.panel.title,
        url=address(one.panel, "prepare" if runs else "session", session=one.reference),
        verb=pgettext("a session", "Prepare"),
        icon="calendar",
        due_on=timezone.localdate(one.starts_at),
        minutes=None if runs else 10 * words or 2,
        kind="panels.session",
    )
