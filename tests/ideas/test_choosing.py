"""Collect, study, choose: exactly k are announced, with the answers to all the others studied."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from ideas import selectors, services
from ideas.kinds import CHOOSE_TOGETHER
from ideas.models import Idea
from src.accountability import services as accountability
from src.accountability.models import Decision
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.models import Space
from src.participation.services.from_kind import create_from_kind
from src.participation.services.spaces import change_space, make_public, what_is_missing
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.services.starting import active_process
from tests.factories.directory import AgentFactory, UnitFactory, grant
from tests.factories.ideas import ANSWER, BODY, NO, IdeaFactory, make_city, yes
from tests.factories.workflow import default_process

pytestmark = pytest.mark.django_db
SLUG = "services-sobres"


@pytest.fixture
def city():
    default_process()
    city = make_city(
        process=active_process("choose-together"),
        chosen_count=2,
        slug=SLUG,
        name="Services sobres",
        kind="choose-together",
    )
    # One cell decides for all: its own decision-maker.
    city.chooser = AgentFactory(first_name="Farid", last_name="Oudin", job_title="directeur")
    grant(city.chooser, Role.DECISION_MAKER, city.box.steering_unit)
    return city


def studied(city, count, **values):
    """Ideas whose study is over, waiting for the choice."""
    return [
        IdeaFactory(space=city.box, stage="decision_pending", direction=city.direction, unit=city.box.steering_unit, **values)
        for _ in range(count)
    ]  # fmt: skip


def prepare(city, ideas, chosen):
    for number, idea in enumerate(ideas):
        services.prepare_decision(idea=idea, actor=city.chooser, **(yes() if number < chosen else NO))
    return selectors.choice_page(city.chooser, SLUG)


def stages(city):
    return sorted(Idea.objects.filter(space=city.box).values_list("stage_kind", flat=True))


def test_an_idea_walks_from_the_proposal_to_the_choice(city):
    receipt = services.submit_idea(actor=city.author, space=city.box, body=BODY, identity_mode="named")
    idea = receipt.idea
    assert idea.unit == city.box.steering_unit
    helper = AgentFactory(roles=[(Role.FACILITATOR, None)])
    services.screen(idea=idea, actor=city.moderator)
    services.shortlist(idea=idea, actor=helper, text="Chiffrer le gain.")
    services.start_study(idea=idea, actor=helper, assessors=city.assessors[:2])
    for assessor in city.assessors[:2]:
        services.assess(idea=idea, actor=assessor, feasibility=3, cost=2, note="Faisable avec le matériel en place.")
    services.close_study(idea=idea, actor=helper)
    other = studied(city, 1)[0]

    page = prepare(city, [idea, other], 2)
    assert [row.score for row in page.candidates if row.reference == idea.reference] == [2.5]
    accountability.announce_together(page.decisions, actor=city.chooser)
    drain_outbox()

    idea = Idea.objects.get(pk=idea.pk)
    assert [entry.to_kind for entry in idea.journal.order_by("id")] == [
        "open", "shortlisted", "in_review", "decision_pending", "selected",
    ]  # fmt: skip
    assert idea.owed.answered_on is not None
    with translation.override("fr"):
        shown = selectors.idea_page(city.colleague, idea.reference)
        assert (shown.row.step_label, shown.answer.opening) == ("Décidée : choisie", "Oui.")
    assert (shown.row.outcome, [step.state for step in shown.timeline][:3]) == (
        "accepted",
        ["done", "done", "current"],
    )
    assert [row.reference for row in selectors.idea_list(city.colleague, outcome="accepted").rows] == sorted(
        [idea.reference, other.reference]
    )


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (0, "0 idée choisie, le choix en demande 2 : il en manque 2."),
        (1, "1 idée choisie, le choix en demande 2 : il en manque 1."),
        (3, "3 idées choisies, le choix en demande 2 : il y en a 1 de trop."),
    ],
)
def test_one_more_or_one_less_is_refused_in_words_by_every_door(client, city, chosen, sentence):
    page = prepare(city, studied(city, 4), chosen)
    client.force_login(city.chooser)

    with translation.override("fr"):
        assert page.count.refusal == sentence.replace(" :", "\u00a0:")
        with pytest.raises(TransitionNotAllowed) as refusal:
            accountability.announce_together(page.decisions, actor=city.chooser)
        assert str(refusal.value) == sentence.replace(" :", "\u00a0:")
    for action in ("review", "announce"):
        sent = {"action": action, "idea": [decision.subject_reference for decision in page.decisions]}
        assert client.post(reverse("ideas:choice", args=[SLUG]), sent).status_code == 422
    sent = {"confirm": "1", "idea": [decision.subject_reference for decision in page.decisions]}
    assert client.post(reverse("ideas:announcements"), sent).status_code == 409
    assert stages(city) == ["decision_pending"] * 4


def test_nobody_studied_is_left_without_an_answer(client, city):
    ideas = studied(city, 4)
    IdeaFactory(space=city.box, stage="in_review", unit=city.box.steering_unit)
    prepare(city, ideas[:3], 2)
    client.force_login(city.chooser)

    with translation.override("fr"):
        page = client.post(reverse("ideas:choice", args=[SLUG]), {"action": "review"})

    assert page.status_code == 422
    assert page.context["page"].count.unanswered == 2
    assert (page.context["page"].still_studied, len(page.context["page"].without_answer)) == (1, 1)
    with pytest.raises(TransitionNotAllowed):
        accountability.announce_together(page.context["page"].decisions, actor=city.chooser)


def test_a_choice_of_more_than_ten_is_announced_in_slices_and_read_again_first(client, city):
    page = prepare(city, studied(city, 13), 2)
    client.force_login(city.chooser)
    url = reverse("ideas:choice", args=[SLUG])

    confirm = client.post(url, {"action": "review"})
    assert (confirm.status_code, len(confirm.context["chosen"])) == (200, 13)
    assert [row.decision.outcome for row in confirm.context["chosen"][:2]] == ["accepted", "accepted"]
    done = client.post(url, {"action": "announce", "idea": [row.reference for row in confirm.context["chosen"]]})

    assert (done.status_code, done.url) == (303, f"/idees/?boite={SLUG}")
    drain_outbox()
    assert stages(city) == ["declined"] * 11 + ["selected"] * 2
    assert len({decision.batch_id for decision in Decision.objects.all()}) == 1
    assert all(idea.owed.answered_on for idea in Idea.objects.select_related("owed"))
    again = client.post(url, {"action": "announce", "idea": [row.reference for row in page.candidates]})
    assert again.status_code == 409


def test_an_answer_rewritten_meanwhile_is_not_announced_unread(client, city):
    ideas = studied(city, 3)
    prepare(city, ideas, 2)
    client.force_login(city.chooser)

    refused = client.post(
        reverse("ideas:choice", args=[SLUG]), {"action": "announce", "idea": [idea.reference for idea in ideas[:2]]}
    )

    assert refused.status_code == 422
    assert stages(city) == ["decision_pending"] * 3


def test_the_same_answer_is_prepared_for_those_not_chosen_all_or_none(client, city):
    ideas = studied(city, 4)
    client.force_login(city.chooser)
    url = reverse("ideas:choice", args=[SLUG])
    answer = {"text": ANSWER, "reason": "budget", "reopening_conditions": "Un budget plus grand."}

    empty = client.post(url, {"action": "not_chosen", "text": ANSWER})
    assert empty.status_code == 422
    assert sorted(empty.context["form"].errors) == ["ideas", "reason", "reopening_conditions"]
    assert ANSWER in empty.content.decode()
    done = client.post(url, {"action": "not_chosen", "ideas": [idea.reference for idea in ideas[:3]], **answer})

    assert done.status_code == 303
    assert list(Decision.objects.order_by("pk").values_list("outcome", flat=True)) == ["declined"] * 3
    assert len(client.get(url).context["page"].without_answer) == 1
    # The one already answered isn't offered again.
    assert client.post(url, {"action": "not_chosen", "ideas": [ideas[0].reference], **answer}).status_code == 422


def test_the_choice_belongs_to_those_who_decide_for_the_cell(client, city):
    studied(city, 2)
    url = reverse("ideas:choice", args=[SLUG])
    found = {}
    for name in ("chooser", "decider", "correspondent", "moderator", "colleague"):
        client.force_login(getattr(city, name))
        found[name] = client.get(url).status_code
    client.logout()

    assert found == {"chooser": 200, "decider": 403, "correspondent": 403, "moderator": 403, "colleague": 403}
    assert client.get(url).status_code == 302
    client.force_login(city.chooser)
    assert client.get(reverse("ideas:choice", args=["nulle-part"])).status_code == 404
    workshop = client.get(reverse("ideas:workshop"))
    assert list(workshop.context["choices"]) == [city.box]


def test_nobody_announces_a_choice_that_holds_their_own_idea(client, city):
    own = IdeaFactory(
        space=city.box, stage="decision_pending", unit=city.box.steering_unit, author=city.chooser, protected=True
    )
    prepare(city, studied(city, 2), 2)
    # The relay has written whose it is.
    drain_outbox()
    client.force_login(city.chooser)

    page = client.post(reverse("ideas:choice", args=[SLUG]), {"action": "review"})

    assert page.status_code == 422
    assert own.reference not in page.content.decode()
    with pytest.raises(PermissionDenied):
        services.prepare_decision(idea=own, actor=city.chooser, **yes())


def test_a_yes_beside_the_choice_has_no_way(city):
    idea = IdeaFactory(space=city.box, stage="open", unit=city.direction)

    with pytest.raises(TransitionNotAllowed):
        services.draft_fast_answer(idea=idea, actor=city.correspondent, **yes())
    services.draft_fast_answer(idea=idea, actor=city.correspondent, **NO)
    services.countersign(idea=idea, actor=city.delegate)

    idea.refresh_from_db()
    assert idea.stage_kind == "declined"
    drain_outbox()


def test_prepared_answers_leave_no_trace_for_others(client, city):
    ideas = studied(city, 2)
    client.force_login(city.colleague)
    pages = [f"/idees/?boite={SLUG}", ideas[0].get_absolute_url(), "/api/v1/ideas/"]
    for page in pages:
        client.get(page)
    before = [_still(client.get(page).content) for page in pages]

    prepare(city, ideas, 2)

    assert [_still(client.get(page).content) for page in pages] == before


def _still(content):
    """The page without what is drawn anew for each answer: security tokens."""
    return re.sub(rb'(value="[\w-]{64}"|name="token" value="[\w-]+")', b"", content)


def test_the_database_never_lets_one_more_be_chosen_nor_the_number_change_afterwards(city):
    ideas = studied(city, 3)
    chosen = city.box.process.stages.get(slug="selected")

    def choose(idea):
        Idea.objects.filter(pk=idea.pk).update(stage=chosen, stage_kind=StageKind.SELECTED)

    choose(ideas[0])
    choose(ideas[1])
    for attempt in (lambda: choose(ideas[2]), lambda: Space.objects.filter(pk=city.box.pk).update(chosen_count=3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert str(CHOOSE_TOGETHER.settled(city.box))


def test_a_choice_needs_somebody_who_decides_before_it_opens(city):
    space = create_from_kind(
        CHOOSE_TOGETHER, name="Services sobres 2", slug="sobres-2", steering_unit=UnitFactory(), starts_on=clock.today(),
        days=30, chosen_count=5,
    )  # fmt: skip

    assert (space.chosen_count, space.is_draft, len(what_is_missing(space))) == (5, True, 1)
    phases = list(space.phases.order_by("starts_at"))
    assert [phase.verbs for phase in phases] == [["propose", "support", "comment"], ["support", "comment"]]
    assert phases[0].ends_at == phases[1].starts_at == clock.start_of_day(clock.today() + timedelta(days=30))
    grant(AgentFactory(), Role.DECISION_MAKER, space.steering_unit)
    assert make_public(space).is_draft is False
    assert change_space(space, chosen_count=6).chosen_count == 6
    drain_outbox()
