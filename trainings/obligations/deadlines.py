"""When a training is due and how long it holds: dates alone, in the city's days; no clock, no table, no Django.

What it decides and its vectors: docs/training-obligations.md.
"""

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
# From how many days before the end a duty is said to be near.
SOON_DAYS = 30


class RenewalBase(StrEnum):
    """From what the next expiry is counted."""

    COMPLETION = "completion"
    PREVIOUS_EXPIRY = "previous_expiry"
    FIXED_CALENDAR = "fixed_calendar"


class State(StrEnum):
    """How somebody stands towards one obligation, on one day."""

    UPCOMING = "upcoming"
    TO_DO = "to_do"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    UP_TO_DATE = "up_to_date"
    TO_RENEW = "to_renew"
    EXPIRED = "expired"
    EXEMPT = "exempt"
    SUSPENDED = "suspended"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, order=True)
class Span:
    """Days from one to another, both counted; without an end it goes on."""

    starts_on: date
    ends_on: date = date.max

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def add_months(day: date, months: int) -> date:
    """The same day some months later (or before); the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# ---- when it is due


@dataclass(frozen=True)
class Claim:
    """What one rule asks: from what day, how long after, with how much notice; ``reason`` is the caller's."""

    anchor_on: date
    offset_days: int
    min_notice_days: int
    reason: object = None


@dataclass(frozen=True)
class Deadline:
    """The day that holds, which of the claims gave it, and how many days of absence moved it."""

    due_on: date
    winner: int
    absence_days: int


def due_of(claim: Claim, assigned_on: date) -> date:
    """The day one rule asks for: never sooner than its notice after the day the duty was told."""
    raw = claim.anchor_on + timedelta(days=claim.offset_days)
    return max(raw, assigned_on + timedelta(days=claim.min_notice_days))


def deadline(
    claims: Sequence[Claim],
    assigned_on: date,
    *,
    absences: Iterable[Span] = (),
    is_working_day: Callable[[date], bool] | None = None,
) -> Deadline:
    """The earliest day the claims ask for, moved by absences, then to a working day when the caller knows them.

    Refuses to be asked without a claim. Of two equal days the first claim is told; all keep their reasons.
    """
    if not claims:
        raise ValueError("A deadline needs a rule that asks for it.")
    days = [due_of(claim, assigned_on) for claim in claims]
    winner = min(range(len(days)), key=days.__getitem__)
    due, away = moved_by_absences(days[winner], assigned_on, absences)
    return Deadline(next_working_day(due, is_working_day), winner, away)


def moved_by_absences(due_on: date, assigned_on: date, absences: Iterable[Span]) -> tuple[date, int]:
    """The day moved so that as many days of presence are left as without the absences; and how many days it moved.

    Days before the duty was told don't count, nor a day twice. An absence without an end moves nothing yet: as long as
    it lasts the duty sleeps, and its end says by how much it moves.
    """
    due = due_on
    for span in merged(absences):
        starts = max(span.starts_on, assigned_on + DAY)
        if span.ends_on == date.max or span.ends_on < starts:
            continue
        if starts > due:
            break
        due += span.ends_on - starts + DAY
    return due, (due - due_on).days


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days in spans that neither touch nor overlap, in order."""
    kept: list[Span] = []
    for span in sorted(spans):
        if kept and (kept[-1].ends_on == date.max or span.starts_on <= kept[-1].ends_on + DAY):
            kept[-1] = Span(kept[-1].starts_on, max(kept[-1].ends_on, span.ends_on))
        else:
            kept.append(span)
    return kept


def next_working_day(day: date, is_working_day: Callable[[date], bool] | None) -> date:
    """The day itself, or the next one that is worked."""
    while is_working_day is not None and not is_working_day(day):
        day += DAY
    return day


def extended(due_on: date, until: date | None, granted_on: date | None = None) -> date:
    """The day after an extension: it counts when it is later, and wasn't past already when it was given."""
    if until is None or until <= due_on or (granted_on is not None and until < granted_on):
        return due_on
    return until


