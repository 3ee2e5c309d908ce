"""The address that a printed convocation or a room sheet has for one person: signed, so that nobody writes another."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from src.foundations import documents

from .models import Booking

_SALT = "trainings.sessions.card"


def token_of(booking: Booking) -> str:
    """What stands in the address."""
    return signing.Signer(salt=_SALT, sep=".").sign(str(booking.pk))


def booking_of(token: str) -> Booking | None:
    """Whose card it is; None for anything that we didn't sign."""
    try:
        pk = int(signing.Signer(salt=_SALT, sep=".").unsign(token[:200]))
    except (signing.BadSignature, ValueError):
        return None
    rows = Booking.objects.select_related("session__track", "session__trainer", "agent")
    return rows.prefetch_related("session__slots").filter(pk=pk).first()


def qr_of(booking: Booking) -> str:
    """The same as a picture for paper."""
    path = reverse("trainings_sessions:card", kwargs={"token": token_of(booking)})
    return documents.qr_data_uri(f"{settings.SITE_URL.rstrip('/')}{path}")
