"""A synthesis: read, printed and taken as a file by its circle; each figure opens the answers behind it."""

from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations import clock, documents, exports, references

from .. import born, rules
from .. import synthesis_reading as reading
from ..models import SynthesisFigure
from .gate import calm, screen


def _published(questionnaire):
    held = getattr(questionnaire, "synthesis", None)
    if held is None or not held.is_published:
        raise Http404(_("There is no synthesis yet, or it is not published."))
    return held


def _context(request, questionnaire) -> dict:
    held = _published(questionnaire)
    return {
        "questionnaire": questionnaire,
        "synthesis": held,
        "chapters": reading.published_chapters(held),
        "tables": reading.tables(held),
        "organises": rules.may_organise(request.viewer, questionnaire),
        "moderated": reading.moderated_words(held),
    }


@require_safe
@screen
def synthesis(request, questionnaire):
    """What was understood, with figures that open the answers behind them."""
    return render(request, "questionnaires/synthesis.html", _context(request, questionnaire))


@require_safe
@screen
def document(request, questionnaire):
    """The synthesis on paper: a PDF where one can be made, else the page to print."""
    calm(request, "synthesis", 20)
    context = _context(request, questionnaire) | {"printed_on": clock.today()}
    html = render_to_string("questionnaires/print/synthesis.html", context, request=request)
    return documents.pdf_or_html_response(html, f"synthese-{questionnaire.reference}")


@require_safe
@screen
def export(request, questionnaire, kind):
    """The themes and their counts as a file: what the page shows."""
    held = _published(questionnaire)
    name = _("themes-%(reference)s") % {"reference": questionnaire.reference}
    columns, rows = reading.export_columns(), reading.export_rows(held)
    if kind == "xlsx":
        calm(request, "synthesis", 20)
        return exports.xlsx_response(name, columns, rows, title=held.title)
    return exports.csv_response(name, columns, rows)


@require_safe
@screen
def figure(request, questionnaire, theme):
    """The answers behind a figure that its circle may read."""
    held = _published(questionnaire)
    found = (
        SynthesisFigure.objects.filter(table__synthesis=held, theme__reference=references.normalise(theme[:20]))
        .select_related("table", "theme")
        .first()
    )
    if found is None:
        raise Http404(_("This figure does not exist, or is not told."))
    organises = rules.may_organise(request.viewer, questionnaire)
    all_url = reverse("questionnaires:behind", args=[questionnaire.reference, found.theme.reference])
    context = {
        "questionnaire": questionnaire,
        "synthesis": held,
        "figure": found,
        "sentence": reading.figure_sentence(found.name, found.count, found.table.base),
        "quotes": reading.quotes(found),
        "may_report": request.viewer.is_agent,
        "all_url": all_url if organises else "",
        "born": born.of(request.viewer, found.theme.reference),
    }
    return render(request, "questionnaires/figure.html", context)
