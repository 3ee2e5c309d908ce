"""A place's page, where the square of its sheet leads: this week, with its links."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import rules, selectors


@require_safe
def place(request, code):
    """What hangs in a place this week, for every agent; a visitor signs in first."""
    if not request.viewer.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not rules.may_read_place(request.viewer):
        raise Http404
    sheet = selectors.place_sheet(code[:32]) if code.isprintable() else None
    if sheet is None:
        raise Http404(_("There is no such place, or it has no sheet yet."))
    context = {
        "sheet": sheet,
        "shown": selectors.shown([sheet])[0],
        "handles": rules.may_handle(request.viewer, sheet),
    }
    return render(request, "wall/place.html", context)
