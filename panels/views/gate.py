"""The one way a view reaches a panel, and the one way a refusal is told."""

from functools import wraps

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations.gates import Gate

from .. import rules
from ..models import Panel
from ..services.preparing import WrongState

METHODS = ["GET", "HEAD", "POST"]

_gate = Gate("panels", home="panels:list", moved_on=(WrongState,))
signed_in, refused, too_fast, calm = _gate.signed_in, _gate.refused, _gate.too_fast, _gate.calm


def screen(view):
    """Give a view its panel and its refusals in words."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if "slug" in kwargs:
            kwargs["panel"] = found(request, kwargs.pop("slug"))
        return view(request, *args, **kwargs)

    return _gate.tells(opened)


def found(request, slug: str) -> Panel:
    """The panel of an address, through the gate."""
    one = (
        Panel.objects.visible_to(request.viewer)
        .select_related("commissioner", "site", "renews")
        .filter(slug=slug[:64])
        .first()
    )
    if one is None:
        raise missing()
    return one


def missing() -> Http404:
    return Http404(_("This panel does not exist, or is not shown to you."))


def open_to(*allowed):
    """Open to those for whom one of these rules (``rules.may_…(viewer, panel)``) holds; for anybody else, nothing."""

    def decorated(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not any(may(request.viewer, kwargs["panel"]) for may in allowed):
                raise missing()
            return view(request, *args, **kwargs)

        return signed_in(screen(checked))

    return decorated


# The team's doors, by what is done there.
organiser = open_to(rules.may_organise)
enterer = open_to(rules.may_enter)
guarantor = open_to(rules.may_watch)
worker = open_to(rules.works_for)


def address(panel, name: str = "detail", **kwargs) -> str:
    """The address of one of the pages of a panel."""
    return reverse(f"panels:{name}", kwargs={"slug": panel.slug, **kwargs})
