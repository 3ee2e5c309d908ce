"""One's own rights: the file to take away, erasure, devices, who looked, how one appears."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from src.foundations import clock, ratelimit, references

from .. import blocking, effects, looks
from ..forms import ErasureForm, IdentityForm
from ..models import DataFile, ErasureRequest, PreferredIdentity
from ..services import erasing, files, sessions

# A file a person asks for again and again is somebody else's script.
FILES, SECONDS = 10, 3600


def parents(*more) -> list[dict]:
    """The way back to one's account."""
    return [{"label": _("My account"), "url": reverse("directory:me")}, *more]


def _see(route: str, *args) -> HttpResponseRedirect:
    answer = HttpResponseRedirect(reverse(route, args=args))
    answer.status_code = 303
    return answer


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "POST"])
def data_file(request):
    """`/moi/donnees/fichier/`: ask for the file, see how far it is, find its link."""
    refusal, status = "", 200
    if request.method == "POST":
        if ratelimit.hit("own_data", str(request.user.pk), FILES, SECONDS):
            files.ask_file(request.user)
            return _see("rights:file")
        refusal, status = _("You have asked for this file many times. Wait an hour, then try again."), 429
    held = DataFile.objects.select_related("run").filter(person=request.user).first()
    ready = files.ready_file(request.user)
    context = {
        "refusal": refusal,
        "held": held,
        "ready": ready,
        "secret": files.new_link(ready) if ready else "",
        "parents": parents({"label": _("What Terrain keeps of me"), "url": reverse("directory:own_data")}),
    }
    return render(request, "rights/file.html", context, status=status)


@never_cache
@login_required
@reauthentication_required(allow_get=False)
@require_POST
def take_file(request, secret):
    """`/moi/donnees/fichier/<secret>/`: the ZIP, once."""
    packed = files.take_file(request.user, secret)
    if packed is None:
        messages.warning(request, _("This link was used, or its day has passed. Ask for the file again."))
        return _see("rights:file")
    answer = HttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="terrain-mes-donnees-{clock.today():%Y-%m-%d}.zip"'
    return answer


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@reauthentication_required
def erase(request):
    """`/moi/effacer/`: what goes, what waits, what stays and why; then the request, with the secret typed again."""
    waiting = erasing.open_request(request.user)
    form = ErasureForm(request.POST or None)
    status = 200
    if request.method == "POST" and waiting is None:
        status = 422
        if form.is_valid():
            try:
                erasing.ask_erasure(request.user)
                messages.success(request, _("Your request is written. Until its day, you can take it back here."))
                return _see("rights:erase")
            except ValidationError as refusal:
                form.add_error(None, refusal)
    context = {
        "form": form,
        "waiting": waiting,
        "lists": effects.lists_of(request.user),
        "wait_days": settings.TERRAIN_ERASURE_DAYS,
        "works_here": effects.works_here(request.user),
        "reasons": blocking.reasons_for(request.user),
        "parents": parents(),
    }
    return render(request, "rights/erase.html", context, status=status)


@login_required
@require_POST
def take_back(request):
    """`/moi/effacer/annuler/`: one tap, and nothing is erased."""
    if erasing.take_back(request.user):
        messages.success(request, _("Nothing will be erased."))
    else:
        messages.warning(request, _("No request was waiting: nothing changed."))
    return _see("rights:erase")


@never_cache
@require_GET
def receipt(request, number):
    """`/effacements/<ref>/`: open without an account, which may be gone; a day and a number, nobody's name."""
    found = get_object_or_404(ErasureRequest, reference=references.normalise(number))
    return render(request, "rights/receipt.html", {"request_of_erasure": found})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def devices(request):
    """`/moi/appareils/`: where one is signed in; closes one, or all but this one."""
    if request.method == "POST":
        here = request.session.session_key
        shown = sessions.open_sessions(request)
        asked = request.POST.get("appareil", "")
        if asked == "tous":
            closed = sessions.close_all(request.user, but=here)
        else:
            # Numbers of the page: the key of a session never stands in one.
            chosen = next((one for one in shown if sessions.mark_of(one) == asked and one.pk != here), None)
            closed = int(chosen is not None and sessions.close_session(request.user, chosen.pk))
        if closed:
            told = ngettext("%(n)d device is signed out.", "%(n)d devices are signed out.", closed) % {"n": closed}
            messages.success(request, told)
        else:
            messages.warning(request, _("This device was already signed out."))
        return _see("rights:devices")
    here = request.session.session_key
    rows = [
        {
            "device": one.device.replace("|", ", ").strip(", "),
            "since": one.opened_at,
            "mark": sessions.mark_of(one),
            "here": one.pk == here,
        }
        for one in sessions.open_sessions(request)
    ]
    return render(request, "rights/devices.html", {"rows": rows, "parents": parents()})


@never_cache
@login_required
@require_GET
def who_looked(request):
    """`/moi/qui-a-regarde/`: role, reason and day of what others read or changed of oneself; nobody's name."""
    return render(request, "rights/looks.html", {"looks": looks.looks_at(request.user), "parents": parents()})


@login_required
@require_http_methods(["GET", "POST"])
def identity(request):
    """`/moi/identite/`: what forms offer first."""
    held = PreferredIdentity.objects.filter(person=request.user).first()
    form = IdentityForm(request.POST or None, initial={"identity": held.identity if held else ""})
    if request.method == "POST" and form.is_valid():
        if chosen := form.cleaned_data["identity"]:
            PreferredIdentity.objects.update_or_create(person=request.user, defaults={"identity": chosen})
        else:
            PreferredIdentity.objects.filter(person=request.user).delete()
        messages.success(request, _("Forms will follow this choice. Each text still has its own."))
        return _see("rights:identity")
    context = {"form": form, "parents": parents()}
    return render(request, "rights/identity.html", context, status=422 if form.errors else 200)
