"""An idea's walk through the shipped process, step by step, by the people it takes."""

import uuid

import pytest

from ideas import selectors, services
from ideas.models import Idea
from src.foundations import outbox
from src.foundations.testing import drain_outbox
from tests.factories.ideas import make_city, yes

pytestmark = pytest.mark.django_db

BODY = "Chaque équipe refait la même inspection trois fois par jour, sur trois feuilles différentes."


@pytest.fixture
def city():
    return make_city()


def test_project_walks_from_proposal_to_announced_decision(city):
    receipt = services.submit_idea(
        actor=city.author, space=city.box, title="Un carnet d'entretien partagé", body=BODY, identity_mode="named"
    )
    idea = receipt.idea
    services.screen(idea=idea, actor=city.moderator)
    services.orient(idea=idea, actor=city.correspondent, direction=city.direction, scale="project")
    services.start_study(idea=idea, actor=city.correspondent, assessors=city.assessors[:2])
    for assessor in city.assessors[:2]:
        services.assess(idea=idea, actor=assessor, feasibility=3, note="Faisable avec le matériel en place.")
    services.close_study(idea=idea, actor=city.correspondent)
    services.prepare_decision(idea=idea, actor=city.decider, **yes())
    services.announce_decision(idea=idea, actor=city.decider)
    outbox.drain(raising=True)

    idea = Idea.objects.get(pk=idea.pk)
    assert [entry.to_kind for entry in idea.journal.order_by("id")] == [
        "open",
        "qualified",
        "in_review",
        "decision_pending",
        "accepted",
    ]
    page = selectors.idea_page(city.colleague, idea.reference)
    assert page.answer.opening == "Oui."
    assert page.answer.signed_by == "Sophie Lantier, cheffe du service"
    assert page.row.step_label == "Décidée : oui"
    assert idea.owed.answered_on is not None
    assert page.row.reference == receipt.reference


def test_submission_token_sent_ten_times_leaves_one_idea(city):
    token = uuid.uuid4()

    receipts = [
        services.submit_idea(actor=city.author, space=city.box, body=BODY, submission_token=token) for _ in range(10)
    ]

    assert {receipt.reference for receipt in receipts} == {Idea.objects.get().reference}
    assert [receipt.is_new for receipt in receipts] == [True] + [False] * 9
    drain_outbox()
