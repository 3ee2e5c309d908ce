"""The point of a shared tablet: that of the unit it stands in."""

from src.foundations import clock

from .models import RatingPoint


def point_of(kiosk) -> RatingPoint | None:
    """The open point of the tablet's unit, the first by its name; None where nothing is rated."""
    if kiosk is None:
        return None
    return RatingPoint.objects.open_on(clock.today()).filter(unit_id=kiosk.unit_id).order_by("name", "pk").first()
