"""Reading opinions from another program: ``/api/v1/panels/``, through the same gate as the screens."""

from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Router, Schema

from panels.models import Panel

from . import selectors, words
from .models import Opinion
from .views.gate import url

MOST = 200
router = Router(tags=["panels"])


class AnswerOut(Schema):
    """What the city answered, last."""

    outcome: str
    outcome_label: str
    text: str
    change: str
    would_change: str
    study_until: date | None
    signed: str
    published_on: date
    # By word, told from eleven graders; null under.
    grades: dict[str, int] | None


class RecommendationOut(Schema):
    """One recommendation; ``answer`` is null while the reply is missing, ``days_late`` says since when."""

    number: int
    title: str
    text: str
    adopted: bool
    vote: str
    arithmetic: str
    due_on: date | None
    days_late: int
    answer: AnswerOut | None


class OpinionLineOut(Schema):
    """One opinion handed over."""

    panel: str
    url: str
    title: str
    question: str
    handed_over_on: date
    due_on: date
    sha256: str


class OpinionOut(OpinionLineOut):
    """The opinion with its recommendations and their replies."""

    introduction: str
    rule: str
    recommendations: list[RecommendationOut]


class OpinionsOut(Schema):
    """Every opinion handed over, the last first."""

    items: list[OpinionLineOut]


@router.get("/", response=OpinionsOut, summary="Opinions of panels that were handed over")
def opinions(request):
    """Every opinion handed over, the last first."""
    found = Opinion.objects.filter(handed_over_on__isnull=False).select_related("panel").order_by("-handed_over_on")
    return {"items": [_line(request, one) for one in found[:MOST]]}


@router.get("/{slug}/", response=OpinionOut, summary="One opinion, its recommendations and their replies")
def opinion(request, slug: str):
    """One opinion; 404 before it is handed over."""
    panel = Panel.objects.visible_to(request.viewer).filter(slug=slug[:64]).first()
    found = Opinion.objects.filter(panel=panel, handed_over_on__isnull=False).first() if panel else None
    if found is None:
        raise Http404(_("This page does not exist, or is not shown to you."))
    found.panel = panel
    replies = {one.article.number: one for one in selectors.replies_of(found)}
    rows = sorted(selectors.articles_of(found), key=lambda one: one.number)
    return _line(request, found) | {
        "introduction": found.introduction,
        "rule": words.of_rule(selectors.rule_of(panel)),
        "recommendations": [_recommendation(one, replies.get(one.number)) for one in rows],
    }


def _line(request, found: Opinion) -> dict:
    return {
        "panel": found.panel.slug,
        "url": request.build_absolute_uri(url(found.panel, "opinion")),
        "title": found.panel.title,
        "question": found.panel.question,
        "handed_over_on": found.handed_over_on,
        "due_on": found.due_on,
        "sha256": found.sha256,
    }


def _recommendation(article, reply) -> dict:
    return {
        "number": article.number,
        "title": article.title,
        "text": article.text,
        "adopted": article.is_adopted,
        "vote": article.tally,
        "arithmetic": article.arithmetic,
        "due_on": reply.due_on if reply else None,
        "days_late": reply.late if reply else 0,
        "answer": _answer(reply) if reply and reply.given else None,
    }


def _answer(reply) -> dict:
    given = reply.given
    grades = {str(label): count for label, count in reply.grades["lines"]} if reply.grades else None
    return {
        "outcome": given.outcome,
        "outcome_label": given.get_outcome_display(),
        "text": given.text,
        "change": given.change,
        "would_change": given.would_change,
        "study_until": given.study_until,
        "signed": f"{given.signed_name}, {given.signed_capacity}",
        "published_on": given.published_on,
        "grades": grades or None,
    }
