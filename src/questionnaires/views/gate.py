"""The one way a view reaches a questionnaire, and the one way a refusal is told.

Invisible is 404. Visible but not allowed is 403 with a sentence. Not possible any more is 409. Too fast is 429. A
visitor who isn't signed in is led to the door first, except to read what everybody may read.
"""

from functools import wraps

from django.http import Http404
from django.utils.translation import gettext as _

from src.foundations import references
from src.foundations.gates import Gate

from .. import rules
from ..enums import AnswerMode
from ..models import Questionnaire
from ..services import Closed

# How many gestures a network may make, and in how many seconds: an open link can't be answered by thousands at once.
BY_NETWORK = {"start": (60, 3600), "send": (40, 3600), "synthesis": (200, 60)}

_gate = Gate("questionnaires", home="questionnaires:list", moved_on=(Closed,), by_network=BY_NETWORK)
signed_in, refused, calm = _gate.signed_in, _gate.refused, _gate.calm


def screen(view):
    """Give a view its questionnaire and its refusals in words."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if "reference" in kwargs:
            one = kwargs["questionnaire"] = found(request, kwargs.pop("reference"))
            # The log keeps no network of those of whom nothing is kept, not even that they read a page.
            request.leaves_no_network = one.is_secret or one.is_open_link
        return view(request, *args, **kwargs)

    return _gate.tells(opened)


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
