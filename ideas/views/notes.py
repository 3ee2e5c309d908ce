"""Internal notes: one page for those who handle the idea, to read, write and correct."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations import references
from src.foundations.gates import see_other

from .. import selectors, services
from ..forms.notes import NoteForm
from ..models import IdeaNote
from .gate import calm, screen, signed_in
from .reporting import tell_form


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def notes(request, reference):
    """Read the notes, write one, or correct one's own (``?modifier=REF``)."""
    page = selectors.idea_page(request.viewer, reference)
    found = selectors.notes_page(request.viewer, page.idea)
    edited = _edited(request, page)
    initial = {"text": edited.text} if edited else {}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        calm(request, "note", limit=20)
        try:
            _keep(request, page, edited, form)
        except ValidationError as refusal:
            tell_form(form, refusal)
        else:
            return see_other(f"{page.row.url}notes/")
    context = {"nav_key": "ideas", "page": page, "row": page.row, "notes": found, "form": form, "edited": edited}
    return render(request, "ideas/notes.html", context, status=422 if form.errors else 200)


def _edited(request, page):
    """The note to correct: one's own, among those one reads."""
    asked = request.POST.get("note", "") or request.GET.get("modifier", "")
    if not asked:
        return None
    found = IdeaNote.objects.visible_to(request.viewer).filter(
        idea=page.idea, writer_id=request.viewer.user_id, reference=references.normalise(asked[:12])
    )
    note = found.first()
    if note is None:
        raise PermissionDenied(_("Only who wrote a note corrects it, while they handle the idea."))
    return note


def _keep(request, page, edited, form) -> None:
    text = form.cleaned_data["text"]
    if edited is None:
        token = form.cleaned_data["token"]
        services.write_note(idea=page.idea, actor=request.user, text=text, submission_token=token)
        messages.success(request, _("Your note is kept."))
    elif services.edit_note(note=edited, actor=request.user, text=text):
        messages.success(request, _("Your note is changed."))
