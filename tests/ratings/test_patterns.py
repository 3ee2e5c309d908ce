"""Stuffing: ten planted patterns among 100,000 ratings, all flagged; at most one honest in a hundred; none dropped."""

import itertools
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F, Sum
from django.utils import timezone

from consultations.ratings import patterns
from consultations.ratings.enums import Pattern
from consultations.ratings.models import AnomalyFlag, Rating, RatingMonth
from consultations.ratings.services import check_day, recount
from src.foundations import clock
from src.foundations.testing import forget_effects
from tests.factories.ratings import PointFactory, crowd

UNTIL = datetime(2026, 3, 1, tzinfo=UTC)
POINTS = list(range(1, 9))


def planted(pk: itertools.count, day: datetime) -> dict[int, list]:
    """Each pattern as somebody would make it, at a point of its own, hidden among that day's visitors."""

    def row(at, grade, **more):
        return patterns.Seen(pk=next(pk), at=at, grade=grade, **more)

    def near(hour, minutes, n):
        return day.replace(hour=hour) + timedelta(minutes=minutes * n, seconds=(n * 37) % 53)

    return {
        patterns.BURST: [row(day.replace(hour=11) + timedelta(seconds=(n * 19) % 480), (n * 3) % 5 + 1, network=f"b{n}") for n in range(40)],
        patterns.NETWORK: [row(near(10, 2, n), (n * 7) % 5 + 1, network="caf3") for n in range(24)],
        patterns.TEXT: [row(near(9, 41, n), 1 + n % 2, words=("Personnel incompétent, fuyez !", "personnel incompétent. Fuyez")[n % 2]) for n in range(12)],
        patterns.NIGHT: [row(near(2, 7, n), 1 + n % 3) for n in range(16)],
        patterns.ONE_GRADE: [row(day.replace(hour=12) + timedelta(seconds=40 * n + (n * n) % 17), 2, network=f"o{n}") for n in range(30)],
        patterns.REGULAR: [row(day.replace(hour=6) + timedelta(seconds=301 * n), (n * 2) % 5 + 1) for n in range(20)],
        patterns.HASTE: [row(near(9, 29, n), 5 - n % 4, seconds=0) for n in range(14)],
        patterns.SWING: [row(near(8, 9, n), 1 + n % 3, network=f"s{n}") for n in range(60)],
        patterns.VOLUME: [row(near(8, 3, n), (5, 4, 5, 3, 4, 5, 2, 4)[n % 8], network=f"v{n}") for n in range(190)],
        patterns.COPIED: [row(near(14, 3, n), 2, reasons=7, network=f"c{n}") for n in range(16)],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("total", "seed"),
    [(100_000, 4), (30_000, 11), (30_000, 23), (30_000, 71)],
    ids=lambda value: str(value),
)
def test_ten_planted_patterns_among_a_crowd(total, seed):
    pk = itertools.count(1)
    by_day = defaultdict(lambda: defaultdict(list))
    points = [*POINTS, 9, 10]
    for point, at, grade, reasons, words, language, seconds, network in crowd(
        points, total=total, days=365, seed=seed, until=UNTIL
    ):
        by_day[at.date()][point].append(
            patterns.Seen(next(pk), at, grade, reasons, words, language, False, seconds, network)
        )
    honest = {row.pk for day in by_day.values() for rows in day.values() for row in rows}
    assert len(honest) >= 0.97 * total
    days, attacks = sorted(by_day), {}
    for number, point in enumerate(points):
        day = days[200 + 11 * number]
        made = planted(pk, datetime.combine(day, datetime.min.time(), UTC))
        pattern = list(made)[number]
        attacks[pattern] = {row.pk for row in made[pattern]}
        by_day[day][point] += made[pattern]

    flagged = defaultdict(set)
    totals, grades = defaultdict(Counter), defaultdict(Counter)
    for day in days:
        recent = {one for one in days if day - timedelta(days=56) <= one < day}
        for point, rows in by_day[day].items():
            usual = patterns.usual_of(
                Counter({one: count for one, count in totals[point].items() if one in recent}),
                sum((grades[point][one] for one in recent), Counter()),
            )
            for pattern, pks in patterns.look(rows, usual).items():
                flagged[pattern] |= pks
            totals[point][day] = len(rows)
            grades[point][day] = Counter(row.grade for row in rows)

    caught = {pattern: len(flagged[pattern] & pks) / len(pks) for pattern, pks in attacks.items()}
    wrong = len(set().union(*flagged.values()) & honest) / len(honest)
    assert len(attacks) == 10
    assert {pattern: share for pattern, share in caught.items() if share < 0.9} == {}
    assert wrong <= 0.01
    print(f"\ncaught {caught}; honest flagged {wrong:.4%}")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [5, 29])
