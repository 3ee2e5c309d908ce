"""Commenting an idea, or answering a comment: one level deep."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from src.foundations.gates import see_other
from src.participation import holding
from src.participation.enums import IdentityMode, Visibility
from src.participation.services import authorship

from .. import selectors, services
from ..models import IdeaComment
from ..models.comment import comment_url
from .detail import comment_form_for, show
from .gate import calm, screen, signed_in


@require_POST
@screen
@signed_in
def comment(request, reference):
    """Publish a comment; refused, it comes back with what was typed."""
    calm(request, "comment", limit=20, per=600)
    page = selectors.idea_page(request.viewer, reference)
    form = comment_form_for(request, page, data=request.POST)
    if form is None:
        raise PermissionDenied(_("Comments are closed for this idea."))
    held = holding.held_page(request, "text", leave_url=page.row.url)
    if held is not None:
        return held
    if not form.is_valid():
        return show(request, reference, comment_form=form, status=422)
    try:
        published = services.comment(
            idea=page.idea,
            actor=request.user,
            body=form.cleaned_data["text"],
            parent=_parent(request, page, form.cleaned_data["parent"]),
            identity_mode=form.identity_mode,
            official_role=form.speaks_for,
            submission_token=form.cleaned_data["token"],
        )
    except ValidationError as refusal:
        form.add_error("text", refusal)
        return show(request, reference, comment_form=form, status=422)
    messages.success(request, _("Your comment is published."))
    response = see_other(comment_url(page.row.reference, published.reference))
    if published.identity_mode == IdentityMode.PROTECTED:
        authorship.remember_in_response(response, request, published.handle)
    return response


def _parent(request, page, reference):
    """The comment answered; an unknown one counts as none."""
    if not reference:
        return None
    comments = IdeaComment.objects.visible_to(request.viewer).filter(
        idea=page.idea, parent=None, visibility=Visibility.SHOWN
    )
    return comments.filter(reference=reference.upper()).first()