# ---- how long it holds


@dataclass(frozen=True)
class Renewal:
    """Whether a completion counts for this cycle, and until when it holds (None: for good)."""

    counts: bool
    expires_on: date | None = None


@dataclass(frozen=True)
class Validity:
    """How long one completion holds, and from what the next one is counted."""

    months: int | None = None
    base: RenewalBase = RenewalBase.PREVIOUS_EXPIRY
    window_days: int = 0
    # For a fixed calendar: one of its days, the others lie ``months`` before and after.
    fixed_on: date | None = None
    min_active_days: int = 0

    def window_opens_on(self, expires_on: date) -> date:
        """The first day on which a completion renews what expires then."""
        return expires_on - timedelta(days=self.window_days)

    def after(
        self, completed_on: date, previous_expiry: date | None = None, *, counted_early: bool = False
    ) -> Renewal:
        """What a completion is worth, knowing when the one before expires.

        ``previous_expiry`` base: one that comes before the window is kept and doesn't renew, unless somebody decides
        that it counts (``counted_early``); then it is counted from its own day.
        """
        if self.months is None:
            return Renewal(True)
        if self.base == RenewalBase.FIXED_CALENDAR:
            return self._on_the_calendar(completed_on, previous_expiry)
        own = add_months(completed_on, self.months)
        if self.base == RenewalBase.COMPLETION or previous_expiry is None or completed_on > previous_expiry:
            return Renewal(True, own)
        if completed_on >= self.window_opens_on(previous_expiry):
            return Renewal(True, add_months(previous_expiry, self.months))
        return Renewal(True, own) if counted_early else Renewal(False, previous_expiry)

    def _on_the_calendar(self, completed_on: date, previous_expiry: date | None) -> Renewal:
        if self.fixed_on is None or self.months is None:
            raise ValueError("A fixed calendar needs one of its days and its period.")
        since = (completed_on.year - self.fixed_on.year) * 12 + completed_on.month - self.fixed_on.month
        periods = since // self.months - 1
        while (fixed := add_months(self.fixed_on, periods * self.months)) <= completed_on:
            periods += 1
        if (fixed - completed_on).days < self.min_active_days:
            fixed = add_months(self.fixed_on, (periods + 1) * self.months)
        if previous_expiry is not None and fixed <= previous_expiry:
            return Renewal(False, previous_expiry)
        return Renewal(True, fixed)


# ---- how somebody stands


@dataclass(frozen=True)
class Standing:
    """What is known of one requirement on one day; the state follows."""

    concerned: bool
    assigned_on: date
    due_on: date
    # When what the cycle before gave expires; None in the first one.
    expires_on: date | None = None
    grace_days: int = 0
    satisfied: bool = False
    # Until when the completion holds (None: for good), and from when the next one may be done.
    valid_until: date | None = None
    renews_from: date | None = None
    exempt: bool = False
    away: bool = False


def state_of(standing: Standing, day: date) -> State:
    """The state of a requirement on a day. Days are whole: the last one still counts."""
    if not standing.concerned:
        return State.NOT_APPLICABLE
    if standing.exempt:
        return State.EXEMPT
    if standing.satisfied:
        return _held(standing, day)
    if standing.away:
        return State.SUSPENDED
    return _awaited(standing, day)


def _held(standing: Standing, day: date) -> State:
    if standing.valid_until is None or day <= standing.valid_until:
        renews = standing.renews_from is not None and day >= standing.renews_from
        return State.TO_RENEW if renews else State.UP_TO_DATE
    return State.SUSPENDED if standing.away else State.EXPIRED


def _awaited(standing: Standing, day: date) -> State:
    if day < standing.assigned_on:
        return State.UPCOMING
    if day > standing.due_on + timedelta(days=standing.grace_days):
        return State.OVERDUE if standing.expires_on is None else State.EXPIRED
    if standing.expires_on is not None:
        return State.TO_RENEW
    return State.DUE_SOON if (standing.due_on - day).days < SOON_DAYS else State.TO_DO
