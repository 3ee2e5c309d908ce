"""Ten minutes after each step: nobody is told yet, and whoever took it may go back; then nobody hears of either."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from ideas import services
from ideas.models import Idea, IdeaJournalEntry
from ideas.selectors import idea_page, workshop
from src.accountability.models import OwedPause, ResponseOwed
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock, outbox
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem, MailMessage
from src.workflow import jobs
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.models import Transition
from src.workflow.services import take_back
from tests.factories.ideas import ANSWER, IdeaFactory, yes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hold(settings):
    settings.TERRAIN_HOLD_MINUTES = 10


def fresh(idea):
    return Idea.objects.select_related("owed", "unit", "transfer_to", "space", "counts", "owner").get(pk=idea.pk)


def inbox():
    rows = InboxItem.objects.select_related("user").order_by("pk")
    return sorted((row.user.username if row.user_id else "handle", row.code) for row in rows)


def over(time_machine, minutes=11):
    """The hold passes, and the relay turns."""
    time_machine.shift(timedelta(minutes=minutes))
    drain_outbox()


def last(idea):
    return idea.journal.order_by("-id").first()


def state(idea):
    """All that a return must put back."""
    idea = fresh(idea)
    columns = ("stage", "stage_kind", "stage_since", "unit", "direction", "service", "owner", "scale", "transfer_to")
    owed = ResponseOwed.objects.values("unit", "owner", "promised_on", "paused_on", "paused_until").get(
        pk=idea.owed_id
    )
    seats = sorted(idea.assessors.values_list("user_id", "is_late"))
    return [getattr(idea, name) for name in columns], owed, OwedPause.objects.count(), seats


def started(city, stage, **values):
    idea = IdeaFactory(space=city.box, stage=stage, direction=city.direction, author=city.author, **values)
    if stage == "in_review":
        for person in city.assessors[:2]:
            idea.assessors.create(user=person, asked_at=clock.now(), due_on=clock.today())
    return idea


def steps(city):
    """A step, the stage it leaves, and who takes it."""
    reason = {"text": "Il manque le chiffrage des travaux du portail."}
    answer = {"outcome": "already_done", "text": ANSWER}
    orient = {"direction": city.direction, "service": city.service, "scale": "project", "owner": None}
    return [
        ("submitted", "screen", city.moderator, {}),
        ("submitted", "ask_screening", city.moderator, {"text": "De quel portail parlez-vous exactement ?"}),
        ("open", "orient", city.correspondent, orient),
        ("qualified", "start_study", city.correspondent, {"assessors": city.assessors[:2]}),
        ("qualified", "propose_transfer", city.correspondent, {"direction": city.other, **reason}),
        ("qualified", "draft", city.correspondent, answer),
        ("in_review", "close_study", city.correspondent, {"late_text": "Deux évaluations manquent, on avance."}),
        ("in_review", "ask_study", city.correspondent, {"text": "De quel portail parlez-vous exactement ?"}),
        ("decision_pending", "more_study", city.decider, reason),
    ]


def transition(idea, form_slug):
    """The shipped process names its steps as it likes: found by what they are here."""
    wanted = {
        "screen": ("", "open"),
        "ask_screening": ("question", "needs_info"),
        "orient": ("orientation", "qualified"),
        "start_study": ("study", "in_review"),
        "propose_transfer": ("transfer", "transferred"),
        "draft": ("fast_answer", "countersign"),
        "close_study": ("close_study", "decision_pending"),
        "ask_study": ("question", "needs_info"),
        "more_study": ("reason", "in_review"),
    }[form_slug]
    ways = Transition.objects.filter(process=idea.process, from_stage=idea.stage, form=wanted[0])
    return next(way.slug for way in ways if way.to_stage.kind == wanted[1] and way.who != ["system"])


@pytest.mark.parametrize("position", range(9))
def test_each_step_taken_back_leaves_all_as_it_was_and_tells_nobody(city, time_machine, position):
    time_machine.move_to(clock.now(), tick=False)
    stage, name, actor, data = steps(city)[position]
    values = {"scale": "quick_fix"} if name == "draft" else {}
    idea = started(city, stage, **values)
    before = state(idea)
    time_machine.shift(timedelta(minutes=3))

    services.perform(idea=fresh(idea), transition=transition(idea, name), actor=actor, data=data)
    drain_outbox()
    assert state(idea) != before
    step = last(idea)
    time_machine.shift(timedelta(minutes=9))
    take_back(fresh(idea), step.pk, actor=actor)

    assert state(idea) == before
    kinds = list(idea.journal.order_by("id").values_list("from_kind", "to_kind", "transition_slug"))
    assert kinds[-1] == (step.to_kind, step.from_kind, "taken-back")
    over(time_machine, 60)
    assert inbox() == []
    assert MailMessage.objects.count() == 0


def test_what_is_kept_is_told_after_ten_minutes_in_inbox_and_mail_alike(city, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    idea = started(city, "open")
    services.orient(idea=fresh(idea), actor=city.correspondent, direction=city.direction, scale="project")
    drain_outbox()
    assert fresh(idea).stage_kind == "qualified"  # the page says it at once

    over(time_machine, 9)
    assert (inbox(), MailMessage.objects.count()) == ([], 0)
    over(time_machine, 2)
    assert (city.author.username, "ideas.oriented") in inbox()
    assert MailMessage.objects.filter(user=city.author).exists()

    with pytest.raises(TransitionNotAllowed):
        take_back(fresh(idea), last(idea).pk, actor=city.correspondent)


def test_a_protected_author_is_held_as_long(city, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    idea = started(city, "open", protected=True)
    services.orient(idea=fresh(idea), actor=city.correspondent, direction=city.direction, scale="project")
    over(time_machine, 9)
    assert inbox() == []
    over(time_machine, 2)
    assert ("handle", "ideas.oriented") in inbox()


def test_a_step_of_a_sealed_author_waits_too_and_leaves_no_way_back(city, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    idea = started(city, "needs_info_screening", protected=True)
    author = as_viewer(city.author)
    author.__dict__["_loaded_facts"] = {"own_handles": [idea.handle]}
    services.answer_question(idea=fresh(idea), actor=author, text="Celui du dépôt, rue des Clos.")
    told = OutboxEvent.objects.get(topic="workflow.told")
    assert told.not_before == clock.now() + timedelta(minutes=10)
    assert "before" not in told.payload
    with pytest.raises(PermissionDenied):
        take_back(fresh(idea), last(idea).pk, actor=city.author)
    over(time_machine)


def test_only_the_person_who_took_it_goes_back(city):
    idea = started(city, "submitted")
    services.screen(idea=fresh(idea), actor=city.moderator)
    for somebody in (city.correspondent, city.author, city.colleague):
        with pytest.raises(PermissionDenied):
            take_back(fresh(idea), last(idea).pk, actor=somebody)
    drain_outbox()


def test_whoever_lost_the_role_meanwhile_goes_back_on_nothing(city):
    idea = started(city, "submitted")
    services.screen(idea=fresh(idea), actor=city.moderator)
    city.moderator.rolegrants.all().delete()
    with pytest.raises(PermissionDenied):
        take_back(fresh(idea), last(idea).pk, actor=User.objects.get(pk=city.moderator.pk))
    assert fresh(idea).stage_kind == "open"
    assert OutboxEvent.objects.filter(topic="workflow.told").exists()
    drain_outbox()


def test_a_transfer_offers_its_return_on_the_page_that_left_ones_hands(city):
    idea = started(city, "qualified")
    reason = "Les bancs sont posés par l'autre direction."
    services.propose_transfer(idea=fresh(idea), actor=city.correspondent, direction=city.other, text=reason)
    assert idea_page(as_viewer(city.correspondent), idea.reference).held.minutes == 10
    drain_outbox()


def test_a_step_is_not_taken_back_once_another_followed(city):
    idea = started(city, "submitted")
    services.screen(idea=fresh(idea), actor=city.moderator)
    first = last(idea)
    services.orient(idea=fresh(idea), actor=city.correspondent, direction=city.direction, scale="project")
    with pytest.raises(TransitionNotAllowed):
        take_back(fresh(idea), first.pk, actor=city.moderator)
    assert fresh(idea).stage_kind == "qualified"
    drain_outbox()


def test_an_old_step_is_not_taken_back_by_way_of_a_newer_one_to_the_same_stage(city):
    idea = started(city, "submitted")
    services.screen(idea=fresh(idea), actor=city.moderator)
    first = last(idea)
    take_back(fresh(idea), first.pk, actor=city.moderator)
    services.screen(idea=fresh(idea), actor=city.moderator)
    with pytest.raises(TransitionNotAllowed):
        take_back(fresh(idea), first.pk, actor=city.moderator)
    assert fresh(idea).stage_kind == "open"
    drain_outbox()


def test_a_step_others_came_back_to_meanwhile_stands(city):
    idea = started(city, "open")
    reason = "Les bancs sont posés par l'autre direction."
    services.orient(idea=fresh(idea), actor=city.correspondent, direction=city.direction, scale="project")
    first = last(idea)
    services.propose_transfer(idea=fresh(idea), actor=city.correspondent, direction=city.other, text=reason)
    services.refuse_transfer(idea=fresh(idea), actor=city.other_correspondent, text=reason)
    with pytest.raises(TransitionNotAllowed):
        take_back(fresh(idea), first.pk, actor=city.correspondent)
    assert fresh(idea).stage_kind == "qualified"
    drain_outbox()


def test_ten_minutes_are_ten_minutes_even_when_the_relay_is_late(city, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    idea = started(city, "submitted")
    services.screen(idea=fresh(idea), actor=city.moderator)
    time_machine.shift(timedelta(minutes=10))
    with pytest.raises(TransitionNotAllowed):
        take_back(fresh(idea), last(idea).pk, actor=city.moderator)
    drain_outbox()
    assert (city.author.username, "ideas.screened") in inbox()


def test_an_orientation_corrected_by_another_is_not_taken_back(city):
    """It threw away an answer in preparation, maybe: one corrects it by orienting again."""
    idea = started(city, "qualified")
    services.orient(idea=fresh(idea), actor=city.correspondent, direction=city.direction, scale="project")
    assert idea_page(as_viewer(city.correspondent), idea.reference).held is None
    with pytest.raises(TransitionNotAllowed):
        take_back(fresh(idea), last(idea).pk, actor=city.correspondent)
    drain_outbox()


def test_a_study_somebody_already_assessed_goes_on(city):
    idea = started(city, "qualified")
    services.start_study(idea=fresh(idea), actor=city.correspondent, assessors=city.assessors[:2])
    services.assess(idea=fresh(idea), actor=city.assessors[0], impact_users=3, note="Utile tous les jours au dépôt.")
    with pytest.raises(TransitionNotAllowed):
        take_back(fresh(idea), last(idea).pk, actor=city.correspondent)
    assert fresh(idea).stage_kind == "in_review"
    assert OutboxEvent.objects.filter(topic="workflow.told").count() == 1  # the refusal gives the hold back
    drain_outbox()


@pytest.mark.parametrize("name", ["answer", "removal", "withdrawal"])
def test_what_closes_is_never_taken_back(city, name):
    if name == "answer":
        idea = started(city, "decision_pending")
        services.prepare_decision(idea=fresh(idea), actor=city.decider, **yes())
        services.announce_decision(idea=fresh(idea), actor=city.decider)
        actor = city.decider
    elif name == "removal":
        idea, actor = started(city, "submitted"), city.moderator
        text = "Ce texte parle d'une personne nommée."
        services.remove(idea=fresh(idea), actor=actor, reason_code="hors_sujet", text=text)
    else:
        idea, actor = started(city, "open"), city.author
        services.withdraw(idea=fresh(idea), actor=actor)
    with pytest.raises((TransitionNotAllowed, PermissionDenied)):
        take_back(fresh(idea), last(idea).pk, actor=actor)
    drain_outbox()


def test_the_answer_waits_ten_minutes_for_its_author_then_an_hour_for_the_others(city, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    idea = started(city, "decision_pending")
    services.set_follow(idea=fresh(idea), actor=city.colleague, wanted=True)
    services.prepare_decision(idea=fresh(idea), actor=city.decider, **yes())
    services.announce_decision(idea=fresh(idea), actor=city.decider)
    over(time_machine, 9)
    assert inbox() == []
    over(time_machine, 2)
    assert inbox() == [(city.author.username, "ideas.answered")]
    over(time_machine, 58)
    assert len(inbox()) == 1
    over(time_machine, 3)
    assert (city.colleague.username, "ideas.answered.followed") in inbox()


def test_a_city_may_forbid_going_back_in_its_own_process(city):
    idea = started(city, "submitted")
    services.screen(idea=fresh(idea), actor=city.moderator)
    from src.workflow import process_cache

    way = process_cache.graph(idea.process_id).transition(transition(idea, "screen"))
    way.may_go_back = False
    try:
        with pytest.raises(TransitionNotAllowed):
            take_back(fresh(idea), last(idea).pk, actor=city.moderator)
        assert idea_page(as_viewer(city.moderator), idea.reference).held is None
    finally:
        way.may_go_back = True
    drain_outbox()


def test_a_task_done_meanwhile_is_given_to_nobody(city, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    idea = started(city, "submitted")
    services.screen(idea=fresh(idea), actor=city.moderator)
    services.orient(idea=fresh(idea), actor=city.correspondent, direction=city.direction, scale="project")
    over(time_machine)
    codes = {code for _who, code in inbox()}
    assert "ideas.task.orient" not in codes
    assert {"ideas.screened", "ideas.oriented"} <= codes


def test_the_same_step_taken_again_is_told_once_with_its_latest_facts(city, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    idea = started(city, "open")
    services.orient(idea=fresh(idea), actor=city.correspondent, direction=city.direction, scale="project")
    services.orient(
        idea=fresh(idea), actor=city.correspondent, direction=city.direction, service=city.service, scale="project"
    )
    over(time_machine)
    told = InboxItem.objects.filter(user=city.author, code="ideas.oriented")
    assert [item.context["unit"] for item in told] == ["Collecte"]


def test_a_question_taken_back_can_be_asked_again_and_is_no_part_of_the_story(city):
    idea = started(city, "in_review")
    services.ask_author(idea=fresh(idea), actor=city.correspondent, text="Une question posée trop vite, au portail ?")
    take_back(fresh(idea), last(idea).pk, actor=city.correspondent)
    page = idea_page(as_viewer(city.colleague), idea.reference)
    assert page.questions == []
    services.ask_author(idea=fresh(idea), actor=city.correspondent, text="De quel portail parlez-vous exactement ?")
    page = idea_page(as_viewer(city.colleague), idea.reference)
    assert [question.text for question in page.questions] == ["De quel portail parlez-vous exactement ?"]
    lines = [line.label for line in workshop(as_viewer(city.correspondent), fresh(idea)).journal]
    assert any(label.startswith(("Annulé", "Taken back")) for label in lines)
    drain_outbox()


def test_a_row_of_the_version_before_still_tells_people(city):
    idea = started(city, "submitted")
    services.screen(idea=fresh(idea), actor=city.moderator)
    entry = last(idea)
    OutboxEvent.objects.filter(topic="workflow.told").delete()
    jobs.moved({"kind": "idea", "reference": idea.reference, "entry": entry.pk})
    assert (city.author.username, "ideas.screened") in inbox()
    drain_outbox()


def test_the_page_offers_it_to_that_person_alone_and_takes_it_back(city, client, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    idea = started(city, "submitted")
    services.screen(idea=fresh(idea), actor=city.moderator)
    drain_outbox()
    time_machine.shift(timedelta(minutes=2))
    address = reverse("ideas:take_back", args=[idea.reference])

    client.force_login(city.correspondent)
    assert address not in client.get(idea.get_absolute_url()).content.decode()
    client.force_login(city.moderator)
    page = client.get(idea.get_absolute_url()).content.decode()
    assert address in page
    assert "8 minutes" in page
    assert client.get(address).status_code == 405
    assert client.post(address, {"passage": "x"}).status_code == 404

    answer = client.post(address, {"passage": last(idea).pk})
    assert (answer.status_code, answer["Location"]) == (303, idea.get_absolute_url())
    assert fresh(idea).stage_kind == "submitted"
    assert client.post(address, {"passage": IdeaJournalEntry.objects.earliest("id").pk}).status_code == 409
    assert address not in client.get(idea.get_absolute_url()).content.decode()
    drain_outbox()


def test_nothing_is_held_when_the_city_sets_no_hold(city, settings):
    settings.TERRAIN_HOLD_MINUTES = 0
    idea = started(city, "submitted")
    services.screen(idea=fresh(idea), actor=city.moderator)
    drain_outbox()
    assert (city.author.username, "ideas.screened") in inbox()
    assert idea_page(as_viewer(city.moderator), idea.reference).held is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_return_and_the_relay_at_the_same_second_never_both_win(city, monkeypatch):
    """Twenty races at the end of the hold: either people are told and the step stands, or neither."""
    outcomes = set()
    for turn in range(20):
        InboxItem.objects.all().delete()
        idea = started(city, "submitted")
        services.screen(idea=fresh(idea), actor=city.moderator)
        step = last(idea)
        edge = clock.now() + timedelta(milliseconds=30 + turn)
        OutboxEvent.objects.filter(topic="workflow.told").update(not_before=edge)
        ready = threading.Barrier(2)

        def go_back(idea=idea, step=step, ready=ready, edge=edge):
            ready.wait()
            while clock.now() < edge - timedelta(milliseconds=4):
                pass
            try:
                take_back(fresh(idea), step.pk, actor=city.moderator)
            except TransitionNotAllowed:
                pass
            finally:
                connection.close()

        racer = threading.Thread(target=go_back)
        racer.start()
        ready.wait()
        while clock.now() < edge:
            pass
        outbox.drain(raising=True)
        racer.join()
        outbox.drain(raising=True)
        stands = fresh(idea).stage_kind == "open"
        told = InboxItem.objects.filter(code="ideas.screened").exists()
        assert stands == told
        outcomes.add(stands)
    assert outcomes
