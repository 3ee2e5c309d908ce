"""What a sheet says and never says: its own place, large enough, signed by nobody, read by every agent."""

import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ideas.models import Idea
from src.directory.enums import UnitKind
from src.directory.models import Unit
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle
from src.wall import services
from src.wall.composing import about
from src.wall.enums import Scope
from src.wall.models import Sheet
from tests.factories.directory import AgentFactory, DirectionFactory, SiteFactory
from tests.factories.ideas import BoxFactory
from tests.participation.real_database import several_writers

from .conftest import titles, told

pytestmark = pytest.mark.django_db


def test_a_sheet_tells_what_was_proposed_answered_and_is_open(wall):
    wall.idea("Un carnet pour chaque camion")
    wall.answered("Des casiers assez hauts")
    wall.answered("Une seconde pointeuse", ago=80, outcome="pilot")
    wall.idea("Un banc près du portail", days=40)
    wall.answered("Prévenir la veille", site=wall.pool)

    sheet = wall.sheet(wall.depot)

    assert sheet.scope == Scope.PLACE
    assert told(sheet) == {
        "answered": ["Des casiers assez hauts"],
        "under_way": ["Une seconde pointeuse"],
        "proposed": ["Un carnet pour chaque camion"],
        "open": ["Plus simple", "Un banc près du portail"],
        "nearby": ["Prévenir la veille"],
    }
    (answered,) = sheet.content["sections"][0]["lines"]
    assert answered["signed"] == "Sophie Lantier, cheffe du service technique"
    assert answered["status"] == "Décidée\u00a0: oui"
    assert "Commander le banc" in answered["next"] and answered["text"].startswith("Oui. Le service Bâtiments")
    assert sheet.content["sections"][-1]["lines"][0]["where"] == "Piscine des Roseaux"


def test_one_sheet_a_place_and_a_week(wall):
    # Six units: three sites, two directions; the box's own cell is a service of a third.
    places = Unit.objects.filter(kind__in=(UnitKind.SITE, UnitKind.DIRECTION)).count()

    assert services.draw_week() == places
    assert services.draw_week() == 0
    late = SiteFactory(parent=wall.direction, headcount=20)
    assert services.draw_week() == 1

    sheet = Sheet.objects.get(unit=late)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.create(unit=late, week=sheet.week, scope="place", content={}, drawn_at=clock.now())
    assert services.draw_week(clock.today() + timedelta(days=7)) == places + 1


@pytest.mark.parametrize("column, value", [("content", {"sections": []}), ("week", "2020-01-06"), ("scope", "city")])
def test_what_hangs_never_changes(wall, column, value):
    wall.sheet(wall.depot)

    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(unit=wall.depot).update(**{column: value})


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_tickers_at_the_same_moment_leave_one_sheet(wall, tmp_path):
    with several_writers(tmp_path) as run:
        run([services.draw_week] * 4)

    drawn = Sheet.objects.filter(week=clock.week_of())
    assert drawn.count() == drawn.values("unit_id").distinct().count() >= 5


@pytest.mark.parametrize("what", ["proposed", "open", "answered", "under_way", "everything"])
def test_a_protected_idea_changes_nothing_on_any_sheet_of_a_place(wall, what):
    wall.idea("Un carnet pour chaque camion")
    wall.answered("Prévenir la veille", site=wall.pool)
    sites = Unit.objects.filter(kind=UnitKind.SITE)
    services.draw_week()
    before = {sheet.unit_id: sheet.content for sheet in Sheet.objects.filter(unit__in=sites)}

    secrets = {
        "proposed": lambda site: wall.idea("Secret un", site, protected=True),
        "open": lambda site: wall.idea("Secret deux", site, days=40, protected=True),
        "answered": lambda site: wall.answered("Secret trois", site=site, protected=True),
        "under_way": lambda site: wall.answered("Secret quatre", ago=80, site=site, protected=True),
    }
    for name, site in itertools.product(secrets, (wall.depot, wall.workshop, wall.pool)):
        if what in (name, "everything"):
            secrets[name](site)
    drain_outbox()
    Sheet.objects.all().delete()
    services.draw_week()

    after = {sheet.unit_id: sheet.content for sheet in Sheet.objects.filter(unit__in=sites)}
    # A small place hangs its direction's sheet: it may tell it, without any place.
    small = wall.workshop.pk
    assert {pk: content for pk, content in after.items() if pk != small} == {
        pk: content for pk, content in before.items() if pk != small
    }
    secret = [
        line for sheet in Sheet.objects.all() for part in sheet.content["sections"] for line in part["lines"]
        if line["title"].startswith("Secret")
    ]  # fmt: skip
    assert secret and {line["where"] for line in secret} == {""}


