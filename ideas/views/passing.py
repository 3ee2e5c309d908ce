"""The page from which an idea passes to another space, for those who orient it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations.gates import see_other

from .. import selectors, services
from ..forms.passing import MOVE, PassForm
from .gate import calm, screen, signed_in
from .transitions import report
from .words import badge_of


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def pass_on(request, reference):
    """Move the idea or copy it, with a reason; the spaces that can't take it are shown with why."""
    page = selectors.idea_page(request.viewer, reference)
    if not services.may_pass(request.viewer, page.idea):
        raise PermissionDenied(_("An idea passes to another space by those who orient it."))
    found = selectors.spaces_for(request.viewer, page.idea)
    open_ones = {space.slug: space for space, refusal in found if not refusal}
    form = PassForm(request.POST if request.method == "POST" else None, spaces=open_ones.values())
    if request.method == "POST" and form.is_valid():
        calm(request, "step", limit=60)
        verb = services.move_idea if form.cleaned_data["what"] == MOVE else services.copy_idea
        try:
            passage = verb(
                idea=page.idea,
                to_space=open_ones[form.cleaned_data["space"]],
                actor=request.user,
                text=form.cleaned_data["text"],
            )
        except ValidationError as refusal:
            report(form, refusal)
        else:
            said = _("The idea is in “%(name)s”. Its author is told.") % {"name": passage.to_space.name}
            messages.success(request, said)
            return see_other(reverse("ideas:detail", args=[passage.idea.reference]))
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "badge": badge_of(page.row),
        "form": form if open_ones else None,
        "refused": [(space, refusal) for space, refusal in found if refusal],
    }
    return render(request, "ideas/pass_on.html", context, status=422 if form.errors else 200)
