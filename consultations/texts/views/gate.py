"""The one way a view reaches a text, and the one way a refusal is told.

Invisible is 404. Visible but not allowed is 403 with a sentence. Not possible any more is 409. Too fast is 429.
"""

from functools import wraps

from django.http import Http404
from django.utils.translation import gettext as _

from src.foundations import references
from src.foundations.gates import Gate
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules
from ..models import ReformText, TextUnit, UnitContribution
from ..services import Closed

_gate = Gate("texts", home="texts:list", moved_on=(Closed, TransitionNotAllowed))
signed_in, refused, calm = _gate.signed_in, _gate.refused, _gate.calm


def screen(view):
    """Give a view its text and its refusals in words."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if "reference" in kwargs:
            kwargs["text"] = found(request, kwargs.pop("reference"))
        return view(request, *args, **kwargs)

    return _gate.tells(opened)


def found(request, reference: str) -> ReformText:
    """The text of an address, through the gate."""
    one = (
        ReformText.objects.visible_to(request.viewer)
        .for_pages()
        .filter(reference=references.normalise(reference[:20]))
        .first()
    )
    if one is None:
        raise missing()
    return one


def missing() -> Http404:
    return Http404(_("This text does not exist, or is not shown to you."))


def unit_found(text: ReformText, version, key: str) -> TextUnit:
    """A unit of a version, by its key."""
    unit = TextUnit.objects.filter(version=version, key=references.normalise(key[:8])).first() if version else None
    if unit is None:
        raise missing()
    unit.version = version
    return unit


def contribution_found(text: ReformText, reference: str) -> UnitContribution:
    """A contribution to this text, by its reference."""
    one = (
        UnitContribution.objects.filter(unit__version__text=text, reference=references.normalise(reference[:20]))
        .select_related("unit__version", "outcome", "counts", "parent", "in_reply_to")
        .first()
    )
    if one is None:
        raise missing()
    return one


def organiser(view):
    """Open to those who organise this text; for anybody else there is nothing here."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        one = kwargs.get("text")
        allowed = rules.may_organise(request.viewer, one) if one else rules.may_use_workshop(request.viewer)
        if not allowed:
            raise missing()
        return view(request, *args, **kwargs)

    return checked
