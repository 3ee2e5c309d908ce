"""The one way a view reaches an idea, and the one way a refusal is told.

Invisible is 404. Visible but not allowed is 403 with a sentence. Not possible any more is 409, saying who and when.
Too fast is 429. A visitor who isn't signed in is led to the door first.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from src.foundations import ratelimit, references, typed
from src.foundations.keyset import BadCursor
from src.workflow.exceptions import TransitionNotAllowed

from ..models import Idea


class TooFast(Exception):
    """Somebody acts faster than a person does."""


def screen(view):
    """Give a view its refusals in words: 403, 404, 409 and 429 pages, or JSON to a script that asked for it."""

    @wraps(view)
    def told(request, *args, **kwargs):
        if "reference" in kwargs:
            kwargs["reference"] = references.normalise(kwargs["reference"])
        try:
            return view(request, *args, **kwargs)
        except Idea.DoesNotExist:
            raise Http404(_("This idea does not exist, or is not shown to you.")) from None
        except PermissionDenied as refusal:
            if not request.viewer.is_authenticated and request.method == "GET":
                return redirect_to_login(request.get_full_path())
            return refused(request, 403, str(refusal) or _("This is not yours to do."))
        except TransitionNotAllowed as refusal:
            return refused(request, 409, str(refusal))
        except BadCursor:
            return redirect(request.path)
        except TooFast:
            response = refused(request, 429, _("You are going very fast. Wait a minute, then try again."))
            response.headers["Retry-After"] = "60"
            return response

    return told


def refused(request, status: int, sentence: str):
    """The page that says why, and where to go from here; what was typed comes back on it."""
    if wants_json(request):
        return JsonResponse({"detail": sentence}, status=status)
    context = {"status": status, "sentence": sentence, "back": back_to(request), **typed.kept(request)}
    context["copy_only"] = status != 429
    return render(request, "ideas/refused.html", context, status=status)


def signed_in(view):
    """Lead a visitor to the door before anything is read; a script is told so."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.viewer.is_authenticated:
            return view(request, *args, **kwargs)
        if wants_json(request):
            return JsonResponse({"detail": _("Sign in first.")}, status=401)
        return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("ideas:list"))

    return checked


def calm(request, bucket: str, limit: int, per: int = 60) -> None:
    """Refuse a gesture repeated over ``limit`` times in ``per`` seconds by one account.

    Counted in memory: the gesture may be a protected contribution, and a row about the account would betray it.
    """
    if not ratelimit.hit_in_memory(f"ideas.{bucket}", str(request.viewer.user_id), limit, per):
        raise TooFast


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


def see_other(url: str) -> HttpResponseRedirect:
    """303: the answer is read at ``url`` by a GET, whatever brought us here."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
