"""Where people work: one current affectation each, the former ones kept with their dates, head-counts kept true."""

import datetime
from collections import Counter
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from src.foundations import clock

from ..enums import AccountKind
from ..models import Affectation, JobFamily, Unit, User

DAY = datetime.timedelta(days=1)
SLICE = 900


@transaction.atomic
def post_agent(
    user: User,
    unit: Unit,
    *,
    starts_on: datetime.date | None = None,
    job_title: str = "",
    job_family: JobFamily | None = None,
    in_contact_with_public: bool = False,
    is_manager: bool = False,
) -> Affectation:
    """Post an agent to a unit from a day on; the former affectation ends the day before.

    Refuses external participants, closed units and a start before the former affectation's.
    """
    starts = starts_on or clock.today()
    if user.kind != AccountKind.AGENT:
        raise ValidationError(_("An external participant has no affectation."))
    if unit.valid_until is not None and unit.valid_until < starts:
        raise ValidationError(_("“%(unit)s” is closed: choose a unit that is open.") % {"unit": unit.name})
    if Affectation.objects.filter(_running(starts), user=user, starts_on__gt=starts).exists():
        raise ValidationError(_("The former affectation starts later: check the date."))
    affectation = Affectation(
        user=user,
        unit=unit,
        job_family=job_family,
        job_title=job_title,
        in_contact_with_public=in_contact_with_public,
        is_manager=is_manager,
        starts_on=starts,
    )
    repost([affectation])
    user.current_affectation = affectation
    user.__dict__.pop("kept_viewer", None)
    return affectation


@transaction.atomic
def end_affectation(user: User, *, on: datetime.date | None = None) -> None:
    """End the current affectation on a day; the account keeps its history."""
    leave_posts({user.pk: on or clock.today()})
    user.current_affectation = None
    user.__dict__.pop("kept_viewer", None)


@transaction.atomic
def repost(affectations: list[Affectation]) -> None:
    """Give many agents a new current affectation: the former ones end the day before the new ones start.

    A handful of statements, whatever the number. A post that is already over leaves the account without one.
    """
    deltas: Counter[str] = Counter()
    by_day: dict[datetime.date, list[int]] = {}
    for affectation in affectations:
        by_day.setdefault(affectation.starts_on, []).append(affectation.user_id)
        deltas[affectation.unit.path] += 1
    for starts_on, user_ids in by_day.items():
        for slice_of in _slices(user_ids):
            deltas.subtract(_end_posts(slice_of, starts_on - DAY))
    today = clock.today()
    created = Affectation.objects.bulk_create(affectations, batch_size=2000)
    over = [row for row in created if row.ends_on is not None and row.ends_on < today]
    for row in over:
        deltas[row.unit.path] -= 1
    finished = {row.pk for row in over}
    _point_to_posts([row.user_id for row in created if row.pk not in finished], today)
    shift_headcounts(deltas)


@transaction.atomic
def leave_posts(days: dict[int, datetime.date]) -> None:
    """End the posts of people who leave, each on their day, and count them out."""
    by_day: dict[datetime.date, list[int]] = {}
    for user_id, day in days.items():
        by_day.setdefault(day, []).append(user_id)
    deltas: Counter[str] = Counter()
    for day, user_ids in by_day.items():
        for slice_of in _slices(user_ids):
            deltas.subtract(_end_posts(slice_of, day))
            User.objects.filter(pk__in=slice_of).update(current_affectation=None)
    shift_headcounts(deltas)


def end_due_posts() -> int:
    """Take away the current post of people whose last day has passed; returns how many."""
    due = User.objects.filter(current_affectation__ends_on__lt=clock.today())
    days = dict(due.values_list("pk", "current_affectation__ends_on"))
    leave_posts(days)
    return len(days)


def _running(day: datetime.date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gte=day)


def _end_posts(user_ids: list[int], eve: datetime.date) -> Counter:
    """End what runs after ``eve``; a post that started later lasted its first day only. Returns people by path."""
    present = User.objects.filter(pk__in=user_ids, current_affectation__isnull=False)
    counted = Counter(present.values_list("current_affectation__unit__path", flat=True))
    Affectation.objects.filter(_running(eve), user_id__in=user_ids).update(
        ends_on=Case(When(starts_on__gt=eve, then=F("starts_on")), default=Value(eve))
    )
    return counted


def _point_to_posts(user_ids: list[int], today: datetime.date) -> None:
    running = (
        Affectation.objects.filter(_running(today), user_id=OuterRef("pk")).order_by("-starts_on", "-pk").values("pk")
    )
    for slice_of in _slices(user_ids):
        User.objects.filter(pk__in=slice_of).update(current_affectation=Subquery(running[:1]))


def shift_headcounts(deltas: Counter) -> None:
    """Add and remove people from units and from every unit above them; paths → people."""
    by_unit: Counter[int] = Counter()
    for path, people in deltas.items():
        for part in path.split("/"):
            if part:
                by_unit[int(part)] += people
    by_shift: dict[int, list[int]] = {}
    for unit_id, people in by_unit.items():
        if people:
            by_shift.setdefault(people, []).append(unit_id)
    for people, unit_ids in by_shift.items():
        for slice_of in _slices(unit_ids):
            Unit.objects.filter(pk__in=slice_of).update(headcount=Greatest(F("headcount") + people, Value(0)))


def _slices(items: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(items), SLICE):
        yield items[start : start + SLICE]
