"""What a person chose for this device: light, dark or as it says; whether the / key searches. Cookies alone."""

COOKIE = "theme"
CHOICES = ("auto", "clair", "sombre")
ATTRIBUTE = {"clair": "light", "sombre": "dark"}
KEY_COOKIE, KEY_ON, KEY_OFF = "touche", "oui", "non"
ONE_YEAR = 365 * 24 * 3600


def chosen_theme(request) -> str:
    """Value of `data-theme` on <html>: "light", "dark", or empty when the device decides."""
    if request is None:
        return ""
    return ATTRIBUTE.get(request.COOKIES.get(COOKIE, ""), "")


def slash_searches(request) -> bool:
    """Whether the / key leads to the search field; a person may turn it off on the display page (WCAG 2.1.4)."""
    return request is not None and request.COOKIES.get(KEY_COOKIE) != KEY_OFF
