"""The dashboard: counts that add up, each where they belong, in a number of statements that never grows."""

import csv
import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from src.directory.enums import Role
from src.directory.viewer import Viewer
from src.foundations import clock
from src.foundations.models import AuditEntry
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as made
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory
from tests.trainings.coverage.people import agents, every_state, hr, states
from trainings.coverage import selectors
from trainings.coverage.models import CoverageMonth, CoverageTarget
from trainings.coverage.services.months import keep_month
from trainings.coverage.services.targets import remove_target, set_target
from trainings.obligations.services.evaluating import evaluate

pytestmark = pytest.mark.django_db


def page(client, person, name="dashboard", obligation=None, query=""):
    client.force_login(person)
    kwargs = {"reference": obligation.reference} if obligation else {}
    return client.get(reverse(f"trainings_coverage:{name}", kwargs=kwargs) + query)


def test_each_state_is_counted_in_its_column_and_the_hours_left_are_told():
    obligation, service, people = every_state()
    assert states(people) == {name: name for name in people}

    found = selectors.dashboard(Viewer(hr()), obligation)

    count = found.whole.count
    told = (count.up_to_date, count.soon, count.to_do, count.late, count.exempt, count.paused)
    assert told == (1, 1, 1, 2, 1, 1)
    assert (count.asked, count.covered, count.percent) == (5, 2, 40)
    # To do, late, expired and to renew: an hour and a half each.
    assert (count.minutes, count.hours) == (4 * 90, 6)
    assert [row.name for row in found.rows] == ["Propreté"]
    assert [row.name for row in found.services] == ["Collecte"]


def test_a_direction_reads_its_own_alone(client):
    obligation = made.obligation()
    mine, other = (
        UnitFactory(parent=DirectionFactory(name="À moi")),
        UnitFactory(parent=DirectionFactory(name="Ailleurs")),
    )
    agents(mine, 2)
    agents(other, 3)
    evaluate()
    local = hr(mine.direction)
    evaluate()

    found = selectors.dashboard(Viewer(local), obligation)

    assert [row.name for row in found.rows] == ["À moi"]
    assert found.whole.count.concerned == 3
    text = page(client, local, obligation=obligation, query=f"?direction={other.direction.code}").content.decode()
    assert "Ailleurs" not in text and "À moi" in text
    for name in ("export_csv", "paper"):
        response = page(client, local, name, obligation)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"Ailleurs" not in body
    assert page(client, local, "target", obligation).status_code == 403


def test_who_is_no_human_resources_is_refused(client):
    obligation = made.obligation()
    boss = AgentFactory(unit=UnitFactory(), is_manager=True, roles=[(Role.DECISION_MAKER, None)])

    for name in ("overview", "without_referent"):
        assert page(client, boss, name).status_code == 403
    for name in ("dashboard", "export_csv", "export_xlsx", "paper", "target"):
        assert page(client, boss, name, obligation).status_code == 403


def test_a_target_is_set_replaced_drawn_and_removed(client):
    obligation, service, _people = every_state()
    central = hr()
    client.force_login(central)
    url = reverse("trainings_coverage:target", kwargs={"reference": obligation.reference})
    day = clock.today() + dt.timedelta(days=100)

    client.post(url, {"direction": "", "percent": "80", "by_on": day.isoformat()})
    client.post(url, {"direction": "", "percent": "90", "by_on": day.isoformat()})
    client.post(url, {"direction": service.direction.code, "percent": "40", "by_on": day.isoformat()})

    rows = CoverageTarget.objects.order_by("pk")
    assert list(rows.values_list("direction__code", "percent")) == [(None, 90), (service.direction.code, 40)]
    found = selectors.dashboard(Viewer(central), obligation)
    assert found.rows[0].target.percent == 40 and found.rows[0].reaches
    text = page(client, central, obligation=obligation).content.decode()
    assert 'class="target"' in text and "Objectif atteint" in text
    assert AuditEntry.objects.filter(verb="trainings.target_set").count() == 3
    remove = reverse("trainings_coverage:remove_target", kwargs={"reference": obligation.reference, "pk": rows[1].pk})
    assert [client.post(remove).status_code, client.post(remove).status_code] == [303, 404]
    assert selectors.dashboard(Viewer(central), obligation).rows[0].target.percent == 90


@pytest.mark.parametrize(
    "typed",
    [
        {"percent": "0"},
        {"percent": "101"},
        {"percent": "dix"},
        {"by_on": "2020-01-01"},
        {"by_on": "31/31/2027"},
        {"direction": "NOPE"},
    ],
)
def test_a_wrong_target_is_refused_with_what_was_typed(client, typed):
    obligation = made.obligation()
    client.force_login(hr())
    url = reverse("trainings_coverage:target", kwargs={"reference": obligation.reference})
    good = {"direction": "", "percent": "80", "by_on": (clock.today() + dt.timedelta(days=9)).isoformat()}

    answer = client.post(url, good | typed)

    assert answer.status_code == 422 and "Erreur" in answer.content.decode()
    assert not CoverageTarget.objects.exists()


