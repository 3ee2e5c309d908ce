"""What the browser of somebody who registers carries: their code, then their receipt; encrypted, for half an hour."""

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_hex

from django.conf import settings

from src.foundations import ratelimit, sealing
from src.foundations.addresses import client_address

from . import door

COOKIE = "terrain_panel"
PATH = "/panels/inscription/"
PURPOSE = sealing.register_purpose("panel-entrance")
LIVES_SECONDS = 30 * 60
PADDED = 256
# A library or a carrier stands behind one address: each browser has its ten tries, all of them ten times more.
BY_ADDRESS = (100, 3600.0)


def read(request) -> dict:
    """What this browser carries; only its own name once half an hour is over."""
    cookie = request.COOKIES.get(COOKIE, "")
    try:
        state = json.loads(sealing.decrypt(urlsafe_b64decode(cookie.encode()), PURPOSE)) if cookie else {}
    except (ValueError, sealing.CannotDecrypt):
        state = {}
    if state.get("until", 0) < time.time():
        return {"browser": state["browser"]} if state.get("browser") else {}
    return state


def keep(response, request, **carried):
    """Carry this for another half hour, in place of what was; gone with the browser's window."""
    state = {"browser": read(request).get("browser") or token_hex(8), "until": int(time.time()) + LIVES_SECONDS}
    value = json.dumps(state | carried).encode()
    secure = settings.SESSION_COOKIE_SECURE or request.is_secure()
    response.set_cookie(
        COOKIE, urlsafe_b64encode(sealing.encrypt(value, PURPOSE, pad_to=PADDED)).decode(), path=PATH, httponly=True,
        samesite="Lax", secure=secure,
    )  # fmt: skip
    return unkept(response)


def end(response):
    """Leave nothing on the device."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    response["Clear-Site-Data"] = '"cache"'
    return unkept(response)


def unkept(response):
    """Kept by no cache."""
    response["Cache-Control"] = "private, no-store"
    return response


def caller(request) -> str:
    """Who tries: a browser that carries something of ours, or else everybody at its address.

    Raises TooManyTries for an address that has tried a hundred times, whatever its browsers.
    """
    address = client_address(request)
    if not ratelimit.hit(f"{door.BUCKET}.address", address, *BY_ADDRESS):
        raise door.TooManyTries
    browser = read(request).get("browser")
    return f"browser:{browser}" if browser else f"bare:{address}"


def forgive(request, who: str) -> None:
    """Somebody registered: the tries of this browser begin again for the next person, its address gets theirs back."""
    door.forgive(who)
    for _turn in ("door", "questions"):
        ratelimit.give_back(f"{door.BUCKET}.address", client_address(request))
