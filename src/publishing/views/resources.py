"""Taking a resource: counted, then given."""

from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import resources
from ..models import ResourcePage


@require_safe
def take(request, page):
    """Lead to the document or the address, one more time taken; what the person may not read doesn't exist."""
    found = ResourcePage.objects.visible_to(request.viewer).filter(pk=page).select_related("document").first()
    url = (found.document.url if found.document else found.address) if found else ""
    if not url:
        raise Http404(_("There is no resource here."))
    if request.method == "GET":
        resources.count_taken(found)
    response = HttpResponseRedirect(url)
    response.headers["Cache-Control"] = "private, no-store"
    return response
