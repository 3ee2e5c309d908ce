"""A random walk of moderation: whatever people do in whatever order, counters are rows and visibility is the case's."""

import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ideas import services
from ideas.models import Idea, IdeaAppeal, IdeaCase, IdeaComment, IdeaCounts, IdeaReport
from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from src.participation.enums import RemovalReason
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.ideas import IdeaCommentFactory, IdeaFactory, make_city

pytestmark = pytest.mark.django_db
STEPS = 60
WORDS = "Une phrase assez longue pour dire pourquoi."


def check(texts):
    for target in texts:
        target.refresh_from_db()
        about = {"comment": target} if isinstance(target, IdeaComment) else {"idea": target, "comment": None}
        cases = IdeaCase.objects.filter(**about).order_by("pk")
        still = [case for case in cases if case.is_open]
        removals = [case for case in cases if case.state == "removed"]
        objection = IdeaAppeal.objects.filter(case=removals[-1]).first() if removals else None
        hidden_by_reports = bool(still and still[0].withheld_at)
        removed = bool(removals) and not (objection is not None and objection.state == "restored")
        assert len(still) <= 1
        assert not (removed and still), "nothing is left to read of what is removed"
        expected = "removed" if removed else "withheld" if hidden_by_reports else "shown"
        assert target.visibility == expected
        assert (target.removal_reason != "") == removed
        for case in still:
            assert case.withheld_at or case.reports.exists()
        if isinstance(target, Idea):
            shown = IdeaComment.objects.filter(idea=target, visibility="shown").count()
            assert IdeaCounts.objects.get(pk=target.pk).comments == shown
            assert (target.stage_kind == "removed") <= removed
    pairs = list(IdeaReport.objects.values_list("idea", "comment", "reporter"))
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("seed", range(4))
def test_moderation_holds_together_whatever_people_do(seed):
    dice = random.Random(seed)
    city = make_city()
    second = AgentFactory(unit=city.other, roles=[(Role.MODERATOR, None)])
    people = [AgentFactory(unit=UnitFactory()) for _ in range(6)]
    early = IdeaFactory(space=city.box, author=city.author)
    late = IdeaFactory(space=city.box, author=city.author, stage="in_review", direction=city.direction)
    comments = [IdeaCommentFactory(idea=idea, author=city.colleague) for idea in (early, late)]
    IdeaCounts.objects.filter(pk__in=[early.pk, late.pk]).update(comments=1)
    texts = [early, late, *comments]

    for _step in range(STEPS):
        target = dice.choice(texts)
        idea = Idea.objects.select_related("space", "unit", "transfer_to", "owed").get(
            pk=target.idea_id if isinstance(target, IdeaComment) else target.pk
        )
        about = {"idea": idea, "comment": target if isinstance(target, IdeaComment) else None}
        author = city.colleague if about["comment"] else city.author
        target.refresh_from_db()
        verb, values = dice.choice(
            [
                *[(services.report, {"actor": dice.choice(people), "reason_code": dice.choice(RemovalReason.values[:2])})] * 6,
                (services.withdraw_report, {"actor": dice.choice(people)}),
                (services.keep, {"actor": dice.choice([city.moderator, second])}),
                (services.take_off, {"actor": city.moderator, "reason_code": "injure", "text": WORDS}),
                (services.appeal, {"actor": author, "text": WORDS}),
                (
                    services.answer_appeal,
                    {"actor": dice.choice([city.moderator, second]), "restored": dice.random() < 0.7, "text": WORDS},
                ),
            ]
        )  # fmt: skip
        try:
            verb(**about, **values)
        except (PermissionDenied, ValidationError, TransitionNotAllowed):
            pass
        check(texts)
    drain_outbox()
