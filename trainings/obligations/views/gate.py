"""The one way human resources reach an obligation, and the one way a refusal is told."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations import references
from src.foundations.gates import Gate

from .. import following, rules

METHODS = ["GET", "HEAD", "POST"]

_gate = Gate("trainings_obligations", home="trainings_obligations:mine")
calm = _gate.calm


class MovedOn(Exception):
    """What was asked isn't possible any more; the sentence says why."""


_gate.moved_on = (MovedOn,)


def missing() -> Http404:
    return Http404(_("This page does not exist, or is not shown to you."))


def _door(allowed, sentence):
    def opened(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not allowed(request.viewer):
                raise PermissionDenied(sentence())
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "private, no-store"
            return response

        return _gate.signed_in(_gate.tells(checked))

    return opened


followers = _door(rules.can_follow, lambda: _("Mandatory trainings are followed by human resources."))
preparers = _door(
    rules.can_prepare, lambda: _("Mandatory trainings are prepared by human resources of the whole city.")
)


def of_obligation(view, door=followers):
    """Give a view the obligation of its address."""

    @wraps(view)
    def opened(request, reference, *args, **kwargs):
        found = following.obligation_of(request.viewer, references.normalise(reference))
        if found is None:
            raise missing()
        return view(request, found, *args, **kwargs)

    return door(opened)


def prepares(view):
    """Give a view the obligation of its address, to those who may change it."""
    return of_obligation(view, preparers)


def address(obligation, name: str = "one", **kwargs) -> str:
    """The address of one of the pages of an obligation."""
    return reverse(f"trainings_obligations:{name}", kwargs={"reference": obligation.reference, **kwargs})


def crumbs(obligation=None) -> list[dict]:
    """The pages above."""
    found = [{"url": reverse("trainings_obligations:hr"), "label": _("Mandatory trainings")}]
    if obligation is not None:
        found.append({"url": address(obligation), "label": obligation.track.title})
    return found


def common(obligation=None, **more) -> dict:
    """What every page of these needs."""
    return {"nav_key": "trainings", "crumbs": crumbs(obligation), "obligation": obligation, **more}
