"""Barometers as their circle reads them: the list, the trends, the files, following."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from src.foundations import exports, keyset
from src.foundations.gates import see_other

from .. import barometer_page as page
from .. import barometer_reading, rules
from ..models import Barometer, BarometerFollow
from ..services import findings
from .barometer_gate import of_barometer
from .gate import calm, screen, signed_in

PAGE_SIZE = 20


@require_safe
@screen
def barometers(request):
    """Those one may read, last first."""
    found = keyset.paginate(
        Barometer.objects.visible_to(request.viewer).select_related("space"),
        order=("-created_at", "-reference"),
        cursor=request.GET.get("page") or "",
        size=PAGE_SIZE,
    )
    context = {
        "nav_key": "questionnaires",
        "barometers": found.items,
        "organises": rules.may_use_workshop(request.viewer),
        "next_page": f"?page={found.next_cursor}" if found.next_cursor else "",
        "previous_page": f"?page={found.previous_cursor}" if found.previous_cursor else "",
    }
    return render(request, "questionnaires/barometers.html", context)


@require_safe
@of_barometer
def barometer(request, one):
    """The trends, each with its table; beside them, what was decided."""
    reading = barometer_reading.read(one, request.viewer)
    shown = page.shown_lines(reading, request.viewer)
    themes = page.theme_findings(reading, request.viewer)
    viewer = request.viewer
    context = {
        "nav_key": "questionnaires",
        "barometer": one,
        "reading": reading,
        "shown": shown,
        "themes": themes,
        "unanswered": page.unanswered_words([found for each in shown for found in each.findings] + themes),
        "edition_columns": page.edition_columns(),
        "edition_rows": page.edition_rows(reading),
        "mode_words": page.mode_words(reading),
        "method": page.method_words(),
        "following": viewer.is_authenticated
        and BarometerFollow.objects.filter(barometer=one, user_id=viewer.user_id).exists(),
        "organises": rules.may_organise(viewer, one),
    }
    return render(request, "questionnaires/barometer.html", context)


@require_safe
@of_barometer
def export(request, one, extension):
    """The same figures as a file."""
    reading = barometer_reading.read(one, request.viewer)
    name = _("barometer-%(reference)s") % {"reference": one.reference}
    if extension == "xlsx":
        calm(request, "barometer", 20)
        return exports.xlsx_response(name, page.export_columns(), page.export_rows(reading), title=one.title)
    return exports.csv_response(name, page.export_columns(), page.export_rows(reading))


@require_POST
@signed_in
@of_barometer
def follow(request, one):
    """Ask for news of a barometer (``suivi=1``), or for none (``suivi=0``)."""
    wanted = request.POST.get("suivi", "1") != "0"
    findings.set_barometer_follow(barometer=one, actor=request.user, wanted=wanted)
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"followed": wanted})
    return see_other(one.get_absolute_url())
