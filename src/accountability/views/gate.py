"""The one way a view reaches a measure or a plan, and the one way a refusal is told.

Invisible is 404. Visible but not allowed is 403 with a sentence. Not possible any more is 409, saying what it became.
"""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from src.foundations import ratelimit, references, typed
from src.foundations.addresses import client_address
from src.foundations.keyset import BadCursor
from src.workflow.exceptions import TransitionNotAllowed

from ..models import Measure, Plan

FILES_A_MINUTE = 10


def screen(view):
    """Give a view its refusals in words."""

    @wraps(view)
    def told(request, *args, **kwargs):
        if "reference" in kwargs:
            kwargs["reference"] = references.normalise(kwargs["reference"])
        try:
            return view(request, *args, **kwargs)
        except Measure.DoesNotExist:
            raise Http404(_("This measure does not exist, or is not shown to you.")) from None
        except Plan.DoesNotExist:
            raise Http404(_("This plan does not exist, or is not shown to you.")) from None
        except PermissionDenied as refusal:
            return refused(request, 403, str(refusal))
        except TransitionNotAllowed as refusal:
            return refused(request, 409, str(refusal))
        except BadCursor:
            return redirect(request.path)

    return told


def refused(request, status: int, sentence: str):
    """The page that says why, and where to go from here; what was typed comes back on it."""
    context = {"status": status, "sentence": sentence, "copy_only": True, **typed.kept(request)}
    return render(request, "accountability/refused.html", context, status=status)


def signed_in(view):
    """Lead a visitor to the door before anything is read."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.viewer.is_authenticated:
            return view(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/engagements/")

    return checked


def calm(request) -> bool:
    """Whether one more file may be drawn: so many a minute for an account, a hundred times more for an address."""
    viewer = request.viewer
    if viewer.is_authenticated:
        return ratelimit.hit("measures.file", f"account:{viewer.user_id}", FILES_A_MINUTE, 60)
    return ratelimit.hit("measures.file", f"address:{client_address(request)}", FILES_A_MINUTE * 100, 60)


def too_fast(request):
    """The page that asks for a minute."""
    response = refused(request, 429, _("You are going very fast. Wait a minute, then try again."))
    response.headers["Retry-After"] = "60"
    return response


def show_refusal(form, refusal: ValidationError) -> None:
    """The sentences of a service, beside their fields."""
    errors = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
    for name, sentences in errors.items():
        form.add_error(name if name in form.fields else None, sentences)


def see_other(url: str) -> HttpResponseRedirect:
    """303: the answer is read at ``url`` by a GET."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
