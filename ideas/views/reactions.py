"""Two gestures of one tap: supporting an idea, following it. The form says the wanted state, so that ten equal posts
leave one row. No limit of pace: repeating either changes nothing, and a limit would cost two statements."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from src.foundations.gates import see_other

from .. import services
from ..models import Idea, IdeaCounts
from .gate import back_to, screen, signed_in, wants_json

# What the rules of the two gestures look at: these are the most frequent requests, and building a statement of all
# the columns of five tables was the first cost of each.
_RULED_BY = (
    "reference",
    "identity_mode",
    "author_id",
    "co_author_ids",
    "handle",
    "is_imported",
    "visibility",
    "process_id",
    "stage_id",
    "stage_kind",
    "unit__path",
    "transfer_to__path",
    "space__circle",
    "space__member_unit_id",
    "space__is_archive",
    "space__is_draft",
)


def _visible(request, reference):
    found = Idea.objects.visible_to(request.viewer).select_related("space", "unit", "transfer_to")
    return found.only(*_RULED_BY).get(reference=reference)


@require_POST
@screen
@signed_in
def support(request, reference):
    """Give (``soutien=1``) or take back (``soutien=0``) one's support."""
    wanted = request.POST.get("soutien", "1") != "0"
    idea = _visible(request, reference)
    services.set_support(idea=idea, actor=request.user, wanted=wanted)
    if wants_json(request):
        supports = IdeaCounts.objects.values_list("supports", flat=True).get(pk=idea.pk)
        return JsonResponse({"supported": wanted, "supports": supports})
    return see_other(back_to(request, f"/idees/{reference}/"))


@require_POST
@screen
@signed_in
def follow(request, reference):
    """Ask for news of an idea (``suivi=1``), or for none (``suivi=0``)."""
    wanted = request.POST.get("suivi", "1") != "0"
    services.set_follow(idea=_visible(request, reference), actor=request.user, wanted=wanted)
    if wants_json(request):
        return JsonResponse({"followed": wanted})
    return see_other(back_to(request, f"/idees/{reference}/"))
