"""A secret code opens one contribution for a quarter of an hour: an encrypted cookie, no session, no row."""

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_hex

from django.conf import settings

from src.foundations import clock, ratelimit, sealing
from src.foundations.addresses import client_address

from . import registry
from .models import FollowCode

COOKIE = "terrain_suivre"
PATH = "/suivre/"
PURPOSE = sealing.register_purpose("paper-follow")
LIVES_SECONDS = 15 * 60
GUESSES, PERIOD = 10, 600
# A depot sits behind one address: each browser has its own ten guesses, all of them together a hundred times more.
PER_ADDRESS = 100
PADDED = 128


def state_of(request) -> dict:
    """What this browser carries: its own name for counting guesses, and perhaps an open code."""
    cookie = request.COOKIES.get(COOKIE, "")
    try:
        state = json.loads(sealing.decrypt(urlsafe_b64decode(cookie.encode()), PURPOSE)) if cookie else {}
    except (ValueError, sealing.CannotDecrypt):
        state = {}
    if state.get("until", 0) < time.time():
        state.pop("code", None)
    return state


def open_code(request) -> FollowCode | None:
    """The code this browser opened less than a quarter of an hour ago, if it still lives."""
    key = state_of(request).get("code")
    if not key:
        return None
    return FollowCode.objects.filter(pk=key, expires_on__gte=clock.today()).first()


def keep(response, request, code: FollowCode | None):
    """Carry on for another quarter of an hour; gone with the browser's window."""
    state = {"browser": state_of(request).get("browser") or token_hex(8)}
    if code is not None:
        state |= {"code": code.pk, "until": int(time.time()) + LIVES_SECONDS}
    value = urlsafe_b64encode(sealing.encrypt(json.dumps(state).encode(), PURPOSE, pad_to=PADDED)).decode()
    secure = settings.SESSION_COOKIE_SECURE or request.is_secure()
    response.set_cookie(COOKIE, value, path=PATH, httponly=True, samesite="Lax", secure=secure)
    return sealed_from_caches(response)


def end(response):
    """Leave nothing on the device."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    response["Clear-Site-Data"] = '"cache"'
    return sealed_from_caches(response)


def sealed_from_caches(response):
    response["Cache-Control"] = "private, no-store"
    return response


def may_guess(request) -> bool:
    """Take one guess of this browser, or of its address when it carries nothing of ours; in the database."""
    address = client_address(request)
    browser = state_of(request).get("browser")
    key = f"browser:{browser}" if browser else f"bare:{address}"
    own = ratelimit.hit("paper-code", key, GUESSES, PERIOD)
    shared = ratelimit.hit("paper-code-address", address, GUESSES * PER_ADDRESS, PERIOD)
    return own and shared


def forgive(request) -> None:
    """A right code gives this browser its guesses back."""
    browser = state_of(request).get("browser")
    if browser:
        ratelimit.reset("paper-code", f"browser:{browser}")


def followed_by(code: FollowCode):
    """How the code's contribution is read; None while its sheet waits to be typed, or when it is gone."""
    return registry.followed(code.subject_kind) if code.handle else None
