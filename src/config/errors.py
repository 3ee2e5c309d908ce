"""Error pages: a sentence in French that says what to do next, never a stack trace."""

import sys

from csp.constants import HEADER
from csp.utils import build_policy
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_AFTER = 30
# Of one form, in all: more is a file or an attack, and the page would not help anybody.
MOST_KEPT = 200_000
# A password or a code never comes back on a page.
_NEVER_ECHOED = ("connexion/", "compte/", "accounts/")
AWAY = "Le site ne peut pas répondre en ce moment. Rien n’a été enregistré. Réessayez dans une minute."


def csrf_failure(request, reason=""):
    """The form came back without its security token: say how to send it again without losing anything."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    """A sentence written for people is shown; anything else gives the general one."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """A database that doesn't answer, or not in time, is a 503 with a time to come back; the rest is a plain 500."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request):
    """Say when to come back, to a person or to a program; what was typed comes back with a button that sends it."""
    if request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json"):
        response = JsonResponse({"detail": AWAY}, status=503)
    else:
        response = HttpResponse(render_to_string("503.html", _typed(request)), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    # The middleware that writes the policy may be beyond the one that failed.
    response[HEADER] = build_policy()
    return response


def _typed(request) -> dict:
    """A refused form: long texts to read and copy, the rest carried along; its token makes a second sending safe."""
    route = request.path.lstrip("/")
    if request.method != "POST" or route.startswith(_NEVER_ECHOED):
        return {}
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except (UnreadablePostError, RawPostDataException, OSError):
        return {}
    secret = any("password" in name or "secret" in name for name, _value in fields)
    if not fields or secret or sum(len(value) for _name, value in fields) > MOST_KEPT:
        return {}
    fields = [pair for pair in fields if pair[0] != "csrfmiddlewaretoken"]
    texts = [pair for pair in fields if len(pair[1]) > 40]
    return {
        "csrf_token": request.POST.get("csrfmiddlewaretoken", ""),
        "again": request.get_full_path(),
        "carried": [pair for pair in fields if pair not in texts],
        "texts": texts,
        "files_lost": files,
    }
