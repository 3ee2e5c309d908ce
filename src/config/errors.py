"""Error pages: a sentence in French that says what to do next, never a stack trace."""

from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


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
    """A database that doesn't answer is a 503 with a time to come back; the rest is a plain 500."""
    import sys  # only here: the handler reads the exception being handled

    if isinstance(sys.exc_info()[1], OperationalError):
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = "30"
        return response
    return HttpResponse(render_to_string("500.html"), status=500)
