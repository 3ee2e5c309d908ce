"""The editors' side of dossiers: files through the gate, a report that stays, what is held told in words."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from src.directory.viewer import as_viewer
from src.participation import neutral

from .models import ConsultationDossier, DossierTold
from .rules import may_read_document


@hooks.register("before_serve_document")
def through_the_circle(document, request):
    """A file that dossiers hold is read by whoever reads one of them; for the others there is no such file."""
    viewer = getattr(request, "viewer", None) or as_viewer(request.user)
    if not may_read_document(viewer, document):
        raise Http404(_("This document does not exist, or is not shown to you."))


@hooks.register("before_delete_page")
def keep_what_was_told(request, page):
    """A dossier whose report was published stays: taken down if need be, never deleted."""
    return _refused(request, page) if _is_told(page) else None


@hooks.register("before_bulk_action")
def keep_what_was_told_in_bulk(request, action_type, objects, action_class_instance):
    """The same for several pages at once."""
    told = [page for page in objects if _is_told(page)] if action_type == "delete" else []
    return _refused(request, told[0]) if told else None


@hooks.register("after_publish_page")
def say_that_the_report_is_held(request, page):
    """In a pre-electoral period the page comes out, its report waits; whoever published it reads why."""
    dossier = page.specific
    if not isinstance(dossier, ConsultationDossier) or not dossier.shows_report or _is_told(page):
        return
    period = neutral.current()
    if period is not None:
        words = _("The page is published; its report is kept, and comes out by itself the day after.")
        messages.warning(request, f"{neutral.held_words(period)} {words}")


def _is_told(page) -> bool:
    told = DossierTold.objects.filter(dossier_id=getattr(page, "pk", None), what=DossierTold.REPORT)
    return hasattr(page, "url_path") and told.exists()


def _refused(request, page):
    words = _("The report of “%(title)s” was published: the dossier stays. It can be taken down.")
    messages.error(request, words % {"title": page.title})
    return redirect("wagtailadmin_pages:edit", page.pk)
