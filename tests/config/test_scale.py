"""The synthetic city: whole, countable, and the same for the same seed."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from ideas.models import Idea, IdeaComment, IdeaCounts, IdeaSupport
from src.directory.models import User
from src.participation.models import AuthorKeyring, SealedAuthor
from src.participation.services import authorship

pytestmark = pytest.mark.django_db
SIZES = {"agents": 60, "ideas": 40, "supports": 150, "comments": 30, "measures": 12, "directions": 2}


def build(**options) -> dict:
    out = StringIO()
    call_command("demo_scale", **{**SIZES, "seed": 3, **options}, stdout=out, stderr=StringIO())
    counts = json.loads(out.getvalue().splitlines()[-1])
    counts.pop("seconds")
    return counts


def test_scale_builds_what_was_asked_and_its_counters_are_the_rows():
    counts = build()

    assert counts == {"units": 43, "agents": 60, "ideas": 40, "supports": 150, "comments": 30, "measures": 12}
    assert (Idea.objects.count(), IdeaSupport.objects.count(), IdeaComment.objects.count()) == (40, 150, 30)
    supports = dict(IdeaSupport.objects.values_list("idea_id").annotate(n=Count("id")))
    assert {c.idea_id: c.supports for c in IdeaCounts.objects.all() if c.supports} == supports
    assert AuthorKeyring.objects.count() == User.objects.count()


def test_scale_seals_the_authors_of_protected_ideas():
    build()
    protected = Idea.objects.filter(identity_mode="protected")

    assert protected.exists()
    assert set(protected.values_list("handle", flat=True)) == set(
        SealedAuthor.objects.values_list("handle", flat=True)
    )
    assert all(authorship.author_of(idea) is not None for idea in protected)


def test_scale_comes_back_the_same_from_its_seed():
    def city():
        return list(
            Idea.objects.order_by("reference").values_list("reference", "title", "stage_kind", "counts__supports")
        )

    with transaction.atomic():
        build()
        first = city()
        transaction.set_rollback(True)
    build()

    assert city() == first


def test_scale_refuses_a_city_that_is_already_there_and_one_without_agents():
    build()

    with pytest.raises(CommandError):
        build()
    with pytest.raises(CommandError):
        build(seed=4, agents=0)
