"""Reads of what is owed, shaped for reports: by direction, in time or not, masked under the smallest number."""

from dataclasses import dataclass
from datetime import date
from unicodedata import combining, normalize

from django.conf import settings
from django.db.models import Count, F, Q

from src.foundations import clock, metrics

from .models import Decision, ResponseOwed


@dataclass(frozen=True)
class DirectionRates:
    """What one direction owes and how it answered. ``in_time_share`` is None under the smallest number."""

    direction_id: int | None
    direction: str
    open: int
    late: int
    paused: int
    answered: int
    in_time_share: int | None

    @property
    def is_masked(self) -> bool:
        return self.in_time_share is None and self.answered > 0


def owed_by_direction(
    on: date | None = None, *, answered_since: date | None = None, subject_kind: str | None = None
) -> list[DirectionRates]:
    """One row a direction that owes or answered something, by name; one statement.

    The share of answers given in time, in whole percents, is told from eleven answers (the setting) upwards.
    """
    day = on or clock.today()
    owed = ResponseOwed.objects.all()
    if subject_kind is not None:
        owed = owed.filter(subject_kind=subject_kind)
    is_open = Q(answered_on__isnull=True, cancelled_on__isnull=True)
    late = Q(paused_on__isnull=True, promised_on__lt=day) | Q(paused_until__lt=day, promised_after_pause__lt=day)
    answered = Q(answered_on__isnull=False, answered_on__lte=day)
    if answered_since is not None:
        answered &= Q(answered_on__gte=answered_since)
    rows = (
        owed.order_by()
        .values(direction=F("unit__direction_id"), name=F("unit__direction__name"))
        .annotate(
            open=Count("pk", filter=is_open),
            late=Count("pk", filter=is_open & late),
            paused=Count("pk", filter=is_open & Q(paused_on__isnull=False, paused_until__gte=day)),
            answered=Count("pk", filter=answered),
            in_time=Count("pk", filter=answered & Q(answered_on__lte=F("promised_on"))),
        )
        .filter(Q(open__gt=0) | Q(answered__gt=0))
    )
    rates = [
        DirectionRates(
            direction_id=row["direction"],
            direction=row["name"] or "",
            open=row["open"],
            late=row["late"],
            paused=row["paused"],
            answered=row["answered"],
            in_time_share=_share(row["in_time"], row["answered"]),
        )
        for row in rows
    ]
    return sorted(rates, key=lambda rate: (_alphabetical(rate.direction), rate.direction_id or 0))


def prepared_decisions(viewer):
    """Decisions in preparation that the viewer decides on, oldest first, with what a page shows of them."""
    return (
        Decision.objects.visible_to(viewer)
        .prepared()
        .select_related("batch", "unit", "decided_by", "drafted_by")
        .order_by("prepared_at", "pk")
    )


def direction_reminded_on(owed: ResponseOwed) -> date | None:
    """The last day the direction or a higher level was reminded, for "the direction was reminded on …"."""
    return max((reminder.on for reminder in owed.reminders.all() if reminder.level >= 2), default=None)


def _alphabetical(name: str) -> str:
    """Where a French reader looks for it: accents and capitals don't count."""
    return "".join(sign for sign in normalize("NFKD", name) if not combining(sign)).casefold()


def _share(in_time: int, answered: int) -> int | None:
    if answered < settings.TERRAIN_K:
        metrics.gate_refused.inc()
        return None
    return round(100 * in_time / answered)
