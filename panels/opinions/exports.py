"""What the room gives back to somebody of what it holds of them: by their seat, or for having typed it."""

from collections.abc import Iterator

from django.db.models import Q

from .models import (
    Amendment,
    AmendmentSupport,
    Answer,
    Grade,
    MinorityOpinion,
    MinoritySignature,
    RecommendationVersion,
    RoomCount,
    Vote,
)


def versions(user) -> Iterator[dict]:
    for one in _written(RecommendationVersion, user).select_related("recommendation__panel"):
        yield {
            "panel": one.recommendation.panel.title, "recommendation": one.recommendation.number,
            "version": one.number, "title": one.title, "text": one.text,
        }  # fmt: skip


def amendments(user) -> Iterator[dict]:
    for one in _written(Amendment, user).select_related("recommendation__panel"):
        yield {
            "panel": one.recommendation.panel.title, "recommendation": one.recommendation.number,
            "amendment": one.number, "text": one.text, "why": one.why, "state": one.get_state_display(),
        }  # fmt: skip


def supports(user) -> Iterator[dict]:
    found = AmendmentSupport.objects.filter(membership__candidate__account=user)
    for one in found.select_related("amendment__recommendation__panel"):
        of = one.amendment.recommendation
        yield {"panel": of.panel.title, "recommendation": of.number, "amendment": one.amendment.number}


def minorities(user) -> Iterator[dict]:
    found = MinorityOpinion.objects.filter(Q(author__candidate__account=user) | Q(typed_by=user))
    for one in found.select_related("panel"):
        yield {"panel": one.panel.title, "number": one.number, "text": one.text}


def signatures(user) -> Iterator[dict]:
    """One's own, with the name shown; of those typed for somebody else, the minority opinion alone."""
    mine = Q(membership__candidate__account=user)
    found = MinoritySignature.objects.filter(mine | Q(typed_by=user))
    for one in found.select_related("minority__panel", "membership__candidate"):
        told = {"panel": one.minority.panel.title, "number": one.minority.number}
        yield told | {"name": one.name} if one.membership.candidate.account_id == user.pk else told


def counts(user) -> Iterator[dict]:
    for one in RoomCount.objects.filter(typed_by=user).select_related("vote__recommendation__panel"):
        of = one.vote.recommendation
        yield {"panel": of.panel.title, "recommendation": of.number}


def votes(user) -> Iterator[dict]:
    for one in Vote.objects.filter(checked_by=user).select_related("recommendation__panel"):
        yield {"panel": one.recommendation.panel.title, "recommendation": one.recommendation.number}


def answers(user) -> Iterator[dict]:
    for one in Answer.objects.filter(signed_by=user).select_related("reply__article__opinion__panel"):
        article = one.reply.article
        yield {
            "panel": article.opinion.panel.title, "recommendation": article.number,
            "answer": one.get_outcome_display(), "text": one.text, "name": one.signed_name,
        }  # fmt: skip


def grades(user) -> Iterator[dict]:
    found = Grade.objects.filter(membership__candidate__account=user)
    for one in found.select_related("answer__reply__article__opinion__panel"):
        article = one.answer.reply.article
        yield {
            "panel": article.opinion.panel.title, "recommendation": article.number, "grade": one.get_value_display(),
        }  # fmt: skip


def _written(model, user):
    return model.objects.filter(Q(written_by__candidate__account=user) | Q(typed_by=user))
