"""The devices themselves: the administration's list, the code typed on a device, the demo city's visitors."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations import ratelimit
from src.foundations.addresses import client_address
from src.foundations.gates import see_other

from .. import devices as cookies
from .. import rules, services
from ..forms import DeviceForm, EnrolForm
from ..models import Kiosk

TRIES, PERIOD = 30, 600


def administrator(view):
    """Open to the site's administration alone: for anybody else it doesn't exist."""

    @never_cache
    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.viewer.is_authenticated:
            return redirect_to_login(reverse("kiosk:devices"))
        if not rules.may_enrol(request.viewer):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def devices(request):
    """Every kiosk; adding one shows its code, once."""
    form = DeviceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kiosk, code = services.prepare(actor=request.user, **form.cleaned_data)
        return _code_page(request, kiosk, code)
    context = {
        "form": form,
        "kiosks": Kiosk.objects.select_related("unit").order_by("revoked_on", "unit__name", "pk"),
        "is_demo": settings.TERRAIN_DEMO,
    }
    return render(request, "kiosk/devices.html", context, status=422 if form.errors else 200)


def _code_page(request, kiosk, code):
    context = {"kiosk": kiosk, "code": code, "address": f"{settings.SITE_URL}{reverse('kiosk:enrol')}"}
    return render(request, "kiosk/code.html", context)


@require_POST
@administrator
def new_code(request, pk):
    """Another code; the device enrolled until now stops."""
    kiosk = get_object_or_404(Kiosk.objects.select_related("unit"), pk=pk)
    try:
        return _code_page(request, kiosk, services.new_code(actor=request.user, kiosk=kiosk))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return see_other(reverse("kiosk:devices"))


@require_POST
@administrator
def stop(request, pk):
    """End a kiosk at once."""
    services.revoke(actor=request.user, kiosk=get_object_or_404(Kiosk.objects.select_related("unit"), pk=pk))
    messages.success(request, _("This kiosk has ended. Its device opens nothing any more."))
    return see_other(reverse("kiosk:devices"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request):
    """On the device: the code makes it a kiosk. Whoever was signed in there is signed out."""
    form = EnrolForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.hit("kiosk-enrol", client_address(request), TRIES, PERIOD):
            form.add_error("code", _("Too many tries. Wait a few minutes, then try again."))
            return render(request, "kiosk/enrol.html", {"form": form}, status=429)
        token = services.enrol_device(form.cleaned_data["code"])
        if token is not None:
            logout(request)
            return cookies.keep(see_other(reverse("kiosk:start")), request, token)
        form.add_error("code", _("This code opens nothing, or its half hour is over. Ask for another one."))
    return render(request, "kiosk/enrol.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def demonstration(request):
    """The demo city alone: a visitor's browser becomes its kiosk, until they leave it or close the window."""
    if not settings.TERRAIN_DEMO:
        raise Http404
    if request.kiosk is not None:
        return cookies.forget(see_other(reverse("directory:login")))
    if cookies.find(cookies.demo_token()) is None:
        raise Http404
    logout(request)
    return cookies.keep(see_other(reverse("kiosk:start")), request, cookies.demo_token(), for_long=False)
