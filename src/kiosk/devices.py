"""How a browser proves that it is a kiosk: a cookie of its own, that signs nobody in, kept here as a keyed hash."""

from django.conf import settings

from src.foundations import clock, sealing

from .models import Kiosk

COOKIE = "terrain_borne"
PURPOSE = sealing.register_purpose("kiosk")
# The longest a browser keeps a cookie; each start screen begins it again.
LIVES_SECONDS = 400 * 24 * 3600


def device_hash(token: str) -> str:
    """What the database keeps of a device's cookie."""
    return sealing.keyed_hash(f"device:{token}", PURPOSE)


def find(token: str) -> Kiosk | None:
    """The kiosk in service whose cookie this is; None for an unknown or ended one."""
    if not token or len(token) > 128:
        return None
    found = Kiosk.objects.select_related("unit").filter(device_hash=device_hash(token), revoked_on__isnull=True)
    return found.first()


def note_seen(kiosk: Kiosk) -> None:
    """Write the day a kiosk was last seen, once a day."""
    today = clock.today()
    if kiosk.seen_on != today:
        Kiosk.objects.filter(pk=kiosk.pk).update(seen_on=today)


def keep(response, request, token: str, *, for_long: bool = True):
    """Leave the device's own cookie; a demonstration's goes with the window."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=LIVES_SECONDS if for_long else None,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
    )
    return response


def forget(response):
    """The device is no kiosk any more."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def demo_token() -> str:
    """The cookie of the demo city's kiosk, the same for each visitor; only where the demo city is."""
    return sealing.keyed_hash("demo", PURPOSE) if settings.TERRAIN_DEMO else ""
