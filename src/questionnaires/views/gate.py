"""The one way a view reaches a questionnaire, and the one way a refusal is told.

Invisible is 404. Visible but not allowed is 403 with a sentence. Not possible any more is 409. Too fast is 429. A
visitor who isn't signed in is led to the door first, except to read what everybody may read.
"""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations import ratelimit, references, typed
from src.foundations.addresses import client_address, truncated
from src.foundations.keyset import BadCursor

from .. import rules
from ..enums import AnswerMode
from ..models import Questionnaire
from ..services import Closed

# How many gestures a network may make, and in how many seconds: an open link can't be answered by thousands at once.
BY_NETWORK = {"start": (60, 3600), "answer": (600, 60), "send": (40, 3600)}


class TooFast(Exception):
    """Somebody acts faster than a person does."""


def screen(view):
    """Give a view its questionnaire and its refusals in words."""

    @wraps(view)
    def told(request, *args, **kwargs):
        try:
            if "reference" in kwargs:
                one = kwargs["questionnaire"] = found(request, kwargs.pop("reference"))
                # The log keeps no network of those of whom nothing is kept, not even that they read a page.
                request.leaves_no_network = one.is_secret or one.is_open_link
            response = view(request, *args, **kwargs)
            if getattr(request, "leaves_no_network", False):
                response.headers["Cache-Control"] = "private, no-store"
            return response
        except PermissionDenied as refusal:
            if not request.viewer.is_authenticated and request.method == "GET":
                return redirect_to_login(request.get_full_path())
            return refused(request, 403, str(refusal) or _("This is not yours to do."))
        except Closed as refusal:
            return refused(request, 409, " ".join(refusal.messages))
        except BadCursor:
            return redirect(request.path)
        except TooFast:
            response = refused(request, 429, _("You are going very fast. Wait a minute, then try again."))
            response.headers["Retry-After"] = "60"
            return response

    return told


def found(request, reference: str) -> Questionnaire:
    """The questionnaire of an address, through the gate."""
    one = (
        Questionnaire.objects.visible_to(request.viewer)
        .for_pages()
        .filter(reference=references.normalise(reference[:20]))
        .first()
    )
    if one is None:
        raise Http404(_("This questionnaire does not exist, or is not shown to you."))
    return one


def signed_in(view):
    """Lead a visitor to the door before anything is read."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.viewer.is_authenticated:
            return view(request, *args, **kwargs)
        here = request.get_full_path() if request.method == "GET" else reverse("questionnaires:list")
        return redirect_to_login(here)

    return checked


def signed_in_or_open(view):
    """The same, but for a questionnaire that anybody answers; a test stays its organisers'."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.viewer.is_authenticated or (not kwargs.get("is_test") and _by_anybody(request, kwargs)):
            return view(request, *args, **kwargs)
        return signed_in(view)(request, *args, **kwargs)

    return checked


def _by_anybody(request, kwargs) -> bool:
    return (
        Questionnaire.objects.visible_to(request.viewer)
        .filter(reference=references.normalise(kwargs.get("reference", "")[:20]), answer_mode=AnswerMode.OPEN)
        .exists()
    )


def organiser(view):
    """Open to those who organise this questionnaire; for anybody else there is nothing here."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        one = kwargs.get("questionnaire")
        allowed = rules.may_organise(request.viewer, one) if one else rules.may_use_workshop(request.viewer)
        if not allowed:
            raise Http404(_("This questionnaire does not exist, or is not shown to you."))
        return view(request, *args, **kwargs)

    return checked


def refused(request, status: int, sentence: str):
    """The page that says why, and where to go from here; what was typed comes back on it."""
    context = {"status": status, "sentence": sentence, **typed.kept(request), "copy_only": status != 429}
    return render(request, "questionnaires/refused.html", context, status=status)


def calm(request, bucket: str, limit: int, per: int = 60) -> None:
    """Refuse a gesture repeated over ``limit`` times in ``per`` seconds; counted in memory, no row holds it.

    By account; by network for whoever has none, a library or a household having several people.
    """
    who = str(request.viewer.user_id)
    if not request.viewer.is_authenticated:
        who = network_of(request)
        limit, per = BY_NETWORK[bucket]
    if not ratelimit.hit_in_memory(f"questionnaires.{bucket}", who, limit, per):
        raise TooFast


def network_of(request) -> str:
    """The network somebody comes from, to count in memory; never written."""
    return truncated(client_address(request)) or "nowhere"


def see_other(url: str) -> HttpResponseRedirect:
    """303: the answer is read at ``url`` by a GET, whatever brought us here."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
