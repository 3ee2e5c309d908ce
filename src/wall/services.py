"""What changes sheets: drawn once a week, printed, put on the wall, taken back."""

import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from src.directory.enums import UnitKind
from src.directory.models import Unit
from src.directory.viewer import as_viewer
from src.foundations import clock, journal

from . import registry, rules
from .composing import Composer
from .models import Sheet

PLACES = (UnitKind.SITE, UnitKind.DIRECTION)
SLICE = 200


def draw_week(week: datetime.date | None = None) -> int:
    """Draw the sheets this week's places don't have yet; answers how many. Twice in a row does nothing more.

    A fixed number of statements whatever the number of places; two tickers at once leave one sheet a place.
    """
    monday = clock.week_of(week)
    drawn = Sheet.objects.filter(week=monday).values("unit_id")
    places = list(
        Unit.objects.current(clock.today())
        .filter(kind__in=PLACES)
        .exclude(pk__in=drawn)
        .select_related("direction")
        .order_by("pk")
    )
    if not places:
        return 0
    with override("fr"):
        lines = [line for source in registry.sources() for line in source.lines(monday)]
        composer = Composer(lines, settings.TERRAIN_K)
        sheets = [_drawn(composer, place, monday) for place in places]
    with transaction.atomic():
        Sheet.objects.bulk_create(sheets, batch_size=SLICE, ignore_conflicts=True)
        journal.record("wall.drawn", payload={"week": monday.isoformat(), "sheets": len(sheets)})
    return len(sheets)


def _drawn(composer: Composer, place: Unit, monday: datetime.date) -> Sheet:
    scope, content = composer.content(place)
    return Sheet(unit=place, week=monday, scope=scope, content=content, drawn_at=clock.now())


@transaction.atomic
def mark_printed(*, actor, sheets: list[Sheet]) -> None:
    """Write that these sheets were printed today; the first day stays. Refuses a sheet of another's place."""
    viewer = _handler(actor, *sheets)
    touched = Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets], printed_on__isnull=True).update(
        printed_on=clock.today(), printed_by=viewer.user
    )
    if touched:
        journal.record("wall.printed", actor=viewer.user, payload={"sheets": touched})


@transaction.atomic
def post(*, actor, sheet: Sheet, on: datetime.date | None = None) -> bool:
    """Write that a sheet hangs since ``on`` (today); answers False, and changes nothing, when it was said already.

    Refuses a sheet of another's place (PermissionDenied), a day to come or before its week (ValidationError).
    """
    viewer = _handler(actor, sheet)
    day = on or clock.today()
    if not sheet.week <= day <= clock.today():
        raise ValidationError(_("Choose a day of the sheet's week or later, up to today."))
    touched = Sheet.objects.filter(pk=sheet.pk, posted_on__isnull=True).update(posted_on=day, posted_by=viewer.user)
    if touched:
        journal.record("wall.posted", actor=viewer.user, object_ref=f"sheet:{sheet.reference}")
    return bool(touched)


@transaction.atomic
def take_back(*, actor, sheet: Sheet) -> bool:
    """Undo the tick; answers False when there was none. Refuses a sheet of another's place."""
    viewer = _handler(actor, sheet)
    touched = Sheet.objects.filter(pk=sheet.pk, posted_on__isnull=False).update(posted_on=None, posted_by=None)
    if touched:
        journal.record("wall.taken_back", actor=viewer.user, object_ref=f"sheet:{sheet.reference}")
    return bool(touched)


def _handler(actor, *sheets: Sheet):
    viewer = as_viewer(actor)
    if not all(rules.may_handle(viewer, sheet) for sheet in sheets):
        raise PermissionDenied(_("Your role doesn't cover this place."))
    return viewer
