"""A manager's team: names, to plan or up to date, on screen and on paper."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from src.foundations import clock, documents, journal

from .. import teams
from ..forms import TeamForm
from .gate import NAV, crumbs, gate, managers


def _opened(request, shown: int) -> None:
    """Opening a list of names is written down, whoever opens it."""
    unit = request.viewer.unit
    journal.record(
        "trainings.names_opened", actor=request.user, object_ref=f"unit:{unit.code}", payload={"shown": shown}
    )


@require_safe
@managers
def team(request):
    """Who is to be planned for and how long it takes; never a score, a date or a reason."""
    form = TeamForm(teams.places(request.viewer), request.GET)
    asked = form.asked
    place, only = asked.get("lieu", ""), asked.get("etat", "") == "a-planifier"
    cursor = request.GET.get("page", "")[:400]
    page, members = teams.page(request.viewer, cursor=cursor, place=place, only_to_plan=only)
    _opened(request, len(members))
    kept = {name: value for name, value in (("lieu", place), ("etat", "a-planifier" if only else "")) if value}

    def address(cursor):
        return f"?{urlencode({**kept, 'page': cursor})}" if cursor else ""

    context = {
        "nav_key": NAV,
        "crumbs": crumbs(),
        "form": form,
        "is_filtered": bool(kept),
        "summary": teams.summary(request.viewer),
        "columns": [
            {"label": pgettext("column", "Name")},
            {"label": pgettext("column", "State")},
            {"label": pgettext("column", "To plan")},
            {"label": pgettext("column", "Place")},
        ],
        "rows": [_cells(one) for one in members],
        "next_url": address(page.next_cursor),
        "previous_url": address(page.previous_cursor),
        "paper_query": f"?{urlencode({'lieu': place})}" if place else "",
    }
    return render(request, "trainings_coverage/team.html", context)


def state_of(member: teams.Member) -> str:
    return pgettext("team", "To plan") if member.is_to_plan else pgettext("team", "Up to date")


def _cells(member: teams.Member) -> list[str]:
    return [member.name, state_of(member), to_plan_of(member), member.place.name]


def to_plan_of(member: teams.Member) -> str:
    if not member.is_to_plan:
        return "–"
    return _("%(trainings)s, %(length)s") % {
        "trainings": ", ".join(member.to_plan),
        "length": length_of(member.minutes),
    }


def length_of(minutes: int) -> str:
    """A time of work as people say it, on one line: a figure isn't parted from its unit."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        told = _("%(n)d min") % {"n": rest}
    elif rest:
        told = _("%(hours)d h %(rest)02d") % {"hours": hours, "rest": rest}
    else:
        told = _("%(hours)d h") % {"hours": hours}
    return told.replace(" ", "\u00a0")


@require_safe
@managers
def paper(request):
    """The list on paper, place by place, with a box to write a day in."""
    gate.calm(request, "paper", 20)
    form = TeamForm(teams.places(request.viewer), request.GET)
    members = teams.printed(request.viewer, place=form.asked.get("lieu", ""))
    _opened(request, len(members))
    places: dict[str, list] = {}
    for one in members:
        places.setdefault(one.place.name, []).append((one.name, state_of(one), to_plan_of(one)))
    context = {"unit": request.viewer.unit, "places": places.items(), "printed_on": clock.today()}
    html = render_to_string("trainings_coverage/print/team.html", context, request=request)
    return documents.pdf_or_html_response(html, "formations-a-planifier")
