"""Recommendations in the index: those of opinions handed over, for everybody."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.search import registry
from src.search.registry import Document, Result, Shown

from .models import Article
from .views.gate import url

KIND = GENRE = "recommendation"


def _told():
    return Article.objects.filter(opinion__handed_over_on__isnull=False).select_related("opinion__panel")


def document(article: Article) -> Document:
    """The words of a recommendation, on the day its opinion was handed over."""
    return Document(
        article.title, body=article.text, extra=article.opinion.panel.title, genre=GENRE,
        day=article.opinion.handed_over_on,
    )  # fmt: skip


def results(viewer, pks) -> dict:
    """These recommendations as results."""
    return {
        one.pk: Result(
            title=f"{one.number}. {one.title}",
            url=f"{url(one.opinion.panel, 'opinion')}#recommandation-{one.number}",
            label=_("Recommendation of a panel"),
            icon="users",
            tone="panel",
            texts=(("", one.text),),
            facts=(one.opinion.panel.title, str(_("Adopted") if one.is_adopted else _("Not adopted"))),
        )
        for one in _told().filter(pk__in=pks)
    }


def register() -> None:
    """Put recommendations on the page of results."""
    registry.register(
        KIND,
        Article,
        document,
        _told,
        Shown(
            visible=lambda _viewer: _told(),
            results=results,
            genres={GENRE: gettext_lazy("Recommendations of panels")},
        ),
    )
