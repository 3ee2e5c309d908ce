"""The one way a view reaches an idea, and the one way a refusal is told.

Invisible is 404. Visible but not allowed is 403 with a sentence. Not possible any more is 409, saying who and when.
Too fast is 429. A visitor who isn't signed in is led to the door first.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from src.foundations import references
from src.foundations.gates import Gate
from src.workflow.exceptions import TransitionNotAllowed

from ..models import Idea


class _Gate(Gate):
    """A script that asked for it is answered in JSON; a person also goes back to where the gesture was made."""

    def refused(self, request, status: int, sentence: str, **more):
        if wants_json(request):
            return JsonResponse({"detail": sentence}, status=status)
        return super().refused(request, status, sentence, back=back_to(request), **more)


_gate = _Gate("ideas", home="ideas:list", moved_on=(TransitionNotAllowed,))
refused, calm = _gate.refused, _gate.calm


def screen(view):
    """Give a view its refusals in words: 403, 404, 409 and 429 pages, or JSON to a script that asked for it."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if "reference" in kwargs:
            kwargs["reference"] = references.normalise(kwargs["reference"])
        try:
            return view(request, *args, **kwargs)
        except Idea.DoesNotExist:
            raise Http404(_("This idea does not exist, or is not shown to you.")) from None

    return _gate.tells(opened)


def signed_in(view):
    """Lead a visitor to the door before anything is read; a script is told so."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.viewer.is_authenticated and wants_json(request):
            return JsonResponse({"detail": _("Sign in first.")}, status=401)
        return led(request, *args, **kwargs)

    led = _gate.signed_in(view)
    return checked


def wants_json(request) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def back_to(request, default: str = "") -> str:
    """Where the gesture was made, when it is one of our own pages."""
    asked = request.POST.get("retour", "") or request.GET.get("retour", "")
    for candidate in (asked, _path_of(request.headers.get("Referer", ""), request)):
        if candidate.startswith("/") and url_has_allowed_host_and_scheme(candidate, allowed_hosts=None):
            return candidate
    return default or reverse("ideas:list")


def _path_of(referer: str, request) -> str:
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return ""
    try:
        parts = urlsplit(referer)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
