"""Where statements show in the rooms below: a tab of members, a line of the desk, letters."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panels.by_post import Page, Posted
from panels.desk import Part
from panels.enums import WORKING
from panels.workspace import Tab
from theme.templatetags.theme import short_day

from . import rules, selectors
from .enums import StatementState
from .map_reading import Told
from .models import MapSnapshot, Round, Statement

SHEET, MAP = "statements", "statements_map"


def tab(viewer, panel) -> Tab | None:
    """What waits for a member; for the team, where it stands. Nothing for a member where there is no round."""
    rounds = list(selectors.rounds_of(viewer, panel))
    if not rounds and not rules.may_run(viewer, panel):
        return None
    url = reverse("panel_statements:list", kwargs={"slug": panel.slug})
    said, waits = _("What each thinks, one sentence at a time."), False
    opened = next((one for one in rounds if one.is_open), None)
    if opened is not None and rules.may_answer(viewer, panel):
        left = opened.shown - opened.answered
        waits = left > 0
        if waits:
            told = ngettext("%(n)d to answer before %(day)s.", "%(n)d to answer before %(day)s.", left)
            said = told % {"n": left, "day": short_day(opened.closes_on)}
        else:
            said = _("You have answered everything.")
    return Tab("statements", _("Statements"), url, said, icon="list-checks", is_next=waits)


def part(viewer, panel) -> Part | None:
    """What waits on the team's desk: statements to read."""
    if panel.state not in WORKING or not rules.may_run(viewer, panel):
        return None
    waiting = Statement.objects.filter(
        round__panel=panel, round__closed_at__isnull=True, state=StatementState.PROPOSED
    ).count()
    said = _("Rounds of statements, and their maps.")
    if waiting:
        said = ngettext("%(n)d statement to read.", "%(n)d statements to read.", waiting) % {"n": waiting}
    url = reverse("panel_statements:list", kwargs={"slug": panel.slug})
    return Part(_("Statements"), url, said, icon="list-checks", count=waiting, is_next=bool(waiting))


def sheets(panel):
    """The rounds that members may still answer by post."""
    shown = Count("statements", filter=Q(statements__state=StatementState.SHOWN))
    found = Round.objects.taking_paper().filter(panel=panel).annotate(shown=shown).filter(shown__gt=0)
    return [Posted(one.reference, one.title, one.opens_on) for one in found.order_by("opens_on", "pk")]


def sheet_page(panel, key: str, membership) -> Page | None:
    """The statements with boxes to tick, and the number of the member."""
    found = Round.objects.taking_paper().filter(panel=panel, reference=key).first()
    if found is None:
        return None
    found.panel = panel
    return Page("panel_statements/print/sheet.html", sheet_context(found, membership), slip=True)


def sheet_context(round_: Round, membership=None) -> dict:
    """What the sheet is drawn from."""
    shown = Statement.objects.shown().filter(round=round_).order_by("number")
    return {"round": round_, "panel": round_.panel, "statements": list(shown), "member": membership}


def maps(panel):
    """The maps that were made."""
    found = MapSnapshot.objects.filter(round__panel=panel).select_related("round").order_by("made_at", "pk")
    return [Posted(one.round.reference, one.round.title, one.made_at) for one in found]


def map_page(panel, key: str, membership) -> Page | None:
    """The map on paper."""
    found = MapSnapshot.objects.select_related("round").filter(round__panel=panel, round__reference=key).first()
    if found is None:
        return None
    return Page(
        "panel_statements/print/map.html",
        {"panel": panel, "round": found.round, "told": Told(found), "member": membership},
    )