def test_the_service_refuses_whoever_isnt_of_the_whole_city_and_what_is_over():
    obligation = made.obligation()
    local = hr(UnitFactory())
    facts = {"obligation": obligation, "percent": 80, "by_on": clock.today()}

    with pytest.raises(PermissionDenied):
        set_target(actor=local, **facts)
    target = set_target(actor=hr(), **facts)
    with pytest.raises(PermissionDenied):
        remove_target(actor=local, target=target)
    with pytest.raises(ValidationError):
        set_target(actor=hr(), **facts | {"obligation": made.obligation(active=False)})


def test_files_say_what_the_page_says(client):
    obligation, _service, _people = every_state()
    central = hr()

    answer = page(client, central, "export_csv", obligation)
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    book = load_workbook(io.BytesIO(b"".join(page(client, central, "export_xlsx", obligation).streaming_content)))

    assert [row[0] for row in rows[1:]] == ["direction", "service", "tout le monde"]
    assert rows[1][2:11] == ["Propreté", "5", "40", "1", "1", "1", "2", "1", "1"]
    assert [cell.value for cell in list(book.active.rows)[2]][2:5] == ["Collecte", 5, 40]


def test_a_month_is_kept_once_and_never_changed():
    obligation, service, people = every_state()

    assert (keep_month(), keep_month()) == (1, 0)

    kept = CoverageMonth.objects.get()
    assert (kept.direction, kept.asked, kept.covered, kept.month.day) == (service.direction, 5, 2, 1)
    with pytest.raises(Exception, match="append-only|coverage"):
        CoverageMonth.objects.update(covered=5)


def test_statements_do_not_grow_with_people_places_or_trainings(client, django_assert_num_queries):
    central = hr()
    obligation, _service, _people = every_state()
    keep_month()
    page(client, central, obligation=obligation)
    with django_assert_num_queries(10):
        page_again(client, obligation)
    for _n in range(2):
        agents(UnitFactory(), 3)
        made.obligation()
    evaluate()
    keep_month()

    with django_assert_num_queries(10):
        page_again(client, obligation)
    with django_assert_num_queries(8):
        client.get(reverse("trainings_coverage:overview"))


def page_again(client, obligation):
    return client.get(reverse("trainings_coverage:dashboard", kwargs={"reference": obligation.reference}))


def test_services_without_a_referent_are_told_and_one_of_the_whole_city_does_not_count(client):
    central = hr()
    covered, bare = UnitFactory(name="Service suivi", headcount=3), UnitFactory(name="Service seul", headcount=4)
    below = UnitFactory(name="Site suivi", parent=bare, kind="site", headcount=1)
    AgentFactory(unit=covered, roles=[(Role.EQUALITY_REFERENT, covered), (Role.EQUALITY_REFERENT, None)])
    AgentFactory(unit=covered, roles=[(Role.EQUALITY_REFERENT, below)])

    rows = {one.unit.name: one.partly for one in selectors.without_referent(Viewer(central))}

    assert rows["Service seul"] is True and "Service suivi" not in rows
    assert "Service seul" in page(client, central, "without_referent").content.decode()


def test_a_referent_reads_steps_of_their_units_and_nobody_elses(client):
    obligation = made.obligation()
    mine = UnitFactory(name="Brigade du Centre")
    small, other = UnitFactory(name="Poste", parent=mine, kind="site"), UnitFactory(name="Ailleurs")
    people = agents(mine, 45)
    agents(small, 3)
    agents(other, 30)
    for one in people[:25]:
        ledger.completed(one, obligation.track)
    evaluate()
    referent = AgentFactory(unit=mine, roles=[(Role.EQUALITY_REFERENT, mine)])

    text = page(client, referent, "referent").content.decode()

    assert "entre 50 et 75" in text
    assert text.count("trop peu de personnes pour le dire") == 1
    assert "Ailleurs" not in text and people[0].last_name not in text
    assert page(client, people[0], "referent").status_code == 403


def test_everybody_reads_the_last_month_in_steps_and_who_is_signed_out_too(client):
    obligation = made.obligation()
    large = UnitFactory(parent=DirectionFactory(name="Grande"))
    tiny = UnitFactory(parent=DirectionFactory(name="Minuscule"))
    people = agents(large, 60)
    agents(tiny, 2)
    for one in people[:45]:
        ledger.completed(one, obligation.track)
    evaluate()
    keep_month()

    text = client.get(reverse("trainings_coverage:trained")).content.decode()

    assert "entre 60 et 80" in text and "Minuscule" in text
    assert "trop peu de personnes" in text
    assert ">45<" not in text and "75 %" not in text and "75\u00a0%" not in text
    assert people[0].last_name not in text
