"""The one way a view reaches a measure or a plan, and the one way a refusal is told.

Invisible is 404. Visible but not allowed is 403 with a sentence. Not possible any more is 409, saying what it became.
"""

from functools import wraps

from django.http import Http404
from django.utils.translation import gettext as _

from src.foundations import ratelimit, references
from src.foundations.addresses import client_address
from src.foundations.gates import Gate
from src.workflow.exceptions import TransitionNotAllowed

from ..models import Measure, Plan

FILES_A_MINUTE = 10

_gate = Gate("accountability", home="accountability:measures", moved_on=(TransitionNotAllowed,))
signed_in, refused, too_fast = _gate.signed_in, _gate.refused, _gate.too_fast


def screen(view):
    """Give a view its refusals in words."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if "reference" in kwargs:
            kwargs["reference"] = references.normalise(kwargs["reference"])
        try:
            return view(request, *args, **kwargs)
        except Measure.DoesNotExist:
            raise Http404(_("This measure does not exist, or is not shown to you.")) from None
        except Plan.DoesNotExist:
            raise Http404(_("This plan does not exist, or is not shown to you.")) from None

    return _gate.tells(opened)


def calm(request) -> bool:
    """Whether one more file may be drawn: so many a minute for an account, a hundred times more for an address."""
    viewer = request.viewer
    if viewer.is_authenticated:
        return ratelimit.hit("measures.file", f"account:{viewer.user_id}", FILES_A_MINUTE, 60)
    return ratelimit.hit("measures.file", f"address:{client_address(request)}", FILES_A_MINUTE * 100, 60)
