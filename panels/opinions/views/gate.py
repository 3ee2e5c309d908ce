"""Doors of the room, and how its addresses find what they are about."""

from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from panels import rules as panel_rules
from panels import selectors as panel_selectors
from panels.models import Membership
from panels.views.gate import METHODS, calm, open_to, screen, signed_in
from panels.views.members import inside, runner, sitting

from .. import rules, selectors
from ..models import Amendment, MinorityOpinion, Opinion, Reply

organiser = open_to(panel_rules.may_organise)

__all__ = [
    "METHODS", "amendment_of", "calm", "inside", "member_of", "minority_of", "missing", "numbered", "numbered_seat",
    "opinion_given", "organiser", "owed", "reply_of", "runner", "screen", "signed_in", "sitting", "told", "url",
]  # fmt: skip


def missing() -> Http404:
    return Http404(_("This page does not exist, or is not shown to you."))


def url(panel, name: str, **kwargs) -> str:
    """The address of one of the pages of the room."""
    return reverse(f"panel_opinions:{name}", kwargs={"slug": panel.slug, **kwargs})


def member_of(request, panel):
    """The seat of whoever asks, or None for the team."""
    return panel_selectors.membership_of(request.viewer, panel)


def numbered(view):
    """Give a view the recommendation of its address, as its reader may know of it."""

    @inside
    @wraps(view)
    def opened(request, panel, number, **kwargs):
        found = selectors.recommendation_of(request.viewer, panel, number)
        if found is None:
            raise missing()
        if "amendment" in kwargs:
            kwargs["amendment"] = amendment_of(found, kwargs["amendment"])
        return view(request, panel, found, **kwargs)

    return opened


def amendment_of(recommendation, number: int) -> Amendment:
    """One of its amendments."""
    found = recommendation.amendments.select_related("on_version", "written_by").filter(number=number).first()
    if found is None:
        raise missing()
    found.recommendation = recommendation
    return found


def minority_of(panel, number: int) -> MinorityOpinion:
    """One of the minority opinions that stand."""
    found = MinorityOpinion.objects.standing().filter(panel=panel, number=number).first()
    if found is None:
        raise missing()
    found.panel = panel
    return found


def numbered_seat(panel, number: int) -> Membership:
    """Who sits under the number printed on a paper. Refuses a number under which nobody sits, beside its field."""
    found = Membership.objects.sitting().filter(panel=panel, number=number).first()
    if found is None:
        raise ValidationError({"member": _("Nobody sits under this number.")})
    return found


def told(view):
    """Give a view the opinion of its panel, for who may read it."""

    @screen
    @wraps(view)
    def opened(request, panel, **kwargs):
        found = selectors.opinion_of(request.viewer, panel)
        if found is None:
            raise missing()
        return view(request, panel, found, **kwargs)

    return opened


def opinion_given(panel) -> Opinion:
    """The opinion of a panel, handed over; a page about its replies exists from then on."""
    found = Opinion.objects.filter(panel=panel, handed_over_on__isnull=False).first()
    if found is None:
        raise missing()
    found.panel = panel
    return found


def reply_of(reference: str) -> Reply:
    """A reply owed, by its reference."""
    found = Reply.objects.select_related("article__opinion__panel__commissioner", "unit").prefetch_related("answers")
    one = found.filter(reference=reference[:6]).first()
    if one is None:
        raise missing()
    return one


def owed(view):
    """Give a view the reply of its address, for who decides for the direction that owes it; 403 in words otherwise."""

    @signed_in
    @screen
    @wraps(view)
    def opened(request, reference, **kwargs):
        found = reply_of(reference)
        if not rules.may_answer(request.viewer, found):
            raise PermissionDenied(_("Only who decides for the direction that owes this reply answers."))
        return view(request, found, **kwargs)

    return opened
