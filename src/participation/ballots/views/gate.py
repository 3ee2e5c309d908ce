"""The one way a view reaches a ballot, and the one way a refusal is told.

Invisible is 404. Visible but not allowed is 403 with a sentence. Not possible any more is 409. Too fast is 429. A
visitor who isn't signed in is led to the door first, except to read what everybody may read.
"""

from functools import wraps

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations import references
from src.foundations.gates import Gate

from .. import rules
from ..models import Ballot
from ..services import AlreadyVoted, Closed

METHODS = ["GET", "HEAD", "POST"]

_gate = Gate("ballots", home="ballots:list", moved_on=(Closed, AlreadyVoted))
signed_in, refused, too_fast, calm = _gate.signed_in, _gate.refused, _gate.too_fast, _gate.calm


def screen(view):
    """Give a view its ballot and its refusals in words."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if "reference" in kwargs:
            one = kwargs["ballot"] = found(request, kwargs.pop("reference"))
            # The log keeps no network of those who vote in secret, not even that they read a page.
            request.leaves_no_network = one.is_secret
        return view(request, *args, **kwargs)

    return _gate.tells(opened)


def found(request, reference: str) -> Ballot:
    """The ballot of an address, through the gate."""
    one = (
        Ballot.objects.visible_to(request.viewer)
        .for_pages()
        .filter(reference=references.normalise(reference[:20]))
        .first()
    )
    if one is None:
        raise Http404(_("This ballot does not exist, or is not shown to you."))
    return one


def organiser(view):
    """Open to those who organise this ballot; for anybody else there is nothing here."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        one = kwargs.get("ballot")
        allowed = rules.may_organise(request.viewer, one) if one else rules.may_use_workshop(request.viewer)
        if not allowed:
            raise Http404(_("This ballot does not exist, or is not shown to you."))
        return view(request, *args, **kwargs)

    return checked


def leaves_nothing(view):
    """What is sent to this view never comes back on the page of a refusal: it is a vote."""

    @wraps(view)
    def marked(request, *args, **kwargs):
        request.keeps_nothing_typed = True
        return view(request, *args, **kwargs)

    return marked


def address(ballot, name: str = "detail", **kwargs) -> str:
    """The address of one of the pages of a ballot."""
    return reverse(f"ballots:{name}", kwargs={"reference": ballot.reference, **kwargs})
