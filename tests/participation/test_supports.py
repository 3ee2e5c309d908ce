"""Supports and follows: the wanted state, the counters, and many at once."""

import random
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from ideas.models import IdeaComment, IdeaCounts, IdeaFollow, IdeaSupport
from src.directory.models import User
from src.foundations import text
from src.foundations.testing import drain_outbox
from src.participation.enums import IdentityMode
from src.participation.services import authorship, rebuild_counts, set_follow, set_support
from src.participation.services.contributions import identity_fields
from src.participation.services.supports import is_own
from tests.factories.directory import AgentFactory
from tests.factories.participation import SpaceFactory

from .conftest import build_idea
from .real_database import several_writers

support = partial(set_support, support_model=IdeaSupport, counts_model=IdeaCounts)
follow = partial(set_follow, follow_model=IdeaFollow, counts_model=IdeaCounts)


def counters(idea):
    return IdeaCounts.objects.values_list("supports", "followers", "comments", "imported_supports").get(pk=idea.pk)


@pytest.mark.django_db
def test_the_wanted_state_is_what_remains_and_tells_whether_it_changed(idea, agent):
    changes = [support(idea, agent, wanted) for wanted in (True, True, False, False, True)]

    assert changes == [True, False, True, False, True]
    assert list(IdeaSupport.objects.values_list("idea_id", "user_id")) == [(idea.pk, agent.pk)]
    assert counters(idea) == (1, 0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("others", [1, 3])
def test_a_support_costs_two_statements_in_its_transaction(idea, others, django_assert_num_queries):
    for _number in range(others):
        support(idea, AgentFactory(), True)
    user = AgentFactory()

    with django_assert_num_queries(4):  # savepoint, insert, count, release
        support(idea, user, True)
    with django_assert_num_queries(3):
        support(idea, user, True)
    with django_assert_num_queries(4):
        support(idea, user, False)


@pytest.mark.django_db
def test_nobody_supports_their_own_idea_named_or_protected(box, agent):
    named = build_idea(box, agent)
    protected = build_idea(box, agent, identity_mode=IdentityMode.PROTECTED)
    handles = frozenset({protected.handle})

    for idea in (named, protected):
        with pytest.raises(ValidationError) as refusal:
            support(idea, agent, True, own_handles=handles)
        assert refusal.value.code == "own"
    assert IdeaSupport.objects.count() == 0
    assert is_own(protected, agent, handles)
    assert not is_own(protected, AgentFactory(), frozenset())
    assert not is_own(build_idea(box, AgentFactory()), agent, handles)
    drain_outbox()


@pytest.mark.django_db
def test_following_counts_apart_and_never_tells_a_protected_author(box, agent):
    named = build_idea(box, agent)
    protected = build_idea(box, agent, identity_mode=IdentityMode.PROTECTED)
    handles = frozenset({protected.handle})

    assert follow(named, agent, True, own_handles=handles)
    assert not follow(protected, agent, True, own_handles=handles)
    assert follow(protected, AgentFactory(), True)

    assert list(IdeaFollow.objects.filter(user=agent).values_list("idea_id", flat=True)) == [named.pk]
    assert [counters(named), counters(protected)] == [(0, 1, 0, 0), (0, 1, 0, 0)]
    drain_outbox()


@pytest.mark.django_db
def test_a_missing_row_of_counters_is_made(idea, agent):
    IdeaCounts.objects.all().delete()

    support(idea, agent, True)

    assert counters(idea) == (1, 0, 0, 0)


def comment_on(idea, **values):
    return IdeaComment.objects.create(
        **identity_fields(idea.space, AgentFactory(), identity_mode=IdentityMode.NAMED),
        idea=idea,
        body="Oui.",
        body_html=text.plain_to_html("Oui."),
        **values,
    )


@pytest.mark.django_db
def test_counts_are_rebuilt_from_the_rows_in_one_statement(box, django_assert_num_queries):
    first, second = build_idea(box), build_idea(box)
    for idea, supporters in ((first, 3), (second, 1)):
        for _number in range(supporters):
            support(idea, AgentFactory(), True)
    follow(first, AgentFactory(), True)
    comment_on(first)
    IdeaCounts.objects.update(supports=40, followers=7, comments=9, imported_supports=26)

    with django_assert_num_queries(1):
        touched = rebuild_counts(
            IdeaCounts, support_model=IdeaSupport, follow_model=IdeaFollow, comment_model=IdeaComment
        )

    assert touched == 2
    assert [counters(first), counters(second)] == [(3, 1, 1, 26), (1, 0, 0, 26)]


@pytest.mark.django_db
def test_counts_of_some_targets_are_rebuilt_alone(box):
    first, second = build_idea(box), build_idea(box)
    IdeaCounts.objects.update(supports=5)

    assert rebuild_counts(IdeaCounts, support_model=IdeaSupport, targets=[first.pk]) == 1

    assert [counters(first)[0], counters(second)[0]] == [0, 5]


def writers_world():
    space = SpaceFactory()
    ideas = [build_idea(space) for _number in range(3)]
    users = [AgentFactory() for _number in range(12)]
    return ideas, users


def write_many(seed, ideas, users):
    """Forty supports and withdrawals, each writer in an order of its own."""
    choice = random.Random(seed)
    for _number in range(40):
        act = choice.choice([support, follow])
        act(choice.choice(ideas), choice.choice(users), choice.random() < 0.6, own_handles=frozenset())


@pytest.mark.django_db(transaction=True)
def test_eight_writers_lose_no_count_and_leave_no_double(tmp_path):
    ideas, users = writers_world()

    with several_writers(tmp_path) as run:
        run([partial(write_many, seed, ideas, users) for seed in range(8)])
        rows, counted = run([rows_and_counts])[0]

    assert counted == rows
    assert sum(supports for supports, _followers in counted.values()) > 0


def rows_and_counts():
    rows = {
        pk: (IdeaSupport.objects.filter(idea_id=pk).count(), IdeaFollow.objects.filter(idea_id=pk).count())
        for pk in IdeaCounts.objects.values_list("pk", flat=True)
    }
    counted = {
        pk: (supports, followers)
        for pk, supports, followers in IdeaCounts.objects.values_list("pk", "supports", "followers")
    }
    return rows, counted


@pytest.mark.django_db(transaction=True)
def test_ten_equal_posts_leave_one_row_and_one_count(tmp_path):
    idea, user = build_idea(SpaceFactory()), AgentFactory()

    with several_writers(tmp_path) as run:
        changed = run([partial(support, idea, user, True)] * 10)
        rows = run([lambda: (IdeaSupport.objects.count(), counters(idea)[0])])[0]

    assert (sorted(changed), rows) == ([False] * 9 + [True], (1, 1))


@pytest.mark.django_db
def test_a_support_by_somebody_whose_keyring_is_read_costs_one_more(idea, django_assert_num_queries):
    protected = build_idea(idea.space, AgentFactory(), identity_mode=IdentityMode.PROTECTED)
    user = User.objects.get(pk=AgentFactory().pk)

    with django_assert_num_queries(5):
        support(protected, user, True)

    assert authorship.own_handles(user) == frozenset()
    drain_outbox()
