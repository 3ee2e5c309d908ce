"""Who answers an appeal where whoever decides already answered: somebody above, else somebody to be named."""

import pytest
from django.urls import reverse

from ideas import selectors, services, todo
from ideas.services.hearing import hearing_of, hearings_of
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory, grant
from tests.factories.ideas import IdeaFactory, yes

from .test_appealing import appealed, fresh

pytestmark = pytest.mark.django_db


def alone(city):
    """The direction's second decider decides no more."""
    city.deputy.rolegrants.all().delete()
    return city


def to_decide(city, **values):
    """An appeal whose study is over, in a direction where one person alone decides."""
    idea = appealed(city, **values)
    services.close_study(idea=idea, actor=city.correspondent, late_text="L'élément nouveau suffit.")
    return fresh(idea)


def lines(person):
    return [(item.kind, item.url) for item in todo.hearings_for_me(as_viewer(person))]


def test_with_another_decider_beside_the_first_nothing_more_is_said(city):
    idea = to_decide(city)

    hearing = hearing_of(idea)

    assert (hearing.people, hearing.unit, hearing.is_above) == ({city.deputy.pk}, city.direction, False)
    assert selectors.idea_page(city.colleague, idea.reference).appeal.hearing == ""
    assert lines(city.deputy) == [("ideas.hear", idea.get_absolute_url())]
    assert lines(city.decider) == []
    drain_outbox()


def test_where_one_person_decides_alone_whoever_decides_for_the_city_answers(city):
    secretary, administrator = AgentFactory(roles=[(Role.DECISION_MAKER, None)]), AgentFactory()
    grant(administrator, Role.ADMINISTRATOR, None)
    idea = to_decide(alone(city))

    page = selectors.idea_page(idea.author, idea.reference)

    assert page.appeal.hearing == (
        "Personne d’autre ne décide pour Propreté\u00a0: la personne qui décide pour toute la Ville répond."
    )
    assert lines(secretary) == [("ideas.hear", idea.get_absolute_url())]
    assert (lines(city.decider), lines(administrator)) == ([], [])
    drain_outbox()
    told = InboxItem.objects.filter(code__in=["ideas.task.hear", "ideas.task.nobody_answers", "ideas.task.decide"])
    assert list(told.filter(user__in=[secretary, city.decider, administrator]).values_list("user", "code")) == [
        (secretary.pk, "ideas.task.hear")
    ]
    services.prepare_decision(idea=idea, actor=secretary, **yes())
    services.announce_decision(idea=fresh(idea), actor=secretary)
    assert fresh(idea).stage_kind == "accepted"
    assert lines(secretary) == []
    drain_outbox()


def test_a_service_s_appeal_goes_to_its_direction_before_the_city(city):
    head = AgentFactory(roles=[(Role.DECISION_MAKER, city.service)])
    AgentFactory(roles=[(Role.DECISION_MAKER, None)])
    idea = IdeaFactory(space=city.box, direction=city.direction, service=city.service, stage="decision_pending")
    services.prepare_decision(idea=idea, actor=head, outcome="declined", reason="technique",
                              text=yes()["text"], reopening_conditions="Un abri.")  # fmt: skip
    services.announce_decision(idea=fresh(idea), actor=head)
    services.appeal_answer(idea=fresh(idea), actor=idea.author, text="Un abri est arrivé au dépôt.")

    hearing = hearing_of(fresh(idea))

    assert (hearing.people, hearing.unit, hearing.is_above) == (
        {city.decider.pk, city.deputy.pk}, city.direction, True,
    )  # fmt: skip
    assert selectors.idea_page(idea.author, idea.reference).appeal.hearing == (
        "Personne d’autre ne décide pour Collecte\u00a0: Propreté, au-dessus, répond."
    )
    drain_outbox()


def test_where_nobody_else_decides_anywhere_the_administration_names_somebody_and_the_date_holds(city):
    administrator = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    idea = appealed(alone(city))

    page = selectors.idea_page(idea.author, idea.reference)

    assert page.appeal.hearing == (
        "Personne d’autre ne décide pour Propreté, ni au-dessus\u00a0: l’administration donne ce rôle à quelqu’un d’autre. "
        "La date promise tient."
    )
    assert lines(administrator) == [("ideas.nobody_answers", "/gestion/annuaire/roles/")]
    drain_outbox()
    told = InboxItem.objects.get(user=administrator, code="ideas.task.nobody_answers")
    assert idea.title not in f"{told.context}" and idea.reference not in f"{told.context}"
    assert [item.title for item in todo.hearings_for_me(as_viewer(administrator))] == [
        "Personne ne peut répondre à un appel\u00a0: Propreté"
    ]

    named = AgentFactory()
    grant(named, Role.DECISION_MAKER, city.direction)
    services.close_study(idea=fresh(idea), actor=city.correspondent, late_text="L'élément nouveau suffit.")
    assert (lines(administrator), lines(named)) == ([], [("ideas.hear", idea.get_absolute_url())])
    drain_outbox()


def test_whoever_answered_first_finds_it_neither_in_their_queue_nor_open_to_them(city):
    idea = to_decide(city)

    assert selectors.queue_counts(city.decider)["to_decide"] == 0
    assert [row.reference for row in selectors.queue(city.decider, "to_decide").rows] == []
    assert selectors.queue_counts(city.deputy)["to_decide"] == 1
    with pytest.raises(TransitionNotAllowed):
        services.prepare_decision(idea=idea, actor=city.decider, **yes())
    drain_outbox()


def test_the_author_reads_on_the_page_who_answers_and_the_decider_finds_it_at_home(city, client):
    secretary = AgentFactory(roles=[(Role.DECISION_MAKER, None)])
    idea = to_decide(alone(city))
    client.force_login(idea.author, backend="src.directory.backends.DirectoryBackend")

    page = client.get(f"/idees/{idea.reference}/").content.decode()
    client.force_login(secretary, backend="src.directory.backends.DirectoryBackend")
    home = client.get("/").content.decode()

    assert "décide pour toute la Ville" in page
    assert "Répondre à nouveau" in home
    assert client.get(reverse("ideas:queue", args=["to_decide"])).status_code == 200
    drain_outbox()


def test_ten_appeals_are_looked_at_in_as_many_statements_as_one(city, django_assert_num_queries):
    one, *others = [to_decide(city) for _ in range(3)]
    drain_outbox()

    for ideas in ([one], [one, *others]):
        ideas = [fresh(idea) for idea in ideas]
        with django_assert_num_queries(2):
            hearings_of(ideas)
