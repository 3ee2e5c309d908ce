"""What accountability asks of the recommendations of panels: who sees them, where they are, what they became."""

from django.urls import reverse
from django.utils.translation import gettext as _

from panels.models import Panel
from src.accountability.models import Measure, MeasureOrigin
from src.accountability.registry import OriginWords, OwedWords

from .models import Reply
from .services.adopting import KIND


def visible(user):
    """Replies owed, by their reference: everybody's once the opinion is handed over."""
    return Reply.objects.visible_to(user)


def published():
    """References told in figures and in the list of promises: all of them."""
    return Reply.objects.order_by().values("reference")


def links(references, viewer) -> dict[str, tuple[str, str]]:
    """Title and address of replies owed, by reference; one statement."""
    return {one.reference: (title_of(one), url_of(one)) for one in _found(references, viewer)}


def origin_words(viewer, references) -> dict[str, OriginWords]:
    """Where a measure comes from: which recommendation of which panel; one statement."""
    return {one.reference: OriginWords(label=title_of(one), url=url_of(one)) for one in _found(references, viewer)}


def owed_words(reference: str) -> OwedWords | None:
    """What a reminder says of a reply still awaited, or of a study that ends; one statement."""
    found = Reply.objects.awaited().select_related("article__opinion__panel").filter(reference=reference).first()
    return OwedWords(title=title_of(found), url=url_of(found)) if found else None


def title_of(reply: Reply) -> str:
    """A recommendation and its panel, in words."""
    return _("Recommendation %(n)d of the panel “%(panel)s”") % {
        "n": reply.article.number, "panel": reply.article.opinion.panel.title,
    }  # fmt: skip


def url_of(reply: Reply) -> str:
    """Where the reply to it is read."""
    address = reverse("panel_opinions:replies", kwargs={"slug": reply.article.opinion.panel.slug})
    return f"{address}#recommandation-{reply.article.number}"


def of_panel(panel: Panel):
    """The published measures that come of the recommendations of a panel."""
    references = Reply.objects.filter(article__opinion__panel=panel).order_by().values("reference")
    origins = MeasureOrigin.objects.filter(subject_kind=KIND, subject_reference__in=references)
    return Measure.objects.filter(pk__in=origins.values("measure"), published_on__isnull=False).order_by("pk")


def by_reply(references) -> dict[str, list[Measure]]:
    """The published measures of each reply, by its reference; one statement."""
    found: dict[str, list[Measure]] = {}
    origins = MeasureOrigin.objects.filter(
        subject_kind=KIND, subject_reference__in=list(references), measure__published_on__isnull=False
    )
    for one in origins.select_related("measure").order_by("measure_id"):
        found.setdefault(one.subject_reference, []).append(one.measure)
    return found


def _found(references, viewer):
    return visible(viewer).filter(reference__in=list(references)).select_related("article__opinion__panel")
