"""Reports and the panel of the administration: bounded, for administrators, the same rows on screen and as CSV."""

import datetime

import pytest

from src.accountability.models import ResponseOwed
from src.foundations import clock
from src.foundations.testing import drain_outbox


@pytest.fixture
def late(city):
    idea = city.oriented()
    ResponseOwed.objects.filter(pk=idea.owed_id).update(promised_on=clock.today() - datetime.timedelta(days=12))
    return idea


@pytest.mark.parametrize("name", ["funnel", "delays", "waits", "load", "assessors", "channels", "overdue"])
def test_reports_are_for_administrators(city, as_, late, name):
    address = f"/gestion/rapports-idees/{name}/"

    assert as_(city.admin).get(address).status_code == 200
    assert as_(city.reader).get(address).status_code in (302, 403)
    assert as_(city.correspondent).get(address).status_code in (302, 403)
    assert as_(None).get(address).status_code == 302
    drain_outbox()


def test_overdue_as_csv_is_what_the_screen_shows(city, as_, late):
    response = as_(city.admin).get("/gestion/rapports-idees/overdue/?export=csv")

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert (
        lines[0] == '"Référence";"Titre";"Due par";"Suivie par";"Promise pour le";"Jours de retard";"Dernière relance"'
    )
    assert lines[1].startswith(f'"{late.reference}";"{late.title}";"Bâtiments"')
    assert lines[1].split(";")[5] == '"12"'
    assert len(lines) == 2
    drain_outbox()


def test_the_funnel_counts_each_stage_once(city, as_, late):
    city.opened()

    response = as_(city.admin).get("/gestion/rapports-idees/funnel/")

    counts = {row[1]: row[2] for row in response.context["rows"] if row[2]}
    assert counts == {"À orienter": 1, "À traiter par la direction": 1}
    drain_outbox()


@pytest.mark.parametrize("count", [1, 3])
def test_overdue_takes_as_many_statements_whatever_its_length(city, django_assert_num_queries, count):
    from ideas.reports import overdue

    for number in range(count):
        idea = city.oriented(f"Une idée numéro {number} pour le dépôt")
        ResponseOwed.objects.filter(pk=idea.owed_id).update(promised_on=clock.today() - datetime.timedelta(days=3))

    with django_assert_num_queries(4):  # roles, roles in spaces, keyring, ideas
        rows = overdue(city.admin)

    assert len(rows) == count
    drain_outbox()


def test_an_unknown_report_does_not_exist(city, as_):
    assert as_(city.admin).get("/gestion/rapports-idees/tout/").status_code == 404


def test_the_home_panel_shows_ten_tasks_at_most(city, as_, monkeypatch):
    from src.notices import todo

    tasks = [todo.TodoItem(title=f"Tâche {number}", url="/idees/", verb="Lire") for number in range(25)]
    monkeypatch.setattr(todo, "_providers", [lambda viewer: tasks])

    page = as_(city.admin).get("/gestion/").content.decode()

    assert page.count("Lire : Tâche") == 10


def test_reports_of_load_say_what_waits_and_who_is_asked(city, as_, late):
    admin = as_(city.admin)
    load = admin.get("/gestion/rapports-idees/load/").context["rows"]
    waits = admin.get("/gestion/rapports-idees/waits/").context["rows"]

    assert [row[1:3] for row in load] == [[1, 1]]
    assert [(row[1], row[2]) for row in waits] == [("Ouverte", 1)]
    assert admin.get("/gestion/rapports-idees/assessors/").context["rows"] == []
    drain_outbox()


def test_the_workshop_warns_of_dates_at_risk(city, as_, late):
    page = as_(city.correspondent).get("/idees/atelier/").content.decode()

    assert "Dates en danger" in page
    assert "1 réponse promise est déjà en retard" in page
    ResponseOwed.objects.filter(pk=late.owed_id).update(promised_on=clock.today() + datetime.timedelta(days=30))
    assert "Dates en danger" not in as_(city.correspondent).get("/idees/atelier/").content.decode()
    drain_outbox()
