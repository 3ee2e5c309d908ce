"""What every template may read: names, the navigation, the theme chosen."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.kiosk.frame import around


def navigation(request) -> list[dict]:
    """The entries of the masthead and of the tab bar; a room that doesn't exist has none."""
    entries = [
        {"key": "home", "label": _("Home"), "url": "/", "icon": "house"},
        {"key": "ideas", "label": _("Ideas"), "url": "/idees/", "icon": "lightbulb"},
        {"key": "consultations", "label": _("Your say"), "url": "/consultations/", "icon": "messages-square"},
        {"key": "panels", "label": _("Panels"), "url": "/panels/", "icon": "users"},
    ]
    viewer = getattr(request, "viewer", None)
    if viewer is not None and viewer.is_authenticated:
        entries.append({"key": "mine", "label": _("My ideas"), "url": "/idees/miennes/", "icon": "user-round"})
        if viewer.has_place_role(Role.FACILITATOR):
            entries.append({"key": "paper", "label": _("Paper"), "url": "/papier/", "icon": "printer"})
        if viewer.user.holds_roles:
            entries.append({"key": "workshop", "label": _("Workshop"), "url": "/idees/atelier/", "icon": "inbox"})
    here = request.path
    for entry in entries:
        entry["current"] = here == entry["url"]
    if not any(entry["current"] for entry in entries):
        for entry in entries[1:4]:
            entry["current"] = here.startswith(entry["url"])
        # A questionnaire is one activity of a consultation.
        entries[2]["current"] = entries[2]["current"] or here.startswith(
            ("/questionnaires/", "/textes/", "/scrutins/")
        )
    return entries


def site(request):
    """Names of the product and the city, whether the demo city is loaded, and where one can go."""
    return {
        "site_name": settings.SITE_NAME,
        "city_name": settings.CITY_NAME,
        "is_demo": settings.TERRAIN_DEMO,
        "nav": SimpleLazyObject(lambda: navigation(request)),
        "account_url": "/moi/",
        "device_frame": around(request),
    }
