"""Loads what moderation shows in the demo city, by the verbs people use; run twice, nothing changes."""

from datetime import timedelta

from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import HandleHolder
from src.foundations import clock

from ..demo_moderation import OBJECTED, REPORTED_COMMENT, RESTORED, WITHHELD
from ..models import Idea, IdeaCase, IdeaComment
from . import moderating
from .moderators import administrators, moderators_of


def load_moderation(crowd: list[User]) -> int:
    """A text hidden by its reports, a reported comment, an objection, a text shown again; how many came in."""
    return sum(load(crowd) for load in (_withheld, _reported_comment, _objected, _restored))


def _withheld(crowd) -> int:
    title, reports = WITHHELD
    idea = _idea(title)
    if idea is None or idea.cases.exists():
        return 0
    for person, told in zip(_of_several_units(crowd), reports, strict=False):
        moderating.report(idea=_idea(title), actor=person, reason_code=told.reason, text=told.text, at=_ago(hours=5))
    return 1


def _reported_comment(crowd) -> int:
    title, beginning, told = REPORTED_COMMENT
    idea = _idea(title)
    comment = IdeaComment.objects.filter(idea=idea, body__startswith=beginning).first() if idea else None
    if comment is None or IdeaCase.objects.filter(comment=comment).exists():
        return 0
    person = next(one for one in _of_several_units(crowd) if one.pk != comment.author_id)
    moderating.report(
        idea=idea, comment=comment, actor=person, reason_code=told.reason, text=told.text, at=_ago(hours=20)
    )
    return 1


def _objected(crowd) -> int:
    title, text = OBJECTED
    idea = _idea(title)
    if idea is None or idea.cases.filter(appeal__isnull=False).exists():
        return 0
    moderating.appeal(idea=idea, actor=HandleHolder(idea.handle), text=text, at=_ago(days=2))
    return 1


def _restored(crowd) -> int:
    title, reason, why, objection, answer = RESTORED
    idea = _idea(title)
    if idea is None or idea.cases.exists():
        return 0
    moderator = User.objects.get(pk=min(moderators_of(idea)))
    admin = User.objects.get(pk=min(administrators()))
    moderating.take_off(idea=idea, actor=moderator, reason_code=reason, text=why, at=_ago(days=4))
    moderating.appeal(idea=_idea(title), actor=User.objects.get(pk=idea.author_id), text=objection, at=_ago(days=3))
    moderating.answer_appeal(idea=_idea(title), actor=admin, restored=True, text=answer, at=_ago(days=1))
    return 1


def _idea(title: str) -> Idea | None:
    found = Idea.objects.select_related("space", "unit", "transfer_to", "owed").filter(title__startswith=title)
    return found.first()


def _of_several_units(crowd: list[User]) -> list[User]:
    """One colleague a unit, in the order of their accounts; nobody who moderates."""
    apart = set(User.objects.filter(rolegrants__role=Role.MODERATOR).values_list("pk", flat=True))
    by_unit: dict[int, User] = {}
    for user in (
        User.objects.select_related("current_affectation").filter(pk__in=[one.pk for one in crowd]).order_by("pk")
    ):
        if user.current_affectation is not None and user.pk not in apart:
            by_unit.setdefault(user.current_affectation.unit_id, user)
    return list(by_unit.values())


def _ago(**span):
    return clock.now() - timedelta(**span)
