"""Reading dossiers from another program: ``/api/v1/consultations/``, through the same gate as the pages."""

from datetime import date

from django.http import Http404
from ninja import Query, Router, Schema
from pydantic import field_validator

from src.foundations.plain_fields import plain_text

from . import listing, reading
from .enums import FigureKind
from .models import ConsultationDossier, DossierTold

PAGE_SIZE = 50

router = Router(tags=["consultations"])


class StepOut(Schema):
    """One step of the phase line."""

    kind: str
    starts_on: date
    ends_on: date | None
    note: str


class DossierOut(Schema):
    """One line of the list."""

    slug: str
    url: str
    title: str
    summary: str
    circle: str
    state: str
    step: str | None
    begins: date | None
    ends: date | None


class DossierPage(Schema):
    """One page; ``next`` is the cursor of the following one, opaque and signed."""

    items: list[DossierOut]
    next: str | None


class FigureOut(Schema):
    """How many answered in one way, or spoke of one thing; never under the smallest number."""

    kind: str
    label: str
    count: int


class BodyOut(Schema):
    """A body consulted."""

    name: str
    state: str
    sits_on: date | None
    opinion: str


class WorkOut(Schema):
    """A work of the library."""

    kind: str
    title: str
    authors: str
    year: int
    summary: str
    link: str


class ReportRowOut(Schema):
    """A line of the report, with the references of its measures."""

    said: str
    decided: str
    changes: str
    measures: list[str]


class DossierFullOut(DossierOut):
    """One dossier; ``report`` is empty until it is published as a whole."""

    space: str
    steps: list[StepOut]
    figures: list[FigureOut]
    figures_note: str
    bodies: list[BodyOut]
    works: list[WorkOut]
    report: list[ReportRowOut]
    plan: str


class DossierListQuery(Schema):
    """What may be asked: the words of the page's address, and where the list goes on."""

    q: str = ""
    etat: str = ""
    annee: str = ""
    cursor: str = ""

    @field_validator("q", "etat", "annee", mode="after")
    @classmethod
    def _readable(cls, value: str) -> str:
        """Signs no database takes (NUL, halves of signs) are left out, as the screens do."""
        return plain_text(value)[:200]


@router.get("/", response=DossierPage, summary="Dossiers of consultation")
def list_dossiers(request, asked: Query[DossierListQuery]):
    """Dossiers the caller may see, the latest begun first. A stranger reads those open to everyone."""
    question = listing.DossierQuestion.read(asked.dict())
    page = listing.dossier_list(request.viewer, question, cursor=asked.cursor, size=PAGE_SIZE)
    return {"items": [_line(line) for line in page.items], "next": page.next_cursor or None}


@router.get("/{slug}/", response=DossierFullOut, summary="One dossier")
def read_dossier(request, slug: str):
    """One dossier; 404 when the caller may not see it, as if it didn't exist."""
    seen = ConsultationDossier.objects.visible_to(request.viewer).select_related("space")
    dossier = seen.filter(slug=plain_text(slug)[:255]).first()
    if dossier is None:
        raise Http404
    told = dossier.shows_report and DossierTold.objects.filter(dossier=dossier, what=DossierTold.REPORT).exists()
    figures = sorted(dossier.figures.all(), key=lambda row: (list(FigureKind).index(row.kind), row.sort_order or 0))
    return {
        **_line(listing.lines_of([dossier])[0]),
        "space": dossier.space.slug,
        "steps": reading.ordered_rows(dossier.phases.all()),
        "figures": figures,
        "figures_note": dossier.figures_note,
        "bodies": list(dossier.bodies.all()),
        "works": [*dossier.works.all(), *reading.shared_works(dossier, request.viewer)],
        "report": [
            {"said": row.said, "decided": row.decided, "changes": row.changes, "measures": row.references}
            for row in (dossier.report_rows.all() if told else [])
        ],
        "plan": dossier.plan_reference if told else "",
    }


def _line(line: listing.DossierLine) -> dict:
    standing = line.standing
    return {
        "slug": line.slug,
        "url": line.url,
        "title": line.title,
        "summary": line.summary,
        "circle": line.circle_code,
        "state": standing.state,
        "step": standing.step.kind if standing.step else None,
        "begins": standing.begins,
        "ends": standing.ends,
    }
