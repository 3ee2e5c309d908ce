"""Beside a choice, a jury and a cohort: a refusal is appealed once, reopened by a condition, and a "later" comes back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ideas import selectors, services
from ideas.models import CohortPerson, Idea, IdeaSupport
from ideas.services import plan_milestones
from ideas.services.reopening import revisit_due
from src.accountability import services as accountability
from src.accountability.models import ReopeningCondition
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.services.starting import active_process
from tests.factories.directory import AgentFactory, grant
from tests.factories.ideas import NO, IdeaFactory, make_city, yes
from tests.factories.participation import grant_in_space
from tests.factories.workflow import default_process

from .test_reopening import LATER, MET, close, fresh, later

pytestmark = pytest.mark.django_db
NEW = "Un autre service prête le matériel : il ne reste rien à acheter."
KINDS = {"choose-together": "in_review", "jury-call": "in_review", "cohort": "in_review"}


def made(kind):
    """A space of this kind, with two people who decide for its cell, and somebody who runs it."""
    default_process()
    own = {"cohort_seats": 3, "identity_modes": ["named"]} if kind == "cohort" else {"chosen_count": 1}
    city = make_city(process=active_process(kind), slug=kind, name="Appel", kind=kind, **own)
    city.chooser, city.second = AgentFactory(first_name="Farid"), AgentFactory(first_name="Ada")
    for person in (city.chooser, city.second):
        grant(person, Role.DECISION_MAKER, city.box.steering_unit)
    city.helper = AgentFactory(roles=[(Role.FACILITATOR, None)])
    if kind == "cohort":
        day = clock.today() + timedelta(days=60)
        plan_milestones(city.box, steps=[(day, "Premier essai")], demo_day=day)
    for juror in AgentFactory.create_batch(3):
        grant_in_space(juror, Role.INSTRUCTOR, city.box)
    return city


def waiting(city, **values):
    """An idea studied by two people, which waits for its answer."""
    idea = IdeaFactory(
        space=city.box,
        stage="decision_pending",
        direction=city.direction,
        unit=city.box.steering_unit,
        sent_days_ago=30,
        **values,
    )
    if city.box.cohort_seats:
        today, person = clock.today(), idea.author
        agreed = {"asked_on": today, "consented_on": today, "released_from": today, "released_by": city.moderator}
        CohortPerson.objects.create(idea=idea, space=city.box, user=person, **agreed)
    return idea


def announced(city, refusal=NO, supporters=(), **values):
    """The answers of a space given together: one chosen where it chooses, and this one refused."""
    idea = waiting(city, **values)
    IdeaSupport.objects.bulk_create([IdeaSupport(idea=idea, user=user) for user in supporters])
    decisions = [services.prepare_decision(idea=idea, actor=city.chooser, **refusal)]
    if city.box.chosen_count:
        decisions.append(services.prepare_decision(idea=waiting(city), actor=city.chooser, **yes()))
    accountability.announce_together(decisions, actor=city.chooser)
    drain_outbox()
    return fresh(idea)


def studied_again(city, idea):
    """From the study to the answer, by those who run the space."""
    services.close_study(idea=fresh(idea), actor=city.helper, late_text="Déjà évaluée avant l'appel.")
    drain_outbox()
    return fresh(idea)


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_is_appealed_once_and_answered_by_another(kind):
    city = made(kind)
    idea = announced(city, author=city.author)
    with pytest.raises(PermissionDenied):
        services.appeal_answer(idea=idea, actor=city.colleague, text=NEW)

    services.appeal_answer(idea=idea, actor=city.author, text=NEW)
    again = studied_again(city, idea)

    assert again.owed.promised_on == clock.today() + timedelta(days=30)
    with pytest.raises(TransitionNotAllowed):
        services.prepare_decision(idea=again, actor=city.chooser, **NO)
    services.prepare_decision(idea=again, actor=city.second, **NO)
    services.announce_decision(idea=fresh(again), actor=city.second)
    last = fresh(again)
    assert (last.stage_kind, last.decision.decided_by) == ("declined", city.second)
    with pytest.raises(TransitionNotAllowed):
        services.appeal_answer(idea=last, actor=city.author, text=NEW)
    drain_outbox()


@pytest.mark.parametrize(("kind", "stage"), [("choose-together", "accepted"), ("jury-call", "accepted"), ("cohort", "cohort")])  # fmt: skip
def test_an_appeal_may_end_by_a_yes_besides_those_chosen_and_by_a_seat_in_a_cohort(kind, stage):
    city = made(kind)
    idea = announced(city, author=city.author)
    services.appeal_answer(idea=idea, actor=city.author, text=NEW)
    again = studied_again(city, idea)

    services.prepare_decision(idea=again, actor=city.second, **yes())
    services.announce_decision(idea=fresh(again), actor=city.second)
    drain_outbox()

    kinds = list(Idea.objects.filter(space=city.box).values_list("stage_kind", flat=True))
    assert fresh(again).stage_kind == stage
    assert kinds.count("selected") == (1 if city.box.chosen_count else 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_condition_met_reopens_what_was_refused_there(kind):
    city = made(kind)
    supporters = AgentFactory.create_batch(3)
    idea = announced(city, supporters=supporters)
    condition = ReopeningCondition.objects.get(decision=idea.decision)

    opened = services.meet_condition(idea=idea, condition=condition, actor=city.second, text=MET)
    for person in supporters:
        services.answer_reopening(opened=opened, actor=person, wish="yes")

    assert close(opened).state == "reopened"
    assert fresh(idea).stage_kind == KINDS[kind]
    assert selectors.idea_page(city.colleague, idea.reference).row.reference == idea.reference
    drain_outbox()


@pytest.mark.parametrize("kind", KINDS)
def test_a_later_comes_back_at_its_date_and_the_same_person_may_answer(kind):
    city = made(kind)
    promised = clock.today() + timedelta(days=90)
    idea = announced(city, refusal=LATER | {"revisit_on": promised})
    with later(40):
        assert revisit_due(clock.now()) == 0
    with later(61):
        assert revisit_due(clock.now()) == 1
        drain_outbox()
        again = studied_again(city, idea)
        assert again.owed.promised_on == promised
        services.prepare_decision(idea=again, actor=city.chooser, **NO)
        services.announce_decision(idea=fresh(again), actor=city.chooser)
        assert fresh(again).stage_kind == "declined"
        drain_outbox()


def test_before_the_choice_a_first_yes_is_given_by_the_choice_alone():
    city = made("choose-together")
    first, second = waiting(city), waiting(city)
    decisions = [services.prepare_decision(idea=one, actor=city.chooser, **yes()) for one in (first, second)]

    with pytest.raises(TransitionNotAllowed):
        accountability.announce_together(decisions, actor=city.chooser)

    assert not Idea.objects.filter(stage_kind__in=["selected", "accepted"]).exists()
    drain_outbox()


def test_what_came_after_the_choice_finds_no_way_round_the_number_that_was_told():
    city = made("choose-together")
    announced(city)
    late = waiting(city)
    decision = services.prepare_decision(idea=late, actor=city.chooser, **yes())

    with pytest.raises(TransitionNotAllowed):
        services.announce_decision(idea=fresh(late), actor=city.chooser)

    assert (fresh(late).stage_kind, decision.batch.announced_at) == ("decision_pending", None)
    drain_outbox()


def test_an_appeal_waiting_neither_holds_up_a_choice_nor_waits_for_it():
    city = made("choose-together")
    early = IdeaFactory(
        space=city.box, stage="countersign", unit=city.box.steering_unit, author=city.author, sent_days_ago=20
    )
    grant(city.helper, Role.INSTRUCTOR, city.box.steering_unit)
    draft = accountability.prepare_decision(
        actor=city.helper,
        subject_kind="idea",
        subject_reference=early.reference,
        unit=early.unit,
        fast_lane=True,
        **NO,
    )
    services.countersign(idea=early, actor=city.chooser)
    assert draft.subject_reference == early.reference
    services.appeal_answer(idea=fresh(early), actor=city.author, text=NEW)
    decisions = [services.prepare_decision(idea=waiting(city), actor=city.chooser, **yes())]

    # Its answer is given first, apart: a "no" takes nothing from the choice.
    services.prepare_decision(idea=studied_again(city, early), actor=city.second, **NO)
    services.announce_decision(idea=fresh(early), actor=city.second)
    accountability.announce_together(decisions, actor=city.chooser)

    assert fresh(early).stage_kind == "declined"
    assert Idea.objects.filter(space=city.box, stage_kind="selected").count() == 1
    drain_outbox()


def test_the_page_of_a_choice_says_that_it_is_announced_and_leaves_appeals_to_their_own_page(client):
    city = made("choose-together")
    idea = announced(city, author=city.author)
    services.appeal_answer(idea=idea, actor=city.author, text=NEW)
    studied_again(city, idea)
    client.force_login(city.second)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"

    page = client.get(reverse("ideas:choice", args=["choose-together"])).content.decode()
    step = client.get(f"{idea.get_absolute_url()}etape/decide_declined/").content.decode()

    assert "Ce choix est annoncé" in page
    assert selectors.choices_of(city.second) == []
    assert "Relire et annoncer" in step
    drain_outbox()
