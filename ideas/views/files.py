"""The files of an idea: served through its gate, added, ordered and taken away by its author."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import uploads
from src.foundations.gates import see_other

from .. import selectors, services
from ..forms.details import FileForm
from ..models import IdeaFile
from .gate import calm, screen, signed_in
from .reporting import tell_form


@require_safe
@screen
def photo(request, reference):
    """The first picture of an idea: an address that pages kept elsewhere still know."""
    return _served(request, reference, "")


@require_safe
@screen
def file(request, reference, name):
    """A file of an idea, through the same gate as the idea; ``?petite=1`` gives a picture as pages show it."""
    return _served(request, reference, name)


def _served(request, reference, name):
    try:
        found = selectors.file_of(request.viewer, reference, name)
    except IdeaFile.DoesNotExist:
        raise Http404(_("There is no file here.")) from None
    if found.is_document:
        return uploads.private_response(found.file, allowed=True, filename=selectors.download_name(found))
    small = found.small if "petite" in request.GET else None
    return uploads.private_response(small or found.file, allowed=True)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def files(request, reference):
    """The author's page: add one file a request, change the order, take one away after a confirmation."""
    page = selectors.idea_page(request.viewer, reference)
    if not page.can.get("photo"):
        raise PermissionDenied(_("Only its author adds files, before the answer."))
    part = request.POST.get("part", "")
    gesture = _GESTURES.get(part)
    if gesture is not None:
        gesture(request, page)
        return see_other(f"{page.row.url}fichiers/")
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*posted, pictures_only=page.idea.is_sealed)
    if posted and form.is_valid():
        calm(request, "file", limit=60, per=600)
        cleaned = form.cleaned_data
        try:
            services.add_file(idea=page.idea, actor=request.user, upload=cleaned["file"], alt=cleaned["alt"])
        except ValidationError as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("Your file is added."))
            return see_other(f"{page.row.url}fichiers/")
    asked = request.GET.get("retirer", "")
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "form": form if len(page.files.all) < selectors.FILES_MAX or form.errors else None,
        "removing": next((one for one in page.files.all if one.name == asked), None),
    }
    return render(request, "ideas/files.html", context, status=422 if form.errors else 200)


def _remove(request, page) -> None:
    if services.remove_file(idea=page.idea, actor=request.user, name=request.POST.get("file", "")):
        messages.success(request, _("The file is gone."))


def _up(request, page) -> None:
    services.move_file(idea=page.idea, actor=request.user, name=request.POST.get("file", ""), up=True)


def _down(request, page) -> None:
    services.move_file(idea=page.idea, actor=request.user, name=request.POST.get("file", ""), up=False)


_GESTURES = {"remove": _remove, "up": _up, "down": _down}
