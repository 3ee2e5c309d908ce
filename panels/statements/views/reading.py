"""Reading: the rounds, one of them, its map, on a screen, on paper and as files of figures."""

from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from panels.views.gate import address as panel_address
from panels.views.gate import open_to
from src.foundations import documents, exports

from .. import exports as figures
from .. import places, rules, selectors, services
from ..map_reading import Told
from .gate import inside, missing, runner


@require_safe
@open_to(rules.may_enter)
def listed(request, panel):
    """The rounds of a panel."""
    context = {
        "nav_key": "panels",
        "panel": panel,
        "rounds": list(selectors.rounds_of(request.viewer, panel)),
        "runs": rules.may_run(request.viewer, panel),
        "sits": rules.may_answer(request.viewer, panel),
        "back": panel_address(panel, "workspace"),
    }
    return render(request, "panel_statements/list.html", context)


@require_safe
@inside
def detail(request, panel, round_):
    """One round: what a member may do there, what the team does, the map once it is made."""
    viewer = request.viewer
    runs, sits = rules.may_run(viewer, panel), rules.may_answer(viewer, panel)
    snapshot = getattr(round_, "snapshot", None)
    answered, total = selectors.progress_of(viewer, round_)
    statements = list(selectors.statements_of(round_)) if runs else []
    context = {
        "nav_key": "panels",
        "panel": panel,
        "round": round_,
        "runs": runs,
        "sits": sits,
        "throws": runs and not round_.is_closed and not services.taken_up(round_),
        "closes": rules.may_close(viewer, panel) and round_.takes_paper,
        "told": Told(snapshot) if snapshot else None,
        "answered": answered,
        "total": total,
        "left": total - answered,
        "waiting": sum(one.is_proposed for one in statements),
        "taking_part": selectors.taking_part(round_) if runs and not round_.is_closed else 0,
    }
    return render(request, "panel_statements/round.html", context)


def _told(round_) -> Told:
    """The map of a round; no page where there is none yet."""
    snapshot = getattr(round_, "snapshot", None)
    if snapshot is None:
        raise missing()
    return Told(snapshot)


@require_safe
@inside
def map_on_paper(request, panel, round_):
    """The map, to print."""
    html = render_to_string(
        "panel_statements/print/map.html", {"panel": panel, "round": round_, "told": _told(round_)}
    )
    return documents.pdf_or_html_response(html, f"carte-{round_.reference}.pdf")


@require_safe
@inside
def sheet(request, panel, round_):
    """The statements as an answer sheet, to print; the number of the member is written by hand."""
    if round_.is_closed:
        raise missing()
    html = render_to_string("panel_statements/print/sheet.html", places.sheet_context(round_))
    return documents.pdf_or_html_response(html, f"enonces-{round_.reference}.pdf")


@require_safe
@runner
def map_csv(request, panel, round_):
    """The figures of the map, for a spreadsheet; nothing of anybody."""
    return exports.csv_response(f"carte-{round_.reference}", figures.columns(), figures.rows(_told(round_)))


@require_safe
@runner
def map_json(request, panel, round_):
    """The same figures, for a program."""
    answer = JsonResponse(_told(round_).record(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="carte-{round_.reference}.json"'
    return answer
