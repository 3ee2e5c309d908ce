"""The daily check: looks for patterns in each day that is over, flags, and removes nothing."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from src.foundations import clock, journal

from .. import patterns
from ..enums import Channel, Pattern
from ..models import AnomalyFlag, NetworkKey, Rating

USUAL_DAYS = 56
# A network's hash, and the exact moment, serve the check; then they go.
NETWORK_KEPT, MOMENT_KEPT, DISPLAY_KEPT, KEY_KEPT = (timedelta(days=n) for n in (7, 35, 2, 2))


@transaction.atomic
def check_day(day: date) -> int:
    """Look at each point's ratings of one day; returns how many patterns are new. Twice: none more.

    Writes the patterns' bits on the ratings and one ``AnomalyFlag`` a point and a pattern, with a journal row when
    there is one. Every rating stays and counts.
    """
    rows = defaultdict(list)
    for rating in Rating.objects.filter(day=day).order_by("point_id", "at", "pk"):
        rows[rating.point_id].append(rating)
    if not rows:
        return 0
    usual = usual_before(day, list(rows))
    found, bits = [], defaultdict(int)
    for point, ratings in rows.items():
        seen = patterns.look((_seen(rating) for rating in ratings), usual[point])
        robots = {rating.pk for rating in ratings if rating.flags & Pattern.ROBOT}
        if robots:
            seen[int(Pattern.ROBOT)] = robots
        for pattern, pks in seen.items():
            found.append(
                AnomalyFlag(point_id=point, pattern=pattern, day=day, ratings=len(pks), found_on=clock.today())
            )
            for pk in pks:
                bits[pk] |= pattern
    _write_bits(bits)
    known = set(AnomalyFlag.objects.filter(day=day).values_list("point_id", "pattern"))
    new = [flag for flag in found if (flag.point_id, flag.pattern) not in known]
    AnomalyFlag.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        journal.record("ratings.flagged", object_ref=f"ratings:{day.isoformat()}", payload={"patterns": len(new)})
    return len(new)


def usual_before(day: date, points: list[int]) -> dict[int, patterns.Usual]:
    """What each point was like in the eight weeks before; what was flagged isn't usual. One statement."""
    days: dict[int, Counter] = defaultdict(Counter)
    grades: dict[int, Counter] = defaultdict(Counter)
    rows = (
        Rating.objects.filter(point__in=points, day__lt=day, day__gte=day - timedelta(days=USUAL_DAYS), flags=0)
        .order_by()
        .values_list("point_id", "day", "grade")
        .annotate(n=Count("pk"))
    )
    for point, one, grade, count in rows:
        days[point][one] += count
        grades[point][grade] += count
    return {point: patterns.usual_of(days[point], grades[point]) for point in points}


def _seen(rating: Rating) -> patterns.Seen:
    return patterns.Seen(
        pk=rating.pk,
        at=timezone.localtime(rating.at),
        grade=rating.grade,
        reasons=rating.reasons,
        words=rating.words,
        language=rating.language,
        easy=rating.easy,
        seconds=rating.seconds,
        network=rating.network,
        shared=rating.channel == Channel.KIOSK,
    )


def _write_bits(bits: dict[int, int]) -> None:
    by_sum = defaultdict(list)
    for pk, total in bits.items():
        by_sum[total].append(pk)
    for total, pks in by_sum.items():
        for start in range(0, len(pks), 500):
            rows = Rating.objects.filter(pk__in=pks[start : start + 500])
            rows.update(flags=F("flags").bitor(total))


def check_due(now) -> int:
    """Check the three days that are over: a late tick misses none, and a day looked at twice tells nothing new."""
    today = timezone.localdate(now)
    return sum(check_day(today - timedelta(days=ago)) for ago in range(3, 0, -1))


def forget(now, *, apply: bool = True) -> int:
    """Delete keys of networks after two days, empty hashes after a week, round moments to their day after five weeks.

    Returns how many rows change. What remains of a rating is its point, its day, and what was said.
    """
    today = timezone.localdate(now)
    keys = NetworkKey.objects.filter(day__lt=today - KEY_KEPT)
    hashes = Rating.objects.filter(day__lt=today - NETWORK_KEPT).exclude(network="")
    displays = Rating.objects.filter(day__lt=today - DISPLAY_KEPT, display__isnull=False)
    moments = Rating.objects.filter(day__lt=today - MOMENT_KEPT, seconds__isnull=False)
    if not apply:
        return keys.count() + hashes.count() + displays.count() + moments.count()
    count = keys.delete()[0] + hashes.update(network="") + displays.update(display=None)
    return count + _round(today - MOMENT_KEPT)


def _round(limit: date) -> int:
    """Moments of the hundred days before: midnight of their day, and no speed; one day a statement."""
    touched = 0
    for ago in range(1, 101):
        day = limit - timedelta(days=ago)
        midnight = clock.start_of_day(day)
        touched += Rating.objects.filter(day=day).exclude(at=midnight, seconds=None).update(at=midnight, seconds=None)
    return touched


@transaction.atomic
def look_at(*, flag: AnomalyFlag, actor, note: str) -> bool:
    """Write what a pattern was (a school class, a party of visitors, stuffing); the first note stays (False)."""
    touched = AnomalyFlag.objects.filter(pk=flag.pk, looked_on__isnull=True).update(
        note=note, looked_on=clock.today(), looked_by=actor
    )
    if touched:
        journal.record("ratings.flag_looked_at", actor=actor, object_ref=f"ratings_flag:{flag.pk}")
    return bool(touched)
