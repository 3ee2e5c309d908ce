"""The page of a merge: proposed from the workshop, answered by the authors, undone, and told on both pages."""

import pytest
from django.utils.html import strip_tags

from ideas import services
from ideas.models import Idea, MergeProposal
from src.foundations.testing import drain_outbox

from .city import City

WHY = "Les deux demandent la même chose au même endroit."


def page_of(idea) -> str:
    return f"/idees/{idea.reference}/regrouper/"


def words(response) -> str:
    return strip_tags(response.content.decode())


@pytest.fixture
def two(city: City):
    other = city.agent("lea", "Léa", "Petit", "bâtiments")
    one = city.oriented("Un banc couvert près du portail nord")
    parent = city.oriented("Des places assises au sec pour attendre le camion", author=other)
    parent.author = other
    return one, parent


def ask(city, one, parent):
    return services.propose_merge(idea=one, parent=parent, actor=city.correspondent, text=WHY)


def test_a_correspondent_proposes_by_reference_and_the_authors_are_asked(city, as_, two):
    one, parent = two
    client = as_(city.correspondent)
    assert page_of(one) in client.get(f"/idees/{one.reference}/").content.decode()

    wrong = client.post(page_of(one), {"reference": "ZZZZZZ", "text": WHY})
    itself = client.post(page_of(one), {"reference": one.reference, "text": WHY})
    empty = client.post(page_of(one), {"text": ""})
    sent = client.post(page_of(one), {"reference": parent.reference.lower(), "text": WHY})

    assert [answer.status_code for answer in (wrong, itself, empty, sent)] == [422, 422, 422, 303]
    assert WHY in words(wrong) and "Aucune idée n’a cette référence" in words(wrong)
    assert MergeProposal.objects.get().parent_id == parent.pk
    drain_outbox()
    home = as_(city.author).get("/").content.decode()
    assert page_of(one) in home


def test_both_authors_say_yes_on_their_page_and_both_pages_tell_it(city, as_, two):
    one, parent = two
    ask(city, one, parent)

    asked = as_(city.author).get(page_of(one))
    nothing = as_(city.author).post(page_of(one), {})
    first = as_(city.author).post(page_of(one), {"answer": "oui"})
    second = as_(parent.author).post(page_of(parent), {"answer": "oui"})

    assert "D’accord pour regrouper" in words(asked) or "Êtes-vous d’accord" in words(asked)
    assert [answer.status_code for answer in (nothing, first, second)] == [422, 303, 303]
    child = words(as_(city.reader).get(f"/idees/{one.reference}/"))
    joined = words(as_(city.reader).get(f"/idees/{parent.reference}/"))
    assert "Regroupée avec une autre idée" in child and parent.title.replace("'", "’") in child.replace("'", "’")
    assert "1 idée dit la même chose" in joined
    assert as_(city.reader).get(page_of(one)).status_code == 403
    drain_outbox()


def test_an_author_refuses_and_nothing_is_shown_to_others(city, as_, two):
    one, parent = two
    ask(city, one, parent)
    assert "regroupement" not in words(as_(city.reader).get(f"/idees/{one.reference}/")).lower()

    as_(parent.author).post(page_of(parent), {"answer": "non"})

    assert MergeProposal.objects.get().state == "refused"
    assert as_(city.author).post(page_of(one), {"answer": "oui"}).status_code == 403
    drain_outbox()


def test_staff_give_it_up_or_undo_it_and_a_second_press_reads_why(city, as_, two):
    one, parent = two
    proposal = ask(city, one, parent)
    client = as_(city.correspondent)
    assert client.post(page_of(one), {"action": "drop"}).status_code == 303
    assert client.post(page_of(one), {"action": "drop"}).status_code in (409, 422)
    proposal = ask(city, one, parent)
    services.answer_merge(proposal=proposal, actor=city.author, agrees=True)
    services.answer_merge(proposal=proposal, actor=parent.author, agrees=True)

    assert as_(city.reader).post(page_of(one), {"action": "undo"}).status_code == 403
    assert client.post(page_of(one), {"action": "undo"}).status_code == 303

    assert (Idea.objects.get(pk=one.pk).stage_kind, MergeProposal.objects.latest("pk").state) == (
        "qualified",
        "undone",
    )
    drain_outbox()


def test_strangers_and_closed_ideas_read_why_not(city, as_, two):
    one, _parent = two
    decided = city.decided()

    assert as_(city.reader).get(page_of(one)).status_code == 403
    assert as_(city.author).get(page_of(one)).status_code == 403
    assert as_(city.correspondent).get(page_of(decided)).status_code == 409
    assert as_(None).get(page_of(one)).status_code == 302
    drain_outbox()


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_with_merges_costs_as_many_statements_whatever_their_number(
    city, as_, two, django_assert_max_num_queries, count
):
    _one, parent = two
    for number in range(count):
        child = city.oriented(f"Un abri pour attendre, entrée {number}")
        proposal = ask(city, child, parent)
        services.answer_merge(proposal=proposal, actor=city.author, agrees=True)
        services.answer_merge(proposal=proposal, actor=parent.author, agrees=True)
        drain_outbox()
    client = as_(city.reader)
    client.get(f"/idees/{parent.reference}/")

    with django_assert_max_num_queries(16) as statements:
        client.get(f"/idees/{parent.reference}/")

    assert len(statements) <= 16
    drain_outbox()
