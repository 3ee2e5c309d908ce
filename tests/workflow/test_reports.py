"""Figures over a journal, on walks known by heart."""

from datetime import UTC, datetime, timedelta

import pytest

from src.foundations.testing import drain_outbox
from src.workflow import selectors
from src.workflow.reports import FunnelRow, WaitRow
from src.workflow.services import activate_process, begin, fire
from tests.factories.workflow import draft_process, move, small_moves, small_stages

from .conftest import holders_of
from .subjects.models import Parcel

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def walk(make_parcel, people):
    def take(*steps):
        parcel = make_parcel("submitted", at=START)
        for day, slug in steps:
            role = next(r for r in ("moderator", "instructor", "decision_maker", "author") if r in _who(parcel, slug))
            fire(parcel, slug, actor=people[role], data={"text": "x"}, at=START + timedelta(days=day))
        return parcel

    return take


def _who(parcel, slug):
    from src.workflow.process_cache import graph

    return graph(parcel.process_id).transition(slug).who


@pytest.fixture
def walks(walk):
    walk()
    walk((1, "screen"))
    walk((3, "screen"), (4, "study"), (14, "back"), (15, "study"))
    walk((5, "screen"), (6, "study"), (26, "accept"))


def test_funnel_counts_each_subject_once_per_kind(walks, django_assert_num_queries):
    with django_assert_num_queries(3):
        rows = selectors.funnel(Parcel.objects.all())

    assert [(row.kind, row.reached, row.share, row.here) for row in rows] == [
        ("submitted", 4, 100, 1),
        ("open", 3, 75, 1),
        ("in_review", 2, 50, 1),
        ("accepted", 1, 25, 1),
    ]
    assert isinstance(rows[0], FunnelRow)
    drain_outbox()


def test_time_in_stage_measures_what_was_left(walks, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = selectors.time_in_stage(Parcel.objects.all())

    assert rows == [
        WaitRow("open", rows[0].label, 3, 1.0, 1.0),
        WaitRow("in_review", rows[1].label, 2, 15.0, 19.0),
    ]
    drain_outbox()


def test_time_in_stage_of_a_period_and_from_the_first_day(walks):
    rows = selectors.time_in_stage(
        Parcel.objects.all(), since=START, until=START + timedelta(days=5), entered_first="stage_since"
    )

    assert [(row.kind, row.count) for row in rows] == [("submitted", 2), ("open", 1)]
    drain_outbox()


def test_correction_within_a_stage_does_not_cut_its_wait(people):
    moves = [*small_moves(), move("weigh", "open", "open")]
    process = activate_process(draft_process(small_stages(), moves, slug="pesee"))
    parcel = Parcel.objects.create(reference="L1", holders=holders_of(people), **begin(process.pk, at=START))
    for day, slug, role in ((1, "screen", "moderator"), (4, "weigh", "instructor"), (9, "study", "instructor")):
        fire(parcel, slug, actor=people[role], at=START + timedelta(days=day))

    rows = selectors.time_in_stage(Parcel.objects.all())

    assert [(row.kind, row.count, row.median_days) for row in rows] == [("open", 1, 8.0)]
    drain_outbox()


def test_no_figure_without_subjects():
    assert selectors.funnel(Parcel.objects.none()) == []
    assert selectors.time_in_stage(Parcel.objects.none()) == []


def test_overstaying_is_past_the_days_of_its_stage(make_parcel):
    due = START + timedelta(days=14, hours=2)
    late, in_time = make_parcel("open", at=START), make_parcel("open", at=START + timedelta(days=2))
    make_parcel("accepted", at=START)

    assert list(selectors.overstaying(Parcel.objects.all(), due)) == []
    assert list(selectors.overstaying(Parcel.objects.all(), due + timedelta(days=1))) == [late]
    assert list(selectors.overstaying(Parcel.objects.all(), due + timedelta(days=9))) == [late, in_time]
