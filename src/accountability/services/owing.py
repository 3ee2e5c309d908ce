"""The promise clock: an answer is owed from the first day, moves only as promised, and is closed by the answer."""

from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock
from src.workflow.exceptions import TransitionNotAllowed

from .. import promise
from ..models import OwedPause, ResponseOwed

# Each pause is told to everyone; a third would make the promise worthless.
MAX_PAUSES = 2
# `savepoint=False` below: called within a move, the failure of one of these is the failure of the move, and a
# savepoint would protect nothing.
# Read again so many times when the row changed since it was read.
ATTEMPTS = 3
_NOT_CARRIED = {"carried_on": None, "carried_days": None}


class _Carried(NamedTuple):
    """A clock that ends on a date promised to a subject merged into this one."""

    on: date
    days: int


def owe(
    subject_kind: str,
    reference: str,
    unit,
    owner=None,
    *,
    started_on: date | None = None,
    days: int | None = None,
    by_week: bool = False,
) -> ResponseOwed:
    """Promise an answer and return the row; the database refuses a second open one for the same subject.

    ``by_week`` is for subjects whose author isn't named: the clock starts on the Monday, so that the promised
    date doesn't tell the day of the submission. One statement.
    """
    start = started_on or clock.today()
    if by_week:
        start = clock.week_of(start)
    days = settings.TERRAIN_PROMISE_DAYS if days is None else days
    return ResponseOwed.objects.create(
        subject_kind=subject_kind,
        subject_reference=reference,
        unit=unit,
        owner=owner,
        started_on=start,
        days=days,
        by_week=by_week,
        promised_on=promise.promised_on(start, days),
    )


def pause(owed: ResponseOwed, until: date, reason: str, *, on: date | None = None, step: str = "") -> OwedPause:
    """Stop the clock until a day at most, for a reason told to everyone.

    Refuses: no reason, an end that isn't after today or is over fifteen days away (ValidationError); a clock
    already stopped or closed, a third pause, a second one in the same ``step`` (TransitionNotAllowed).
    """
    day = on or clock.today()
    longest = timedelta(days=settings.TERRAIN_AUTHOR_ANSWER_DAYS)
    if not reason.strip():
        raise ValidationError(_("Say why the delay is paused: everyone will read it."))
    if not day < until <= day + longest:
        raise ValidationError(_("A pause ends after today and lasts %(days)s days at most.") % {"days": longest.days})
    _resume_if_over(owed, day)
    pauses = list(owed.pauses.all())
    if len(pauses) >= MAX_PAUSES:
        raise TransitionNotAllowed(_("The delay was already paused twice: it can't be paused again."))
    if step and any(known.step == step for known in pauses):
        raise TransitionNotAllowed(_("The delay was already paused once at this step."))
    ended = [promise.Pause(known.started_on, known.ended_on) for known in pauses if known.ended_on]
    after = _promised(owed, [*ended, promise.Pause(day, until)])
    with transaction.atomic(savepoint=False):
        if owed.paused_on is None and _write(owed, paused_on=day, paused_until=until, promised_after_pause=after):
            return OwedPause.objects.create(
                owed_id=owed.pk, reason=reason.strip()[:200], started_on=day, until=until, step=step
            )
    raise TransitionNotAllowed(_("The delay is already paused, or the answer was given."))


@transaction.atomic(savepoint=False)
def resume(owed: ResponseOwed, *, on: date | None = None) -> ResponseOwed:
    """Start the clock again: the promised date moves by the days it stood still. Does nothing when it runs.

    It ends no later than was told. For subjects kept by the week, it ends on the Monday (or where it began), so
    that the promised date doesn't tell on which day the author answered.
    """
    _resume(owed, on or clock.today())
    return owed


@transaction.atomic(savepoint=False)
def call_off_pause(owed: ResponseOwed, *, step: str) -> bool:
    """Forget a running pause that nobody was told of: the question it waited for was taken back. False without one."""
    for _attempt in range(ATTEMPTS):
        running = owed.pauses.filter(step=step, ended_on=None).first()
        if running is None or owed.paused_on is None:
            return False
        if _write(owed, paused_on=None, paused_until=None, promised_after_pause=None):
            running.delete()
            return True
    raise TransitionNotAllowed(_("This date has just changed: try again."))


def reassign(owed: ResponseOwed, unit, *, owner=None) -> ResponseOwed:
    """Pass the debt to another unit; its date is kept. Refuses once answered or cancelled."""
    if not _open(owed).update(unit=unit, owner=owner):
        raise TransitionNotAllowed(_("The answer was already given: nothing is owed any more."))
    owed.unit, owed.owner = unit, owner
    return owed


@transaction.atomic
def reach_threshold(owed: ResponseOwed, *, on: date | None = None) -> bool:
    """Note that the supports raised who answers: thirty days run from there, if that is sooner. True at first."""
    day = on or clock.today()
    for _attempt in range(ATTEMPTS):
        if not owed.is_open or owed.threshold_on is not None:
            return False
        _resume_if_over(owed, day)
        known = list(owed.pauses.all())
        ended = [promise.Pause(pause.started_on, pause.ended_on) for pause in known if pause.ended_on]
        running = [promise.Pause(pause.started_on, pause.until) for pause in known if not pause.ended_on]
        after = _promised(owed, [*ended, *running], threshold_on=day) if running else None
        promised = _promised(owed, ended, threshold_on=day)
        if _write(owed, threshold_on=day, promised_on=promised, promised_after_pause=after):
            return True
    raise TransitionNotAllowed(_("This date has just changed: try again."))


