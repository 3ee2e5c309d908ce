"""The team's pages of a panel: what one works for, and the desk of one."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import desk as desk_parts
from .. import rules
from ..models import Panel
from .gate import screen, signed_in, worker

MOST_LISTED = 100


@require_safe
@signed_in
@screen
def workshop(request):
    """The panels for which somebody works."""
    worked_on = Panel.objects.worked_on_by(request.viewer).select_related("commissioner")[:MOST_LISTED]
    cards = [{"panel": one, "role": desk_parts.role_words(request.viewer, one)} for one in worked_on]
    context = {"nav_key": "panels", "cards": cards, "may_create": rules.may_create(request.viewer)}
    return render(request, "panels/workshop.html", context)


@require_safe
@worker
def desk(request, panel):
    """Where one works for a panel: each part of the work, by what one does there."""
    context = {
        "nav_key": "panels",
        "panel": panel,
        "role": desk_parts.role_words(request.viewer, panel),
        "parts": desk_parts.parts_for(request.viewer, panel),
        "step": desk_parts.step_of(panel),
        "figures": desk_parts.figures_for(panel),
        "stop_url": desk_parts.stop_address(request.viewer, panel),
        "throw_url": desk_parts.throw_address(request.viewer, panel),
    }
    return render(request, "panels/desk.html", context)
