"""On an enrolled device every page is in kiosk mode, belongs to a visit, and is kept by nobody."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render

from . import devices, visits

START, MENU, END = "/borne/", "/borne/menu/", "/borne/fin/"
# Open without a visit: they begin or end one.
OUTSIDE = frozenset({START, "/borne/commencer/", END, "/borne/demonstration/", "/borne/inscrire/"})
# What a visit may reach; everything else leads back to its menu.
INSIDE = (
    "/borne/",
    "/suivre/",
    "/idees/",
    "/noter/",
    "/reunions/ici/",
    "/connexion/mon-secret/",
    "/langue/",
    "/scrutins/",
    "/formations/",
)
NOT_INSIDE = (
    "/borne/appareils/",
    "/idees/atelier/",
    "/scrutins/atelier/",
    "/formations/accompagnement/",
    "/formations/attestations/guichet/",
    "/formations/attestations/lots/",
    "/formations/attestations/roles/",
    "/formations/preuves/",
)
# The site's own doors have theirs here.
INSTEAD = {"/idees/deposer/": "/borne/proposer/", "/connexion/": "/borne/connexion/", "/deconnexion/": END}
SCRIPT = b"data-borne"
_ASSETS = (settings.STATIC_URL, settings.MEDIA_URL)


class KioskMiddleware:
    """Before the sessions' middleware: what it sets on the way in, and the cookies the others left on the way out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.kiosk = None
        token = request.COOKIES.get(devices.COOKIE)
        if not token or request.path.startswith(_ASSETS):
            return self.get_response(request)
        request.kiosk = devices.find(token)
        if request.kiosk is None:
            answer = self.get_response(request) if request.path == START else _see(START)
            return devices.forget(visits.wipe(answer, request))
        request.kiosk_visit = visits.is_live(request, request.kiosk)
        return self._leaving(request, self.get_response(request))

    def process_view(self, request, view, args, kwargs):
        """Close what is dead, and keep people to what a kiosk shows."""
        if request.kiosk is None:
            return None
        path = request.path
        if not request.kiosk_visit:
            visits.close_session(request)
            return None if path in OUTSIDE else _see(START)
        if path in INSTEAD or not path.startswith(INSIDE) or path.startswith(NOT_INSIDE):
            return _see(_instead(request))
        if request.method == "GET" and path not in OUTSIDE and request.user.is_authenticated:
            visits.keep_session(request)
        return None

    def _leaving(self, request, response):
        if response.get("Content-Disposition", "").startswith("attachment"):
            response = render(request, "kiosk/no_file.html", status=403)
        elif request.method == "POST" and response.status_code == 403 and not _token_was_right(request):
            # A form of an earlier visit sent again by Back: its security token is dead.
            response = _see(END)
        told = visits.COOKIE in response.cookies  # the view began or ended the visit
        if request.kiosk_visit and not told:
            visits.keep(response, request, request.kiosk)
        if not told and "Clear-Site-Data" in response:
            response["Clear-Site-Data"] = '"cache"'
        if response.status_code >= 400 and SCRIPT not in getattr(response, "content", b""):
            # A page of error without our script ends all the same; one that has it warns before.
            response["Refresh"] = f"{settings.TERRAIN_KIOSK_IDLE_SECONDS};url={END}"
        for name, cookie in response.cookies.items():
            # Whatever a room set for days goes with the window here; what is taken away has an age of zero.
            if name != devices.COOKIE and cookie["max-age"] != 0:
                cookie["max-age"] = cookie["expires"] = ""
        response["Cache-Control"] = "no-store"
        return response


def _instead(request) -> str:
    """What a kiosk shows in the place of a page; its door leads where the site's own would have."""
    here = INSTEAD.get(request.path, MENU)
    asked = request.GET.urlencode() if request.path == "/connexion/" else ""
    return f"{here}?{asked}" if asked else here


def _token_was_right(request) -> bool:
    return getattr(request, "csrf_processing_done", False)


def _see(url: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
