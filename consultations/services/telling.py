"""What comes out of a dossier, once: its report as a whole, and its news; the relay tells people."""

from datetime import timedelta

from django.db import transaction

from src.foundations import clock, journal, outbox
from src.participation import neutral

from ..models import ConsultationDossier, DossierTold

REPORT_TOPIC, NEWS_TOPIC = "consultations.report_published", "consultations.news_published"
# Older posts are history when the page comes out: nobody is told of them.
FRESH = timedelta(days=7)


@transaction.atomic
def tell(dossier: ConsultationDossier) -> list[str]:
    """Write down what has just come out of a live dossier, and have people told of it; answers what it was.

    Again, nothing happens. A report waits for the end of a pre-electoral period (ADR 0279); news go on.
    """
    if not dossier.live:
        return []
    done = set(DossierTold.objects.filter(dossier=dossier).values_list("what", flat=True))
    came_out = []
    if (
        dossier.shows_report
        and DossierTold.REPORT not in done
        and neutral.current() is None
        and _first(dossier, DossierTold.REPORT)
    ):
        journal.record("consultations.report_published", object_ref=f"dossier:{dossier.slug}")
        outbox.emit(REPORT_TOPIC, {"dossier": dossier.pk}, key=f"{REPORT_TOPIC}:{dossier.pk}")
        came_out.append(DossierTold.REPORT)
    today = clock.today()
    for post in dossier.news.all():
        what = str(post.uid)
        # A post dated tomorrow is told when its page is published again.
        if what in done or post.on > today or not _first(dossier, what):
            continue
        came_out.append(what)
        if post.on >= today - FRESH:
            outbox.emit(NEWS_TOPIC, {"dossier": dossier.pk, "uid": what}, key=f"{NEWS_TOPIC}:{dossier.pk}:{what}")
    return came_out


def held_reports() -> list[ConsultationDossier]:
    """Live dossiers whose report was asked for and hasn't come out."""
    told = DossierTold.objects.filter(what=DossierTold.REPORT)
    return list(ConsultationDossier.objects.live().filter(shows_report=True).exclude(pk__in=told.values("dossier")))


def _first(dossier, what: str) -> bool:
    """Whether this one wrote it: of two publications at once, one tells."""
    _row, made = DossierTold.objects.get_or_create(dossier=dossier, what=what, defaults={"at": clock.now()})
    return made
