"""The yearly report of a plan: figures of a day, frozen with a name, that nobody changes afterwards."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from src.accountability.models import Measure, PlanReport, PlanReportAxis, PlanReportLine
from src.accountability.plan_figures import counted, published_answers, stood
from src.accountability.services import freeze_report, give_news, stop, write_report
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import forget_effects
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.measures import WHY, MeasureFactory
from tests.factories.plans import PlanFactory, orientation_of, put

pytestmark = pytest.mark.django_db
WORDS = "Une année de premières poses : trois dépôts éclairés autrement, et des bacs en inox à l'essai."
# For a visitor, frozen: the plan, the report, last year's, its axes, its lines, the pre-electoral period.
STATEMENTS = 6


def signed_in(user):
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def at(report, more=""):
    return f"/engagements/plans/{report.plan.reference}/rapports/{report.year}/{more}"


@pytest.fixture
def direction():
    return DirectionFactory()


@pytest.fixture
def decider(direction):
    return AgentFactory(unit=direction, roles=[(Role.DECISION_MAKER, direction)])


@pytest.fixture
def plan(direction):
    made = PlanFactory(unit=direction, adopted_on=date(clock.today().year - 1, 1, 10))
    for number in (1, 2):
        put(
            orientation_of(made),
            MeasureFactory(unit=direction, created_on=made.adopted_on, title=f"Mesure numéro {number}"),
        )
    Measure.objects.update(heard_on=made.adopted_on)
    return made


def written(plan, decider, year=None, day=None):
    year = year or clock.today().year
    return write_report(
        plan, actor=decider, year=year, figures_on=day or clock.today(), introduction=WORDS, axes={1: "Tout commence."}
    )


def test_figures_are_those_of_the_day_whatever_happens_next(plan, decider, direction):
    today = clock.today()
    first, second = (entry.measure for entry in plan.entries.order_by("number"))
    give_news(first, actor=decider, text="La pose est commencée.", status="works", on=today - timedelta(days=40))
    put(orientation_of(plan), MeasureFactory(unit=direction, created_on=today))

    (before,) = [axis.lines for axis in stood(plan, today - timedelta(days=60))]
    (now,) = [axis.lines for axis in stood(plan, today)]

    assert [(line.number, line.status, line.news) for line in before] == [(1, "planned", ""), (2, "planned", "")]
    assert [line.status for line in now] == ["works", "planned", "planned"]
    assert (now[0].silent_days, now[1].silent_days > 90) == (0, True)
    assert counted(now) == {
        "to_come": 2, "under_way": 1, "silent": 1, "to_confirm": 0, "confirmed": 0, "stopped": 0,
    }  # fmt: skip
    # Today's figures are those of the live page.
    live = Client().get(plan.get_absolute_url()).context["row"].standing.counts
    assert (live["a-venir"], live["en-cours"], live["sans-nouvelles"]) == (2, 1, 1)
    forget_effects()
    assert second.status == "planned"


def test_a_frozen_report_stays_when_measures_move(plan, decider):
    report = freeze_report(written(plan, decider), actor=decider)
    told = Client().get(at(report))
    first = plan.entries.get(number=1).measure

    stop(first, actor=decider, reason="effet", text=WHY)
    Measure.objects.filter(pk=first.pk).update(title="Un autre titre")
    plan.axes.update(title="Un autre axe")
    plan.entries.get(number=2).delete()

    again = Client().get(at(report))
    assert (
        again.context["table"] == told.context["table"] and again.context["axis_table"] == told.context["axis_table"]
    )
    assert [line.title for line in again.context["page"].axes[0].lines] == ["Mesure numéro 1", "Mesure numéro 2"]
    assert "figés le" in again.content.decode() and report.signed_as in again.content.decode()
    forget_effects()


def refuses(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_the_database_refuses_every_change_of_a_frozen_report(plan, decider):
    report = written(plan, decider)
    PlanReport.objects.filter(pk=report.pk).update(introduction="Un brouillon se change.")
    refuses(lambda: PlanReport.objects.filter(pk=report.pk).update(frozen_at=clock.now()))
    freeze_report(report, actor=decider)
    axis, line = report.axes.get(), report.lines.first()

    refuses(lambda: PlanReport.objects.filter(pk=report.pk).update(introduction="Autre chose."))
    refuses(lambda: PlanReport.objects.filter(pk=report.pk).update(frozen_at=None))
    refuses(lambda: PlanReportAxis.objects.filter(pk=axis.pk).update(confirmed=9))
    refuses(lambda: PlanReportAxis.objects.create(report=report, number=9, title="De plus"))
    refuses(axis.delete)
    refuses(lambda: PlanReportLine.objects.filter(pk=line.pk).update(status="verified"))
    refuses(lambda: PlanReportLine.objects.filter(pk=line.pk).delete())
    line.pk, line.number = None, 99
    refuses(lambda: line.save(force_insert=True))
    refuses(lambda: PlanReport.objects.filter(pk=report.pk)._raw_delete("default"))


def test_the_report_stands_beside_last_year_s(plan, decider):
    year = clock.today().year
    freeze_report(written(plan, decider, year - 1, date(year - 1, 12, 31)), actor=decider)
    give_news(plan.entries.get(number=1).measure, actor=decider, text="La pose commence.", status="works")
    report = freeze_report(written(plan, decider), actor=decider)

    page = Client().get(at(report))

    assert page.context["table"][0][1:] == ["1", "2", "\u22121"]
    assert page.context["table"][1][1:] == ["1", "0", "+1"]
    assert page.context["table"][-1][1:] == ["2", "2", "0"]
    assert "un an avant" in page.content.decode()
    csv = b"".join(Client().get(at(report, "export.csv")).streaming_content).decode()
    assert csv.count("\r\n") == 3
    document = Client().get(at(report, "rapport.pdf"))
    assert document.status_code == 200 and (document.content[:4] == b"%PDF" or WORDS[:20] in document.content.decode())
    forget_effects()


@pytest.mark.parametrize("count", [1, 3])
def test_a_report_takes_as_many_statements_whatever_its_length(count, direction, decider, django_assert_num_queries):
    plan = PlanFactory(unit=direction, measures=count)
    report = freeze_report(written(plan, decider), actor=decider)
    client = Client()
    client.get(at(report))

    with django_assert_num_queries(STATEMENTS):
        page = client.get(at(report)).context["page"]

    assert (page.total, len(page.axes[0].lines)) == (count, count)


def test_who_follows_the_plan_writes_who_decides_freezes_others_read_nothing_before(plan, decider):
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    elsewhere = DirectionFactory()
    other = AgentFactory(unit=elsewhere, roles=[(Role.DECISION_MAKER, elsewhere)])
    new = f"{plan.get_absolute_url()}rapports/nouveau/"
    year = clock.today().year
    words = {
        "year": year,
        "figures_on": clock.today().isoformat(),
        "introduction": "Trop court.",
        "axis_1": "Tout va.",
    }

    typed = signed_in(admin).post(new, words)
    assert typed.status_code == 422 and "Tout va." in typed.content.decode()
    wrong = signed_in(admin).post(new, {**words, "introduction": WORDS, "figures_on": "2001-01-01"})
    assert wrong.status_code == 422 and "déjà passé" in wrong.content.decode()
    assert signed_in(admin).post(new, {**words, "introduction": WORDS}).status_code == 303
    report = PlanReport.objects.get()

    for stranger in (Client(), signed_in(other)):
        assert stranger.get(at(report)).status_code == 404
        assert stranger.get(at(report, "export.csv")).status_code == 404
        assert stranger.get(at(report, "rapport.pdf")).status_code == 404
    assert signed_in(other).post(at(report, "figer/")).status_code == 403
    assert signed_in(other).get(new).status_code == 403
    # An administrator writes it, and signs nothing.
    assert signed_in(admin).post(at(report, "figer/")).status_code == 403
    assert "Figer" not in signed_in(admin).get(at(report)).content.decode()
    assert signed_in(decider).get(at(report, "figer/")).status_code == 200
    assert signed_in(decider).post(at(report, "figer/")).status_code == 303
    assert Client().get(at(report)).status_code == 200
    for gesture in ("ecrire/", "figer/", "jeter/"):
        assert signed_in(decider).post(at(report, gesture)).status_code == 409


def test_answers_of_the_ground_are_told_when_the_measure_s_page_tells_them(plan, decider):
    first, second = (entry.measure for entry in plan.entries.order_by("number"))
    day = clock.today()
    kept = {"seed": "graine", "frame_hash": "x", "frame_size": 40, "drawn": 30, "opened_on": day, "closes_on": day}
    first.checks.create(**kept, closed_on=day, answers=24, yes=21, done_yes=23, suits_yes=21, result="confirmed")
    second.checks.create(**kept, closed_on=day, answers=9, yes=9, done_yes=9, suits_yes=9, result="confirmed")

    report = freeze_report(written(plan, decider), actor=decider)

    # 33 would give back the nine that the other page hides.
    assert report.axes.get().ground_answers == 24
    assert published_answers() == [{"1": 24}]


@pytest.mark.parametrize("year", ["0", "99999", "9" * 40])
def test_a_year_nobody_could_mean_is_not_found(plan, year):
    assert Client().get(f"{plan.get_absolute_url()}rapports/{year}/").status_code == 404
