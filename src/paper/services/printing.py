"""Printing sheets: each with its own code on the part that is torn off, made before anybody writes."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from src.directory.viewer import as_viewer
from src.foundations import clock, journal

from .. import codes, registry, rules, sheets
from ..models import PrintRun
from ..registry import PaperForm


@dataclass(frozen=True)
class Printed:
    """A page of HTML with every sheet; the codes in it are nowhere else."""

    html: str
    run: PrintRun


@transaction.atomic
def print_sheets(*, actor, paper: PaperForm, about: str, unit, count: int, large: bool = False) -> Printed:
    """Make ``count`` sheets of one form for a place, each with its code and number; the codes can't be shown again.

    Writes the run, the hashes and one journal line. Refuses a place where the actor isn't a facilitator,
    or from which the form takes no sheet.
    """
    viewer = as_viewer(actor)
    if not rules.may_work_for(viewer, unit):
        raise PermissionDenied(_("Your role doesn't cover this place."))
    refusal = paper.why_not_from(paper.build(about, None), unit) if paper.refuses_place else ""
    if refusal:
        raise ValidationError({"unit": refusal})
    today = clock.today()
    run = PrintRun.objects.create(
        unit=unit,
        form_key=paper.key,
        about=about,
        sheets=count,
        printed_on=today,
        destroy_by=today + datetime.timedelta(days=settings.TERRAIN_SHEET_DESTROY_DAYS),
        printed_by=viewer.user,
    )
    slips = codes.issue_for_sheets(run, count)
    journal.record(
        "paper.sheets_printed",
        actor=viewer.user,
        object_ref=f"unit:{unit.code}",
        payload={"form": paper.key, "count": count},
    )
    return Printed(sheets_html(paper, about, run, slips, large=large), run)


def sheets_html(paper: PaperForm, about: str, run: PrintRun, slips, *, large: bool = False) -> str:
    """The sheets as one document, drawn from the form's fields."""
    with override("fr"):
        form = paper.fitted(paper.build(about, None), about, unit=run.unit)
        paper = paper.of(form)
        asked = sheets.questions(paper, form)
        if paper.asks_reference:
            asked = [sheets.reference_question(), *asked]
        asked += sheets.who_questions(paper)
        if paper.watched and registry.guard() is not None:
            asked.append(sheets.note(registry.guard().printed(run.unit)))
        metrics = sheets.LARGE if large else sheets.NORMAL
        return render_to_string(
            "paper/print/sheets.html",
            {
                "paper": paper,
                "slips": slips,
                "pages": sheets.lay_out(asked, metrics, with_strip=paper.has_code),
                "large": large,
                "run": run,
                "promise": sheets.promise_of_destruction(run.destroy_by),
                "site_name": settings.SITE_NAME,
                "city_name": settings.CITY_NAME,
                "follow_address": f"{settings.SITE_URL.split('//')[-1]}/suivre/",
            },
        )
