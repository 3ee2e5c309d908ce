"""The language of the interface: the account's choice, else this device's, else the city's.

A browser's own languages aren't asked: many workstations of the city came in English, and their agents read French.
A program has no cookie: the API, and it alone, reads ``Accept-Language``.
"""

from django.conf import settings
from django.utils.translation import check_for_language, get_language_from_request

COOKIE = "langue"
_ONE_YEAR = 365 * 24 * 3600
_PROGRAMS = "/api/"


def is_spoken(code: str) -> bool:
    """Whether the interface exists in this language."""
    return code in dict(settings.LANGUAGES) and check_for_language(code)


def of_device(request) -> str:
    """The language chosen on this device, else the city's; costs no query."""
    if request.path_info.startswith(_PROGRAMS):
        return get_language_from_request(request)
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if is_spoken(chosen) else settings.LANGUAGE_CODE


def of_account(request) -> str:
    """What the account signed in chose; empty without an account or a choice. No session cookie, no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path_info.startswith(_PROGRAMS):
        return ""
    user = request.user
    chosen = user.language if user.is_authenticated else ""
    return chosen if is_spoken(chosen) else ""


def keep(request, response, code: str):
    """Write a choice where it belongs: on the account when there is one, in a cookie of the device otherwise.

    The account's choice leaves no cookie, so that the next person of a shared workstation finds the city's language.
    Refuses a language the interface doesn't have with ``ValueError``.
    """
    if not is_spoken(code):
        raise ValueError(f"The interface doesn't speak {code!r}.")
    if request.user.is_authenticated:
        request.user.language = code
        request.user.save(update_fields=["language"])
        return response
    response.set_cookie(COOKIE, code, max_age=_ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response
