"""« Mes attestations »: each training I finished, to download, to show, or to print from a kiosk."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from .. import drawing, rules, selectors
from ..services import Printed, print_one
from .gate import NAV, calm, file_of, missing, only, private

agents = only(rules.may_hold, gettext_lazy("Attestations are for the city’s agents."))


@require_safe
@agents
def listed(request):
    """What I finished, with what holds, what ended and what was revoked."""
    context = {
        "nav_key": NAV,
        "crumbs": [{"url": reverse("trainings_learning:list"), "label": _("Trainings")}],
        "held": selectors.held_by(request.viewer.user_id),
    }
    return private(render(request, "trainings_attestations/mine.html", context))


@require_POST
@agents
def download(request, completion):
    """The file of one of my attestations; somebody else's is nowhere. A kiosk shows the page to print."""
    calm(request, "print", 30)
    found = selectors.own_completion(request.viewer.user_id, completion)
    if found is None:
        raise missing()
    printed = print_one(completion=found, actor=request.viewer)
    if getattr(request, "kiosk", None) is not None and printed.is_pdf:
        printed = Printed(printed.row, drawing.page([printed.row]).encode(), False)
    return file_of(printed)
