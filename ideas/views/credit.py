"""Whether the measure an idea became says whose idea it was: its author's choice, told in full, taken back at will."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations.gates import see_other
from src.workflow.exceptions import TransitionNotAllowed

from .. import selectors, services
from ..services.crediting import is_credited, may_be_credited, signature_for
from .gate import screen, signed_in
from .words import badge_of


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def credit(request, reference):
    """For who signed the idea: each for themself."""
    page = selectors.idea_page(request.viewer, reference)
    if not may_be_credited(page.idea, request.viewer):
        raise PermissionDenied(_("Only who signed the idea says whether a measure names them."))
    if not page.measures:
        raise TransitionNotAllowed(_("This idea has become no measure."))
    if request.method == "POST":
        wanted = request.POST.get("action") == "oui"
        services.set_credit(idea=page.idea, actor=request.user, wanted=wanted)
        messages.success(
            request,
            _("The measure now says that it was born of your idea.") if wanted else _("The measure names nobody."),
        )
        return see_other(f"{page.row.url}nee-de/")
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "badge": badge_of(page.row),
        "signature": signature_for(page.idea, request.viewer),
        "is_shown": is_credited(page.idea, request.viewer),
    }
    return render(request, "ideas/credit.html", context)
