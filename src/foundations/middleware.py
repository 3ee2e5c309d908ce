"""What every answer carries: a request id, and headers that close what nobody asked to open."""

import logging
import re
import time
import uuid

from csp.constants import HEADER, NONE, SELF, UNSAFE_INLINE
from csp.utils import build_policy
from django.utils.cache import patch_cache_control

from . import metrics
from .addresses import client_address, truncated
from .logs import current_request_id

_access = logging.getLogger("terrain.access")
_GIVEN_ID = re.compile(r"[0-9a-f]{16,32}")
_SIGN_IN = "connexion/"

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
ADMIN_PREFIX = "/gestion/"
# Wagtail's admin writes small inline scripts and styles, previews pages in a frame, and shows uploads before sending.
ADMIN_CSP = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    # Films and sounds of a lesson being previewed.
    "media-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "worker-src": [SELF, "blob:"],
    "manifest-src": [SELF],
}


class RequestIdMiddleware:
    """Gives each request an id that logs and the answer carry, and writes its access line.

    A proxy's own id is kept when it has the form of one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        token = current_request_id.set(request.request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            _write_access_line(request, response, started)
            _count(request, response)
        finally:
            current_request_id.reset(token)
        response["X-Request-ID"] = request.request_id
        return response


def _write_access_line(request, response, started: float) -> None:
    """The route, never the address; no account ever; no network for a gesture, which could be a contribution.

    A view where one writes or reads without a name says ``request.leaves_no_network = True``: no network either.
    """
    match = getattr(request, "resolver_match", None)
    route = match.route if match else ""
    line = {
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "duration_ms": round((time.perf_counter() - started) * 1000),
    }
    told = request.method in {"GET", "HEAD"} or route.startswith(_SIGN_IN)
    if told and not getattr(request, "leaves_no_network", False):
        line["ip_net"] = truncated(client_address(request))
    _access.info("request", extra=line)


def _count(request, response) -> None:
    """A gesture answered by a redirection or a success was acknowledged; a sign-in isn't a gesture."""
    if response.status_code == 503:
        metrics.unavailable.inc()
    elif response.status_code >= 500:
        metrics.failed.inc()
    elif (
        request.method == "POST"
        and response.status_code in {200, 201, 204, 303}
        and not request.path.startswith(f"/{_SIGN_IN}")
    ):
        metrics.acknowledged.inc()


class ResponseHeadersMiddleware:
    """Closes devices, other origins, caches of signed-in pages; gives the admin its own content policy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith(ADMIN_PREFIX):
            response.setdefault("X-Frame-Options", "SAMEORIGIN")
            # A view's own policy (a sandboxed file) stays; only the site's is replaced.
            if response.get(HEADER, "") in {"", build_policy()}:
                response[HEADER] = build_policy(config=ADMIN_CSP)
        if _is_personal(request, response):
            patch_cache_control(response, private=True, no_store=True)
        return response


def _is_personal(request, response) -> bool:
    """An HTML or JSON answer to a signed-in person, or one that touched a session, stays out of every cache."""
    if not response.get("Content-Type", "").startswith(("text/html", "application/json")):
        return False
    session = getattr(request, "session", None)
    if session is not None and (session.accessed or session.modified) and not session.is_empty():
        return True
    user = getattr(request, "_cached_user", None)
    return bool(user is not None and user.is_authenticated)
