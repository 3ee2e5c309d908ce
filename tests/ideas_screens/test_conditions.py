"""What could change an answer: each condition with its own kind and day, typed, kept, corrected, told."""

from datetime import timedelta

import pytest

from ideas import services
from ideas.models import Idea
from src.accountability.models import Decision, ReopeningCondition
from src.accountability.services.conditions import terms_hold, terms_of, told_terms
from src.foundations import clock
from src.foundations.testing import drain_outbox

from .city import answer

pytestmark = pytest.mark.django_db


def page_of(idea, end=""):
    return f"/idees/{idea.reference}/{end}"


@pytest.fixture
def typed():
    day = clock.today() + timedelta(days=60)
    return answer(
        "declined",
        reopening_conditions="Un budget voté.",
        condition_kind="budget",
        condition_on=day.isoformat(),
        other_1_words="Une loi qui l'autorise.",
        other_1_kind="loi",
        other_1_on=(day + timedelta(days=30)).isoformat(),
        other_2_words="Une équipe de nuit.",
        other_2_kind="",
        other_2_on="",
    )


def test_each_condition_keeps_its_own_kind_and_day_from_the_form_to_the_page(city, as_, typed):
    idea = city.to_decide("Des gants plus fins pour l'hiver")
    client, address = as_(city.decider), page_of(idea, "etape/decide_declined/")

    assert client.post(address, typed).status_code == 303
    again = client.get(address).context["form"]
    shown = [
        again[name].value() for name in ("reopening_conditions", "condition_kind", "other_1_words", "other_1_kind")
    ]
    assert shown == ["Un budget voté.", "budget", "Une loi qui l'autorise.", "loi"]
    assert again["other_2_words"].value() == "Une équipe de nuit."
    services.announce_decision(idea=Idea.objects.get(pk=idea.pk), actor=city.decider)

    day = clock.today() + timedelta(days=60)
    found = ReopeningCondition.objects.order_by("position").values_list("words", "kind", "due_on")
    assert list(found) == [
        ("Un budget voté.", "budget", day),
        ("Une loi qui l'autorise.", "loi", day + timedelta(days=30)),
        # Left empty, the reason tells what has to change; no day.
        ("Une équipe de nuit.", "loi", None),
    ]
    page = as_(city.author).get(page_of(idea)).content.decode()
    assert page.count("Ce qui pourrait changer la réponse") >= 1
    assert "Une loi qui l’autorise." in page
    drain_outbox()


def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays(city, as_, typed):
    idea = city.to_decide("Des gants plus fins pour l'hiver")
    client, address = as_(city.decider), page_of(idea, "etape/decide_declined/")

    wordless = client.post(address, typed | {"other_1_words": ""})
    past = client.post(address, typed | {"other_2_on": clock.today().isoformat()})
    unknown = client.post(address, typed | {"other_1_kind": "lune"})
    many = client.post(address, typed | {"reopening_conditions": "\n".join(f"Condition {n}." for n in range(4))})

    for refused, field in (
        (wordless, "other_1_words"), (past, "other_2_on"), (unknown, "other_1_kind"), (many, "reopening_conditions")
    ):  # fmt: skip
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
        assert '<details class="card card--flat stack" open>' in refused.content.decode()
    assert "Une équipe de nuit." in wordless.content.decode()
    assert not Decision.objects.exists()
    drain_outbox()


def test_the_fields_stay_folded_and_a_correction_takes_a_condition_away(city, as_, typed):
    idea = city.to_decide("Des gants plus fins pour l'hiver")
    client, address = as_(city.decider), page_of(idea, "etape/decide_declined/")
    assert '<details class="card card--flat stack">' in client.get(address).content.decode()
    client.post(address, typed)

    fewer = typed | {"other_1_words": "", "other_1_kind": "", "other_1_on": ""}
    assert client.post(address, fewer).status_code == 303

    decision = Decision.objects.get()
    assert decision.reopening_conditions == "Un budget voté.\nUne équipe de nuit."
    assert [kind for kind, _day in terms_of(decision.condition_terms)] == ["budget", ""]
    drain_outbox()


def test_what_an_answer_keeps_is_read_back_as_it_was_told():
    day = clock.today() + timedelta(days=9)
    terms = [("budget", day), ("", None), ("loi", None), ("", day)]

    assert terms_of(told_terms(terms)) == terms
    assert terms_hold("Un.\nDeux.\nTrois.\nQuatre.", told_terms(terms))
    for words, told in (
        ("Un.", told_terms(terms)),
        ("Un.", "lune"),
        ("Un.", "budget 2020-01-01"),
        ("Un.", "budget demain"),
    ):
        assert not terms_hold(words, told)
