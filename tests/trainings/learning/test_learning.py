"""Following a track: one's own gestures, what the database refuses, the one place where it ends."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from src.directory.models import User
from src.foundations import clock
from src.foundations.models import AuditEntry
from tests.factories import trainings as made
from tests.factories.directory import AgentFactory, UnitFactory, grant
from trainings.learning import selectors, services
from trainings.learning.enums import DoneHow, EnrolmentState, QuizDoor
from trainings.learning.models import Enrolment, ModuleProgress, QuizAttempt
from trainings.learning.rules import quiz_door
from trainings.learning.services.completing import recheck
from trainings.learning.services.holding import MovedOn
from trainings.learning.services.quizzes import Unanswered, revisions_of
from trainings.ledger.models import Completion
from trainings.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return AgentFactory(unit=UnitFactory())


def modules(enrolment):
    return {one.kind: one for one in enrolment.version.modules.with_content()}


def begun(agent, version):
    return services.enrol(actor=agent, track=version.track)


def read_lesson(agent, enrolment):
    lesson = modules(enrolment)["lesson"]
    services.answer_check(actor=agent, enrolment=enrolment, module=lesson, place=1, choice=1)
    return services.finish(actor=agent, enrolment=enrolment, module=lesson)


def play(agent, enrolment):
    return services.choose(actor=agent, enrolment=enrolment, module=modules(enrolment)["scenario"], node="a", choice=1)


def attempt(agent, enrolment, *, right=True):
    """One attempt sent, all right or all wrong."""
    one = services.begin_attempt(actor=agent, enrolment=enrolment, module=modules(enrolment)["quiz"])
    answers = {pk: 0 if right else 1 for pk in one.revision_ids}
    return services.submit_attempt(actor=agent, attempt=one, answers=answers)


def refused(sql, *params):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_a_training_ends_once_every_required_module_is_finished(agent):
    """Invariant 4, and the ledger holds the version, its fingerprint and no answer."""
    enrolment = begun(agent, made.whole())
    read_lesson(agent, enrolment)
    play(agent, enrolment)
    assert not services.evaluate_completion(enrolment)
    assert not Completion.objects.exists()

    attempt(agent, enrolment)

    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.completed_on) == (EnrolmentState.COMPLETED, clock.today())
    row = Completion.objects.get()
    assert (row.agent_id, row.version, row.content_sha256) == (
        agent.pk, enrolment.version, enrolment.version.content_sha256,
    )  # fmt: skip
    assert (row.method, row.minutes) == ("online", 20)
    assert [one["kind"] for one in row.evidence] == ["module"] * 3
    assert services.evaluate_completion(enrolment) is False
    assert recheck() == 0
    assert Completion.objects.count() == 1


def test_what_a_fault_left_unsaid_is_said_by_the_next_check(agent):
    enrolment = begun(agent, made.published([made.lesson()]))
    module = enrolment.version.modules.get()
    then = clock.now() - datetime.timedelta(days=2)
    ModuleProgress.objects.create(
        enrolment=enrolment, module=module, first_seen_at=then, last_seen_at=then, done_at=then, done_how=DoneHow.READ
    )

    assert recheck() == 1
    enrolment.refresh_from_db()
    assert enrolment.completed_on == clock.today() - datetime.timedelta(days=2)


def test_the_database_refuses_an_end_without_its_modules(agent):
    enrolment = begun(agent, made.published([made.lesson()]))

    refused(
        "UPDATE trainings_learning_enrolment SET state = 'completed', completed_on = '2026-01-01' WHERE id = %s",
        enrolment.pk,
    )


def test_a_version_followed_never_changes(agent):
    """Invariant 3."""
    first = made.published([made.lesson()])
    enrolment = begun(agent, first)
    second = made.republished(first, [made.lesson(), made.scenario()])

    refused("UPDATE trainings_learning_enrolment SET version_id = %s WHERE id = %s", second.pk, enrolment.pk)
    assert begun(agent, second) == enrolment
    assert begun(agent, second).version == first


def test_going_on_in_the_newest_carries_what_is_the_same_and_erases_nothing(agent):
    last = made.reflection(required=True)
    first = made.published([made.lesson(), made.scenario(), last])
    enrolment = begun(agent, first)
    read_lesson(agent, enrolment)
    play(agent, enrolment)
    made.republished(first, [made.lesson(), made.scenario(title="Le papier retrouvé"), last])

    after = services.go_on_in_newest(actor=agent, enrolment=enrolment)

    enrolment.refresh_from_db()
    assert (enrolment.state, after.migrated_from, after.version.number) == ("migrated", enrolment, 2)
    assert [(row.module.kind, row.done_how) for row in after.progress.all()] == [("lesson", DoneHow.CARRIED)]
    assert enrolment.progress.count() == 2
    with pytest.raises(MovedOn):
        services.finish(actor=agent, enrolment=enrolment, module=modules(enrolment)["lesson"])
    with pytest.raises(MovedOn):
        services.go_on_in_newest(actor=agent, enrolment=after)


def test_a_lesson_is_finished_once_its_checks_are_answered_right_or_wrong(agent):
    enrolment = begun(agent, made.published([made.lesson(), made.scenario()]))
    lesson = modules(enrolment)["lesson"]

    with pytest.raises(ValidationError, match="pas encore de réponse"):
        services.finish(actor=agent, enrolment=enrolment, module=lesson)
    row = read_lesson(agent, enrolment)

    assert (row.checks, row.done_how) == ({"1": 1}, DoneHow.READ)
    first_day = row.done_at
    assert services.finish(actor=agent, enrolment=enrolment, module=lesson).done_at == first_day


@pytest.mark.parametrize(("place", "choice"), [(0, 0), (1, 9), (1, -1), (99, 0)])
def test_an_answer_to_what_is_no_check_is_refused(agent, place, choice):
    enrolment = begun(agent, made.published([made.lesson()]))

    with pytest.raises(MovedOn):
        services.answer_check(
            actor=agent, enrolment=enrolment, module=modules(enrolment)["lesson"], place=place, choice=choice
        )


def test_a_story_is_finished_at_its_first_end_and_may_be_walked_again(agent):
    enrolment = begun(agent, made.published([made.scenario(), made.lesson()]))
    story = modules(enrolment)["scenario"]

    row = services.choose(actor=agent, enrolment=enrolment, module=story, node="a", choice=0)
    again = services.choose(actor=agent, enrolment=enrolment, module=story, node="a", choice=1)
    assert (row.path, again.path, again.is_done) == ([["a", 0]], [["a", 0]], False)
    row = services.choose(actor=agent, enrolment=enrolment, module=story, node="b", choice=1)
    assert (row.path, row.done_how) == ([["a", 0], ["b", 1]], DoneHow.PLAYED)

    row = services.start_again(actor=agent, enrolment=enrolment, module=story)

    assert (row.path, row.is_done) == ([], True)
    for node, choice in (("z", 0), ("a", 9)):
        with pytest.raises(MovedOn):
            services.choose(actor=agent, enrolment=enrolment, module=story, node=node, choice=choice)


def test_an_attempt_is_graded_by_the_questions_it_showed(agent):
    """Invariant 20: the right answer moves after the draw; what was shown decides."""
    question = made.question(1)
    bank = made.bank([question])
    enrolment = begun(agent, made.published([made.quiz(bank, draw={"accueil": 1})]))
    one = services.begin_attempt(actor=agent, enrolment=enrolment, module=modules(enrolment)["quiz"])
    shown = one.revision_ids[0]
    swapped = [made.choice("La bonne"), made.choice("L’autre", True), made.choice("La troisième")]
    made.rewrite(bank, [{**question, "choices": swapped}])
    assert Question.objects.get().current_id != shown

    sent = services.submit_attempt(actor=agent, attempt=one, answers={shown: 0})

    assert (sent.right, sent.passed) == (1, True)


def test_what_is_sent_never_changes(agent):
    enrolment = begun(agent, made.published([made.quiz(made.bank())]))
    one = attempt(agent, enrolment, right=False)

    assert services.submit_attempt(actor=agent, attempt=one, answers={pk: 0 for pk in one.revision_ids}).right == 0
    with pytest.raises(MovedOn):
        services.save_answers(actor=agent, attempt=one, answers={})
    refused('UPDATE trainings_learning_quizattempt SET "right" = 2, passed = %s', True)
    refused("UPDATE trainings_learning_quizattempt SET seed = 'autre'")


def test_answers_are_kept_as_they_come_beginnings_included_and_an_attempt_waits_for_all(agent):
    bank = made.bank(made.every_kind())
    enrolment = begun(agent, made.published([made.quiz(bank, draw={"toutes": 6})]))
    one = services.begin_attempt(actor=agent, enrolment=enrolment, module=modules(enrolment)["quiz"])
    kinds = {row.kind: row.pk for row in revisions_of(one)}
    sent = {kinds["matching"]: [2, None, None], kinds["short"]: " ", kinds["single"]: 7, kinds["true_false"]: 1, 0: 0}

    saved = services.save_answers(actor=agent, attempt=one, answers=sent)

    assert saved.answers == {str(kinds["matching"]): [2, None, None], str(kinds["true_false"]): 1}
    with pytest.raises(Unanswered) as refusal:
        services.submit_attempt(actor=agent, attempt=one, answers=sent)
    assert len(refusal.value.numbers) == 5
    answers = {pk: made.RIGHT[kind] for kind, pk in kinds.items()}
    assert services.submit_attempt(actor=agent, attempt=one, answers=answers).right == 6


def test_attempts_their_pause_then_the_human_route(agent, monkeypatch):
    enrolment = begun(agent, made.published([made.quiz(made.bank())]))
    quiz = modules(enrolment)["quiz"]
    now = clock.now()
    rule = quiz.content["quiz"]["rule"]
    assert attempt(agent, enrolment, right=False).passed is False
    row = enrolment.progress.get()

    assert quiz_door(row, rule, list(row.attempts.all()))[0] == QuizDoor.COOLING
    with pytest.raises(MovedOn, match="pause"):
        services.begin_attempt(actor=agent, enrolment=enrolment, module=quiz)
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(hours=13))
    second = attempt(agent, enrolment, right=False)

    assert second.number == 2
    assert quiz_door(row, rule, list(row.attempts.all()))[0] == QuizDoor.TOGETHER
    with pytest.raises(MovedOn, match="avec quelqu’un"):
        services.begin_attempt(actor=agent, enrolment=enrolment, module=quiz)


def test_a_trainer_goes_along_with_those_of_their_units_and_never_with_themselves(agent):
    enrolment = begun(agent, made.published([made.quiz(made.bank(), max_attempts=1)]))
    row = attempt(agent, enrolment, right=False).progress
    here = AgentFactory(unit=agent.current_affectation.unit, roles=[("trainer", agent.current_affectation.unit)])
    elsewhere = AgentFactory(unit=UnitFactory(), roles=[("trainer", UnitFactory())])

    assert [one.pk for one in selectors.to_go_along_with(here)] == [row.pk]
    assert selectors.to_go_along_with(elsewhere) == selectors.to_go_along_with(agent) == []
    for stranger in (elsewhere, agent):
        with pytest.raises(PermissionDenied):
            services.see_together(actor=stranger, progress=row)
    grant(agent, "trainer", agent.current_affectation.unit)
    themselves = User.objects.get(pk=agent.pk)
    assert selectors.to_go_along_with(themselves) == []
    with pytest.raises(PermissionDenied):
        services.see_together(actor=themselves, progress=row)
    services.see_together(actor=here, progress=row)
    services.see_together(actor=here, progress=row)

    enrolment.refresh_from_db()
    assert enrolment.is_completed
    assert Completion.objects.get().method == "blended"
    assert AuditEntry.objects.filter(verb="trainings.seen_together").count() == 1
    assert selectors.to_go_along_with(here) == []


def test_nobody_is_helped_past_attempts_that_are_left(agent):
    enrolment = begun(agent, made.published([made.quiz(made.bank())]))
    row = attempt(agent, enrolment, right=False).progress
    trainer = AgentFactory(unit=UnitFactory(), roles=[("trainer", None)])

    with pytest.raises(MovedOn, match="Il reste des essais"):
        services.see_together(actor=trainer, progress=row)


def test_a_training_is_its_follower_s_alone(agent):
    enrolment = begun(agent, made.published([made.lesson()]))
    other = AgentFactory(unit=UnitFactory())
    lesson = modules(enrolment)["lesson"]

    with pytest.raises(PermissionDenied):
        services.finish(actor=other, enrolment=enrolment, module=lesson)
    assert list(Enrolment.objects.visible_to(other)) == []
    assert [one.enrolment for one in selectors.listed(other)] == [None]


def test_a_module_of_another_version_is_refused_twice(agent):
    enrolment = begun(agent, made.published([made.lesson()]))
    stranger = made.published([made.lesson()]).modules.get()

    with pytest.raises(MovedOn):
        services.finish(actor=agent, enrolment=enrolment, module=stranger)
    now = clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        ModuleProgress.objects.create(enrolment=enrolment, module=stranger, first_seen_at=now, last_seen_at=now)


def test_a_training_finished_may_be_done_again_beside_the_first(agent):
    version = made.published([made.lesson()])
    read_lesson(agent, begun(agent, version))

    again = begun(agent, version)

    assert again.is_open and Enrolment.objects.count() == 2
    read_lesson(agent, again)
    assert Completion.objects.count() == 2


def test_nothing_of_a_reflection_has_a_place(agent):
    """Invariant 16: no column could hold it."""
    columns = {field.name for model in (Enrolment, ModuleProgress, QuizAttempt) for field in model._meta.get_fields()}

    assert not {name for name in columns if "reflect" in name or "text" in name}


def test_detail_is_purged_a_year_after_the_end_and_the_end_stays(agent):
    from src.foundations.personal_data import declaration_of

    enrolment = begun(agent, made.whole())
    read_lesson(agent, enrolment)
    play(agent, enrolment)
    attempt(agent, enrolment)
    late = clock.now() + datetime.timedelta(days=370)

    counts = {model: declaration_of(model).purge(late, False) for model in (QuizAttempt, ModuleProgress)}
    assert counts == {QuizAttempt: 1, ModuleProgress: 2}
    assert declaration_of(QuizAttempt).purge(clock.now(), True) == 0
    for model in (QuizAttempt, ModuleProgress):
        declaration_of(model).purge(late, True)

    assert not QuizAttempt.objects.exists()
    assert {(row.is_done, str(row.checks), str(row.path)) for row in enrolment.progress.all()} == {(True, "{}", "[]")}
    enrolment.refresh_from_db()
    assert enrolment.is_completed
