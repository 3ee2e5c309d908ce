"""The start screen, what one can do during a visit, and its end, after which nothing is left."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from src.foundations.gates import see_other
from src.paper import following
from src.participation.enums import Circle
from src.participation.models import Space

from .. import devices, tiles, visits
from .gate import on_kiosk

# What one can do here: address, title, sentence, picture.
TILES = {
    "proposer": (
        "kiosk:choose",
        _("Propose an idea"),
        _("A few sentences, without an account. A secret code leads you to the answer."),
        "lightbulb",
    ),
    "suivre": ("paper:follow", _("Follow with my secret code"), _("Read the answer, reply."), "key-round"),
    "lire": ("ideas:list", _("Read the ideas"), _("What colleagues propose, what the City answers."), "book-open"),
    "connexion": (
        "kiosk:door",
        _("Sign in"),
        _("With my personnel number and the code of my letter, or my password."),
        "log-in",
    ),
}
MINE = ("ideas:mine", _("My ideas"), _("Those I sent, and their answers."), "user-round")


def _shown(request) -> dict[str, tuple]:
    """Whoever isn't signed in reads only what is open to everybody; whoever is has no door to look for."""
    signed_in = request.user.is_authenticated
    can_read = signed_in or Space.objects.filter(circle=Circle.EVERYONE, is_archive=False, is_draft=False).exists()
    hidden = {"connexion" if signed_in else "", "" if can_read else "lire"}
    offered = tiles.shown_on(request.kiosk) | TILES
    return {key: words for key, words in offered.items() if key not in hidden}


@require_safe
def start(request):
    """Whoever was here has gone: opening this page ends their visit, on the server too. Elsewhere, a sentence."""
    if request.kiosk is None:
        context = {"is_demo": settings.TERRAIN_DEMO}
        return render(request, "kiosk/not_a_kiosk.html", context, status=404)
    devices.note_seen(request.kiosk)
    visits.close_session(request)
    begins = [(f"{reverse('kiosk:begin')}?vers={key}", *words[1:]) for key, words in _shown(request).items()]
    context = {"tiles": begins, "kiosk": request.kiosk, "is_demo_kiosk": _is_demo(request)}
    response = visits.wipe(render(request, "kiosk/start.html", context), request)
    if not _is_demo(request):
        devices.keep(response, request, request.COOKIES[devices.COOKIE])
    return response


def _is_demo(request) -> bool:
    return settings.TERRAIN_DEMO and request.COOKIES.get(devices.COOKIE) == devices.demo_token()


@require_safe
@on_kiosk
def begin(request):
    """A visit begins with what was chosen on the start screen."""
    tile = (tiles.shown_on(request.kiosk) | TILES).get(request.GET.get("vers", ""))
    response = see_other(reverse(tile[0] if tile else "kiosk:menu"))
    return visits.keep(response, request, request.kiosk)


@require_safe
@on_kiosk
def menu(request):
    """What one can do, during a visit."""
    signed_in = request.user.is_authenticated
    shown = list(_shown(request).values())
    if signed_in:
        shown.insert(1, MINE)
    actions = [(reverse(route), *words) for route, *words in shown]
    return render(request, "kiosk/menu.html", {"tiles": actions, "who": request.user.first_name if signed_in else ""})


@require_safe
@on_kiosk
def presence(request):
    """The page says that somebody is still typing; the middleware keeps the visit."""
    return HttpResponse(status=204)


@require_safe
@on_kiosk
def end(request):
    """Close the session here, take the cookies away, empty the browser; then the start screen takes the page's place.

    By GET too: the page's own limit without JavaScript is a refresh.
    """
    visits.close_session(request)
    return visits.wipe(following.sealed_from_caches(render(request, "kiosk/end.html")), request)
