"""Reads: what a page shows, in how many statements, in which order, and what it never tells."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from ideas import selectors, services
from ideas.models import Idea
from src.directory.models import User
from src.foundations import clock, outbox
from src.foundations.testing import drain_outbox
from tests.factories.directory import AgentFactory
from tests.factories.ideas import NO, BoxFactory, IdeaCommentFactory, IdeaFactory, yes

pytestmark = pytest.mark.django_db


def statements(function):
    """How many statements a read costs, whoever reads already known."""
    from django.db import connection

    with CaptureQueriesContext(connection) as captured:
        function()
    return len(captured)


def reader(agent):
    """The viewer of a request: the account came with its keyring and affectation."""
    from src.directory.viewer import as_viewer, read_account

    viewer = as_viewer(read_account(agent.pk))
    viewer.roles, viewer.own_handles  # noqa: B018 - one statement for people with roles, paid by the request
    return viewer


def ideas_with_comments(city, count):
    for _ in range(count):
        idea = IdeaFactory(space=city.box, author=city.author, direction=city.direction, stage="in_review")
        idea.tags.set(["bancs", "dépôt"])
        top = IdeaCommentFactory(idea=idea)
        for _ in range(count):
            IdeaCommentFactory(idea=idea, parent=top, in_reply_to=None)
    return idea


@pytest.mark.parametrize("count", [1, 3])
def test_reads_cost_the_same_whatever_their_length(city, count):
    idea = ideas_with_comments(city, count)
    agent, staff = reader(city.colleague), reader(city.correspondent)

    costs = {
        "list": statements(lambda: selectors.idea_list(agent)),
        "list with tags": statements(lambda: selectors.idea_list(agent, with_tags=True)),
        "search": statements(lambda: selectors.idea_list(agent, q="banc")),
        "filters": statements(lambda: selectors.filter_choices(agent)),
        "page": statements(lambda: selectors.idea_page(agent, idea.reference)),
        "page for staff": statements(lambda: selectors.idea_page(staff, idea.reference)),
        "queue": statements(lambda: selectors.queue(staff, "to_study")),
        "counts": statements(lambda: selectors.queue_counts(staff)),
        "counts for agents": statements(lambda: selectors.queue_counts(agent)),
        "mine": statements(lambda: selectors.my_ideas(reader(city.author))) - 1,
    }

    assert costs == {
        "list": 1,
        "list with tags": 2,
        "search": 3,
        "filters": 3,
        "page": 8,
        "page for staff": 8,
        "queue": 1,
        "counts": 1,
        "counts for agents": 0,
        "mine": 1,
    }


def test_support_and_transition_keep_to_their_statements(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="open", direction=city.direction)
    agent = reader(city.colleague)
    city.correspondent.current_affectation  # noqa: B018 - read with the account in a request
    loaded = Idea.objects.select_related("space", "unit", "owed", "transfer_to").get(pk=idea.pk)
    worker = reader(city.correspondent)

    support = statements(lambda: services.set_support(idea=loaded, actor=agent, wanted=True))
    orient = statements(
        lambda: services.orient(idea=loaded, actor=worker.user, direction=city.direction, scale="project")
    )

    assert support <= 6, "phases, savepoint, insert, counter"
    assert orient <= 14, "roles, transition, journal, first reading, promise, outbox"
    drain_outbox()


def test_list_orders_filters_and_leaves_archives_and_departures_aside(city):
    archive = BoxFactory(is_archive=True)
    week_ago = IdeaFactory(space=city.box, direction=city.other, sent_days_ago=8, title="Une lampe au portail nord")
    today = IdeaFactory(space=city.box, direction=city.direction, kind="pain_point")
    decided = IdeaFactory(space=city.box, stage="declined", sent_days_ago=15)
    IdeaFactory(space=city.box, stage="withdrawn")
    old = IdeaFactory(space=archive, is_imported=True)
    today.tags.set(["bancs"])
    services.set_support(idea=week_ago, actor=city.colleague, wanted=True)

    def found(**filters):
        return [row.reference for row in selectors.idea_list(city.colleague, **filters).rows]

    assert found() == [today.reference, week_ago.reference, decided.reference]
    assert found(sort="supported")[0] == week_ago.reference
    assert found(sort="due") == [decided.reference, week_ago.reference, today.reference]
    assert found(step="decided") == [decided.reference]
    assert found(step="received") == [today.reference, week_ago.reference]
    assert found(direction=city.other.code) == [week_ago.reference]
    assert found(kind="pain_point") == [today.reference] == found(tag="bancs")
    assert found(space=archive.slug) == [old.reference]
    assert found(step="nonsense", sort="nonsense") == found()


def test_pages_of_a_list_follow_each_other_without_a_gap(city):
    for days in (0, 0, 7, 7, 14):
        IdeaFactory(space=city.box, sent_days_ago=days)
    whole = [row.reference for row in selectors.idea_list(city.colleague, size=50).rows]

    for sort in ("newest", "supported", "due"):
        seen, cursor = [], None
        while True:
            page = selectors.idea_list(city.colleague, sort=sort, cursor=cursor, size=2)
            seen += [row.reference for row in page.rows]
            cursor = page.next_cursor
            if not cursor:
                break
        assert sorted(seen) == sorted(whole)
        assert len(seen) == 5


def test_order_within_a_week_is_the_random_reference(city):
    ideas = [IdeaFactory(space=city.box, protected=index % 2 == 0) for index in range(6)]

    rows = selectors.idea_list(city.colleague).rows

    assert [row.reference for row in rows] == sorted(idea.reference for idea in ideas)
    assert {row.when_label for row in rows if row.author_label == "Nom protégé"} == {selectors.when_label(ideas[0])}
    assert selectors.when_label(ideas[0]).startswith("semaine du ")
    drain_outbox()


def test_timeline_tells_five_steps_and_not_what_staff_do_between_them(city):
    study = IdeaFactory(space=city.box, author=city.author, stage="qualified", direction=city.direction)
    services.start_study(idea=study, actor=city.correspondent, assessors=city.assessors[:2])
    before = selectors.idea_page(city.colleague, study.reference)
    services.close_study(idea=study, actor=city.correspondent, late_text="Absents.")
    after = selectors.idea_page(city.colleague, study.reference)

    assert [(step.label, step.state) for step in before.timeline] == [
        ("Reçue", "done"),
        ("À l’étude", "current"),
        ("Décidée", "todo"),
        ("En cours", "todo"),
        ("Confirmée", "todo"),
    ]
    assert (before.timeline, before.row, before.step_sentence) == (after.timeline, after.row, after.step_sentence)
    assert after.step_sentence.startswith("Propreté l’étudie. Réponse promise avant le ")
    drain_outbox()


def test_page_of_a_late_idea_says_who_owes_and_since_when(city):
    idea = IdeaFactory(
        space=city.box, author=city.author, stage="in_review", direction=city.direction, sent_days_ago=72
    )

    page = selectors.idea_page(city.colleague, idea.reference)

    assert page.late_sentence == "La réponse est en retard de 12 jours. Propreté en est responsable."
    assert (page.row.is_late, page.row.days_late, page.promise.unit_label) == (True, 12, "Propreté")


def test_page_of_an_answered_idea_opens_with_the_official_answer(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="decision_pending", direction=city.direction)
    services.prepare_decision(idea=idea, actor=city.decider, **NO)
    services.announce_decision(idea=idea, actor=city.decider)

    page = selectors.idea_page(city.colleague, idea.reference)

    assert (page.answer.opening, page.answer.reason_label) == ("Non.", "Pas possible avec nos outils")
    assert page.answer.reopening_conditions == "Un nouvel abri au dépôt."
    assert page.step_sentence.startswith("Sophie Lantier, cheffe du service a répondu le ")
    assert [step.step for step in page.timeline] == ["received", "study", "decided"]
    assert page.support_refusal == "Les soutiens se sont arrêtés avec la réponse ou avec la fin du parcours."
    drain_outbox()


def test_small_sites_are_told_by_their_direction_for_protected_ideas(city):
    site = city.author.current_affectation.unit
    named = IdeaFactory(space=city.box, author=city.author, site=site)
    sealed = IdeaFactory(space=city.box, author=city.author, site=site, protected=True)

    rows = {row.reference: row.place_label for row in selectors.idea_list(city.colleague).rows}

    assert rows == {named.reference: "Dépôt", sealed.reference: "Propreté"}
    drain_outbox()


def everything_public(viewer, idea):
    """All that the reads of this room give somebody, as one value."""
    page = selectors.idea_page(viewer, idea.reference)
    return {
        "page": {name: getattr(page, name) for name in page.__dataclass_fields__ if name not in ("idea", "comments")},
        "lists": [
            selectors.idea_list(viewer, sort=sort, step=step)
            for sort in ("newest", "supported", "due")
            for step in ("", "study", "decided")
        ],
        "search": selectors.idea_list(viewer, q="banc"),
        "choices": selectors.filter_choices(viewer),
        "counts": selectors.queue_counts(viewer),
        "queues": [selectors.queue(viewer, name) for name in selectors.QUEUES],
        "mine": selectors.my_ideas(viewer),
    }


def test_a_prepared_decision_changes_nothing_for_anybody_but_its_deciders(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="decision_pending", direction=city.direction)
    IdeaFactory(space=city.box, author=city.author, stage="decision_pending", direction=city.direction)
    outbox.drain(raising=True)
    people = {
        "author": city.author,
        "colleague": city.colleague,
        "moderator": city.moderator,
        "correspondent": city.correspondent,
        "assessor": city.assessors[0],
        "other direction": city.other_correspondent,
        "visitor": None,
    }
    visible = {name: person for name, person in people.items() if person is not None}
    before = {name: everything_public(person, idea) for name, person in visible.items()}
    workshop = selectors.workshop(city.correspondent, idea)

    services.prepare_decision(idea=idea, actor=city.decider, planned_for=clock.today() + timedelta(days=3), **yes())
    outbox.drain(raising=True)

    after = {name: everything_public(person, idea) for name, person in visible.items()}
    for name in visible:
        for part, value in before[name].items():
            assert value == after[name][part], (name, part)
    assert workshop == selectors.workshop(city.correspondent, idea)
    assert selectors.workshop(city.decider, idea).prepared.outcome == "accepted"
    assert selectors.workshop(city.deputy, idea).prepared is not None


def test_queue_gives_the_next_one_after_saving(city):
    ideas = [
        IdeaFactory(space=city.box, stage="submitted", sent_days_ago=days, direction=city.direction)
        for days in (9, 5, 1)
    ]

    rows = selectors.queue(city.moderator, "to_screen").rows
    services.screen(idea=ideas[0], actor=city.moderator)

    assert [row.reference for row in rows] == [idea.reference for idea in ideas]
    assert [row.action_label for row in rows] == ["Accepter à la relecture"] * 3
    assert [row.is_stage_late for row in rows] == [True, True, False]
    after = [selectors.next_in_queue(city.moderator, "to_screen", idea.reference) for idea in ideas]
    assert after == [ideas[1].reference, ideas[2].reference, ideas[1].reference]
    drain_outbox()


def test_my_ideas_are_all_mine_named_and_protected(city):
    named = IdeaFactory(space=city.box, author=city.author)
    sealed = IdeaFactory(space=city.box, author=city.author, protected=True, stage="needs_info_study")
    IdeaFactory(space=city.box, author=city.colleague)
    outbox.drain(raising=True)

    mine = selectors.my_ideas(User.objects.get(pk=city.author.pk))

    assert {row.reference for row in mine.rows} == {named.reference, sealed.reference}
    assert [row.reference for row in mine.to_answer] == [sealed.reference]


def test_somebody_elses_invisible_idea_does_not_exist(city):
    hidden = IdeaFactory(space=BoxFactory(circle="members"))
    removed = IdeaFactory(space=city.box, author=city.author, stage="removed")

    for idea in (hidden, removed):
        with pytest.raises(Idea.DoesNotExist):
            selectors.idea_page(AgentFactory(), idea.reference)
    assert selectors.idea_page(city.author, removed.reference).is_mine
    assert selectors.idea_page(city.moderator, removed.reference).is_staff
