"""Trends by category: shares worked by hand, told where every edition tells them, alike on page, in files and in API."""

import csv
import io

import pytest
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from src.foundations import clock
from src.participation.models import Phase
from src.participation.published import published_tables
from src.questionnaires import barometer_reading, category_trends, services, trends
from src.questionnaires.models import StaffFrame
from src.questionnaires.services import barometers
from tests.factories import barometers as series
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory

from .test_barometer_screens import at, text_of
from .test_by_axis import by, crowd, directions

pytestmark = pytest.mark.django_db
K = 11


def answers(codes, yes, no):
    """(category, how many said yes, how many said no) as answers of a crowd."""
    told = []
    for code, first, second in zip(codes, yes, no, strict=True):
        told += [({"direction": code}, {"q1": "c1"}, first), ({"direction": code}, {"q1": "c2"}, second)]
    return told


def close(made, codes, people, told):
    if not StaffFrame.objects.filter(questionnaire=made).exists():
        StaffFrame.objects.create(
            questionnaire=made,
            taken_on="2026-03-01",
            cells=[[code, number] for code, number in zip(codes, people, strict=True)],
            labels={"direction": {code: f"Direction {letter}" for code, letter in zip(codes, "ABCD", strict=False)}},
        )
    crowd(made, told)
    services.close_questionnaire(questionnaire=make.again(made))
    Phase.objects.filter(space=made.space).update(ends_at=clock.now())


def two_editions(first, second, people=(120, 120, 120), question=None):
    """A barometer by direction of two editions: each gives, by direction, how many said yes and no."""
    made_of = directions(*people)
    codes = [str(one.pk) for one in made_of]
    made = by("direction", questions=[question or make.single(is_required=True)])
    one = barometers.begin_barometer(questionnaire=made, title="Nos bancs", number=1)
    series.follow(one)
    close(made, codes, people, answers(codes, *first))
    later = series.following(one).questionnaire
    services.publish(questionnaire=later)
    Phase.objects.filter(space=made.space).update(starts_at=clock.now(), ends_at=None)
    close(make.again(later), codes, people, answers(codes, *second))
    return one


def trends_of(one):
    [line] = barometer_reading.read(one, AgentFactory()).lines
    return category_trends.of_line(line)


class TestFigures:
    def test_shares_and_intervals_are_those_of_the_formula(self):
        # Direction A: 40 of 80, then 60 of 80. Direction B doesn't move.
        one = two_editions(([40, 40, 30], [40, 40, 30]), ([60, 40, 30], [20, 40, 30]))

        [trend] = trends_of(one)
        first, second, _third = trend.lines
        assert [line.category for line in trend.lines] == ["Direction A", "Direction B", "Direction C"]
        assert [(told.share.counted, told.share.number) for told in first.told] == [(40, 80), (60, 80)]
        # By hand: Wilson (0.3930, 0.6070) and (0.6451, 0.8319); d = 0.25,
        # low = 0.25 − √(0.1049² + 0.1070²) = 0.1002, high = 0.25 + √(0.0819² + 0.1070²) = 0.3847; a point wider.
        change = first.whole
        assert (round(change.points, 2), round(change.low, 1), round(change.high, 1)) == (25.0, 9.0, 39.5)
        assert change.verdict == trends.Verdict.UP
        assert second.whole.verdict == trends.Verdict.NONE and trend.left == []

    def test_a_category_stands_only_where_every_edition_tells_it(self):
        # Direction C: 9 yes the second time. It stands nowhere, apart or by subtraction.
        one = two_editions(([40, 40, 30], [40, 40, 30]), ([60, 40, 9], [20, 40, 50]))

        told = trends_of(one)

        names = [line.category for trend in told for line in trend.lines]
        assert "Direction C" not in names
        for trend in told:
            for line in trend.lines:
                for each in line.told:
                    assert min(each.share.counted, each.share.number - each.share.counted) >= K
        # Told together with another, both are named, each once.
        assert [trend.left for trend in told] == [["Direction B", "Direction C"]]

    def test_a_question_said_otherwise_starts_another_line(self):
        one = two_editions(([40, 40, 30], [40, 40, 30]), ([60, 40, 30], [20, 40, 30]))
        # Published words never change but by hand, here.
        [line] = barometer_reading.read(one, AgentFactory()).lines
        line.points[-1].breaks = ["Ses mots ont changé."]

        assert category_trends.of_line(line) == []

    def test_answers_told_together_with_others_say_nothing(self):
        columns = [[["c1", "Oui"], ["c2", "Non"]], [["c3", "Parfois"]]]
        row = {"base": 100, "counts": [50, 50], "shares": [50, 50]}

        assert category_trends._share(columns, row, {"c1"}, K) is None
        assert category_trends._share(columns, row, {"c1", "c2"}, K) == trends.Share(50, 100)

    def test_those_who_declined_are_left_out(self):
        columns = [[["c1", "Oui"]], [["c2", "Non"]], [["_declined", ""]]]
        row = {"base": 100, "counts": [40, 40, 20], "shares": [40, 40, 20]}

        assert category_trends._share(columns, row, {"c1"}, K) == trends.Share(40, 80)
        # Declining told with an answer hides how many gave it.
        mixed = [[["c1", "Oui"]], [["c2", "Non"], ["_declined", ""]]]
        assert category_trends._share(mixed, row | {"counts": [40, 60], "shares": [40, 60]}, {"c1"}, K) is None


