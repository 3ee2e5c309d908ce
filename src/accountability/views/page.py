"""The page of one measure, for everybody; its pictures; and the workshop of those who run some."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations import uploads

from .. import measure_page
from ..models import Measure, ProgressNote
from ..rules import may_work_on_measures
from .gate import screen, signed_in


@require_safe
@screen
def measure(request, reference):
    """A measure: where it stands, its steps, its news, its figure; for those who run it, what they may do."""
    page = measure_page.read(request.viewer, reference)
    return render(request, "accountability/measure.html", {"nav_key": "measures", "page": page, "row": page.row})


@require_safe
@screen
def photo(request, reference, token):
    """The picture of a piece of news, through the gate of its measure."""
    seen = Measure.objects.visible_to(request.viewer).filter(reference=reference)
    note = ProgressNote.objects.filter(token=token, measure__in=seen).exclude(photo="").first()
    if note is None:
        raise Http404(_("There is no photo here."))
    return uploads.private_response(note.photo, allowed=True)


@require_safe
@screen
@signed_in
def workshop(request):
    """What waits for the viewer among measures: silent ones first, then those to publish, to confirm, under way."""
    if not may_work_on_measures(request.viewer):
        raise PermissionDenied(_("This workshop is for those who run measures."))
    groups = measure_page.workshop(request.viewer)
    return render(request, "accountability/workshop.html", {"nav_key": "workshop", "groups": groups})
