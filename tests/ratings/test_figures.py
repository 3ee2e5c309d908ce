"""What is told of ratings: nothing under the smallest number by any subtraction, and fast."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.ratings import reading
from consultations.ratings.models import IndependentEvaluation, RatingMonth, RatingPeriod
from consultations.ratings.months import Totals, next_month, periods, told_flagged, wilson
from consultations.ratings.services import recount, release
from src.foundations import clock
from src.participation.published import published_tables
from tests.factories.directory import DirectionFactory, SiteFactory
from tests.factories.ratings import PointFactory, month, rated

# A machine under load is slow to draw: that isn't what is tested.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
counts = st.lists(st.integers(0, 30), min_size=1, max_size=24)


def _months(totals):
    first = month(len(totals))
    found = []
    for count in totals:
        found.append((first, Totals((count, 0, 0, 0, 0))))
        first = next_month(first)
    return found


@calm
@given(counts, st.sampled_from([5, 11, 20]))
def test_each_period_reaches_the_smallest_number_and_loses_nobody(totals, k):
    found = periods(_months(totals), k)

    told = sum(period.totals.total for period in found)
    assert all(period.totals.total >= k for period in found)
    assert 0 <= sum(totals) - told < k
    assert all(before.last < after.first for before, after in zip(found, found[1:], strict=False))


@calm
@given(counts)
def test_any_window_minus_another_is_a_sum_of_cells_told(totals):
    """Whoever subtracts last month's twelve months from this month's finds whole periods, never less."""
    found = periods(_months(totals), 11)
    windows = [sum(p.totals.total for p in found[:end]) for end in range(len(found) + 1)]

    gaps = [abs(a - b) for a in windows for b in windows if a != b]
    assert all(gap >= 11 for gap in gaps)


@calm
@given(counts, st.integers(1, 12))
def test_what_was_told_never_changes_when_months_follow(totals, more):
    before = periods(_months(totals), 11)
    after = periods([*_months(totals + [4] * more)], 11)

    assert [p.totals for p in after][: len(before)] == [p.totals for p in before]


def test_flagged_are_told_when_they_and_the_others_are_many():
    assert told_flagged(Totals((30, 0, 0, 0, 0), 11), 11) == 11
    assert told_flagged(Totals((30, 0, 0, 0, 0), 10), 11) is None
    assert told_flagged(Totals((30, 0, 0, 0, 0), 20), 11) is None


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)]
)
def test_wilson_is_that_of_the_books(part, whole, low, high):
    """Newcombe (1998), table I."""
    found = wilson(part, whole)

    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.django_db
def test_a_month_under_eleven_waits_for_the_next_and_this_month_is_told_nowhere():
    point = PointFactory()
    rated(point, {3: (2, 2, 1, 0, 0), 2: (3, 1, 1, 1, 0), 1: (20, 5, 3, 1, 1), 0: (40, 0, 0, 0, 0)})

    made = [release() for _twice in range(2)]

    rows = RatingPeriod.objects.filter(point=point).order_by("first")
    assert made == [2, 0]
    assert [(row.first, row.last, row.total) for row in rows] == [(month(3), month(2), 11), (month(1), month(1), 30)]
    assert reading.quality().city.answers == 41


@pytest.mark.django_db
def test_a_direction_is_the_sum_of_what_its_points_tell():
    direction = DirectionFactory()
    big, small = (PointFactory(unit=SiteFactory(parent=direction)) for _two in range(2))
    rated(big, {1: (20, 5, 3, 1, 1)})
    rated(small, {1: (4, 1, 1, 1, 0)})
    release()

    found = reading.quality()

    assert [(code, share.answers) for code, _name, share in found.directions] == [(direction.code, 30)]
    assert {line.point.pk: line.share.answers for line in found.points} == {big.pk: 30, small.pk: 0}
    page = Client().get("/qualite/").content.decode()
    assert "37" not in [cell.strip() for cell in page.replace("<", ">").split(">")]


@pytest.mark.django_db
def test_nothing_published_is_under_the_smallest_number():
    direction = DirectionFactory()
    for totals in ((9, 3, 0, 0, 0), (1, 0, 0, 0, 0), (30, 4, 2, 2, 2), (5, 5, 0, 0, 0)):
        rated(PointFactory(unit=SiteFactory(parent=direction)), {1: totals, 2: totals, 3: (1, 1, 1, 1, 1)})
    release()

    (table,) = [one for one in published_tables() if one.name == "quality"]

    assert [cells for cells in table.read() if any(0 < count < 11 for count in cells.values())] == []
    answer = Client().get("/api/v1/quality/").json()
    told = [one["answers"] for one in [*answer["points"], *answer["directions"], answer["city"]] if one["answers"]]
    assert told and min(told) >= 11


@pytest.mark.django_db
def test_what_was_told_stays_told():
    point = PointFactory()
    rated(point, {1: (20, 5, 3, 1, 1)})
    release()

    for change in (lambda: RatingPeriod.objects.update(good=0), lambda: RatingPeriod.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        RatingPeriod.objects.create(point=point, first=month(9), last=month(9), good=4)


@pytest.mark.django_db
def test_the_page_its_files_and_the_api_say_the_same(django_assert_num_queries):
    point = PointFactory(name="Guichet des actes")
    rated(point, {1: (20, 5, 3, 1, 1)})
    release()
    IndependentEvaluation.objects.create(point=point, evaluator="Cabinet", grid="Grille 1", evaluated_on=clock.today(), result="obtained", label="Clair", valid_until=clock.today() - timedelta(days=0), is_published=True)  # fmt: skip

    page = Client().get("/qualite/").content.decode()
    file = b"".join(Client().get("/qualite/export.csv").streaming_content).decode()
    periods_file = b"".join(Client().get("/qualite/mois.csv").streaming_content).decode()
    one = Client().get(f"/api/v1/quality/{point.reference.lower()}/").json()

    assert "83\xa0%" in page and "Wilson" in page and "Guichet des actes" in page
    assert (
        "Guichet des actes" in file
        and ';"30";"83";' in file.replace("\xa0", "")
        or ";30;83;" in file
        and "Cabinet" in file
    )
    assert f"{month(1):%Y-%m}" in periods_file
    assert (one["answers"], one["satisfied_percent"], one["periods"][0]["answers"]) == (30, 83, 30)
    assert one["evaluation"]["label"] == "Clair"
    assert Client().get("/api/v1/quality/ZZZZZZ/").status_code == 404


@pytest.mark.django_db
def test_statements_do_not_grow_with_points(django_assert_num_queries):
    for total in (1, 3):
        while PointFactory._meta.model.objects.count() < total:
            rated(PointFactory(), {1: (20, 5, 3, 1, 1)})
        release()
        with django_assert_num_queries(4):
            Client().get("/qualite/")


@pytest.mark.django_db
def test_recounting_gives_what_the_gestures_counted():
    point = PointFactory()
    rated(point, {2: (3, 1, 0, 0, 2), 0: (1, 0, 0, 0, 0)})
    before = list(RatingMonth.objects.order_by("month").values("month", "very_good", "very_bad"))

    recount()

    assert list(RatingMonth.objects.order_by("month").values("month", "very_good", "very_bad")) == before


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["q=%00%ff", "genre=zzz&tri=42", "direction=%27--", "q=" + "a" * 500])
def test_anything_may_be_asked(question):
    assert Client().get(f"/qualite/?{question}").status_code == 200
