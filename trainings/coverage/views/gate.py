"""The one way a view reaches what is followed, and the one way a refusal is told."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations.gates import Gate

from .. import rules, selectors

gate = Gate("trainings_coverage", home="trainings_learning:list")
NAV = "trainings"


def _for(allows, sentence):
    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not allows(request.viewer):
                raise PermissionDenied(sentence())
            request.leaves_no_network = True
            return view(request, *args, **kwargs)

        return gate.signed_in(gate.tells(checked))

    return decorate


followers = _for(rules.can_follow, lambda: _("Coverage is followed by human resources."))
referents = _for(rules.can_read_as_referent, lambda: _("This page is for equality referents."))
managers = _for(rules.is_manager, lambda: _("This page is for managers: the directory names you for no team today."))
setters = _for(rules.can_set_targets, lambda: _("Targets are set by human resources of the whole city."))


def of_obligation(decorator):
    """Give a view the obligation in force of an address."""

    def decorate(view):
        @wraps(view)
        def opened(request, reference, *args, **kwargs):
            found = selectors.obligations().filter(reference=reference[:20]).first()
            if found is None:
                raise Http404(_("This mandatory training does not exist, or is no longer asked."))
            return view(request, found, *args, **kwargs)

        return decorator(opened)

    return decorate


def crumbs(*more) -> list[dict]:
    return [{"url": reverse("trainings_learning:list"), "label": _("Trainings")}, *more]