class TestShown:
    def test_page_files_and_api_say_the_same(self, as_):
        one = two_editions(([40, 40, 30], [40, 40, 30]), ([60, 40, 30], [20, 40, 30]))
        client = as_(AgentFactory())

        page = text_of(client.get(at(one, "barometer")))
        stream = b"".join(client.get(at(one, "barometer_csv")).streaming_content).decode("utf-8-sig")
        lines = [line for line in csv.reader(io.StringIO(stream), delimiter=";") if line[-1]]
        book = load_workbook(io.BytesIO(b"".join(client.get(at(one, "barometer_xlsx")))))
        sheet = [row for row in book.active.iter_rows(values_only=True) if row[-1]][1:]
        [line] = client.get(f"/api/v1/barometers/{one.reference}/").json()["lines"]

        assert "50 % (39 à 61 %)" in page and "75 % (65 à 83 %)" in page
        assert "+25 (de +9 à +40) points : hausse nette" in page
        assert lines[1][5:13] == ["50", "39", "61", "80", "", "", "", ""]
        assert lines[2][5:13] == ["75", "65", "83", "80", "25", "9", "40", "hausse nette"]
        assert lines[2][-2:] == ["Direction", "Direction A"]
        assert [["" if one is None else str(one) for one in row[5:]] for row in sheet] == [
            each[5:] for each in lines[1:]
        ]
        names = ("percent", "low", "high", "answers", "change", "change_low", "change_high", "verdict")
        api = [
            ["" if point[name] is None else str(point[name]) for name in names]
            for category in line["by_category"][0]["categories"]
            for point in category["points"]
        ]
        assert api == [each[5:13] for each in lines[1:]]

    def test_nothing_more_is_asked_of_the_database(self):
        one = two_editions(([40, 40, 30], [40, 40, 30]), ([60, 40, 30], [20, 40, 30]))
        [line] = barometer_reading.read(one, AgentFactory()).lines
        from django.db import connection

        with CaptureQueriesContext(connection) as seen:
            assert category_trends.of_line(line)
        assert len(seen) == 0


@pytest.mark.parametrize("small", [3, 9, 10, 12], ids=lambda number: f"{number} people")
def test_no_cell_under_k_is_recovered_between_editions(small):
    """The naive way, each edition told by category without its neighbours in mind, gives small cells by subtraction."""
    first, second = ([40, 40, 30], [40, 40, 30]), ([60, 40, small], [20, 40, 50])
    one = two_editions(first, second)
    read = {table.name: list(table.read()) for table in published_tables()}

    cells = [count for table in read["trends by category"] for count in table.values()]
    # Somebody who knows everybody's total subtracts the categories told; what is left is several categories, or none.
    recovered = sum(1 for count in cells if 0 < count < K)
    [trend] = trends_of(one) or [None]
    for place, (yes, _no) in enumerate((first, second)):
        told = [line.told[place].share.counted for line in (trend.lines if trend else [])]
        left = sum(yes) - sum(told)
        recovered += len(told) == len(yes) - 1 and 0 < left < K
    naive = sum(1 for yes, _no in (first, second) if 0 < sum(yes) - sum(count for count in yes if count >= K) < K)
    print(f"{small} people: {recovered} cells under k recovered; naive way: {naive}")

    assert recovered == 0
    assert naive == (small < K)
    assert cells or small < K
