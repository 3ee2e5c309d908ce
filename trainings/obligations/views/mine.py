"""What I am asked to learn, by when, and why."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations.gates import Gate

from .. import selectors
from ..rules import may_be_asked

_gate = Gate("trainings_obligations", home="trainings_obligations:mine")


def agents(view):
    """For agents; anybody else reads why."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not may_be_asked(request.viewer):
            raise PermissionDenied(_("Trainings are for the city’s agents."))
        return view(request, *args, **kwargs)

    return _gate.signed_in(_gate.tells(checked))


@require_safe
@agents
def asked(request):
    """Each training asked, its state in words, its day, and « Pourquoi suis-je concerné ? »."""
    context = {
        "nav_key": "trainings",
        "crumbs": [{"url": reverse("trainings_learning:list"), "label": _("Trainings")}],
        "asked": selectors.asked_of(request.viewer),
    }
    return render(request, "trainings_obligations/mine.html", context)
