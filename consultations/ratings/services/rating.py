"""Taking a rating: one row, one total, nothing about anybody."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from src.foundations import clock, sealing
from src.foundations.text import tidy
from src.workflow.exceptions import TransitionNotAllowed

from ..displays import PURPOSE, Display
from ..enums import Channel, Grade, Pattern
from ..models import Rating, RatingMonth, RatingPoint, VisitLink
from ..models.rating import EVERY_REASON, LANGUAGES, WORDS
from ..months import month_of

COLUMNS = {5: "very_good", 4: "good", 3: "average", 2: "bad", 1: "very_bad"}


@dataclass(frozen=True)
class Way:
    """How a rating came: its language and wording, its channel, its network's hash, whether a program filled it."""

    language: str = "fr"
    easy: bool = False
    channel: str = Channel.WEB
    network: str = ""
    robot: bool = False


def rate(
    *,
    point: RatingPoint,
    grade: int,
    way: Way | None = None,
    display: Display | None = None,
    at: datetime | None = None,
) -> Rating:
    """Keep one rating and add it to its month; the same display again answers the first one, whatever its grade.

    Writes the rating and the month's total, in one transaction; no journal row, since nobody did it. Refuses with
    ValidationError a grade that isn't one, with TransitionNotAllowed a point that takes none today.
    """
    way = way or Way()
    if grade not in Grade.values:
        raise ValidationError(_("Choose one of the faces."))
    if not point.is_open:
        raise TransitionNotAllowed(_("This point takes no ratings any more."))
    if display is not None and (known := Rating.objects.filter(display=display.kept).first()):
        return known
    moment = at or clock.now()
    rating = Rating(
        point=point,
        grade=grade,
        language=way.language if way.language in LANGUAGES else "fr",
        easy=way.easy,
        channel=way.channel,
        at=moment,
        day=timezone.localdate(moment),
        seconds=display.seconds if display else None,
        network=way.network,
        display=display.kept if display else None,
        flags=Pattern.ROBOT if way.robot else 0,
    )
    try:
        with transaction.atomic():
            rating.save(force_insert=True)
            _count(point, grade, month_of(rating.day))
    except IntegrityError:
        known = Rating.objects.filter(display=rating.display).first() if rating.display else None
        if known is None:
            raise
        return known
    return rating


def _count(point: RatingPoint, grade: int, month) -> None:
    """One more in the month's total; one statement most of the time."""
    column = COLUMNS[grade]
    this_month = RatingMonth.objects.filter(point=point, month=month)
    if not this_month.update(**{column: F(column) + 1}):
        RatingMonth.objects.bulk_create([RatingMonth(point=point, month=month)], ignore_conflicts=True)
        this_month.update(**{column: F(column) + 1})


def say_more(*, point: RatingPoint, display: Display, reasons: list[int], words: str) -> bool:
    """Add to a rating what counted and one line, once. False when it already said so, or isn't there.

    Refuses with ValidationError a line that is too long.
    """
    words = tidy(words, one_line=True)
    if len(words) > WORDS:
        raise ValidationError({"words": _("Keep it under %(limit)s signs.") % {"limit": WORDS}})
    bits = sum(set(reasons)) & EVERY_REASON
    if not bits and not words:
        return False
    rows = Rating.objects.filter(point=point, display=display.kept, reasons=0, words="")
    return bool(rows.update(reasons=bits, words=words))


def rate_by_link(*, link: VisitLink, grade: int, way: Way | None = None, display: Display | None = None) -> Rating:
    """Keep the rating of somebody who came by the link sent after their visit; the link is used from then on.

    Nothing of the link is kept with the rating. Refuses with TransitionNotAllowed a link used or out of date.
    """
    if display is not None and (known := Rating.objects.filter(display=display.kept).first()):
        return known
    with transaction.atomic():
        if not VisitLink.objects.filter(pk=link.pk, is_used=False, expires_on__gte=clock.today()).update(is_used=True):
            raise TransitionNotAllowed(_("This link was already used, or is too old."))
        return rate(point=link.point, grade=grade, way=way, display=display)


def link_hash(code: str) -> str:
    """What the database keeps of a link's code."""
    return sealing.keyed_hash(f"visit:{code}", PURPOSE)
