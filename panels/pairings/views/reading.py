"""What changed, for everybody; where each pairing stands, in the members' space."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations import exports
from src.questionnaires.services.opening import smallest

from .. import rules, selectors
from ..models import Pairing
from .gate import inside as within
from .gate import missing, screen


@require_safe
@screen
def told(request, panel):
    """Question by question, before and after: pictures, tables, what is clear and what isn't."""
    found = [one for one in selectors.pairings_of(panel) if one.is_over]
    if not found:
        raise Http404(_("This page does not exist, or is not shown to you."))
    shown = []
    for one in found:
        questions = selectors.told(one)
        for each in questions:
            each.said = selectors.people_words(each) if each.people else ""
        shown.append((one, questions))
    context = {
        "nav_key": "panels", "panel": panel, "shown": shown, "k": smallest(), "few": selectors.few_words(),
        "years": _years(found),
    }  # fmt: skip
    return render(request, "panel_pairings/told.html", context)


def _years(found) -> bool:
    """Whether several are told: each then says when."""
    return len(found) > 1


@require_safe
@screen
def figures(request, panel, reference):
    """The same figures as a file."""
    one = Pairing.objects.filter(panel=panel, reference=reference[:6], ending="told").first()
    if one is None:
        raise missing()
    name = _("before-after-%(reference)s") % {"reference": one.reference}
    return exports.csv_response(name, selectors.csv_columns(), selectors.csv_rows(one))


@require_safe
@within
def inside(request, panel):
    """Where each stands, for members; what to do next, for the team."""
    runs = rules.may_run(request.viewer, panel) and rules.is_at_work(panel)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "standings": [selectors.standing(one, panel) for one in selectors.pairings_of(panel)],
        "runs": runs,
        "gives_up": rules.may_give_up(request.viewer, panel),
    }
    return render(request, "panel_pairings/inside.html", context)
