"""What statements put on to-do lists: statements to answer before a day, statements to read."""

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panels.enums import WORKING, TeamRole
from panels.querysets import MEMBER_FACT, panels_with
from src.foundations import together
from src.notices.todo import TodoItem

from .enums import StatementState
from .models import Round, Statement, StatementVote

MOST = 20


def address(one: Round, name: str) -> str:
    """A page of a round."""
    return reverse(f"panel_statements:{name}", kwargs={"slug": one.panel.slug, "round": one.reference})


@together.reading
def to_answer(viewer):
    """The rounds where a member still has statements to answer; nothing is asked for who sits nowhere."""
    seats = viewer.fact(MEMBER_FACT) or {}
    if not seats:
        return []
    mine = StatementVote.objects.filter(membership_id__in=list(seats.values()), statement=OuterRef("pk"))
    left = Statement.objects.shown().filter(round=OuterRef("pk")).filter(~Exists(mine))
    found = Round.objects.open().filter(Exists(left), panel_id__in=sorted(seats), panel__state__in=WORKING)
    return [
        TodoItem(
            title=one.title,
            detail=_("statements of your panel to answer"),
            url=address(one, "answer"),
            verb=_("Answer"),
            icon="list-checks",
            due_on=one.closes_on,
            minutes=5,
            kind="panels.statements",
        )
        for one in (yield found.select_related("panel").order_by("closes_on", "pk")[:MOST])
    ]


@together.reading
def to_read(viewer):
    """The rounds where statements wait for the team to read them."""
    panels = panels_with(viewer, TeamRole.ORGANISER, TeamRole.FACILITATOR)
    if not panels:
        return []
    waiting = Count("statements", filter=Q(statements__state=StatementState.PROPOSED))
    found = Round.objects.filter(panel_id__in=panels, closed_at__isnull=True, panel__state__in=WORKING)
    found = found.annotate(waiting=waiting).filter(waiting__gt=0).select_related("panel")
    return [
        TodoItem(
            title=one.title,
            detail=ngettext("%(n)d statement to read", "%(n)d statements to read", one.waiting) % {"n": one.waiting},
            url=address(one, "read"),
            verb=_("Read them"),
            icon="inbox",
            minutes=one.waiting,
            awaited=True,
            kind="panels.statements_read",
        )
        for one in (yield found.order_by(F("closes_on"), "pk")[:MOST])
    ]
