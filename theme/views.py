"""The display page anybody may use, and the gallery that shows staff every component."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from theme import gallery as specimens
from theme.display import CHOICES, COOKIE, KEY_COOKIE, KEY_OFF, KEY_ON, ONE_YEAR, slash_searches
from theme.forms import DisplayForm


def _destination(request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    same_site = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if same_site else "/"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def display(request):
    """Choose light, dark or automatic, and the / key; keeps each choice in a cookie of this device, then goes back."""
    chosen = request.COOKIES.get(COOKIE, "")
    present = {"theme": chosen if chosen in CHOICES else "auto", "slash": slash_searches(request)}
    form = DisplayForm(request.POST or None, initial=present)
    if request.method == "POST" and form.is_valid():
        response = HttpResponseRedirect(_destination(request))
        response.status_code = 303
        key = KEY_ON if form.cleaned_data["slash"] else KEY_OFF
        for name, value in ((COOKIE, form.cleaned_data["theme"]), (KEY_COOKIE, key)):
            response.set_cookie(
                name, value, max_age=ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
            )
        return response
    status = 400 if form.is_bound else 200
    return render(request, "theme/display.html", {"form": form, "next": _destination(request)}, status=status)


def _staff_only(request) -> None:
    """Nobody else learns that the gallery exists."""
    if not (request.user.is_authenticated and request.user.is_staff):
        raise Http404


@require_safe
def gallery(request):
    """Every component in each variant and state, for staff."""
    _staff_only(request)
    return render(request, "theme/gallery.html", specimens.context())


@require_safe
def gallery_page(request, name):
    """A whole page made of components, for staff."""
    _staff_only(request)
    if name not in specimens.PAGES:
        raise Http404
    return render(request, f"theme/gallery/{name}.html", specimens.page(name))
