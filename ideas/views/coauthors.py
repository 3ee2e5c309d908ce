"""The authors of an idea: asked by who sent it, answered and left by each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations.gates import see_other
from src.foundations.numbers import whole

from .. import selectors, services
from ..forms.coauthors import InviteForm
from ..models import CoAuthor, CoAuthorState
from .gate import calm, screen, signed_in
from .reporting import tell_form
from .words import badge_of


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def authors(request, reference):
    """One page: who sent it asks; a colleague who was asked answers; who accepted may leave."""
    page = selectors.idea_page(request.viewer, reference)
    invitations = list(CoAuthor.objects.filter(idea=page.idea).select_related("user"))
    mine = next((one for one in invitations if one.user_id == request.viewer.user_id), None)
    is_first = page.idea.author_id == request.viewer.user_id
    if not is_first and (mine is None or mine.state not in (CoAuthorState.ASKED, CoAuthorState.ACCEPTED)):
        raise PermissionDenied(_("Only the authors of this idea, and the colleagues they ask, open this page."))
    form = InviteForm(request.POST if request.POST.get("action") == "invite" else None)
    if request.method == "POST":
        calm(request, "coauthors", limit=20, per=3600)
        answer = _done(request, page, form)
        if answer is not None:
            return answer
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "badge": badge_of(page.row),
        "form": form if page.can["invite"] else None,
        "is_first": is_first,
        "mine": mine,
        "invitations": [one for one in invitations if one.state != CoAuthorState.DROPPED] if is_first else [],
    }
    return render(request, "ideas/coauthors.html", context, status=422 if form.errors else 200)


def _done(request, page, form):
    """Do what was asked; None when the form has to be corrected."""
    idea, action = page.idea, request.POST.get("action", "")
    here = f"{page.row.url}auteurs/"
    if action == "invite":
        if not form.is_valid():
            return None
        try:
            invitation = services.invite_co_author(idea=idea, actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            tell_form(form, refusal)
            return None
        messages.success(
            request, _("%(name)s is asked, and answers when they like.") % {"name": invitation.user.short_name}
        )
        return see_other(here)
    if action == "drop":
        number = request.POST.get("invitation", "")
        services.drop_invitation(idea=idea, actor=request.user, invitation_pk=whole(number) or 0)
        messages.success(request, _("The invitation is taken back."))
        return see_other(here)
    if action in ("accept", "refuse"):
        services.answer_invitation(idea=idea, actor=request.user, agrees=action == "accept")
        messages.success(
            request,
            _("You are an author of this idea: it is among yours.")
            if action == "accept"
            else _("Noted: you don't sign this idea."),
        )
        return see_other(page.row.url)
    if action == "leave":
        services.leave_authors(idea=idea, actor=request.user)
        messages.success(request, _("Your name no longer stands on this idea."))
        return see_other(page.row.url)
    return see_other(here)
