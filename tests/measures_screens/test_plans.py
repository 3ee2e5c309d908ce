"""Plans of measures: what everybody reads, who composes one, what the database refuses."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from src.accountability.models import Measure, Plan, PlanMeasure
from src.directory.enums import Role
from src.foundations import clock
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.measures import MeasureFactory
from tests.factories.plans import PlanFactory, orientation_of, put

pytestmark = pytest.mark.django_db
URL = "/engagements/plans/"
# For a visitor: the list, then where the measures of its plans stand.
LIST_STATEMENTS = 2
# For a visitor: the plan, its axes, their orientations, the measures, where these come from, its reports.
STATEMENTS = 6


def signed_in(user):
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def direction():
    return DirectionFactory(name="Parcs et nature en ville", code="PAR")


@pytest.fixture
def decider(direction):
    return AgentFactory(unit=direction, roles=[(Role.DECISION_MAKER, direction)])


@pytest.fixture
def elsewhere():
    other = DirectionFactory()
    return AgentFactory(unit=other, roles=[(Role.DECISION_MAKER, other)])


def at(plan, more=""):
    return f"{URL}{plan.reference}/{more}"


def numbers(response):
    return [
        entry.number
        for axis in response.context["page"].axes
        for block in axis.orientations
        for entry in block.entries
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_list_page_and_api_take_as_many_statements_whatever_their_length(count, direction, django_assert_num_queries):
    plans = [PlanFactory(unit=direction, measures=count) for _number in range(count)]
    client = Client()

    with django_assert_num_queries(LIST_STATEMENTS):
        response = client.get(URL)
    assert len(response.context["rows"]) == count
    with django_assert_num_queries(STATEMENTS):
        assert numbers(client.get(at(plans[0]))) == list(range(1, count + 1))
    client.get("/api/v1/plans/")
    # The limit of calls is one statement more.
    with django_assert_num_queries(LIST_STATEMENTS + 1):
        client.get("/api/v1/plans/")


def test_everybody_reads_what_is_published_and_nothing_else(direction, decider, elsewhere):
    shown, draft = PlanFactory(unit=direction, measures=1), PlanFactory(unit=direction, published_on=None)

    def listed(client):
        return [row.reference for row in client.get(URL).context["rows"]]

    assert listed(Client()) == [shown.reference]
    for stranger in (Client(), signed_in(AgentFactory()), signed_in(elsewhere)):
        assert stranger.get(at(shown)).status_code == 200
        assert stranger.get(at(draft)).status_code == 404
        assert stranger.get(f"/api/v1/plans/{draft.reference}/").status_code == 404
        assert stranger.get(at(draft, "export.csv")).status_code == 404
    assert set(listed(signed_in(decider))) == {shown.reference, draft.reference}
    assert "pas encore publié" in signed_in(decider).get(at(draft)).content.decode()


def test_the_table_of_axes_adds_up_and_each_figure_opens_its_measures(direction):
    plan = PlanFactory(unit=direction)
    first, second = orientation_of(plan, axis=1), orientation_of(plan, axis=2)
    done = {"delivered_on": clock.today(), "delivered_proof": "Posé."}
    for made in (
        put(first, MeasureFactory(unit=direction, heard_days_ago=120)),
        put(first, MeasureFactory(unit=direction, status="works")),
        put(second, MeasureFactory(unit=direction, status="delivered", **done)),
        put(second, MeasureFactory(unit=direction, status="works", heard_days_ago=100, title="Fermer le samedi"), 47),
    ):
        assert made.number

    response = Client().get(at(plan))

    told = [[cell["text"] if isinstance(cell, dict) else cell for cell in line] for line in response.context["table"]]
    assert [line[1:] for line in told] == [
        ["1", "1", "1", "0", "0", "0", "2"],
        ["0", "1", "1", "1", "0", "0", "2"],
        ["1", "2", "2", "1", "0", "0", "4"],
    ]
    assert [count for _label, count in response.context["chart"].points] == [1, 2, 1, 0, 0]
    for line in response.context["table"]:
        for cell in line[1:]:
            if isinstance(cell, dict):
                assert len(numbers(Client().get(cell["url"].split("#")[0]))) == int(cell["text"])
    asked = {
        query: numbers(Client().get(at(plan, f"?{query}")))
        for query in ("axe=2", "q=47+FERMER", "direction=ZZZ", "axe=x")
    }
    assert asked == {"axe=2": [3, 47], "q=47+FERMER": [47], "direction=ZZZ": [], "axe=x": [1, 2, 3, 47]}


def test_files_and_api_say_what_the_screen_says(direction):
    plan = PlanFactory(unit=direction, measures=2)
    measure = plan.entries.get(number=2).measure
    type(measure).objects.filter(pk=measure.pk).update(title="=CMD() | pose")

    csv = b"".join(Client().get(at(plan, "export.csv")).streaming_content).decode()
    data = json.loads(Client().get(at(plan, "export.json")).content)
    read = Client().get(f"/api/v1/plans/{plan.reference}/")

    assert "'=CMD() | pose" in csv and csv.count("\r\n") == 3
    assert data == read.json()
    assert [one["number"] for one in data["axes"][0]["orientations"][0]["measures"]] == [1, 2]
    assert (data["measures"], data["standing"]["to_come"]) == (2, 2)
    held = Client().get(f"/api/v1/plans/{plan.reference}/", headers={"If-None-Match": read["ETag"]})
    assert held.status_code == 304


def test_a_measure_says_in_which_plan_it_is(direction):
    plan, draft = PlanFactory(unit=direction, measures=1), PlanFactory(unit=direction, published_on=None)
    measure = plan.entries.get().measure
    put(orientation_of(draft), measure, 7)

    page = Client().get(measure.get_absolute_url()).content.decode()

    assert plan.title in page and draft.title not in page


def test_a_plan_is_begun_composed_and_published_without_a_developer(direction, decider):
    client = signed_in(decider)
    words = {
        "title": "Plan contre les discriminations",
        "summary": "Accueillir chaque personne de façon égale.",
        "adopted_on": "2026-03-02",
        "ends_on": "2026-01-01",
        "unit": direction.pk,
    }
    refused = client.post(f"{URL}nouveau/", words)
    assert refused.status_code == 422 and "Plan contre les discriminations" in refused.content.decode()
    assert client.post(f"{URL}nouveau/", {**words, "ends_on": ""}).status_code == 303
    plan = Plan.objects.get()
    compose = at(plan, "composer/")
    measure = MeasureFactory(unit=direction)

    assert [each["word"] for each in client.get(compose).context["added"]] == ["axe"]
    client.post(compose, {"ajout": "axe", "axe-title": "Accueillir"})
    client.post(
        compose, {"ajout": "orientation", "orientation-axis": plan.axes.get().pk, "orientation-title": "Former"}
    )
    place = {"ajout": "mesure", "mesure-orientation": plan.axes.get().orientations.get().pk}
    typed = client.post(compose, {**place, "mesure-reference": "ZZZZZZ", "mesure-number": "12"})
    assert typed.status_code == 422 and 'value="12"' in typed.content.decode()
    client.post(compose, {**place, "mesure-reference": measure.reference.lower(), "mesure-number": "12"})
    again = client.post(compose, {**place, "mesure-reference": measure.reference})
    assert "déjà dans le plan" in again.content.decode()
    other = MeasureFactory(unit=direction)
    taken = client.post(compose, {**place, "mesure-reference": other.reference, "mesure-number": "12"})
    assert "déjà pris" in taken.content.decode()
    entry = plan.entries.get()
    assert (entry.number, entry.measure) == (12, measure)

    axis = client.post(at(plan, f"composer/axe/{plan.axes.get().pk}/"), {"retirer": "1"})
    assert axis.status_code == 409
    client.post(at(plan, f"composer/axe/{plan.axes.get().pk}/"), {"title": "Accueillir mieux", "number": "3"})
    client.post(at(plan, f"composer/mesure/{entry.pk}/"), {"orientation": entry.orientation_id, "number": "5"})
    assert (str(plan.axes.get()), plan.entries.get().number) == ("3. Accueillir mieux", 5)

    assert Client().get(at(plan)).status_code == 404
    assert client.post(at(plan, "publier/")).status_code == 303
    assert Client().get(at(plan)).status_code == 200
    assert client.post(at(plan, f"composer/mesure/{entry.pk}/"), {"retirer": "1"}).status_code == 409
    assert client.post(at(plan, "jeter/")).status_code == 409


def test_a_measure_is_found_by_words_of_its_title_and_chosen_in_a_list(direction, decider):
    plan = PlanFactory(unit=direction, measures=1)
    block = plan.axes.get().orientations.get()
    for title in ("Un guichet commun au Nord", "Un guichet commun au Sud", "Des bancs à l'ombre"):
        MeasureFactory(unit=direction, title=title)
    hidden = MeasureFactory(unit=direction, title="Un guichet pas encore publié", published_on=None)
    client, compose = signed_in(decider), at(plan, "composer/")
    sent = {"ajout": "mesure", "mesure-orientation": block.pk, "mesure-reference": "guichet commun"}

    asked = client.post(compose, sent)
    form = next(each["form"] for each in asked.context["added"] if each["word"] == "mesure")
    assert (asked.status_code, [str(label) for _ref, label in form.fields["which"].choices]) == (
        422,
        ["Un guichet commun au Nord", "Un guichet commun au Sud"],
    )
    assert "Choisissez une mesure dans cette liste" in asked.content.decode()
    assert 'value="guichet commun"' in asked.content.decode()
    north = form.fields["which"].choices[0][0]
    # Neither what isn't published, nor what the list didn't offer.
    assert client.post(compose, sent | {"mesure-which": hidden.reference}).status_code == 422
    none = client.post(compose, sent | {"mesure-reference": "parapluie"})
    assert "Aucune mesure à ajouter" in none.content.decode()

    assert client.post(compose, sent | {"mesure-which": north}).status_code == 303
    assert plan.entries.get(measure__reference=north).orientation == block
    # What has its place is no longer offered: the only other one is.
    again = client.post(compose, sent)
    form = next(each["form"] for each in again.context["added"] if each["word"] == "mesure")
    assert [str(label) for _ref, label in form.fields["which"].choices] == ["Un guichet commun au Sud"]


def test_the_list_of_measures_found_stays_short_and_says_so(direction, decider):
    plan = PlanFactory(unit=direction, measures=1)
    for number in range(12):
        MeasureFactory(unit=direction, title=f"Un banc de plus, numéro {number}")
    sent = {"ajout": "mesure", "mesure-orientation": plan.axes.get().orientations.get().pk, "mesure-reference": "banc"}

    page = signed_in(decider).post(at(plan, "composer/"), sent).content.decode()

    assert page.count('name="mesure-which"') == 10
    assert "Les 10 premières sur 12" in page


def test_others_compose_nothing(direction, elsewhere):
    plan, draft = PlanFactory(unit=direction, measures=1), PlanFactory(unit=direction, published_on=None)
    gestures = ("modifier/", "composer/", "publier/", "jeter/", f"composer/mesure/{plan.entries.get().pk}/")
    for person, begins in ((AgentFactory(), 403), (elsewhere, 200)):
        client = signed_in(person)
        assert client.get(f"{URL}nouveau/").status_code == begins
        assert {client.post(at(plan, gesture)).status_code for gesture in gestures} == {403}
        assert {client.post(at(draft, gesture)).status_code for gesture in gestures[:4]} == {404}
    # Of another direction: the form doesn't offer it.
    words = {"title": "Un autre plan", "summary": "Quelques mots.", "adopted_on": "2026-03-02", "unit": direction.pk}
    assert signed_in(elsewhere).post(f"{URL}nouveau/", words).status_code == 422
    assert Client().get(at(plan, "composer/"))["Location"].startswith("/connexion/")


def refuses(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_the_database_keeps_numbers_places_and_published_plans(direction):
    plan, other = PlanFactory(unit=direction, measures=2), PlanFactory(unit=direction, measures=1)
    entry, elsewhere = plan.entries.get(number=1), other.entries.get()
    entries = PlanMeasure.objects
    unpublished = MeasureFactory(unit=direction, published_on=None)

    refuses(lambda: put(entry.orientation, MeasureFactory(unit=direction), 1))
    refuses(lambda: put(entry.orientation, entry.measure, 9))
    refuses(lambda: put(entry.orientation, unpublished, 9))
    refuses(lambda: entries.create(plan=plan, orientation=elsewhere.orientation, measure=unpublished, number=9))
    refuses(lambda: entries.filter(pk=entry.pk).update(orientation=elsewhere.orientation))
    refuses(lambda: entries.filter(pk=entry.pk).update(number=0))
    refuses(lambda: Plan.objects.filter(pk=plan.pk).update(published_on=None))
    refuses(lambda: Plan.objects.filter(pk=plan.pk).update(ends_on=plan.adopted_on - timedelta(days=1)))
    refuses(plan.delete)


def test_a_draft_is_thrown_away_and_what_is_read_or_written_stays(direction, decider):
    draft = PlanFactory(unit=direction, measures=1, published_on=None)
    begun = PlanFactory(unit=direction, measures=1, published_on=None)
    year = clock.today().year
    begun.reports.create(year=year, figures_on=clock.today(), introduction="Une année.", created_on=clock.today())
    published = PlanFactory(unit=direction, measures=1)
    client = signed_in(decider)

    told = {}
    for plan in (draft, begun, published):
        asked = client.get(at(plan, "jeter/")).content.decode()
        told[plan.pk] = (asked.count('<form method="post"'), client.post(at(plan, "jeter/")).status_code)

    assert told[draft.pk][1] == 303
    assert told[begun.pk][1] == told[published.pk][1] == 409
    assert told[draft.pk][0] == told[begun.pk][0] + 1 == told[published.pk][0] + 1
    assert set(Plan.objects.all()) == {begun, published}
    assert Measure.objects.count() == 3
