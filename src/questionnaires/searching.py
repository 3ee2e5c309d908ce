"""What the index and the page of results know of questionnaires: what is asked, never what is answered."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.search import registry
from src.search.registry import Document, Result, Shown

from .models import Questionnaire

QUESTIONNAIRE = GENRE = "questionnaire"


def published():
    """Questionnaires whose questions were published."""
    found = Questionnaire.objects.filter(revisions__published_at__isnull=False).distinct()
    return found.select_related("space").prefetch_related("revisions__questions")


def document(questionnaire: Questionnaire) -> Document:
    """Title, introduction, and the questions of the last revision published."""
    last = _last(questionnaire)
    return Document(
        questionnaire.title,
        body="\n".join([questionnaire.introduction, *(question.text for question in last.questions.all())]),
        extra=questionnaire.reference,
        genre=GENRE,
        space=(questionnaire.space.slug, questionnaire.space.name),
        day=timezone.localdate(last.published_at),
    )


def _last(questionnaire: Questionnaire):
    published = (one for one in questionnaire.revisions.all() if one.published_at is not None)
    return max(published, key=lambda one: one.number)


def results(viewer, pks) -> dict:
    """These questionnaires as results, those the viewer may read."""
    seen = Questionnaire.objects.visible_to(viewer).filter(pk__in=pks).select_related("space")
    return {
        one.pk: Result(
            title=one.title,
            url=one.get_absolute_url(),
            label=_("Questionnaire"),
            icon="clipboard-list",
            tone="consult",
            texts=(("", one.introduction), *((_("Question:"), text) for text in _questions(one))),
            badge_label=_("Closed") if one.closed_at else "",
            facts=(one.space.name, str(one.space.get_circle_display())),
        )
        for one in seen.prefetch_related("revisions__questions")
    }


def _questions(questionnaire: Questionnaire) -> list[str]:
    """The questions everybody concerned reads; none while the first ones are being written."""
    if all(one.published_at is None for one in questionnaire.revisions.all()):
        return []
    return [question.text for question in _last(questionnaire).questions.all()]


def register() -> None:
    """Put questionnaires on the page of results."""
    registry.register(
        QUESTIONNAIRE,
        Questionnaire,
        document,
        published,
        Shown(
            visible=Questionnaire.objects.visible_to,
            results=results,
            genres={GENRE: gettext_lazy("Questionnaires")},
        ),
    )
