"""Supporting and following: one tap, one row, few statements."""

import pytest

from ideas.models import IdeaCounts, IdeaFollow, IdeaSupport
from src.foundations.testing import drain_outbox

JSON = {"headers": {"accept": "application/json"}}


@pytest.mark.parametrize("times", [1, 10])
def test_equal_posts_leave_one_support(city, as_, times):
    idea, client = city.opened(), as_(city.reader)

    answers = [
        client.post(f"/idees/{idea.reference}/soutenir/", {"soutien": "1"}, **JSON).json() for _each in range(times)
    ]

    assert answers == [{"supported": True, "supports": 1}] * times
    assert IdeaSupport.objects.count() == 1
    assert IdeaCounts.objects.get(idea=idea).supports == 1
    drain_outbox()


def test_a_support_is_taken_back(city, as_):
    idea, client = city.opened(), as_(city.reader)
    client.post(f"/idees/{idea.reference}/soutenir/", {"soutien": "1"})

    answer = client.post(f"/idees/{idea.reference}/soutenir/", {"soutien": "0"}, **JSON)

    assert answer.json() == {"supported": False, "supports": 0}
    assert IdeaSupport.objects.count() == 0
    drain_outbox()


def test_without_javascript_one_comes_back_where_one_was(city, as_):
    idea = city.opened()

    answers = [
        as_(city.reader)
        .post(f"/idees/{idea.reference}/soutenir/", {"soutien": "1", "retour": where})
        .headers["Location"]
        for where in ("/idees/?q=banc", "https://evil.example/", "//evil.example", "/\\evil.example", "")
    ]

    assert answers == ["/idees/?q=banc", *[f"/idees/{idea.reference}/"] * 4]
    drain_outbox()


def test_supporting_takes_eight_statements(city, as_, django_assert_num_queries):
    idea, client = city.opened(), as_(city.reader)

    # Session, account, idea, phases, BEGIN, support, counter, COMMIT.
    with django_assert_num_queries(8):
        client.post(f"/idees/{idea.reference}/soutenir/", {"soutien": "1"})
    drain_outbox()


@pytest.mark.parametrize("stage", ["open", "transferred"])
def test_supporting_costs_as_much_to_somebody_with_roles(city, as_, django_assert_num_queries, stage):
    idea, client = city.opened(), as_(city.correspondent)
    if stage == "transferred":
        type(idea).objects.filter(pk=idea.pk).update(stage_kind=stage, transfer_to=city.direction)

    # Their roles in units and in spaces besides: the columns the rules look at came with the idea.
    with django_assert_num_queries(10):
        client.post(f"/idees/{idea.reference}/soutenir/", {"soutien": "1"})
    drain_outbox()


def test_nobody_supports_their_own_idea_protected_or_not(city, as_):
    named, protected = city.opened(), city.opened("Pointer sans faire la queue", identity_mode="protected")
    drain_outbox()
    client = as_(city.author)

    codes = [
        client.post(f"/idees/{idea.reference}/soutenir/", {"soutien": "1"}).status_code for idea in (named, protected)
    ]

    assert codes == [409, 409]
    assert IdeaSupport.objects.count() == 0


def test_a_decided_idea_takes_no_support_and_says_so(city, as_):
    idea = city.decided()

    response = as_(city.reader).post(f"/idees/{idea.reference}/soutenir/", {"soutien": "1"}, **JSON)

    assert response.status_code == 409
    assert list(response.json()) == ["detail"]


def test_following_is_a_wish_of_its_own(city, as_):
    idea, client = city.opened(), as_(city.reader)

    answers = [
        client.post(f"/idees/{idea.reference}/suivre/", {"suivi": wish}, **JSON).json() for wish in ("1", "1", "0")
    ]

    assert answers == [{"followed": True}, {"followed": True}, {"followed": False}]
    assert IdeaFollow.objects.count() == 0
    drain_outbox()


def test_a_visitor_is_asked_to_sign_in(city, as_):
    idea = city.opened()

    assert as_(None).post(f"/idees/{idea.reference}/soutenir/", {"soutien": "1"}, **JSON).status_code == 401
    assert as_(None).post(f"/idees/{idea.reference}/soutenir/").headers["Location"] == "/connexion/?next=/idees/"
    drain_outbox()


def test_an_idea_one_does_not_see_cannot_be_supported(city, as_):
    assert as_(city.reader).post("/idees/ZZZZZZ/soutenir/", {"soutien": "1"}).status_code == 404
