"""The weekly digest of managers: how many people to plan for, never who."""

from collections import defaultdict
from datetime import date
from itertools import islice

from django.db import IntegrityError, transaction

from src.foundations import clock
from src.notices.hours import next_open
from src.notices.services import send
from trainings.coverage import teams

from .. import notices
from ..models import ManagerDigest, ReminderPlan

SLICE = 500


def send_digests(day: date | None = None) -> int:
    """Tell each manager whose team has something to plan, once a week; returns how many were told.

    Nobody is told while no reminders run: human resources let things leave first.
    """
    if not ReminderPlan.objects.filter(is_running=True).exists():
        return 0
    week = clock.week_of(day or clock.today())
    known = set(ManagerDigest.objects.filter(week=week).values_list("manager_id", flat=True))
    left = iter(sorted(item for item in teams.waiting_by_manager().items() if item[0] not in known))
    told = 0
    while part := list(islice(left, SLICE)):
        try:
            told += _tell(part, week)
        except IntegrityError:
            # Another run told some of them meanwhile: those it didn't are told by the next one.
            continue
    return told


@transaction.atomic
def _tell(part: list[tuple[int, int]], week: date) -> int:
    now = clock.now()
    # Whoever comes second is refused by the database, with all it would have sent.
    ManagerDigest.objects.bulk_create(
        ManagerDigest(manager_id=manager, week=week, people=people, sent_at=now) for manager, people in part
    )
    alike = defaultdict(list)
    for manager, people in part:
        alike[people].append(manager)
    for people, managers in alike.items():
        send(
            notices.DIGEST,
            recipients=managers,
            context={"people": people, "week": week.isoformat()},
            key=f"{week.isoformat()}",
            not_before=next_open(now),
        )
    return len(part)
