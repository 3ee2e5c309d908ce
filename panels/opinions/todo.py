"""What the room puts on to-do lists: replies that a direction owes; votes in the room, replies to grade."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from panels.models import Panel
from panels.querysets import MEMBER_FACT
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.notices.todo import TodoItem

from . import selectors
from .models import Answer, Grade
from .rules import HANDED
from .views.gate import url

MOST = 10
ANSWERERS = (Role.DECISION_MAKER, Role.IDEA_CORRESPONDENT)


def replies_owed(viewer) -> list[TodoItem]:
    """Replies owed to panels by the directions for which somebody decides, or whose correspondent they are."""
    viewer = as_viewer(viewer)
    if not any(viewer.has_role(role) for role in ANSWERERS):
        return []
    today, found = clock.today(), selectors.owed_by(viewer, ANSWERERS)
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
            kind="panels.reply",
        )
        for one in found[:MOST]
    ]  # fmt: skip


def for_members(viewer) -> list[TodoItem]:
    """Replies a member hasn't graded yet; none for who sits nowhere."""
    seats = as_viewer(viewer).fact(MEMBER_FACT) or {}
    if not seats:
        return []
    found = []
    for panel in Panel.objects.filter(pk__in=sorted(seats), state__in=[one for one in HANDED if one != "closed"]):
        answers = Answer.objects.filter(reply__article__opinion__panel=panel)
        last = {one.reply_id: one.pk for one in answers.order_by("number")}
        graded = Grade.objects.filter(answer_id__in=list(last.values()), membership_id=seats[panel.pk]).count()
        if len(last) > graded:
            found.append(
                TodoItem(
                    title=_("Say whether the city answers what your panel asked"),
                    detail=panel.title,
                    url=url(panel, "grades"),
                    verb=pgettext("button", "Grade"),
                    icon="messages-square",
                    minutes=2 * (len(last) - graded),
                    kind="panels.grade",
                )
            )
    return found
