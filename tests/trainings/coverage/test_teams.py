"""A manager's list: the team the directory names today, one of two words, and nothing else."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from src.directory.models import Affectation
from src.directory.services import post_agent
from src.directory.viewer import Viewer
from src.foundations import clock
from src.foundations.models import AuditEntry
from tests.factories import training_obligations as made
from tests.factories.directory import AgentFactory, DirectionFactory, SiteFactory, UnitFactory
from tests.trainings.coverage.people import agents, every_state, manager
from trainings.coverage import teams, todo
from trainings.obligations.services.evaluating import evaluate

pytestmark = pytest.mark.django_db
URL, PAPER = reverse("trainings_coverage:team"), reverse("trainings_coverage:team_paper")


def names(found) -> set:
    return {one.pk for one in found}


def test_each_state_is_one_of_two_words_and_absences_show_nowhere(client):
    _obligation, service, people = every_state()
    boss = manager(service)
    client.force_login(boss)

    answer = client.get(URL)

    states = {one.user.pk: one.is_to_plan for one in teams.page(Viewer(boss))[1]}
    assert {name: states[agent.pk] for name, agent in people.items()} == {
        "up_to_date": False, "exempt": False, "suspended": False,
        "to_renew": True, "expired": True, "overdue": True, "to_do": True,
    }  # fmt: skip
    text = answer.content.decode().partition("<main")[2].partition("</main")[0]
    for word in ("retard", "Expir", "Dispens", "pause", "absence", "renouvel", str(clock.today().year)):
        assert word not in text, word
    assert (teams.summary(Viewer(boss)).to_plan, teams.summary(Viewer(boss)).hours) == (4, 6)


def test_the_team_is_whom_nobody_nearer_manages_and_the_nearer_managers_themselves():
    service = UnitFactory()
    site, other = SiteFactory(parent=service), UnitFactory()
    chief, foreman, stranger = manager(service), manager(site), manager(other)
    (near,), (far,), (away,) = agents(service), agents(site), agents(other)

    assert names(teams.team_of(Viewer(chief))) == {near.pk, foreman.pk}
    assert names(teams.team_of(Viewer(foreman))) == {far.pk}
    assert names(teams.team_of(Viewer(stranger))) == {away.pk}
    assert not teams.team_of(Viewer(near)).exists()


def test_who_managed_yesterday_or_will_tomorrow_sees_nobody(client):
    """Invariant 15: the post names them manager today."""
    service = UnitFactory()
    made.obligation()
    (one,) = agents(service)
    today = clock.today()
    for starts, ends in (
        (today + dt.timedelta(days=1), None),
        (today - dt.timedelta(days=9), today - dt.timedelta(days=1)),
    ):
        boss = AgentFactory(unit=service, is_manager=True)
        Affectation.objects.filter(user=boss).update(starts_on=starts, ends_on=ends)
        boss.refresh_from_db()
        client.force_login(boss)

        assert not teams.team_of(Viewer(boss)).exists()
        assert client.get(URL).status_code == client.get(PAPER).status_code == 403


def test_somebody_who_moved_leaves_the_list_the_same_day(client):
    service, other = UnitFactory(), UnitFactory()
    boss = manager(service)
    (one,) = agents(service)
    made.obligation()
    evaluate()
    client.force_login(boss)
    assert one.last_name in client.get(URL).content.decode()

    post_agent(one, other, starts_on=clock.today())

    assert one.last_name not in client.get(URL).content.decode()


def test_another_teams_place_in_the_address_shows_nobody_of_it(client):
    service, other = UnitFactory(), UnitFactory()
    boss = manager(service)
    (stranger,) = agents(other)
    agents(service)
    made.obligation()
    evaluate()
    client.force_login(boss)

    assert stranger.last_name not in client.get(URL, {"lieu": other.code}).content.decode()
    assert client.get(PAPER, {"lieu": other.code}).status_code == 200
    assert teams.printed(Viewer(boss), place=other.code) == []


def test_opening_the_list_and_printing_it_are_written_in_the_journal(client):
    service = UnitFactory()
    client.force_login(manager(service))
    agents(service, 2)
    made.obligation()
    evaluate()

    assert client.get(URL).status_code == client.get(PAPER).status_code == 200

    found = AuditEntry.objects.filter(verb="trainings.names_opened").values_list("object_ref", "payload")
    assert [(ref, payload["shown"]) for ref, payload in found] == [(f"unit:{service.code}", 2)] * 2


def test_the_to_do_line_says_how_many_and_goes_when_nobody_is_left():
    _obligation, service, people = every_state()
    boss = manager(service)

    (item,) = todo.to_plan(Viewer(boss))

    assert item.title.startswith("4 personnes")
    assert todo.to_plan(Viewer(people["to_do"])) == []
    assert todo.to_plan(Viewer(manager(UnitFactory()))) == []


def test_statements_do_not_grow_with_the_team(client, django_assert_num_queries):
    service = UnitFactory()
    agents(service, 1)
    made.obligation()
    evaluate()
    client.force_login(manager(service))
    client.get(URL)
    with django_assert_num_queries(16):
        client.get(URL)
    agents(service, 3)
    agents(SiteFactory(parent=service), 3)
    made.obligation()
    evaluate()

    with django_assert_num_queries(16):
        client.get(URL)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_what_managers_are_told_is_what_their_list_shows(posts):
    """Whatever the tree and whoever manages: the weekly number is the number of names to plan for."""
    from django.db import transaction

    with transaction.atomic():
        root = DirectionFactory()
        service, other = UnitFactory(parent=root), UnitFactory(parent=root)
        site, beside = SiteFactory(parent=service), SiteFactory(parent=service)
        units = [root, service, other, site, beside, SiteFactory(parent=site, kind="team")]
        obligation = made.obligation({"field": "contact_public", "op": "=", "value": True})
        people = [
            AgentFactory(unit=units[place], is_manager=manages, in_contact_with_public=contact)
            for place, manages, contact in posts
        ]
        evaluate()

        told = teams.waiting_by_manager()

        for one in people:
            one.refresh_from_db()
            assert told.get(one.pk, 0) == teams.people_to_plan(Viewer(one))
        assert obligation.pk
        transaction.set_rollback(True)
