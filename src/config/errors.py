"""Error pages: a sentence in the reader's language that says what to do next, never a stack trace."""

import errno
import sys

from csp.constants import HEADER
from csp.utils import build_policy
from django.db import InterfaceError, NotSupportedError, OperationalError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from src.foundations import typed

RETRY_AFTER = 30
# The disk of files is full, over its quota, or went read-only as a failing one does: it passes, nothing was kept.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
AWAY = _("The site can’t answer at the moment. Nothing was saved. Try again in a minute.")


def csrf_failure(request, reason=""):
    """The form came back without its security token: give back what was typed, with a new token if it was ours."""
    response = render(request, "403_csrf.html", typed.kept(request), status=403)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    response = render(request, "400.html", status=400)
    # What a middleware refuses on the way out is beyond the one that writes the policy.
    response.setdefault(HEADER, build_policy())
    return response


def forbidden(request, exception=None):
    """A sentence written for people is shown; anything else gives the general one."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """What passes is a 503 with a time to come back: a database that doesn't answer in time, a full disk.

    The rest is a plain 500.
    """
    error = sys.exc_info()[1]
    if isinstance(error, NotSupportedError) and not connection.in_atomic_block:
        # A plan kept from before a migration: another connection makes its own.
        connection.close()
        return unavailable(request)
    if isinstance(error, OperationalError | InterfaceError) or getattr(error, "errno", None) in _NO_ROOM:
        return unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request):
    """Say when to come back, to a person or to a program; what was typed comes back with a button that sends it."""
    if request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json"):
        response = JsonResponse({"detail": str(AWAY)}, status=503)
    else:
        response = HttpResponse(render_to_string("503.html", _to_send_again(request)), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    # The middleware that writes the policy may be beyond the one that failed.
    response[HEADER] = build_policy()
    return response


def _to_send_again(request) -> dict:
    """What was typed, with the token it came with: no database is at hand to make another."""
    kept = typed.kept(request)
    return {**kept, "csrf_token": request.POST.get("csrfmiddlewaretoken", "")} if kept else {}
