"""The one way a view reaches a training, and the one way a refusal is told."""

from functools import wraps

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations.gates import Gate, see_other

from .. import rules, selectors
from ..services.holding import MovedOn

METHODS = ["GET", "HEAD", "POST"]

_gate = Gate("trainings_learning", home="trainings_learning:list", moved_on=(MovedOn,))
signed_in, refused, calm = _gate.signed_in, _gate.refused, _gate.calm


def missing() -> Http404:
    return Http404(_("This training does not exist, or is not shown to you."))


def agents(view):
    """For agents; anybody else reads why."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        rules.refuse_unless(rules.may_learn(request.viewer))
        return view(request, *args, **kwargs)

    return _gate.signed_in(_gate.tells(checked))


def in_track(view):
    """Give a view its track, and what somebody follows of it."""

    @wraps(view)
    def opened(request, slug, *args, **kwargs):
        track = selectors.track_of(request.viewer, slug[:80])
        if track is None:
            raise missing()
        return view(request, track, selectors.enrolment_in(request.viewer, track), *args, **kwargs)

    return agents(opened)


def in_module(view):
    """Give a view the module of an address; who hasn't begun is led to the page of the track."""

    @wraps(view)
    def opened(request, track, enrolment, position, *args, **kwargs):
        if enrolment is None:
            return see_other(address(track))
        standing = selectors.standing_of(enrolment.version, enrolment)
        step = standing.step(position)
        if step is None:
            raise missing()
        step.track, step.enrolment = track, enrolment
        step.module = selectors.module_with_content(step.module)
        return view(request, track, standing, step, *args, **kwargs)

    return in_track(opened)


def address(track, name: str = "track", **kwargs) -> str:
    """The address of one of the pages of a training."""
    return reverse(f"trainings_learning:{name}", kwargs={"slug": track.slug, **kwargs})


def page_of(track, step, name: str = "module", **kwargs) -> str:
    """The address of one of the pages of a module."""
    return address(track, name, position=step.module.position, **kwargs)
