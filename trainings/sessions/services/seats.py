"""Seats of a session that is held: the lowest free one, the first who waits, never one too many."""

from django.db.models import Max

from src.foundations import clock

from ..enums import BOOKABLE, BookingState
from ..models import Booking, Session


def free_seat(held: Session) -> int | None:
    """The lowest seat nobody has; None when the room is full."""
    taken = set(Booking.objects.filter(session=held, seat__isnull=False).values_list("seat", flat=True))
    return next((seat for seat in range(1, held.capacity + 1) if seat not in taken), None)


def put(booking: Booking, held: Session, state: BookingState) -> Booking:
    """Give a seat in ``state`` (invited, confirmed), or the end of the waiting list when there is none."""
    seat = free_seat(held)
    if seat is None:
        last = Booking.objects.filter(session=held).aggregate(last=Max("rank"))["last"] or 0
        return write(booking, BookingState.WAITLISTED, rank=last + 1)
    return write(booking, state, seat=seat)


def write(booking: Booking, state: BookingState, *, seat: int | None = None, rank: int | None = None) -> Booking:
    """Write where a booking stands."""
    booking.state, booking.seat, booking.rank, booking.changed_at = state, seat, rank, clock.now()
    booking.save()
    return booking


def fill(held: Session) -> list[Booking]:
    """Give free seats to those who wait, in order; those who got one."""
    if held.state not in BOOKABLE or held.starts_at <= clock.now():
        return []
    told = []
    for booking in Booking.objects.filter(session=held).waiting().select_related("agent"):
        seat = free_seat(held)
        if seat is None:
            break
        told.append(write(booking, BookingState.CONFIRMED, seat=seat))
    return told


def shrink(held: Session, capacity: int) -> None:
    """Move those who sit beyond the new size to lower seats; the size was checked to hold them."""
    for booking in Booking.objects.filter(session=held, seat__gt=capacity).order_by("seat"):
        taken = set(Booking.objects.filter(session=held, seat__isnull=False).values_list("seat", flat=True))
        booking.seat = next(seat for seat in range(1, capacity + 1) if seat not in taken)
        booking.save(update_fields=["seat"])
