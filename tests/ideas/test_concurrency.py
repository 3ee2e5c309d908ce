"""Several people at the same moment, on both databases: nothing is lost, nothing is doubled, one decider wins."""

import uuid

import pytest

from ideas import services
from ideas.models import Idea, IdeaCase, IdeaCounts, IdeaJournalEntry, IdeaSupport, MergeProposal
from src.accountability.models import Decision, ResponseOwed
from src.directory.enums import Role
from src.foundations.models import AuditEntry
from src.foundations.testing import forget_effects
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.ideas import BODY, IdeaFactory, make_city, yes
from tests.participation.real_database import several_writers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def fresh(idea):
    return Idea.objects.select_related("owed", "unit", "transfer_to", "space", "counts").get(pk=idea.pk)


def test_eight_writers_of_supports_lose_and_double_nothing(tmp_path):
    city = make_city()
    idea = IdeaFactory(space=city.box, author=city.author)
    people = [AgentFactory() for _ in range(8)]

    def gestures(person):
        def run():
            for wanted in (True, True, False, True):
                services.set_support(idea=fresh(idea), actor=person, wanted=wanted)

        return run

    with several_writers(tmp_path) as run:
        run([gestures(person) for person in people])
        found = run([lambda: (IdeaSupport.objects.count(), IdeaCounts.objects.get(pk=idea.pk).supports)])

    assert found == [(8, 8)]


def test_ten_equal_submissions_at_once_leave_one_idea(tmp_path):
    city = make_city()
    token = uuid.uuid4()

    def send():
        return services.submit_idea(
            actor=city.author, space=city.box, body=BODY, identity_mode="named", submission_token=token
        ).reference

    with several_writers(tmp_path) as run:
        references = run([send] * 10)
        counts = run([lambda: (Idea.objects.count(), ResponseOwed.objects.count(), IdeaCounts.objects.count())])

    assert len(set(references)) == 1
    assert counts == [(1, 1, 1)]


def test_two_deciders_at_once_one_wins_and_the_other_reads_who(tmp_path):
    city = make_city()
    idea = IdeaFactory(space=city.box, author=city.author, stage="decision_pending", direction=city.direction)
    services.prepare_decision(idea=idea, actor=city.decider, **yes())

    def announce(person):
        def run():
            try:
                services.announce_decision(idea=fresh(idea), actor=person)
            except TransitionNotAllowed as refusal:
                return str(refusal)
            return "announced"

        return run

    with several_writers(tmp_path) as run:
        answers = run([announce(city.decider), announce(city.deputy)])
        found = run([lambda: (IdeaJournalEntry.objects.count(), Decision.objects.announced().count())])

    assert sorted(answer == "announced" for answer in answers) == [False, True]
    refusal = next(answer for answer in answers if answer != "announced")
    winner = city.decider if answers[0] == "announced" else city.deputy
    assert winner.short_name in refusal
    assert found == [(1, 1)]


def test_the_author_withdraws_while_the_decider_announces_and_one_of_them_wins(tmp_path):
    city = make_city()
    idea = IdeaFactory(space=city.box, author=city.author, stage="decision_pending", direction=city.direction)
    services.prepare_decision(idea=idea, actor=city.decider, **yes())

    def attempt(verb, **values):
        def run():
            try:
                verb(idea=fresh(idea), **values)
            except TransitionNotAllowed:
                return False
            return True

        return run

    with several_writers(tmp_path) as run:
        won = run(
            [
                attempt(services.announce_decision, actor=city.decider),
                attempt(services.withdraw, actor=city.author),
            ]
        )
        found = run([lambda: (fresh(idea).stage_kind, Decision.objects.count(), IdeaJournalEntry.objects.count())])

    assert sorted(won) == [False, True]
    assert found == [("accepted", 1, 1)] if won[0] else [("withdrawn", 0, 1)]


