"""The author thanks those who answered, once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations.gates import see_other
from src.participation import holding
from src.participation.enums import IdentityMode
from src.participation.services import authorship
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules, selectors, services
from ..forms.thanks import ThanksForm
from ..models.comment import comment_url
from .gate import calm, screen, signed_in
from .reporting import tell_form


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def thank(request, reference):
    """Write a word to those who answered; its author alone, once an answer."""
    page = selectors.idea_page(request.viewer, reference)
    if not page.is_mine:
        raise PermissionDenied(_("Only its author thanks those who answered an idea."))
    form = ThanksForm(request.POST if request.method == "POST" else None)
    held = holding.held_page(request, "text", leave_url=page.row.url) if request.method == "POST" else None
    if held is not None:
        return held
    if request.method == "POST" and form.is_valid():
        calm(request, "thank", limit=10, per=600)
        try:
            sent = services.thank(
                idea=page.idea,
                actor=request.user,
                body=form.cleaned_data["text"],
                submission_token=form.cleaned_data["token"],
            )
        except ValidationError as refusal:
            tell_form(form, ValidationError({"text": refusal.message_dict.get("body", refusal.messages)}))
        else:
            messages.success(request, _("Your thanks are sent to those who answered."))
            response = see_other(comment_url(page.row.reference, sent.reference))
            if sent.identity_mode == IdentityMode.PROTECTED:
                authorship.remember_in_response(response, request, sent.handle)
            return response
    elif refusal := rules.why_not_thank(page.idea):
        raise TransitionNotAllowed(refusal)
    context = {"nav_key": "ideas", "page": page, "row": page.row, "form": form}
    return render(request, "ideas/thank.html", context, status=422 if form.errors else 200)
