"""One person's time at a kiosk: a signed cookie without a row, dead when it wasn't seen, and everything it leaves."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.core import signing

from src.paper import following

from . import devices

COOKIE = "terrain_visite"
_SALT = "kiosk.visit"
# Set by rooms on a path of their own, which the page of the end doesn't receive.
ELSEWHERE = {following.COOKIE: following.PATH}


def also_wipe(cookie: str, path: str) -> None:
    """Say that a room sets a cookie on a path of its own: a visit that ends takes it away too."""
    ELSEWHERE[cookie] = path


def is_live(request, kiosk) -> bool:
    """Whether somebody began a visit on this kiosk and was seen less than the dead time ago."""
    try:
        state = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
        return state["k"] == kiosk.pk and 0 <= time.time() - state["t"] <= settings.TERRAIN_KIOSK_DEAD_SECONDS
    except (signing.BadSignature, KeyError, TypeError):
        return False


def keep(response, request, kiosk):
    """Begin a visit, or say that it is still going on; gone with the browser's window."""
    response.set_cookie(
        COOKIE,
        signing.dumps({"k": kiosk.pk, "t": int(time.time())}, salt=_SALT),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
    )
    return response


def close_session(request) -> None:
    """Flush the session on the server, whatever the browser keeps."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        logout(request)


def keep_session(request) -> None:
    """A session at a kiosk dies in the dead time too. Written at most once a minute, and never with a gesture.

    A row of the account written beside a contribution would tell who wrote it.
    """
    now = int(time.time())
    if now - request.session.get("kiosk", 0) >= 60:
        request.session["kiosk"] = now
        request.session.set_expiry(settings.TERRAIN_KIOSK_DEAD_SECONDS)


def wipe(response, request):
    """Take every cookie away but the device's own, and have the browser empty its cache and storage.

    « Clear-Site-Data: "cookies" » would take the enrolment too: cookies are taken one by one.
    """
    for name in {*request.COOKIES, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, COOKIE} - {devices.COOKIE}:
        response.delete_cookie(name, path=ELSEWHERE.get(name, "/"), samesite="Lax")
    for name, path in ELSEWHERE.items():
        response.delete_cookie(name, path=path, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
