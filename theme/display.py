"""The display a person chose: light, dark, or as their device says. One cookie, nothing on the server."""

COOKIE = "theme"
CHOICES = ("auto", "clair", "sombre")
ATTRIBUTE = {"clair": "light", "sombre": "dark"}
ONE_YEAR = 365 * 24 * 3600


def chosen_theme(request) -> str:
    """Value of `data-theme` on <html>: "light", "dark", or empty when the device decides."""
    if request is None:
        return ""
    return ATTRIBUTE.get(request.COOKIES.get(COOKIE, ""), "")
