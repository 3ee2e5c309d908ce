"""Loads what moderation shows in the demo city, by the verbs people use; run twice, nothing changes."""

from datetime import timedelta

from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import HandleHolder
from src.foundations import clock
from src.workflow.enums import DECIDED

from ..demo_ideas import FROM_THE_PAGE
from ..demo_moderation import ADVERTISING, KEPT, OBJECTED, OFF_TOPIC, REPORTED_COMMENT, RESTORED, WHY_REMOVED, WITHHELD
from ..models import Idea, IdeaCase, IdeaComment
from . import moderating, speaking
from .moderators import administrators, moderators_of

COMMENTED = ("open", "qualified", "in_review", *sorted(DECIDED))


def load_moderation(crowd: list[User]) -> int:
    """Three months of looks, a text hidden by its reports, a reported comment, an objection, a text shown again.

    Answers how many came in. The past comes first, so that moderation in figures has something to count.
    """
    return sum(load(crowd) for load in (_past, _withheld, _reported_comment, _objected, _restored))


def _past(crowd) -> int:
    """Comments reported and read by a moderator the day after, under ideas that were already there."""
    told = [
        *((text, "injure", False) for text in KEPT),
        *((text, "hors_sujet", True) for text in OFF_TOPIC),
        *((text, "publicite", True) for text in ADVERTISING),
    ]
    if IdeaComment.objects.filter(body=told[0][0]).exists():
        return 0
    ideas = list(
        Idea.objects.select_related("space", "unit", "transfer_to", "owed")
        .filter(created_at__lt=_ago(days=30), is_imported=False, stage_kind__in=COMMENTED)
        # Those told whole keep the comments they were told with.
        .exclude(title__in=[tale.title for tale in FROM_THE_PAGE])
        .order_by("created_at", "pk")
    )
    for number, (text, reason, removed) in enumerate(told):
        idea = ideas[number % len(ideas)]
        oldest = (clock.now() - idea.created_at).days - 2
        days = min(24 + number * 11 % 60, oldest)
        author, reporter = (crowd[(number * 5 + step) % len(crowd)] for step in (3, 61))
        said = speaking.comment(idea=idea, actor=author, body=text, at=_ago(days=days))
        moderating.report(idea=idea, comment=said, actor=reporter, reason_code=reason, at=_ago(days=days, hours=-3))
        moderator = User.objects.get(pk=min(moderators_of(idea) - {author.pk, reporter.pk}))
        read = {"idea": idea, "comment": said, "actor": moderator, "at": _ago(days=days - 1)}
        if removed:
            moderating.take_off(**read, reason_code=reason, text=WHY_REMOVED[reason])
        else:
            moderating.keep(**read)
    return len(told)


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
