"""Loads the dossiers of the demo city: published at their dates, nobody told of them today; twice changes nothing."""

import io
import zipfile
from datetime import date, timedelta
from html import escape

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents import get_document_model

from src.accountability.models import Measure, Plan
from src.directory.models import User
from src.foundations import clock
from src.participation.models import Space

from ..demo_content import ALL
from ..models import (
    ConsultationDossier,
    ConsultedBody,
    DossierDocument,
    DossierFollow,
    DossierNews,
    DossierPhase,
    DossierTold,
    DossierWork,
    GroupContribution,
    ParticipationFigure,
    ReportRow,
)
from .site import install

MIME = "application/vnd.oasis.opendocument.text"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
FOLLOWS = ("agent", "agent2")


def load_dossiers() -> int:
    """Load those that are missing; answers how many came in."""
    return sum(_load(told) for told in ALL)


@transaction.atomic
def _load(told: dict) -> int:
    section = install()
    if ConsultationDossier.objects.child_of(section).filter(slug=told["slug"]).exists():
        return 0
    began = clock.start_of_day(_day(told["phases"][0][1])) + timedelta(hours=9)
    report = told.get("report", ())
    dossier = ConsultationDossier(
        title=told["title"],
        slug=told["slug"],
        summary=told["summary"],
        space=Space.objects.get(slug=told["space"]),
        created_on=_day(told["phases"][0][1]),
        body=[("text", told["text"])],
        figures_note=told["note"],
        report_introduction=told.get("introduction", ""),
        plan_reference=_plan(told.get("plan", "")),
        shows_report=bool(report),
        first_published_at=began,
        last_published_at=began,
    )
    _fill(dossier, told)
    dossier.report_rows.set(
        [
            ReportRow(sort_order=rank, said=said, decided=decided, changes=changes, measures=_references(titles))
            for rank, (said, decided, changes, titles) in enumerate(report)
        ]
    )
    section.refresh_from_db()
    section.add_child(instance=dossier)
    dossier.save_revision()
    _tell(dossier, told)
    return 1


def _fill(dossier: ConsultationDossier, told: dict) -> None:
    """Everything but the report."""
    dossier.phases.set(
        [
            DossierPhase(kind=kind, starts_on=_day(first), ends_on=_day(last) if last is not None else None, note=note)
            for kind, first, last, note in told["phases"]
        ]
    )
    dossier.documents.set(
        [
            DossierDocument(sort_order=rank, title=title, document=_document(title, name, lines))
            for rank, (title, name, lines) in enumerate(told["documents"])
        ]
    )
    dossier.works.set(
        [
            DossierWork(sort_order=rank, kind=kind, title=title, authors=authors, year=year, summary=words, link=link)
            for rank, (kind, title, authors, year, words, link) in enumerate(told["works"])
        ]
    )
    dossier.bodies.set(
        [
            ConsultedBody(
                sort_order=rank,
                name=name,
                state=state,
                sits_on=_day(sits) if sits is not None else None,
                opinion=opinion,
                document=_document(f"Avis : {name}", "avis.odt", lines) if lines else None,
            )
            for rank, (name, state, sits, opinion, lines) in enumerate(told["bodies"])
        ]
    )
    dossier.contributions.set(
        [
            GroupContribution(
                sort_order=rank,
                kind=kind,
                signed_by=name,
                received_on=_day(ago),
                text=text,
                document=_document(f"Contribution : {name}", "contribution.odt", lines) if lines else None,
            )
            for rank, (kind, name, ago, text, lines) in enumerate(told["contributions"])
        ]
    )
    dossier.news.set([DossierNews(on=_day(ago), title=title, text=text) for ago, title, text in told["news"]])
    dossier.figures.set(
        [
            ParticipationFigure(sort_order=rank, kind=kind, label=label, count=count)
            for rank, (kind, label, count) in enumerate(told["figures"])
        ]
    )


def _tell(dossier: ConsultationDossier, told: dict) -> None:
    """What came out then was told then: nobody hears of it today."""
    rows = [
        DossierTold(dossier=dossier, what=str(post.uid), at=clock.start_of_day(post.on)) for post in dossier.news.all()
    ]
    if "reported" in told:
        moment = clock.start_of_day(_day(told["reported"])) + timedelta(hours=9)
        rows.append(DossierTold(dossier=dossier, what=DossierTold.REPORT, at=moment))
    DossierTold.objects.bulk_create(rows)
    people = User.objects.filter(username__in=FOLLOWS)
    DossierFollow.objects.bulk_create(DossierFollow(dossier=dossier, user=user) for user in people)


def _plan(title: str) -> str:
    found = Plan.objects.filter(title=title).values_list("reference", flat=True).first() if title else None
    return found or ""


def _references(titles) -> str:
    found = Measure.objects.filter(title__in=titles, published_on__isnull=False)
    known = {}
    for title, reference in found.order_by("pk").values_list("title", "reference"):
        known.setdefault(title, reference)
    return " ".join(known[title] for title in titles if title in known)


def _document(title: str, name: str, lines):
    """A short text as a file of the library."""
    return get_document_model().objects.create(title=title, file=ContentFile(_text(lines), name=name))


def _text(lines) -> bytes:
    """Lines as an OpenDocument text."""
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0" '
        'office:version="1.2">'
        f"<office:body><office:text>{paragraphs}</office:text></office:body></office:document-content>"
    )
    listed = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("META-INF/manifest.xml", listed)
        archive.writestr("content.xml", content)
    return out.getvalue()


def _day(ago: int) -> date:
    return clock.today() + timedelta(days=ago)
