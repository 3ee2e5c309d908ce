"""Two runs at once on PostgreSQL: each step and each week once, whoever comes first."""

import threading
from collections import Counter

import pytest
from django.db import connection

from src.foundations import clock
from src.foundations.testing import forget_effects
from src.notices.models import InboxItem, MailMessage
from tests.factories import training_obligations as made
from tests.factories.directory import UnitFactory
from tests.trainings.coverage.people import agents, manager
from trainings.obligations.services.evaluating import evaluate
from trainings.reminders import notices
from trainings.reminders.models import ManagerDigest, ReminderBatch, ReminderPlan, ReminderSent
from trainings.reminders.services import reminding
from trainings.reminders.services.digesting import send_digests
from trainings.reminders.services.reminding import remind

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
RUNS, PEOPLE = 4, 23


def at_once(act) -> list:
    start, seen, failures = threading.Barrier(RUNS), [], []

    def run():
        try:
            start.wait()
            seen.append(act())
        except Exception as failure:  # noqa: BLE001 - told below
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(RUNS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    forget_effects()
    return seen


@pytest.fixture
def asked():
    unit = UnitFactory()
    agents(unit, PEOPLE)
    manager(unit)
    obligation = made.obligation(made.within(unit), rule={"offset_days": 30, "min_notice_days": 30})
    evaluate()
    ReminderPlan.objects.create(obligation=obligation, is_running=True, changed_at=clock.now())
    return obligation


def test_four_runs_at_once_send_each_step_once(asked, monkeypatch):
    monkeypatch.setattr(reminding, "SLICE", 5)

    seen = at_once(lambda: remind(asked.pk))

    assert sum(seen) == PEOPLE + 1
    rows = Counter(ReminderSent.objects.values_list("requirement_id", "step", "channel"))
    assert set(rows.values()) == {1} and len(rows) == 2 * (PEOPLE + 1)
    assert InboxItem.objects.filter(code=notices.REMINDER).count() == PEOPLE + 1
    assert MailMessage.objects.filter(code=notices.REMINDER).count() == PEOPLE + 1
    assert sum(ReminderBatch.objects.values_list("people", flat=True)) == PEOPLE + 1


def test_four_runs_at_once_tell_a_manager_once(asked):
    at_once(send_digests)

    assert list(ManagerDigest.objects.values_list("people", flat=True)) == [PEOPLE]
    assert InboxItem.objects.filter(code=notices.DIGEST).count() == 1
