"""On a shared tablet, when the groups of its place meet; elsewhere, the list of one's own groups."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations.gates import see_other

from .. import selectors


@require_safe
def here(request):
    """Days and places alone: nobody is signed in, so nothing that was said is shown."""
    kiosk = getattr(request, "kiosk", None)
    if kiosk is None:
        return see_other("/reunions/")
    groups = selectors.days_at(kiosk.unit)
    if not groups:
        raise Http404(_("Nobody meets here."))
    return render(request, "meetings/here.html", {"place": kiosk.unit, "groups": groups})
