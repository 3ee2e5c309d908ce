"""What the index, the page of results and the home page know of dossiers."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.rich_text import get_text_for_indexing

from src.foundations import clock, together
from src.publishing.cards import Card
from src.search import registry
from src.search.registry import Document, Result, Shown

from . import reading
from .enums import DossierState
from .listing import lines_of
from .models import ConsultationDossier

DOSSIER = GENRE = "consultation"
HOME_SHOWN = 3


def document(dossier: ConsultationDossier) -> Document:
    """Title, summary, text, works, news and report."""
    day = dossier.first_published_at
    return Document(
        dossier.title,
        body="\n".join(part for part in _texts(dossier) if part),
        genre=GENRE,
        day=timezone.localdate(day) if day else None,
    )


def _texts(dossier):
    yield dossier.summary
    yield from (get_text_for_indexing(str(text)) for text in _body().get_searchable_content(dossier.body))
    yield from (f"{work.title} {work.authors} {work.summary}" for work in dossier.works.all())
    yield from (f"{post.title} {post.text}" for post in dossier.news.all())
    yield from (f"{one.name} {one.opinion}" for one in dossier.bodies.all())
    # Its report is read once people were told.
    if dossier.told.filter(what="report").exists() and dossier.shows_report:
        yield dossier.report_introduction
        yield from (f"{row.said} {row.decided} {row.changes}" for row in dossier.report_rows.all())


def _body():
    return ConsultationDossier._meta.get_field("body")


def results(viewer, pks) -> dict:
    """These dossiers as results, those the viewer may read."""
    seen = ConsultationDossier.objects.visible_to(viewer).filter(pk__in=pks).select_related("space")
    return {
        dossier.pk: Result(
            title=dossier.title,
            url=dossier.address,
            label=_("Consultation"),
            icon="messages-square",
            tone="consult",
            texts=(("", dossier.summary),),
            facts=(str(dossier.space.get_circle_display()),),
        )
        for dossier in seen
    }


@together.reading
def opened(viewer):
    """The dossiers under way, for the home page; two statements."""
    found = ConsultationDossier.objects.visible_to(viewer).standing(DossierState.OPEN, clock.today())
    rows = yield found.select_related("space").order_by("-begins", "-pk")[:HOME_SHOWN]
    return [_card(line) for line in (yield from lines_of.asking(rows))]


def _card(line) -> Card:
    standing: reading.Standing = line.standing
    return Card(
        title=line.title,
        url=line.url,
        text=line.summary,
        kind="consult",
        icon="messages-square",
        meta=standing.step_words,
    )


def register() -> None:
    """Put dossiers on the page of results."""
    registry.register(
        DOSSIER,
        ConsultationDossier,
        document,
        lambda: ConsultationDossier.objects.live(),
        Shown(
            visible=lambda viewer: ConsultationDossier.objects.visible_to(viewer),
            results=results,
            genres={GENRE: gettext_lazy("Consultations")},
        ),
    )
