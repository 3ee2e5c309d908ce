"""A vote chooses: its result becomes prepared decisions, and nothing else than what was voted is announced."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from ideas import selectors, services
from ideas.forms.after_vote import AfterVoteForm
from src.accountability import services as accountability
from src.accountability.models import Decision
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.ballots.forms.workshop import RulesForm
from src.participation.ballots.models import Ballot, BallotOption
from src.participation.ballots.services.opening import faults_before_opening
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.ideas import NO, yes

from .test_choosing import SLUG, city, studied  # noqa: F401

pytestmark = pytest.mark.django_db


def voted(city, ideas, counts, retained, tied=()):  # noqa: F811
    """A ballot of the space that was counted, on these ideas."""
    now = clock.now()
    ballot = Ballot.objects.create(
        space=city.box, title="Les projets de cette année", question="Lesquels ?", seats=2, most_choices=3,
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=2), prepares_decisions=True,
    )  # fmt: skip
    BallotOption.objects.bulk_create(
        BallotOption(
            ballot=ballot, position=place, label=idea.title, subject_kind="idea", subject_reference=idea.reference
        )
        for place, idea in enumerate(ideas)
    )
    ranking = sorted(range(len(counts)), key=lambda one: (-counts[one], one))
    ballot.frozen_at = ballot.closed_at = ballot.counted_at = now - timedelta(days=1)
    ballot.result = {
        "electors": 90, "voted": 60, "ballots": 60, "total": {"counts": counts},
        "outcome": {"ranking": ranking, "retained": list(retained), "tied": list(tied)},
    }  # fmt: skip
    ballot.save()
    return ballot


def typed(page) -> dict:
    """The form as it comes, with what it asks for each idea retained."""
    form = AfterVoteForm(page=page)
    data = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    data["reopening_conditions"] = "Un prochain appel, l'année prochaine."
    for name in data:
        if name.endswith("first_milestone"):
            data[name] = "Choisir le premier site"
        elif name.endswith("first_milestone_on"):
            data[name] = (clock.today() + timedelta(days=60)).isoformat()
    return data


def test_the_answers_a_vote_asks_for_are_prepared_on_one_page_then_announced_together(city, client):  # noqa: F811
    ideas = studied(city, 4)
    voted(city, ideas, [11, 40, 12, 33], retained=[1, 3])
    client.force_login(city.chooser)
    address = reverse("ideas:choice_vote", kwargs={"slug": SLUG})
    page = selectors.choice_page(city.chooser, SLUG)
    assert [row.reference for row in page.to_write_after_vote][:2] == [ideas[1].reference, ideas[3].reference]

    shown = client.get(address).content.decode()
    assert "40 des 60" in shown
    missing = client.post(address, typed(page) | {f"{ideas[1].reference}-first_milestone": ""})
    assert missing.status_code == 422 and not Decision.objects.exists()
    assert "Choisir le premier site" in missing.content.decode()
    assert client.post(address, typed(page)).status_code == 303

    outcomes = dict(Decision.objects.values_list("subject_reference", "outcome"))
    assert outcomes == {
        ideas[0].reference: "declined", ideas[1].reference: "accepted",
        ideas[2].reference: "declined", ideas[3].reference: "accepted",
    }  # fmt: skip
    page = selectors.choice_page(city.chooser, SLUG)
    assert page.count.refusal == "" and client.get(address).status_code == 303
    accountability.announce_together(page.decisions, actor=city.chooser)
    drain_outbox()
    for idea in ideas:
        idea.refresh_from_db()
    assert [idea.stage_kind == StageKind.SELECTED for idea in ideas] == [False, True, False, True]


def test_another_choice_than_the_vote_is_refused_in_words(city):  # noqa: F811
    ideas = studied(city, 3)
    voted(city, ideas, [30, 20, 10], retained=[0, 1])
    for number, idea in enumerate(ideas):
        services.prepare_decision(idea=idea, actor=city.chooser, **(yes() if number else NO))
    decisions = selectors.choice_page(city.chooser, SLUG).decisions

    with pytest.raises((ValidationError, TransitionNotAllowed)) as refusal:
        accountability.announce_together(decisions, actor=city.chooser)

    assert "ce qui est voté est fait" in str(refusal.value)
    with pytest.raises(ValidationError):
        services.prepare_after_vote(
            space=city.box, actor=city.chooser, answers={ideas[2].reference: {**yes(), "outcome": "accepted"}}
        )


def test_a_tie_for_the_last_place_is_left_to_people(city):  # noqa: F811
    ideas = studied(city, 3)
    voted(city, ideas, [30, 20, 20], retained=[0], tied=[1, 2])
    form = AfterVoteForm(page=selectors.choice_page(city.chooser, SLUG))

    assert [row.reference for row in form.retained] == [ideas[0].reference] and form.others == []
    for number, idea in enumerate(ideas):
        services.prepare_decision(idea=idea, actor=city.chooser, **(NO if number == 1 else yes()))
    accountability.announce_together(selectors.choice_page(city.chooser, SLUG).decisions, actor=city.chooser)
    drain_outbox()


def test_a_vote_that_prepares_answers_retains_as_many_as_the_space_chooses(city):  # noqa: F811
    ideas = studied(city, 3)
    ballot = voted(city, ideas, [3, 2, 1], retained=[])
    ballot.frozen_at = None

    def refusals(seats):
        ballot.seats = seats
        return [fault for fault in faults_before_opening(ballot, 40) if "à choisir" in fault]

    assert refusals(2) == [] and len(refusals(3)) == 1 and "2 idées" in refusals(3)[0]
    assert "prepares_decisions" in RulesForm(ballot).fields
    ballot.space.chosen_count = None
    assert "prepares_decisions" not in RulesForm(ballot).fields
