"""The text of a group: its form, and its document."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations import uploads
from src.foundations.gates import see_other
from src.participation import holding
from src.participation.enums import IdentityMode

from .. import selectors, services
from ..forms.group import GroupProposalForm
from .gate import calm, screen, signed_in
from .propose import forget_draft, space_asked
from .reporting import tell_form


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def propose(request):
    """One form for a group; sending answers with the receipt, as for any idea."""
    space = space_asked(request)
    if space is None or IdentityMode.NAMED not in space.identity_modes:
        return see_other(f"{reverse('ideas:new')}?ailleurs=1")
    if request.method != "POST":
        return _screen(request, space, GroupProposalForm())
    held = holding.held_page(request, "title", "body", leave_url=reverse("ideas:list"))
    if held is not None:
        forget_draft(request)
        return held
    form = GroupProposalForm(request.POST, request.FILES)
    if not form.is_valid():
        return _screen(request, space, form, status=422)
    calm(request, "propose", limit=20, per=3600)
    cleaned = form.cleaned_data
    try:
        receipt = services.submit_group_idea(
            actor=request.user,
            space=space,
            kind=cleaned["kind"],
            name=cleaned["name"],
            body=cleaned["body"],
            title=cleaned["title"],
            document=cleaned["document"],
            document_title=cleaned["document_title"],
            submission_token=cleaned["token"] or uuid.uuid4(),
        )
    except ValidationError as refusal:
        tell_form(form, refusal)
        return _screen(request, space, form, status=422)
    forget_draft(request)
    return see_other(reverse("ideas:received", kwargs={"reference": receipt.reference}))


def _screen(request, space, form, status=200):
    context = {
        "nav_key": "ideas",
        "space": space,
        "form": form,
        "as_idea": "1" if request.POST.get(holding.CHOSEN) == "1" else "",
        "file_lost": bool(request.FILES),
    }
    return render(request, "ideas/propose_group.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def document(request, reference):
    """The document of a group, through the same gate as its idea; a POST of its spokesperson takes it away."""
    group = selectors.group_document(request.viewer, reference)
    if group is None:
        raise Http404(_("There is no document here."))
    if request.method == "POST":
        if not request.viewer.is_authenticated:
            raise PermissionDenied(_("Only the spokesperson of the group takes its document away."))
        services.remove_document(idea=group.idea, actor=request.user)
        messages.success(request, _("The document is taken away."))
        return see_other(group.idea.get_absolute_url())
    name = f"{slugify(group.document_title)[:60] or 'document'}.pdf"
    return uploads.private_response(group.document, allowed=True, filename=name)
