"""The one way a view of the wall reaches a sheet, and where it sends people back."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from src.foundations import references

from .. import rules
from ..models import Sheet


def poster(view):
    """Open to those who print and post somewhere: for anybody else there is nothing here, nor sheets of others."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.viewer.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("wall:list"))
        if not rules.may_use(request.viewer):
            raise Http404
        if "sheet" in kwargs:
            wanted = references.normalise(kwargs["sheet"])
            kwargs["sheet"] = (
                Sheet.objects.visible_to(request.viewer)
                .select_related("unit__direction", "printed_by", "posted_by")
                .filter(reference=wanted)
                .first()
            )
            if kwargs["sheet"] is None:
                raise Http404(_("There is no such sheet, or it isn't of your places."))
        return view(request, *args, **kwargs)

    return checked


def back(request, default: str = "") -> HttpResponseRedirect:
    """303 to the list as it was asked, when the form says so; to ``default`` otherwise."""
    asked = request.POST.get("retour", "")
    home = reverse("wall:list")
    safe = asked.startswith(home) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    response = HttpResponseRedirect(asked if safe else default or home)
    response.status_code = 303
    return response
