"""What everybody reads of panels: those that recruit or did, and the page of one."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import desk, public_parts, public_words, rules, selectors
from ..enums import PanelState
from .gate import screen

MOST_LISTED = 100


@require_safe
@screen
def panels(request):
    """The panels one may know of, last begun first: those where one may register, those at work, those over."""
    found = list(selectors.panels_for(request.viewer)[:MOST_LISTED])
    cards = [{"panel": one, "standing": public_words.standing(one)} for one in found]
    context = {
        "nav_key": "panels",
        "open": [one for one in cards if one["panel"].is_recruiting],
        "going": [one for one in cards if one["panel"].state not in (PanelState.RECRUITING, PanelState.CLOSED)],
        "over": [one for one in cards if one["panel"].state == PanelState.CLOSED],
        "register_url": desk.link("register"),
        "works": rules.may_use_workshop(request.viewer),
    }
    return render(request, "panels/list.html", context)


@require_safe
@screen
def detail(request, panel):
    """The question asked, when, by whom it is watched, whom to call; then its figures and draws, void included."""
    charts, lists = public_words.by_value(panel)
    draws = [one for one in selectors.draws_of(request.viewer, panel) if one.sealed_at]
    names, others = selectors.names_of_members(panel) if not panel.is_preparing else ([], 0)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "names": names,
        "unnamed": others,
        "standing": public_words.standing(panel),
        "phone": public_words.dialled(panel.contact_phone),
        "k": settings.TERRAIN_K,
        "days": public_words.days_of(panel),
        "promise": public_words.answer_promised(panel),
        "guarantors": selectors.guarantors_of(panel),
        "recruitment": public_words.recruitment(panel),
        "charts": charts,
        "lists": lists or [{"list": one} for one in panel.source_lists.all()],
        "counts_lists": bool(lists),
        "signed": selectors.signed_relaxations_of(panel),
        "draws": [{"draw": one, "url": desk.link("public_draw", panel, number=one.number)} for one in draws],
        "trials": selectors.trials_of(panel),
        "renewals": panel.renewals.visible_to(request.viewer) if panel.is_standing else [],
        "composition": public_words.composition(panel),
        "parts": public_parts.parts_of(request.viewer, panel),
        "inside_url": desk.link("workspace", panel) if rules.may_enter_workspace(request.viewer, panel) else "",
        "register_url": desk.link("register") if panel.is_recruiting else "",
        "desk_url": desk.link("desk", panel) if rules.works_for(request.viewer, panel) else "",
    }
    return render(request, "panels/detail.html", context)
