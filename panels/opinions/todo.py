"""What the room puts on to-do lists: replies that a direction owes; votes in the room, replies to grade."""

from django.db.models import Count, Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from panels.models import Panel
from panels.querysets import MEMBER_FACT
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock, together
from src.notices.todo import TodoItem

from . import selectors
from .models import Answer, Grade
from .rules import HANDED
from .views.gate import url

MOST = 10
ANSWERERS = (Role.DECISION_MAKER, Role.IDEA_CORRESPONDENT)


@together.reading
def replies_owed(viewer):
    """Replies owed to panels by the directions for which somebody decides, or whose correspondent they are."""
    viewer = as_viewer(viewer)
    if not any(viewer.has_role(role) for role in ANSWERERS):
        return []
    today = clock.today()
    found = yield selectors.awaited_of(viewer, ANSWERERS)[:MOST]
    decides = viewer.has_role(Role.DECISION_MAKER)
    return [
        TodoItem(
            title=_("Reply to recommendation %(n)d of the panel “%(panel)s”")
            % {"n": one.article.number, "panel": one.article.opinion.panel.title},
            detail=_("%(n)d days late; shown as missing to everybody") % {"n": late} if (late := one.days_late(today))
            else "",
            url=reverse("panel_opinions:owed") if decides else url(one.article.opinion.panel, "replies"),
            verb=pgettext("a recommendation", "Answer") if decides else pgettext("button", "Read"),
            icon="messages-square",
            due_on=one.awaited_on,
            minutes=30,
            awaited=True, kind="panels.reply",
        )
        for one in found
    ]  # fmt: skip


@together.reading
def for_members(viewer):
    """Replies a member hasn't graded yet; none for who sits nowhere."""
    seats = as_viewer(viewer).fact(MEMBER_FACT) or {}
    if not seats:
        return []
    later = Answer.objects.filter(reply=OuterRef("reply"), number__gt=OuterRef("number"))
    mine = Grade.objects.filter(answer=OuterRef("pk"), membership_id__in=list(seats.values()))
    last = Answer.objects.filter(~Exists(later), ~Exists(mine), reply__article__opinion__panel=OuterRef("pk"))
    left = last.order_by().values("reply__article__opinion__panel").annotate(n=Count("pk")).values("n")
    panels = Panel.objects.filter(pk__in=sorted(seats), state__in=[one for one in HANDED if one != "closed"])
    return [
        TodoItem(
            title=_("Say whether the city answers what your panel asked"),
            detail=panel.title,
            url=url(panel, "grades"),
            verb=pgettext("button", "Grade"),
            icon="messages-square",
            minutes=2 * panel.left,
            kind="panels.grade",
        )
        for panel in (yield panels.annotate(left=Subquery(left)).filter(left__gt=0).order_by("pk"))
    ]