def test_a_small_place_hangs_its_direction_s_sheet_and_is_named_nowhere(wall):
    wall.idea("Une idée de l'atelier", wall.workshop)
    wall.answered("Une réponse à l'atelier", site=wall.workshop)

    small = wall.sheet(wall.workshop)

    assert (small.scope, small.content["about"]) == (Scope.DIRECTION, "Propreté")
    assert {"Une idée de l'atelier", "Une réponse à l'atelier"} <= titles(small)
    assert titles(wall.sheet(wall.depot)) & {"Une idée de l'atelier"} == set()
    for sheet in Sheet.objects.all():
        assert "Atelier de la Rive" not in str(sheet.content)


@pytest.mark.parametrize("people, around, expected", [
    (11, 90, Scope.PLACE), (10, 90, Scope.DIRECTION), (10, 11, Scope.DIRECTION), (4, 10, Scope.CITY), (0, 0, Scope.CITY),
])  # fmt: skip
def test_what_a_sheet_speaks_of_follows_the_smallest_number(wall, people, around, expected):
    direction = DirectionFactory()
    site = SiteFactory(parent=direction)
    site.headcount, site.direction.headcount = people, around

    assert about(site, 11).scope == expected


def test_nothing_that_an_agent_can_t_read_is_drawn(wall):
    closed = BoxFactory(name="Cercle fermé", circle=Circle.MEMBERS, member_unit=wall.direction)
    wall.idea("Idée de membres", space=closed)
    wall.idea("Pas encore lue", stage="submitted")
    wall.idea("Enlevée", stage="removed")
    wall.idea("Retirée", stage="withdrawn")
    wall.answered("Réponse préparée", announced=False)
    wall.idea("Lisible")
    plain = AgentFactory(unit=wall.pool)

    services.draw_week()

    drawn = str([sheet.content for sheet in Sheet.objects.all()])
    for hidden in ("Cercle fermé", "Idée de membres", "Pas encore lue", "Enlevée", "Retirée", "Le service Bâtiments"):
        assert hidden not in drawn, hidden
    told_of = {
        line["reference"]
        for sheet in Sheet.objects.all()
        for part in sheet.content["sections"]
        for line in part["lines"]
        if line["kind"] == "idea"
    }
    assert told_of and told_of <= set(Idea.objects.visible_to(plain).values_list("reference", flat=True))


def test_a_week_without_news_says_what_is_open_and_one_answer_of_the_city(wall):
    wall.answered("Une vieille réponse", ago=100, outcome="declined", site=wall.pool)

    assert told(wall.sheet(wall.depot)) == {"open": ["Plus simple"], "nearby": ["Une vieille réponse"]}


def test_drawing_costs_the_same_for_one_and_three_places(wall):
    def cost():
        with CaptureQueriesContext(connection) as done:
            services.draw_week()
        return len(done)

    services.draw_week()
    SiteFactory(parent=wall.direction, headcount=20)
    one = cost()
    for _number in range(3):
        site = SiteFactory(parent=wall.direction, headcount=20)
        wall.idea("Une de plus ici", site)
        wall.answered("Répondu ici", site=site)
    assert (one, cost()) == (8, 8)