def test_three_reporters_at_once_make_one_case_and_hide_once(tmp_path):
    city = make_city()
    idea = IdeaFactory(space=city.box, author=city.author)
    people = [AgentFactory(unit=UnitFactory()) for _ in range(3)]

    def reported(person):
        return lambda: services.report(idea=fresh(idea), actor=person, reason_code="injure").pk

    def hidden():
        case = IdeaCase.objects.get()
        hidings = AuditEntry.objects.filter(verb="moderation.withheld").count()
        return fresh(idea).visibility, case.reports.count(), case.withheld_at is not None, hidings

    with several_writers(tmp_path) as run:
        reports = run([reported(person) for person in people])
        found = run([hidden])

    assert len(set(reports)) == 3
    assert found == [("withheld", 3, True, 1)]


def test_two_moderators_at_once_one_decides_and_the_other_reads_who(tmp_path):
    city = make_city()
    second = AgentFactory(unit=city.other, roles=[(Role.MODERATOR, None)])
    idea = IdeaFactory(space=city.box, author=city.author, stage="in_review", direction=city.direction)

    def attempt(verb, **values):
        def run():
            try:
                verb(idea=fresh(idea), **values)
            except TransitionNotAllowed as refusal:
                return str(refusal)
            return "decided"

        return run

    with several_writers(tmp_path) as run:
        run([lambda: services.report(idea=fresh(idea), actor=city.colleague, reason_code="injure").pk])
        answers = run(
            [
                attempt(services.keep, actor=city.moderator),
                attempt(services.keep, actor=second),
            ]
        )
        found = run(
            [lambda: (IdeaCase.objects.get().state, AuditEntry.objects.filter(verb="moderation.kept").count())]
        )

    assert sorted(answer == "decided" for answer in answers) == [False, True]
    assert "a décidé le" in next(answer for answer in answers if answer != "decided")
    assert found == [("kept", 1)]


def test_two_authors_agree_at_once_while_people_support_and_nothing_is_lost(tmp_path):
    city = make_city()
    one, other = (
        IdeaFactory(space=city.box, author=author, stage="qualified", direction=city.direction)
        for author in (city.author, AgentFactory())
    )
    people = [AgentFactory() for _ in range(4)]
    for person in people:
        services.set_support(idea=fresh(one), actor=person, wanted=True)
    proposal = services.propose_merge(
        idea=fresh(one), parent=fresh(other), actor=city.correspondent, text="Les deux disent la même chose."
    )
    forget_effects()

    def agree(author):
        def run():
            asked = MergeProposal.objects.select_related("idea", "parent").get(pk=proposal.pk)
            return services.answer_merge(proposal=asked, actor=author, agrees=True).state

        return run

    def support(person):
        return lambda: services.set_support(idea=fresh(other), actor=person, wanted=True)

    late = [AgentFactory() for _ in range(3)]
    with several_writers(tmp_path) as run:
        run([agree(city.author), agree(other.author), *(support(person) for person in [*late, people[0]])])
        found = run(
            [
                lambda: (
                    MergeProposal.objects.get(pk=proposal.pk).state,
                    IdeaSupport.objects.filter(idea=other).count(),
                    IdeaCounts.objects.get(pk=other.pk).supports,
                    Idea.objects.get(pk=one.pk).stage_kind,
                )
            ]
        )

    assert found == [("merged", 7, 7, "merged")]


def test_two_delegates_sign_together_at_once_one_wins(tmp_path):
    city = make_city()
    ideas = [
        IdeaFactory(space=city.box, stage="qualified", scale="already_done", direction=city.direction)
        for _ in range(3)
    ]
    answer = {"outcome": "already_done", "reason": "deja", "text": yes()["text"]}
    services.draft_together(ideas=ideas, actor=city.assessors[0], **answer)
    forget_effects()

    def sign(person):
        def run():
            try:
                services.countersign_together(ideas=[fresh(idea) for idea in ideas], actor=person)
            except services.SomeRefused:
                return "refused"
            return "signed"

        return run

    with several_writers(tmp_path) as run:
        answers = run([sign(city.delegate), sign(city.decider)])
        found = run([lambda: (Decision.objects.announced().count(), IdeaJournalEntry.objects.count())])

    assert (sorted(answers), found) == (["refused", "signed"], [(3, 6)])