def test_what_is_planted_in_the_base_is_marked_counted_and_kept(seed):
    """The same ten through the rows and the check of a day: each is marked, none is dropped, every total counts them."""
    points = [PointFactory().pk for _one in range(10)]
    day, pk = clock.today() - timedelta(days=1), itertools.count(1)
    until = clock.start_of_day(clock.today())
    honest = [
        Rating(
            point_id=point, at=at, day=timezone.localdate(at), grade=grade, reasons=reasons, words=words,
            language=language, seconds=seconds, network=network[:16],
        )
        for point, at, grade, reasons, words, language, seconds, network in crowd(
            points, total=9_000, days=60, seed=seed, until=until
        )
    ]  # fmt: skip
    Rating.objects.bulk_create(honest, batch_size=2000)
    before = set(Rating.objects.values_list("pk", flat=True))
    attacks = {}
    for point, (pattern, rows) in zip(points, planted(pk, clock.start_of_day(day)).items(), strict=True):
        made = [
            Rating(
                point_id=point, at=one.at, day=day, grade=one.grade, reasons=one.reasons, words=one.words,
                seconds=one.seconds, network=one.network,
            )
            for one in rows
        ]  # fmt: skip
        Rating.objects.bulk_create(made)
        attacks[pattern] = set(Rating.objects.filter(point=point).exclude(pk__in=before).values_list("pk", flat=True))
    recount()
    total = Rating.objects.count()

    check_day(day)
    recount()

    flags = dict(Rating.objects.filter(flags__gt=0).values_list("pk", "flags"))
    missed = {
        pattern: sum(1 for one in pks if not flags.get(one, 0) & pattern) / len(pks)
        for pattern, pks in attacks.items()
    }
    assert {pattern: share for pattern, share in missed.items() if share > 0.1} == {}
    assert len(attacks) == 10 and set(attacks) <= set(AnomalyFlag.objects.values_list("pattern", flat=True))
    assert len(before & set(flags)) <= 0.01 * len(before)
    assert Rating.objects.count() == total == len(honest) + sum(map(len, attacks.values()))
    counted = RatingMonth.objects.aggregate(
        n=Sum(F("very_good") + F("good") + F("average") + F("bad") + F("very_bad"))
    )
    assert counted["n"] == total
    forget_effects()


@pytest.mark.django_db
def test_the_check_marks_and_removes_nothing_once():
    point, day = PointFactory(), clock.today() - timedelta(days=1)
    start = clock.start_of_day(day) + timedelta(hours=9)
    rows = [Rating(point=point, grade=1, at=start + timedelta(seconds=10 * n), day=day, seconds=3) for n in range(40)]
    rows += [Rating(point=point, grade=4, at=start + timedelta(hours=1, minutes=17 * n), day=day) for n in range(8)]
    Rating.objects.bulk_create(rows)

    found = [check_day(day) for _twice in range(2)]

    marked = set(AnomalyFlag.objects.values_list("pattern", flat=True))
    assert {Pattern.BURST, Pattern.ONE_GRADE, Pattern.REGULAR} <= marked
    assert found == [len(marked), 0]
    assert (Rating.objects.count(), Rating.objects.filter(flags__gt=0).count()) == (48, 40)
    forget_effects()


def test_each_pattern_needs_its_least():
    day = datetime(2026, 2, 10, tzinfo=UTC)
    usual = patterns.usual_of(Counter({n: 20 for n in range(30)}), Counter({5: 300, 4: 150, 3: 80, 2: 40, 1: 30}))
    for pattern, rows in planted(itertools.count(1), day).items():
        few = [row for n, row in enumerate(rows) if n % 5 == 0][:4]
        assert pattern in patterns.look(rows, usual), pattern
        assert pattern not in patterns.look(few, usual), pattern