@transaction.atomic(savepoint=False)
def carry(owed: ResponseOwed, promised: date | None, *, on: date | None = None) -> bool:
    """Let a date promised to a subject merged into this one hold here too, by a clock of its own; None: no more.

    The earliest date wins, as everywhere; pauses to come push this clock like the others. True when the row changed.
    Does nothing once answered or cancelled; refuses a row that keeps changing meanwhile (TransitionNotAllowed).
    """
    day = on or clock.today()
    carried = None if promised is None else _Carried(min(day, promised), max(0, (promised - day).days))
    for _attempt in range(ATTEMPTS):
        if not owed.is_open:
            return False
        _resume_if_over(owed, day)
        known = list(owed.pauses.all())
        ended = [promise.Pause(pause.started_on, pause.ended_on) for pause in known if pause.ended_on]
        running = [promise.Pause(pause.started_on, pause.until) for pause in known if not pause.ended_on]
        after = _earliest(owed, [*ended, *running], owed.threshold_on, carried) if running else None
        date_now = _earliest(owed, ended, owed.threshold_on, carried)
        columns = {"carried_on": carried.on, "carried_days": carried.days} if carried else _NOT_CARRIED
        if _write(owed, **columns, promised_on=date_now, promised_after_pause=after):
            return True
    raise TransitionNotAllowed(_("This date has just changed: try again."))


@transaction.atomic(savepoint=False)
def close(owed: ResponseOwed, on: date | None = None) -> bool:
    """The answer was given; True unless it was closed before. A running pause ends that day."""
    return _end(owed, on or clock.today(), "answered_on")


@transaction.atomic(savepoint=False)
def cancel(owed: ResponseOwed, on: date | None = None) -> bool:
    """Nothing is owed any more (withdrawn, merged); True unless it was closed before."""
    return _end(owed, on or clock.today(), "cancelled_on")


def pass_to_successor(unit, successor) -> None:
    """What a closing unit owes passes to its successor with its dates; the directory calls it."""
    if successor is not None:
        ResponseOwed.objects.open().filter(unit=unit).update(unit=successor)


def _end(owed: ResponseOwed, day: date, column: str) -> bool:
    for _attempt in range(ATTEMPTS):
        if owed.paused_on is not None:
            _resume(owed, day)
        if _write(owed, **{column: day}):
            return True
        if not owed.is_open:
            return False
    raise TransitionNotAllowed(_("This date has just changed: try again."))


def _resume_if_over(owed: ResponseOwed, day: date) -> None:
    """End a pause that ran out: a late tick isn't a reason to refuse what is allowed."""
    if owed.paused_on is not None and day > owed.paused_until:
        _resume(owed, day)


def _resume(owed: ResponseOwed, day: date) -> bool:
    for _attempt in range(ATTEMPTS):
        known = list(owed.pauses.all())
        running = next((pause for pause in known if pause.ended_on is None), None)
        if running is None or not owed.is_open:
            return False
        end = clock.week_of(day) if owed.by_week and day <= running.until else day
        end = min(max(end, running.started_on), running.until)
        ended = [promise.Pause(pause.started_on, pause.ended_on) for pause in known if pause.ended_on]
        promised = _promised(owed, [*ended, promise.Pause(running.started_on, end)])
        if _write(owed, paused_on=None, paused_until=None, promised_after_pause=None, promised_on=promised):
            OwedPause.objects.filter(pk=running.pk).update(ended_on=end)
            return True
    raise TransitionNotAllowed(_("This date has just changed: try again."))


def _promised(owed: ResponseOwed, pauses, *, threshold_on: date | None = None) -> date:
    carried = None if owed.carried_on is None else _Carried(owed.carried_on, owed.carried_days or 0)
    return _earliest(owed, pauses, threshold_on or owed.threshold_on, carried)


def _earliest(owed: ResponseOwed, pauses, threshold_on: date | None, carried: _Carried | None) -> date:
    return promise.promised_on(
        owed.started_on,
        owed.days,
        threshold_on=threshold_on,
        threshold_days=settings.TERRAIN_PROMISE_DAYS_AFTER_THRESHOLD,
        carried_on=carried.on if carried else None,
        carried_days=carried.days if carried else 0,
        pauses=pauses,
    )


def _open(owed: ResponseOwed):
    return ResponseOwed.objects.open().filter(pk=owed.pk)


def _write(owed: ResponseOwed, **changes) -> bool:
    """Change the open row if it still says what was read, since what is written was computed from it.

    The object follows; when the row had changed, the object is read again and nothing is written.
    """
    getattr(owed, "_prefetched_objects_cache", {}).pop("pauses", None)
    if not _as_read(owed).update(**changes):
        owed.refresh_from_db()
        return False
    for name, value in changes.items():
        setattr(owed, name, value)
    return True


def _as_read(owed: ResponseOwed):
    return _open(owed).filter(paused_on=owed.paused_on, threshold_on=owed.threshold_on, promised_on=owed.promised_on)
