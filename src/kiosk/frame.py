"""What a kiosk puts around each page, given to the theme by the porch."""

from django.conf import settings
from django.urls import reverse

WARNING_SECONDS = 20


def around(request) -> dict | None:
    """Templates and numbers of the bar and of the limit of a visit; None on any other device."""
    if getattr(request, "kiosk", None) is None:
        return None
    return {
        "bar": "kiosk/_bar.html",
        "foot": "kiosk/_foot.html",
        "head": "kiosk/_head.html",
        "is_visit": request.path not in (reverse("kiosk:start"), reverse("kiosk:end")),
        "idle": settings.TERRAIN_KIOSK_IDLE_SECONDS,
        "dead": settings.TERRAIN_KIOSK_DEAD_SECONDS,
        "warning": WARNING_SECONDS,
    }
