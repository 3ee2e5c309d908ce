"""Rating points and ratings for tests."""

import datetime
import random
from datetime import timedelta

import factory

from consultations.ratings import displays
from consultations.ratings.enums import PointKind
from consultations.ratings.models import Rating, RatingPoint
from consultations.ratings.services import recount
from src.foundations import clock

from .directory import DirectionFactory, SiteFactory

LONG_AGO = datetime.date(2020, 1, 1)


class PointFactory(factory.django.DjangoModelFactory):
    """An open point of a site of its own direction."""

    class Meta:
        model = RatingPoint

    name = factory.Sequence(lambda n: f"Guichet {n}")
    kind = PointKind.COUNTER
    unit = factory.LazyFunction(lambda: SiteFactory(parent=DirectionFactory()))
    opened_on = LONG_AGO


def token(point) -> str:
    """What a page of this point carries."""
    return displays.issue(point.reference)


def month(ago: int) -> datetime.date:
    """The first day of the month, so many months ago."""
    first = clock.today().replace(day=1)
    number = first.year * 12 + first.month - 1 - ago
    return datetime.date(number // 12, number % 12 + 1, 1)


def rated(point, months: dict[int, tuple], *, flags: int = 0) -> None:
    """Ratings of a point: months ago → five totals, very good first; then the months are counted."""
    rows = []
    for ago, totals in months.items():
        for grade, count in zip((5, 4, 3, 2, 1), totals, strict=True):
            for number in range(count):
                day = month(ago) + timedelta(days=number % 28)
                at = clock.start_of_day(day) + timedelta(hours=10)
                rows.append(Rating(point=point, grade=grade, at=at, day=day, flags=flags))
    Rating.objects.bulk_create(rows, batch_size=1000)
    recount()


def crowd(points: list[int], *, total: int, days: int, seed: int, until: datetime.datetime):
    """Honest ratings, reproducible: ``(point, at, grade, reasons, words, language, seconds, network)``, day by day.

    Each point has its own pace and its own mean; people come from 8 to 18 h, in small waves; one in seven adds a
    usual word; one in four is on the site's wireless network.
    """
    draw = random.Random(seed)
    said = ["Merci", "Très bien", "Accueil agréable", "Trop d'attente", "Parfait, merci beaucoup", "RAS", "ok"]
    weights = {point: draw.uniform(0.5, 1.5) for point in points}
    means = {point: draw.choice([(50, 25, 12, 8, 5), (35, 30, 15, 12, 8), (62, 22, 8, 5, 3)]) for point in points}
    paces = sum(weights.values())
    found = []
    for ago in range(days, 0, -1):
        day = until - timedelta(days=ago)
        for point in points:
            count = round(total / days * weights[point] / paces * draw.uniform(0.7, 1.3))
            for _one in range(count):
                at = day.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(
                    seconds=draw.uniform(0, 36_000)
                )
                found.append(
                    (
                        point,
                        at,
                        draw.choices((5, 4, 3, 2, 1), means[point])[0],
                        draw.choice((0, 0, 0, 1, 2, 4, 3, 5, 6, 17)),
                        draw.choice(said) if draw.random() < 0.14 else "",
                        draw.choices(("fr", "en", "ar", "pt"), (88, 5, 4, 3))[0],
                        2 + int(draw.expovariate(1 / 8)),
                        f"site-{point}" if draw.random() < 0.25 else f"n{draw.randrange(4000)}",
                    )
                )
    return found
