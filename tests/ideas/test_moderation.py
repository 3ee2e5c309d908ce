"""Moderation: reports, what they hide, who reads and decides, the author's objection."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from ideas import rules, selectors, services
from ideas.models import Idea, IdeaAppeal, IdeaCase, IdeaComment, IdeaCounts, IdeaReport
from ideas.searching import indexed
from ideas.services.moderating import forget_reporters
from src.accountability.services.escalation import escalate
from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox, forget_effects
from src.notices.models import InboxItem
from src.participation.services.moderation import TEXT_MIN
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory, ExternalFactory, UnitFactory, grant
from tests.factories.ideas import IdeaCommentFactory, IdeaFactory

pytestmark = pytest.mark.django_db

WHY = "Votre texte désigne une personne. Décrivez la situation sans elle."
OBJECTION = "Je parle d'une machine, pas d'une personne : relisez la deuxième phrase."
ANSWER = "Vous avez raison : le texte parle bien de la machine. Il revient à sa place."


@pytest.fixture
def idea(city):
    made = IdeaFactory(space=city.box, author=city.author)
    forget_effects()
    return made


@pytest.fixture
def second(city):
    """Another moderator."""
    return AgentFactory(unit=city.other, roles=[(Role.MODERATOR, None)], first_name="Marc")


def reporters(number=3, same_unit=False):
    unit = UnitFactory()
    return [AgentFactory(unit=unit if same_unit else UnitFactory()) for _ in range(number)]


def report(idea, people, reason="injure", comment=None):
    for person in people:
        services.report(idea=fresh(idea), actor=person, reason_code=reason, comment=comment)


def fresh(idea):
    return Idea.objects.select_related("space", "unit", "transfer_to", "owed", "counts").get(pk=idea.pk)


def codes(user):
    return sorted(InboxItem.objects.filter(user=user).values_list("code", flat=True))


def sees(user, idea):
    return Idea.objects.visible_to(user).filter(pk=idea.pk).exists()


# ------------------------------------------------------------------------------------------------------- reports
def test_three_reports_from_three_units_hide_an_idea_until_somebody_reads(city, idea):
    report(idea, reporters(2))
    assert sees(city.colleague, idea)

    report(idea, reporters(1))

    case = IdeaCase.objects.get()
    assert fresh(idea).visibility == "withheld" and case.withheld_at is not None and case.is_open
    assert [sees(person, idea) for person in (city.colleague, city.correspondent, None)] == [False] * 3
    assert [sees(person, idea) for person in (city.author, city.moderator)] == [True] * 2
    assert not indexed().filter(pk=idea.pk).exists()
    assert case.due_on == clock.add_working_days(clock.today(), 2)
    drain_outbox()
    assert codes(city.author) == ["ideas.withheld"]
    assert codes(city.moderator) == ["ideas.task.reported", "ideas.task.withheld"]


def test_reports_of_one_unit_count_once_and_nobody_reports_twice(city, idea):
    people = reporters(4, same_unit=True)
    report(idea, people)
    report(idea, people[:1], reason="publicite")

    assert fresh(idea).visibility == "shown"
    assert IdeaReport.objects.count() == 4 and IdeaCase.objects.count() == 1
    assert IdeaReport.objects.get(reporter=people[0]).reason_code == "injure"
    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaReport.objects.create(
            case=IdeaCase.objects.get(), idea=idea, reporter=people[0], reason_code="injure", made_at=clock.now()
        )
    forget_effects()


def test_who_may_not_report(city, idea):
    sealed = IdeaFactory(space=city.box, author=city.author, protected=True)
    drain_outbox()
    author = User.objects.get(pk=city.author.pk)
    hidden = IdeaFactory(space=city.box, stage="removed")

    for person, text in ((author, idea), (author, sealed), (ExternalFactory(), idea), (city.colleague, hidden)):
        with pytest.raises(PermissionDenied):
            services.report(idea=fresh(text), actor=person, reason_code="injure")
    with pytest.raises(ValidationError):
        services.report(idea=idea, actor=city.colleague, reason_code="autre")

    assert not IdeaReport.objects.exists()
    drain_outbox()


def test_a_space_may_let_reported_texts_wait_in_view(city, idea):
    city.box.reports_hide = False
    city.box.save(update_fields=["reports_hide"])

    report(idea, reporters(4))

    assert fresh(idea).visibility == "shown" and IdeaCase.objects.get().is_open
    drain_outbox()
    assert codes(city.author) == []


def test_the_words_of_a_role_are_never_hidden_by_reports(city, idea):
    official = IdeaCommentFactory(idea=idea, author=city.correspondent, official_role="idea_correspondent")
    IdeaCounts.objects.filter(pk=idea.pk).update(comments=1)

    report(idea, reporters(4), comment=official)

    official.refresh_from_db()
    assert official.visibility == "shown" and IdeaCase.objects.get().is_open
    services.take_off(idea=fresh(idea), comment=official, actor=city.moderator, reason_code="secret", text=WHY)
    official.refresh_from_db()
    assert official.visibility == "removed"
    forget_effects()


def test_a_report_is_taken_back_until_somebody_has_read(city, idea):
    people = reporters(3)
    report(idea, people[:1])

    assert services.withdraw_report(idea=idea, actor=people[0])
    assert not services.withdraw_report(idea=idea, actor=people[0])
    assert IdeaCase.objects.get().state == "dropped"

    report(idea, people)
    assert services.withdraw_report(idea=idea, actor=people[0])
    assert fresh(idea).visibility == "withheld", "hidden until somebody reads, whatever the reporters do"
    services.keep(idea=fresh(idea), actor=city.moderator)
    with pytest.raises(TransitionNotAllowed):
        services.withdraw_report(idea=idea, actor=people[1])
    forget_effects()


# ----------------------------------------------------------------------------------------------------- decisions
def test_kept_it_shows_again_and_the_same_reason_no_longer_hides(city, idea):
    people = reporters(3)
    report(idea, people)
    drain_outbox()
    services.keep(idea=fresh(idea), actor=city.moderator, remark="Ton vif, sans insulte.")
    drain_outbox()

    assert fresh(idea).visibility == "shown" and sees(city.colleague, idea)
    assert codes(city.author) == ["ideas.kept", "ideas.withheld"]
    assert [codes(person) for person in people] == [["ideas.report.read"]] * 3
    report(idea, reporters(3), reason="injure")
    assert fresh(idea).visibility == "shown", "the reason was set aside"
    report(idea, reporters(3), reason="secret")
    assert fresh(idea).visibility == "withheld", "another reason wasn't"
    forget_effects()


def test_an_author_whose_text_never_stopped_showing_hears_nothing(city, idea):
    report(idea, reporters(1))
    services.keep(idea=fresh(idea), actor=city.moderator)
    drain_outbox()

    assert codes(city.author) == []


def test_removing_an_early_idea_goes_through_its_process(city, idea):
    people = reporters(3)
    report(idea, people)

    case = services.take_off(idea=fresh(idea), actor=city.moderator, reason_code="personnes", text=WHY)

    idea = fresh(idea)
    assert (idea.stage_kind, idea.visibility, idea.removal_reason) == ("removed", "removed", "personnes")
    assert idea.journal.get().transition_slug == "remove_open"
    assert idea.owed.cancelled_on is not None
    assert (case.state, case.decided_by, case.reason_code, case.text) == ("removed", city.moderator, "personnes", WHY)
    drain_outbox()
    assert codes(city.author) == ["ideas.removed"], "one message, not the older one too"
    assert [codes(person) for person in people] == [["ideas.report.read"]] * 3
    assert "désigne" not in str(InboxItem.objects.filter(user=people[0]).values_list("context", flat=True))


def test_removing_at_the_first_reading_is_a_decision_too(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="submitted")

    services.remove(idea=idea, actor=city.moderator, reason_code="personnes", text=WHY)

    case = IdeaCase.objects.get()
    assert (case.state, case.decided_by, case.reports.count()) == ("removed", city.moderator, 0)
    drain_outbox()
    assert codes(city.author) == ["ideas.removed"]


@pytest.mark.parametrize("stage", ["qualified", "in_review", "decision_pending"])
def test_further_on_an_idea_keeps_its_stage_and_nothing_is_owed_while_it_is_hidden(city, second, stage):
    idea = IdeaFactory(space=city.box, author=city.author, stage=stage, direction=city.direction)

    services.take_off(idea=idea, actor=city.moderator, reason_code="secret", text=WHY)

    hidden = fresh(idea)
    assert (hidden.stage_kind, hidden.visibility) == (idea.stage_kind, "removed")
    assert hidden.owed.cancelled_on is not None
    assert not any(selectors.queue_counts(city.correspondent).values())
    services.appeal(idea=hidden, actor=city.author, text=OBJECTION)
    services.answer_appeal(idea=fresh(idea), actor=second, restored=True, text=ANSWER)
    back = fresh(idea)
    assert (back.stage_kind, back.visibility, back.removal_reason) == (idea.stage_kind, "shown", "")
    assert back.owed.is_open and back.owed_id != hidden.owed_id
    forget_effects()


def test_a_removed_comment_leaves_its_place_so_that_replies_stand(city, idea):
    comment = IdeaCommentFactory(idea=idea, body="Untel ne fait jamais rien.")
    reply = IdeaCommentFactory(idea=idea, parent=comment)
    IdeaCounts.objects.filter(pk=idea.pk).update(comments=2)

    services.take_off(idea=fresh(idea), comment=comment, actor=city.moderator, reason_code="personnes", text=WHY)

    page = selectors.idea_page(city.colleague, idea.reference)
    (node,) = page.comments.nodes
    assert (node.html, node.is_readable, page.comments_total) == ("", False, 1)
    assert "a été retiré par la modération (le texte désigne ou montre une personne)" in node.hidden
    assert [below.reference for below in node.replies] == [reply.reference]
    assert not node.may_report
    readers = [
        selectors.idea_page(User.objects.get(pk=person.pk), idea.reference).comments.nodes[0].html != ""
        for person in (city.moderator, comment.author, city.author)
    ]
    assert readers == [True, True, False]
    drain_outbox()
    assert codes(comment.author) == ["ideas.removed"]


def test_nobody_decides_on_their_own_nor_on_what_they_reported(city, idea, second):
    grant(city.author, Role.MODERATOR)
    author = User.objects.get(pk=city.author.pk)
    comment = IdeaCommentFactory(idea=idea, author=second)
    services.report(idea=idea, actor=city.moderator, reason_code="injure")
    report(idea, reporters(1), comment=comment)

    refused = [(author, None), (author, comment), (city.moderator, None), (second, comment), (city.colleague, None)]
    for person, about in refused:
        with pytest.raises(PermissionDenied):
            services.keep(idea=fresh(idea), comment=about, actor=person)
        with pytest.raises(PermissionDenied):
            services.take_off(idea=fresh(idea), comment=about, actor=person, reason_code="injure", text=WHY)
    with pytest.raises(PermissionDenied):
        services.remove(idea=fresh(idea), actor=city.moderator, reason_code="injure", text=WHY)

    assert [set(IdeaCase.objects.waiting_for(person)) for person in (author, city.colleague)] == [set(), set()]
    assert {case.comment_id for case in IdeaCase.objects.waiting_for(city.moderator)} == {comment.pk}
    assert {case.comment_id for case in IdeaCase.objects.waiting_for(second)} == {None}
    forget_effects()


def test_the_second_moderator_reads_who_decided_and_when(city, idea, second):
    report(idea, reporters(1))
    services.keep(idea=fresh(idea), actor=city.moderator)

    with pytest.raises(TransitionNotAllowed, match="Inès .* a décidé le"):
        services.keep(idea=fresh(idea), actor=second)
    forget_effects()


def test_what_was_decided_never_changes(city, idea):
    case = services.take_off(idea=idea, actor=city.moderator, reason_code="secret", text=WHY)

    for change in ({"text": "Autre chose"}, {"state": "kept"}, {"reason_code": "injure"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IdeaCase.objects.filter(pk=case.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(visibility="shown", removal_reason="")
    forget_effects()


def test_a_removal_says_why(city, idea):
    for reason, text, field in (("", WHY, "reason_code"), ("injure", "x" * (TEXT_MIN - 1), "text")):
        with pytest.raises(ValidationError) as refusal:
            services.take_off(idea=idea, actor=city.moderator, reason_code=reason, text=text)
        assert list(refusal.value.message_dict) == [field]


# ---------------------------------------------------------------------------------------------------- objections
def test_another_moderator_answers_the_objection_and_the_idea_comes_back(city, idea, second):
    services.take_off(idea=idea, actor=city.moderator, reason_code="personnes", text=WHY)
    promised = fresh(idea).owed_id
    services.appeal(idea=fresh(idea), actor=city.author, text=OBJECTION)
    drain_outbox()

    assert codes(second) == ["ideas.task.appeal"] and codes(city.moderator) == []
    assert not IdeaCase.objects.appealed_to(city.moderator).exists()
    with pytest.raises(PermissionDenied):
        services.answer_appeal(idea=fresh(idea), actor=city.moderator, restored=True, text=ANSWER)
    services.answer_appeal(idea=fresh(idea), actor=second, restored=True, text=ANSWER)
    back = fresh(idea)
    assert (back.stage_kind, back.visibility) == ("open", "shown")
    assert back.owed.is_open and back.owed_id != promised
    assert sees(city.colleague, idea)
    drain_outbox()
    assert indexed().filter(pk=idea.pk).exists()
    assert codes(city.author) == ["ideas.appeal.answered", "ideas.removed"]
    with pytest.raises(TransitionNotAllowed, match="Marc"):
        services.answer_appeal(idea=fresh(idea), actor=second, restored=False, text=ANSWER)


def test_the_step_that_brings_an_idea_back_is_taken_by_no_other_way(city, idea):
    services.take_off(idea=idea, actor=city.moderator, reason_code="personnes", text=WHY)

    with pytest.raises(TransitionNotAllowed):
        services.perform(idea=fresh(idea), transition="restore", actor=city.moderator, data={"text": ANSWER})
    assert "restore" not in [action.form for action in selectors.idea_page(city.moderator, idea.reference).actions]
    forget_effects()


def test_one_objection_a_decision_and_in_time(city, idea, second):
    services.take_off(idea=idea, actor=city.moderator, reason_code="personnes", text=WHY)
    with pytest.raises(PermissionDenied):
        services.appeal(idea=fresh(idea), actor=city.colleague, text=OBJECTION)
    late = clock.now() + timedelta(days=16)
    with pytest.raises(TransitionNotAllowed, match="Le délai pour contester s’est terminé"):
        services.appeal(idea=fresh(idea), actor=city.author, text=OBJECTION, at=late)
    services.appeal(idea=fresh(idea), actor=city.author, text=OBJECTION, at=clock.now() + timedelta(days=15))
    with pytest.raises(TransitionNotAllowed):
        services.appeal(idea=fresh(idea), actor=city.author, text=OBJECTION)
    services.answer_appeal(idea=fresh(idea), actor=second, restored=False, text=ANSWER)

    assert fresh(idea).visibility == "removed" and IdeaAppeal.objects.get().state == "upheld"
    with pytest.raises(TransitionNotAllowed):
        services.appeal(idea=fresh(idea), actor=city.author, text=OBJECTION)
    forget_effects()


def test_where_nobody_else_moderates_the_administrators_answer(city, idea):
    admin = AgentFactory(unit=city.other, roles=[(Role.ADMINISTRATOR, None)])
    services.take_off(idea=idea, actor=city.moderator, reason_code="personnes", text=WHY)
    services.appeal(idea=fresh(idea), actor=city.author, text=OBJECTION)
    drain_outbox()

    assert codes(admin) == ["ideas.task.appeal"]
    assert IdeaCase.objects.appealed_to(admin).count() == 1
    assert not sees(admin, idea), "the desk shows the text, the idea's page doesn't"
    assert selectors.case_view(admin, idea.reference).may_answer
    services.answer_appeal(idea=fresh(idea), actor=admin, restored=True, text=ANSWER)
    assert fresh(idea).visibility == "shown"
    forget_effects()


def test_a_sealed_author_objects_without_an_hour_nor_a_line_in_the_journal(city, second):
    idea = IdeaFactory(space=city.box, author=city.author, protected=True)
    drain_outbox()
    services.take_off(idea=idea, actor=city.moderator, reason_code="personnes", text=WHY)
    author = User.objects.get(pk=city.author.pk)
    before = AuditEntry.objects.count()

    services.appeal(idea=fresh(idea), actor=author, text=OBJECTION)

    assert IdeaAppeal.objects.get().made_at == clock.week_start_moment(clock.week_of())
    assert AuditEntry.objects.count() == before
    services.answer_appeal(idea=fresh(idea), actor=second, restored=False, text=ANSWER)
    drain_outbox()
    told = InboxItem.objects.filter(handle=idea.handle).order_by("pk").values_list("code", flat=True)
    assert list(told) == ["ideas.removed", "ideas.appeal.answered"]
    assert not InboxItem.objects.filter(user=author).exists()


def test_a_comment_comes_back_with_its_count(city, idea, second):
    comment = IdeaCommentFactory(idea=idea)
    IdeaCounts.objects.filter(pk=idea.pk).update(comments=1)
    services.take_off(idea=fresh(idea), comment=comment, actor=city.moderator, reason_code="injure", text=WHY)
    services.appeal(idea=fresh(idea), comment=comment, actor=comment.author, text=OBJECTION)

    services.answer_appeal(idea=fresh(idea), comment=comment, actor=second, restored=True, text=ANSWER)

    comment.refresh_from_db()
    assert (comment.visibility, comment.removal_reason) == ("shown", "")
    assert IdeaCounts.objects.get(pk=idea.pk).comments == 1
    forget_effects()


# ------------------------------------------------------------------------------------------------------ the rest
def test_followers_of_a_hidden_idea_hear_nothing(city, idea):
    services.set_follow(idea=idea, actor=city.colleague, wanted=True)
    report(idea, reporters(3))
    drain_outbox()
    before = InboxItem.objects.filter(user=city.colleague).count()

    services.withdraw(idea=fresh(idea), actor=city.author)
    drain_outbox()

    assert InboxItem.objects.filter(user=city.colleague).count() == before


def test_the_clock_opens_nothing_that_is_hidden(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="submitted")
    from ideas.clockwork import looks_clean

    assert looks_clean(idea, None, {}) is None
    report(idea, reporters(3))
    assert looks_clean(fresh(idea), None, {})
    forget_effects()


def test_who_reported_is_forgotten_twelve_months_after_the_decision(city, idea):
    report(idea, reporters(2))
    services.keep(idea=fresh(idea), actor=city.moderator)
    later = clock.now() + timedelta(days=400)

    assert forget_reporters(clock.now(), True) == 0
    assert forget_reporters(later, False) == 2
    assert forget_reporters(later, True) == 2
    assert forget_reporters(later, True) == 0
    assert IdeaReport.objects.filter(reporter=None, unit=None).count() == 2
    forget_effects()


def test_no_line_of_the_journal_names_a_reporter(city, idea):
    report(idea, reporters(3))
    services.keep(idea=fresh(idea), actor=city.moderator)

    lines = AuditEntry.objects.filter(verb__startswith="moderation.").order_by("pk")
    assert [line.verb for line in lines] == ["moderation.reported"] * 3 + ["moderation.withheld", "moderation.kept"]
    assert [bool(line.actor) for line in lines] == [False] * 4 + [True]
    forget_effects()


def test_rules_and_lists_agree_on_what_is_hidden(city, second):
    people = [None, city.author, city.colleague, city.moderator, second, city.correspondent, ExternalFactory()]
    facilitator = AgentFactory(unit=city.service, roles=[(Role.FACILITATOR, None)])
    local = AgentFactory(unit=city.service)
    grant(local, Role.MODERATOR, city.service)
    people += [facilitator, local]
    for visibility in ("shown", "withheld", "removed"):
        for author in (city.author, city.moderator):
            for protected in (False, True):
                idea = IdeaFactory(
                    space=city.box,
                    author=author,
                    protected=protected,
                    visibility=visibility,
                    direction=city.direction,
                    service=city.service if protected else None,
                )
                for shown in ("shown", "withheld", "removed"):
                    writer = city.colleague if protected else author
                    IdeaCommentFactory(
                        idea=idea,
                        author=writer,
                        visibility=shown,
                        removal_reason="injure" if shown == "removed" else "",
                    )
    drain_outbox()
    ideas = list(Idea.objects.select_related("space", "unit", "transfer_to"))
    comments = list(IdeaComment.objects.select_related("idea__space", "idea__unit", "idea__transfer_to"))

    for person in people:
        viewer = as_viewer(User.objects.get(pk=person.pk) if person else None)
        seen = set(Idea.objects.visible_to(viewer))
        assert seen == {idea for idea in ideas if rules.can_view(viewer, idea)}
        read = set(IdeaComment.objects.visible_to(viewer))
        assert read == {
            comment
            for comment in comments
            if rules.can_view(viewer, comment.idea) and rules.can_read_comment(viewer, comment, comment.idea)
        }
        moderated = Idea.objects.filter(pk__in=[idea.pk for idea in ideas if rules.moderates(viewer, idea)])
        from ideas.querysets import moderated as condition

        assert set(Idea.objects.filter(condition(viewer))) == set(moderated)


def test_messages_already_received_hide_the_words_too_and_show_them_again(city, idea, second):
    said = "La machine de la cave sent le caoutchouc brûlé."
    comment = services.comment(idea=fresh(idea), actor=city.colleague, body=said)
    services.set_follow(idea=fresh(idea), actor=second, wanted=True)
    drain_outbox()

    def told(user):
        return [item.context.get("text", "") for item in InboxItem.objects.filter(user=user, code="ideas.commented")]

    assert told(city.author) == [said]
    services.take_off(idea=fresh(idea), comment=comment, actor=city.moderator, reason_code="secret", text=WHY)
    drain_outbox()
    assert told(city.author) == ["(texte masqué par la modération)"]
    services.appeal(idea=fresh(idea), comment=comment, actor=city.colleague, text=OBJECTION)
    services.answer_appeal(idea=fresh(idea), comment=comment, actor=second, restored=True, text=ANSWER)
    drain_outbox()
    assert told(city.author) == [said]


def test_followers_no_longer_read_the_title_of_a_hidden_idea_in_their_messages(city):
    idea = IdeaFactory(space=city.box, author=city.author, direction=city.direction)
    services.set_follow(idea=idea, actor=city.colleague, wanted=True)
    services.orient(idea=fresh(idea), actor=city.correspondent, direction=city.direction, scale="project")
    drain_outbox()

    def titles(user):
        return set(InboxItem.objects.filter(user=user).values_list("context__title", flat=True))

    assert titles(city.colleague) == {idea.title}
    report(idea, reporters(3))
    drain_outbox()
    assert titles(city.colleague) == {"(texte masqué par la modération)"}
    assert titles(city.author) == {idea.title}
    services.keep(idea=fresh(idea), actor=city.moderator)
    drain_outbox()
    assert titles(city.colleague) == {idea.title}


def test_tasks_of_staff_lose_the_title_of_an_idea_hidden_since(city, second, time_machine):
    """Those it was given to, those who study it, those whom its late answer climbed to; the moderators keep it."""
    idea = IdeaFactory(space=city.box, author=city.author, direction=city.direction)
    services.orient(idea=idea, actor=city.correspondent, direction=city.direction, scale="project")
    services.start_study(idea=fresh(idea), actor=city.correspondent, assessors=city.assessors[:2])
    drain_outbox()
    time_machine.move_to(clock.now() + timedelta(days=100))
    escalate(clock.now())
    drain_outbox()

    def tasks():
        rows = InboxItem.objects.filter(category="tasks").exclude(user=city.moderator)
        return set(rows.values_list("code", "context__title"))

    told = {code for code, title in tasks()}
    assert {"ideas.task.assess", "ideas.task.overdue"} <= told
    services.take_off(idea=fresh(idea), actor=city.moderator, reason_code="secret", text=WHY)
    drain_outbox()

    assert {title for _code, title in tasks()} == {"(texte masqué par la modération)"}
    services.appeal(idea=fresh(idea), actor=city.author, text=OBJECTION)
    drain_outbox()
    assert InboxItem.objects.filter(code="ideas.task.appeal").values_list("context__title", flat=True)[0] == idea.title
