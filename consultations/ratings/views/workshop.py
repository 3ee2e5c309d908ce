"""The workshop: one's points, what waits, and a point's link, square, posters and words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations import documents
from src.notices.messages import absolute

from .. import printing, rules
from .. import workshop_reading as reading
from .gate import handler


def tabs(request, current: str) -> list[dict]:
    """The workshop's pages, with what waits in each; three statements."""
    waiting = reading.queues(request.viewer)
    entries = [
        ("workshop", _("Points"), "/qualite/atelier/", None),
        ("reports", _("Problem reports"), "/qualite/atelier/signalements/", waiting.reports),
        ("suggestions", _("Suggestions"), "/qualite/atelier/suggestions/", waiting.suggestions),
        ("flags", _("Unusual ratings"), "/qualite/atelier/series/", waiting.flags),
        ("visits", _("Links after a visit"), "/qualite/atelier/visites/", None),
    ]
    if rules.may_manage_keys(request.viewer):
        entries.append(("keys", _("Keys of programs"), "/qualite/atelier/cles/", None))
    return [
        {"label": label, "url": url, "current": name == current, "count": count} for name, label, url, count in entries
    ]


@require_safe
@handler
def home(request):
    """One's points."""
    context = {
        "tabs": tabs(request, "workshop"),
        "points": list(reading.points(request.viewer)),
        "may_make": rules.may_manage_keys(request.viewer),
    }
    return render(request, "ratings/workshop/home.html", context)


@require_safe
@handler
def point(request, point):
    """A point's link, its square, its posters, the words people added, its unusual series."""
    address = absolute(point.short_url)
    context = {
        "point": point,
        "address": address,
        "qr": documents.qr_svg(address, label=_("Square that leads to the page where people rate")),
        "words": reading.words_of(point),
        "flags": list(point.flags.order_by("-day", "pattern")[:20]),
        "k": reading.smallest(),
    }
    return render(request, "ratings/workshop/point.html", context)


@require_safe
@handler
def poster(request, point):
    """A poster to print: a page by itself (``format`` a4 or a5), as a PDF with ``pdf=1``."""
    size = "a5" if request.GET.get("format") == "a5" else "a4"
    html = printing.poster_html(point, size)
    if request.GET.get("pdf") == "1":
        return documents.pdf_or_html_response(html, f"affiche-{point.reference}-{size}.pdf")
    return HttpResponse(html)
