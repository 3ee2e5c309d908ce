"""Moderation in figures from another program: ``/api/v1/moderation/``, the counts of the page, small ones merged."""

from datetime import date

from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError

from .selectors.moderation_figures import Table, moderation_figures

router = Router(tags=["moderation"])


class CountOut(Schema):
    """One line of a table: its words, and how many texts."""

    label: str
    texts: int


class ModerationOut(Schema):
    """Counts of texts of every box since a day; ``reports`` is null under the threshold."""

    since: date
    smallest_count: int
    reports: int | None
    decisions: list[CountOut]
    reasons: list[CountOut]
    months: list[CountOut]
    objections: list[CountOut]


def _lines(table: Table) -> list[dict]:
    return [{"label": label, "texts": count} for label, count in table.rows]


@router.get("/", response=ModerationOut, summary="Moderation in figures")
def read_moderation(request):
    """What was read, kept, removed and shown again over twelve months. For the City's agents, like the page."""
    if not request.viewer.is_authenticated:
        raise HttpError(401, _("Sign in first."))
    if not request.viewer.is_agent:
        raise HttpError(403, _("These figures are for the City's agents."))
    found = moderation_figures()
    return {
        "since": found.since,
        "smallest_count": found.k,
        "reports": found.reports,
        "decisions": _lines(found.outcomes),
        "reasons": _lines(found.reasons),
        "months": _lines(found.months),
        "objections": _lines(found.objections),
    }
