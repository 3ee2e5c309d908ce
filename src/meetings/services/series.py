"""Opening the meetings of a unit, changing how they are held, stopping them."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal

from .. import rhythm
from ..enums import COMING_STATES
from ..models import MeetingSeries

USUAL_HOUR = time(9, 0)
CHANGED = ("rules", "every", "weekday", "usual_time", "minutes", "place", "remote_url", "capacity")


@transaction.atomic
def open_series(*, space, unit, actor=None, agreed_on: date | None = None, **fields) -> MeetingSeries:
    """Begin the meetings of a space; the rhythm is counted from ``agreed_on`` (today without).

    Refuses a space that has meetings already.
    """
    if MeetingSeries.objects.filter(space=space).exists():
        raise ValidationError(_("This space has its meetings already."))
    fields.setdefault("usual_time", USUAL_HOUR)
    series = MeetingSeries(space=space, unit=unit, agreed_on=agreed_on or clock.today(), **fields)
    series.due_on = rhythm.due_on(series.agreed_on, series.every)
    series.save(force_insert=True)
    _record("meetings.opened", series, actor, {"every": series.every})
    return series


@transaction.atomic
def change_series(*, series: MeetingSeries, actor, **fields) -> MeetingSeries:
    """Change rules, rhythm, usual day, place or seats; the meeting already announced keeps its own.

    The due day follows the new rhythm, from the last meeting held. Written in the journal when something changed.
    """
    held = MeetingSeries.objects.select_for_update().get(pk=series.pk)
    _must_run(held)
    changed = [name for name in CHANGED if name in fields and getattr(held, name) != fields[name]]
    for name in changed:
        setattr(held, name, fields[name])
    held.due_on = rhythm.due_on(held.met_on or held.agreed_on, held.every)
    if changed:
        held.save(update_fields=[*changed, "due_on"])
        _record("meetings.changed", held, actor, {"fields": changed})
    return held


@transaction.atomic
def stop_series(*, series: MeetingSeries, actor) -> MeetingSeries:
    """End the meetings for good: nothing is due any more, what was said stays readable. Safe twice.

    Refuses while a meeting is announced: it is cancelled first, so that everybody is told.
    """
    held = MeetingSeries.objects.select_for_update().get(pk=series.pk)
    if held.stopped_on is None:
        if held.meetings.filter(state__in=COMING_STATES).exists():
            raise ValidationError(
                _("A meeting is still to come or to be told: cancel it, or publish its minutes first.")
            )
        held.stopped_on = clock.today()
        held.save(update_fields=["stopped_on"])
        _record("meetings.stopped", held, actor, {})
    return held


def _must_run(series: MeetingSeries) -> None:
    if series.stopped_on is not None:
        raise ValidationError(_("These meetings have stopped."))


def _record(verb: str, series: MeetingSeries, actor, payload: dict) -> None:
    journal.record(verb, actor=actor, object_ref=f"meetings:{series.reference}", payload=payload)
