"""The home page: tasks and news for who is signed in, a welcome for who isn't."""

import datetime

import pytest

from src.directory.viewer import as_viewer
from src.foundations import clock
from src.notices import registry, todo
from src.notices.models import InboxItem
from src.notices.registry import Notice
from src.publishing import selectors
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.publishing import OutcomePageFactory, home_page

pytestmark = pytest.mark.django_db


def line(title, **fields):
    return todo.TodoItem(title=title, url="/x/", verb="Lire", **fields)


class News(Notice):
    code = "tests.news"
    category = "followed"
    why = "x"

    def subject(self, context):
        return context["title"]

    def url(self, context):
        return "/idees/AAAAAA/"


@pytest.fixture
def agent():
    home_page()
    return AgentFactory(first_name="Nadia", unit=UnitFactory())


def test_visitors_are_welcomed_and_may_sign_in(client):
    home_page()

    html = client.get("/").content.decode()

    assert "<h1>Une idée, une réponse</h1>" in html
    assert 'href="/connexion/"' in html
    assert "Ce qui vous attend" not in html


def test_tasks_come_in_the_order_of_duty(agent, client_of):
    todo.register(
        lambda viewer: [
            line("Plus tard", due_on=datetime.date(2030, 1, 1)),
            line("Obligatoire", legal=True, due_on=datetime.date(2031, 1, 1)),
        ]
    )

    html = client_of(agent).get("/").content.decode()

    assert "Bonjour Nadia" in html
    assert "2 choses vous attendent." in html
    assert html.index("Obligatoire") < html.index("Plus tard")
    assert 'href="/idees/deposer/"' in html


def test_an_empty_list_invites_to_propose(agent, client_of):
    html = client_of(agent).get("/").content.decode()

    assert "Rien ne vous attend aujourd’hui." in html
    assert html.count('href="/idees/deposer/"') == 2


def test_minutes_are_told_only_when_they_add_up():
    some, all_known = [line("A", minutes=4), line("B")], [line("A", minutes=4), line("B", minutes=8)]

    assert selectors.expected(some) == "2 choses vous attendent."
    assert selectors.expected(all_known) == "2 choses vous attendent, comptez 12 minutes."
    assert selectors.expected([line("A", minutes=242)]) == "1 chose vous attend, comptez 4 h 02."


def test_a_line_says_its_minutes_with_or_without_details(agent, client_of):
    todo.register(
        lambda viewer: [line("A", minutes=3), line("B", minutes=4, detail="30 soutiens"), line("C", detail="x")]
    )

    html = client_of(agent).get("/").content.decode()

    assert "<span>Comptez 3 min</span>" in html
    assert "<span>30 soutiens, comptez 4 min</span>" in html
    assert "<span>x</span>" in html


def test_tasks_beyond_six_are_folded(agent, client_of):
    todo.register(lambda viewer: [line(f"Tâche {n}") for n in range(8)])

    html = client_of(agent).get("/").content.decode()

    assert "2 autres choses" in html
    assert html.count("Lire<span") == 8


def test_no_group_hides_another():
    soon, later = clock.today(), clock.today() + datetime.timedelta(days=60)
    tasks = [
        *(line(f"L{n}", legal=True) for n in range(5)),
        *(line(f"P{n}", due_on=soon) for n in range(4)),
        line("Q", awaited=True),
        *(line(f"R{n}", due_on=later) for n in range(2)),
    ]

    groups, folded = selectors.grouped(tasks)
    alone, rest = selectors.grouped(tasks[:8])

    assert [[task.title for task in group.tasks] for group in groups] == [
        ["L0", "L1", "L2"],
        ["P0", "P1", "P2"],
        ["R0", "R1"],
    ]
    assert [task.title for task in folded] == ["L3", "L4", "P3", "Q"]
    assert [len(group.tasks) for group in alone] == [3, 3] and len(rest) == 2
    assert selectors.grouped(tasks[:2])[0][0].label == ""


def test_news_are_the_newest_messages(agent, client_of, monkeypatch):
    monkeypatch.setattr(registry, "_notices", {News.code: News()})
    for number in range(4):
        InboxItem.objects.create(
            code=News.code,
            category="followed",
            key=f"k{number}",
            user=agent,
            context={"title": f"Nouvelle {number}"},
            created_at=datetime.datetime(2026, 11, 1 + number, tzinfo=datetime.UTC),
        )

    html = client_of(agent).get("/").content.decode()

    assert [f"Nouvelle {n}" in html for n in range(4)] == [False, True, True, True]


def test_outcomes_of_the_home_page_stop_at_what_one_may_read(agent, client, client_of):
    from wagtail.models import PageViewRestriction

    shown = OutcomePageFactory(title="Bilan public")
    closed = OutcomePageFactory(title="Bilan interne")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    draft = OutcomePageFactory(title="Bilan en cours", live=False)

    visitor = [page.pk for page in selectors.latest_outcomes(as_viewer(None))]
    signed_in = {page.pk for page in selectors.latest_outcomes(as_viewer(agent))}

    assert visitor == [shown.pk]
    assert signed_in == {shown.pk, closed.pk}
    assert "Bilan interne" not in client.get("/").content.decode()
    assert draft.title not in client_of(agent).get("/").content.decode()


def test_a_page_for_groups_is_in_nobody_s_list(agent):
    from django.contrib.auth.models import Group
    from wagtail.models import PageViewRestriction

    page = OutcomePageFactory()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="g"))

    assert selectors.latest_outcomes(as_viewer(agent)) == []


def test_the_home_page_costs_the_same_for_one_and_three(agent, client_of, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    client = client_of(agent)
    client.get("/")
    for number in (1, 3):
        while OutcomePageFactory._meta.model.objects.count() < number:
            OutcomePageFactory()
        client.get("/")  # Wagtail forgets the roots of sites when a page is made
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        counts.append(len(captured))

    assert counts == [5, 5], "\n".join(query["sql"][:300] for query in captured)
