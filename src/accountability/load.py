"""The load figure: at the pace of the last two months, which promised dates will slip.

Answers are taken in the order of their promised dates: with one queue and one pace, no other order keeps more of them
from the largest lateness (Jackson's rule, 1955), so a date that slips here slips however the work is shared out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.db.models import Q

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock

from .models import ResponseOwed

# Days whose answers make the pace.
WINDOW = 60
# Under so many answers in the window there is no pace to speak of.
FEWEST = 5
# Who is warned: those who can do something about it.
WARNED = (Role.DECISION_MAKER, Role.IDEA_CORRESPONDENT, Role.DELEGATE)


@dataclass(frozen=True, kw_only=True)
class Load:
    """What waits and what the pace allows. ``per_week`` and ``slipping`` are None without a pace.

    ``slipping`` counts the promises not yet late whose date passes before their turn; ``first_slip`` is the nearest
    of their dates.
    """

    waiting: int
    late: int
    per_week: float | None
    slipping: int | None
    first_slip: date | None

    @property
    def is_worrying(self) -> bool:
        return bool(self.late or self.slipping)


def forecast(promised: Iterable[date], answered: int, today: date, *, window: int = WINDOW) -> Load:
    """The load of one queue: the promised dates that wait, and the answers given in the last ``window`` days.

    The n-th promise by date is answered after n × window ÷ answered days; it slips when its date is before.
    """
    dates = sorted(promised)
    late = sum(1 for day in dates if day < today)
    if answered < FEWEST:
        return Load(waiting=len(dates), late=late, per_week=None, slipping=None, first_slip=None)
    slips = [
        day
        for turn, day in enumerate(dates, start=1)
        if day >= today and today + timedelta(days=ceil(turn * window / answered)) > day
    ]
    return Load(
        waiting=len(dates),
        late=late,
        per_week=round(7 * answered / window, 1),
        slipping=len(slips),
        first_slip=min(slips, default=None),
    )


def load_for(user, on: date | None = None) -> Load | None:
    """The load of the units where ``user`` decides, orients or countersigns; None for anybody else. Two statements."""
    viewer = as_viewer(user)
    held = [role for role in WARNED if viewer.has_role(role)]
    if not held:
        return None
    where = Q(pk__in=[])
    for role in held:
        where |= viewer.role_condition(role, "unit__path")
    day = on or clock.today()
    owed = ResponseOwed.objects.filter(where)
    return forecast(_waiting(owed, day), _answered(owed, day).count(), day)


def load_by_direction(on: date | None = None) -> list[tuple[str, Load]]:
    """One line a direction where something waits, by name. Two statements."""
    day = on or clock.today()
    name = "unit__direction__name"
    paces: dict[str, int] = {}
    for direction in _answered(ResponseOwed.objects.all(), day).values_list(name, flat=True):
        paces[direction or ""] = paces.get(direction or "", 0) + 1
    waiting: dict[str, list[date]] = {}
    for owed in ResponseOwed.objects.open().select_related("unit__direction"):
        direction = owed.unit.direction.name if owed.unit.direction else ""
        waiting.setdefault(direction, []).append(_expected(owed, day))
    return [(direction, forecast(dates, paces.get(direction, 0), day)) for direction, dates in sorted(waiting.items())]


def _waiting(owed, day: date) -> list[date]:
    return [_expected(one, day) for one in owed.open()]


def _expected(owed: ResponseOwed, day: date) -> date:
    """The date that holds if a running pause lasts until its end."""
    return owed.promised_after_pause if owed.is_paused(day) else owed.promised(day)


def _answered(owed, day: date):
    return owed.filter(answered_on__gt=day - timedelta(days=WINDOW), answered_on__lte=day)
