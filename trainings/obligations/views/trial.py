"""What an obligation would ask if it were active: counts, reasons, by direction. Nothing is asked of anybody."""

import json

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from src.directory.models import Unit
from src.foundations import exports
from src.foundations.gates import see_other
from theme.charts import Series

from .. import dry_run, following
from ..predicates import read
from ..services import background
from ..words import concerned_because, names_for
from .gate import METHODS, MovedOn, address, common, prepares
from .hr import run_words

MOST_BARS = 12


@require_http_methods(METHODS)
@prepares
def trial(request, obligation):
    """In a small city at once; in a large one a job counts, and the page says how far it is."""
    if obligation.is_ended:
        raise MovedOn(_("This mandatory training has ended: there is nothing to try out."))
    run = following.run_of(obligation.trial_id)
    if request.method == "POST":
        if not following.is_running(run):
            background.try_out_later(obligation=obligation, actor=request.user)
            messages.success(request, _("It is being counted in the background."))
        return see_other(address(obligation, "trial"))
    tried = None
    if not background.is_long():
        tried, run = dry_run.try_out(obligation), None
    elif run is not None and run.state == run.State.DONE and run.result:
        tried = dry_run.from_json(run.result)
    context = {
        **common(obligation),
        "tried": tried,
        "run": run,
        "is_running": following.is_running(run),
        "run_words": run_words(run),
        "rules": following.told(following.rules_in_force(obligation)),
        **(_pictures(tried) if tried is not None else {}),
    }
    if tried is not None and request.GET.get("format") == "csv":
        return exports.csv_response(
            f"essai-{obligation.reference}", [str(one["label"]) for one in COLUMNS], context["direction_rows"]
        )
    return render(request, "trainings_obligations/hr/trial.html", context)


COLUMNS = [{"label": gettext_lazy("Direction")}, {"label": gettext_lazy("People concerned"), "numeric": True}]


def _pictures(tried: dry_run.DryRun) -> dict:
    names = dict(Unit.objects.filter(code__in=tried.by_direction).values_list("code", "name"))
    counted = [
        (names.get(code) or code or _("Without a direction"), n) for code, n in tried.by_direction.most_common()
    ]
    leaves = {key: read({"field": key[0], "op": key[1], "value": json.loads(key[2])}) for key in tried.because}
    called = names_for(leaves.values())
    return {
        "series": Series(_("People concerned by direction"), counted[:MOST_BARS]) if len(counted) > 1 else None,
        "direction_columns": COLUMNS,
        "direction_rows": [[name, str(count)] for name, count in counted],
        "reason_columns": [{"label": _("Reason")}, {"label": _("People"), "numeric": True}],
        "reason_rows": [
            [concerned_because(leaves[key], called), str(count)] for key, count in tried.because.most_common()
        ],
    }
