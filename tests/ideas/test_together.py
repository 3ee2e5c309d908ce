"""Répondre ensemble: one text, several ideas that stay apart, each with its decision, its promise and its guard."""

import pytest
from django.core.exceptions import ValidationError

from ideas import selectors, services
from ideas.models import AnswerTemplate, Idea
from ideas.services.templates import save_answer_template
from src.accountability.models import AnnouncementBatch, Decision
from src.directory.models import User
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory, grant
from tests.factories.ideas import ANSWER, IdeaFactory, yes

pytestmark = pytest.mark.django_db
ALREADY = {"outcome": "already_done", "reason": "deja", "text": ANSWER}


def fresh(idea):
    return Idea.objects.select_related("owed", "unit", "transfer_to", "space", "counts").get(pk=idea.pk)


def waiting(city, stage="qualified", scale="already_done", **values):
    return IdeaFactory(space=city.box, stage=stage, direction=city.direction, scale=scale, sent_days_ago=10, **values)


def drafted(city, count=3, **values):
    ideas = [waiting(city, **values) for _ in range(count)]
    services.draft_together(ideas=ideas, actor=city.assessors[0], **ALREADY)
    return [fresh(idea) for idea in ideas]


def test_one_answer_is_drafted_signed_and_announced_for_several_ideas_that_stay_apart(city):
    one, two, three = (waiting(city) for _ in range(3))

    services.draft_together(ideas=[one, two, three], actor=city.assessors[0], **ALREADY)

    assert {fresh(idea).stage_kind for idea in (one, two, three)} == {"countersign"}
    assert (AnnouncementBatch.objects.count(), Decision.objects.prepared().count()) == (1, 3)
    assert {other.pk for other in selectors.drafted_with(city.delegate, fresh(one))} == {two.pk, three.pk}

    services.countersign_together(ideas=[fresh(one), fresh(two), fresh(three)], actor=city.delegate)

    answered = [fresh(idea) for idea in (one, two, three)]
    assert {idea.stage_kind for idea in answered} == {"already_done"}
    assert {idea.owed.answered_on for idea in answered} == {clock.today()}
    assert len({idea.decision_id for idea in answered}) == 3
    assert {idea.decision.text for idea in answered} == {ANSWER}
    assert AnnouncementBatch.objects.filter(announced_at__isnull=False).count() == 1
    page = selectors.idea_page(city.colleague, one.reference)
    assert sorted(title for title, _url in page.also_given) == sorted([two.title, three.title])
    drain_outbox()
    assert InboxItem.objects.filter(user=one.author, code="ideas.answered").count() == 1


def test_ideas_that_cannot_are_refused_by_name_and_the_others_wait(city):
    mine = waiting(city, author=city.assessors[0])
    project = waiting(city, scale="project")
    good, other = waiting(city), waiting(city)

    with pytest.raises(services.SomeRefused) as refusal:
        services.draft_together(ideas=[mine, project, good, other], actor=city.assessors[0], **ALREADY)

    assert set(refusal.value.refused) == {mine.reference, project.reference}
    assert mine.title in refusal.value.messages[0]
    assert "Vous avez écrit cette idée" in refusal.value.messages[0]
    assert {fresh(idea).stage_kind for idea in (mine, project, good, other)} == {"qualified"}
    assert Decision.objects.count() == 0


def test_a_signature_leaves_out_the_drafts_that_are_not_one_s_to_sign(city):
    own, one, two = waiting(city, author=city.delegate), waiting(city), waiting(city)
    services.draft_together(ideas=[own, one, two], actor=city.assessors[0], **ALREADY)
    own, one, two = fresh(own), fresh(one), fresh(two)

    assert {idea.pk for idea in selectors.drafted_with(city.delegate, one)} == {two.pk}
    with pytest.raises(services.SomeRefused) as refusal:
        services.countersign_together(ideas=[own, one, two], actor=city.delegate)
    assert set(refusal.value.refused) == {own.reference}
    services.countersign_together(ideas=[one, two], actor=city.delegate)

    assert [fresh(idea).stage_kind for idea in (own, one, two)] == ["countersign", "already_done", "already_done"]
    drain_outbox()


