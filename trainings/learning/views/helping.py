"""The human route, on the trainer's side: who sees a quiz again with somebody, and how it is said to be done."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from src.foundations.gates import see_other
from src.foundations.journal import record

from .. import rules, selectors, services
from .gate import _gate, calm, missing
from .tracks import NAV


def _helpers(view):
    """For trainers."""

    def checked(request, *args, **kwargs):
        rules.refuse_unless(rules.may_go_along(request.viewer))
        return view(request, *args, **kwargs)

    return _gate.signed_in(_gate.tells(checked))


@require_safe
@_helpers
def helping(request):
    """Those whose attempts are over: a name, a unit, a module; no grade, no answer. Opening it is written down."""
    rows = selectors.to_go_along_with(request.viewer)
    record("trainings.list_opened", actor=request.viewer.user, payload={"shown": len(rows)})
    return render(request, "trainings_learning/helping.html", {"nav_key": NAV, "rows": rows})


@require_POST
@_helpers
def seen_together(request, progress):
    """Say that the module was seen again with somebody."""
    calm(request, "together", 60)
    rows = {row.pk: row for row in selectors.to_go_along_with(request.viewer)}
    if progress not in rows:
        raise missing()
    services.see_together(actor=request.viewer, progress=rows[progress])
    name = rows[progress].enrolment.agent.get_full_name()
    messages.success(request, _("It is said: %(name)s has finished this module.") % {"name": name})
    return see_other(reverse("trainings_learning:helping"))
