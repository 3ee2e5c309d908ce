"""The page of a merge: proposed by those who orient, answered by the authors, undone for seven days."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations import references
from src.foundations.gates import see_other
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.sentences import already_moved

from .. import rules, selectors, services
from ..forms.merging import YES, MergeAnswerForm, MergeForm
from ..models import Idea
from .gate import calm, screen, signed_in
from .propose import similar_to
from .reporting import tell_form
from .words import badge_of


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def merge(request, reference):
    """One page for the whole of it: what may be done depends on who reads it, and on how far the merge is."""
    page = selectors.idea_page(request.viewer, reference)
    view = selectors.merge_to_answer(request.viewer, page.idea)
    if request.method == "POST":
        calm(request, "merge", limit=30)
    if view is not None and request.method == "POST":
        gesture = _GESTURES.get(request.POST.get("action", ""))
        if gesture is not None:
            return gesture(request, page, view)
    if view is not None and (view.is_open or view.may_undo or page.is_mine or page.is_staff):
        form = MergeAnswerForm(request.POST if request.method == "POST" else None) if view.awaits_me else None
        if form is not None and request.method == "POST" and form.is_valid():
            return _answer(request, page, view, form)
        return _draw(request, page, view, form)
    if not page.can.get("merge"):
        if rules.orients(request.viewer, page.idea):
            raise TransitionNotAllowed(already_moved(page.idea, "staff"))
        raise PermissionDenied(_("Merging is proposed by those who orient ideas."))
    return _propose(request, page)


def _propose(request, page):
    idea = page.idea
    close = [
        row
        for row in similar_to(request.viewer, f"{idea.title}\n{idea.body}")
        if row.reference != idea.reference and row.accepts_supports
    ]
    form = MergeForm(request.POST if request.method == "POST" else None, close=close)
    if request.method == "POST" and form.is_valid():
        wanted = references.normalise(form.wanted())
        parent = (
            Idea.objects.visible_to(request.viewer).select_related("space", "unit").filter(reference=wanted).first()
        )
        if parent is None:
            form.add_error("reference", _("No idea has this reference: check the six signs on its page."))
        else:
            try:
                services.propose_merge(idea=idea, parent=parent, actor=request.user, text=form.cleaned_data["text"])
            except ValidationError as refusal:
                errors = {"close" if name == "parent" and "close" in form.fields else
                          "reference" if name == "parent" else name: said
                          for name, said in refusal.error_dict.items()}  # fmt: skip
                tell_form(form, ValidationError(errors))
            else:
                messages.success(request, _("The two authors are asked. Without an answer in 14 days, it is a yes."))
                return see_other(page.row.url)
    return _draw(request, page, None, form)


def _draw(request, page, view, form):
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "badge": badge_of(page.row),
        "merge": view,
        "form": form,
        "may_drop": view is not None and view.is_open and rules.orients(request.viewer, page.idea),
    }
    return render(request, "ideas/merge.html", context, status=422 if form is not None and form.errors else 200)


def _answer(request, page, view, form):
    agrees = form.cleaned_data["answer"] == YES
    proposal = services.answer_merge(proposal=view.proposal, actor=request.user, agrees=agrees)
    if proposal.state == "merged":
        said = _("Thank you. The two ideas are merged; you can separate them for seven days.")
    elif agrees:
        said = _("Thank you. The other author is asked too.")
    else:
        said = _("Noted: the two ideas stay apart.")
    messages.success(request, said)
    return see_other(page.row.url)


def _drop(request, page, view):
    services.drop_merge(proposal=view.proposal, actor=request.user)
    messages.success(request, _("The merge is given up. The authors are told."))
    return see_other(page.row.url)


def _undo(request, page, view):
    services.undo_merge(proposal=view.proposal, actor=request.user)
    messages.success(request, _("The two ideas are separate again, each with its date and its supports."))
    return see_other(page.row.url)


_GESTURES = {"drop": _drop, "undo": _undo}