def test_one_of_them_is_signed_alone_and_the_others_keep_waiting(city):
    one, two, _three = drafted(city)

    services.countersign(idea=one, actor=city.delegate)

    assert (fresh(one).stage_kind, fresh(two).stage_kind) == ("already_done", "countersign")
    assert Decision.objects.prepared().count() == 2
    drain_outbox()


def test_nobody_signs_what_they_drafted_together(city):
    grant(city.assessors[0], "delegate", city.direction)
    ideas = drafted(city, count=2)

    with pytest.raises(services.SomeRefused, match="Vous avez rédigé cette réponse"):
        services.countersign_together(ideas=ideas, actor=User.objects.get(pk=city.assessors[0].pk))
    drain_outbox()


def test_a_line_of_management_is_refused_idea_by_idea_with_the_constant_sentence(city):
    boss = AgentFactory(unit=city.direction, is_manager=True, roles=[("decision_maker", city.direction)])
    drafter = AgentFactory(unit=city.direction, is_manager=True, roles=[("instructor", city.direction)])
    near = waiting(city, author=city.author)
    far, farther = waiting(city), waiting(city)
    services.draft_together(ideas=[near, far, farther], actor=drafter, **ALREADY)

    with pytest.raises(services.SomeRefused) as refusal:
        services.countersign_together(ideas=[fresh(idea) for idea in (near, far, farther)], actor=boss)

    assert set(refusal.value.refused) == {near.reference}
    assert AuditEntry.objects.filter(verb="ideas.hierarchy.refused").count() == 1
    services.countersign_together(ideas=[fresh(far), fresh(farther)], actor=boss)
    drain_outbox()


def test_decisions_are_prepared_together_and_nothing_shows(city):
    one, two = (waiting(city, stage="decision_pending", scale="project") for _ in range(2))
    before = selectors.idea_page(city.colleague, one.reference)

    batch = services.prepare_together(ideas=[one, two], actor=city.decider, **yes())

    after = selectors.idea_page(city.colleague, one.reference)
    assert batch.decisions.count() == 2
    assert (after.answer, after.also_given, after.row) == (None, [], before.row)
    assert {fresh(idea).stage_kind for idea in (one, two)} == {"decision_pending"}
    drain_outbox()


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_is_refused_with_the_way_to_do_it(city, count):
    ideas = [waiting(city) for _ in range(count)]

    with pytest.raises(ValidationError, match="Cochez au moins deux idées"):
        services.draft_together(ideas=ideas, actor=city.assessors[0], **ALREADY)


def test_an_author_who_withdraws_leaves_the_others_together(city):
    one, two, three = drafted(city)
    services.withdraw(idea=one, actor=one.author)

    with pytest.raises(services.SomeRefused) as refusal:
        services.countersign_together(ideas=[fresh(idea) for idea in (one, two, three)], actor=city.delegate)
    assert set(refusal.value.refused) == {one.reference}
    services.countersign_together(ideas=[fresh(two), fresh(three)], actor=city.delegate)

    assert Decision.objects.announced().count() == 2
    drain_outbox()


def test_the_same_post_twice_answers_once(city):
    ideas = drafted(city)
    services.countersign_together(ideas=ideas, actor=city.delegate)

    with pytest.raises(services.SomeRefused):
        services.countersign_together(ideas=[fresh(idea) for idea in ideas], actor=city.delegate)
    with pytest.raises(TransitionNotAllowed):
        services.countersign(idea=fresh(ideas[0]), actor=city.decider)
    assert Decision.objects.count() == 3
    drain_outbox()


def test_ready_made_answers_are_those_of_the_unit_of_those_above_and_of_the_city(city):
    values = {"actor": city.decider, "text": "Cela existe déjà."}
    for name, unit in (("ville", None), ("direction", city.direction), ("ailleurs", city.other)):
        save_answer_template(name=name, unit=unit, **values)
    save_answer_template(name="retiré", is_offered=False, **values)

    offered = selectors.templates_for([fresh(waiting(city)), fresh(waiting(city))])

    assert [template.name for template in offered] == ["direction", "ville"]
    with pytest.raises(ValidationError, match="déjà un modèle"):
        save_answer_template(name="ville", **values)
    with pytest.raises(ValidationError, match="au plus"):
        save_answer_template(name="long", actor=city.decider, text="a" * 1201)
    assert AnswerTemplate.objects.count() == 4
