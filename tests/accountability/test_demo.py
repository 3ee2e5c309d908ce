"""The plan of the demo city: every state, a frozen report whose words are true, loaded once."""

import pytest

from src.accountability import plan_reading, report_reading
from src.accountability.models import Plan
from src.accountability.services import demo
from src.directory.services import demo as directory_demo
from src.foundations import clock
from src.foundations.testing import forget_effects

pytestmark = pytest.mark.django_db


def test_the_plan_has_measures_in_every_state_and_last_year_s_report():
    directory_demo.load_directory()

    assert (demo.load_plan(), demo.load_reports()) == (12, 2)
    assert (demo.load_plan(), demo.load_reports()) == (0, 0)

    plan = Plan.objects.get()
    standing = plan_reading.read(None, plan.reference).row.standing
    assert standing.counts == {
        "a-venir": 2, "en-cours": 6, "sans-nouvelles": 1, "a-confirmer": 1, "confirmee": 2, "arretee": 1,
    }  # fmt: skip
    last = report_reading.read(None, plan.reference, clock.today().year - 1)
    assert last.report.is_frozen and last.total >= 8
    # This year's is a draft: a visitor doesn't know of it.
    assert [report.year for report in report_reading.reports_of(None, plan, may_follow=False)] == [last.report.year]
    forget_effects()
