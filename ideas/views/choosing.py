"""Choosing k ideas among those studied: the answers side by side, read again, announced together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from src.accountability import services as accountability
from src.foundations.gates import see_other
from src.participation.models import Space

from .. import selectors, services
from ..forms.after_vote import AfterVoteForm
from ..forms.choosing import NotChosenForm
from .announcements import Prepared, refuse_announced
from .gate import calm, screen, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def choice(request, slug):
    """One choice, for the people who decide; announcing one more or one less than told is refused in words."""
    page = _page(request, slug)
    action = request.POST.get("action", "")
    if action == "not_chosen":
        return _not_chosen(request, page)
    if action in ("review", "announce"):
        return _leave(request, page, announce=action == "announce")
    return _screen(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def after_vote(request, slug):
    """The answers that the vote of the space asks for, prepared together on one page."""
    page = _page(request, slug)
    if page.vote is None or not page.to_write_after_vote:
        if request.method == "POST":
            messages.warning(request, _("Every answer that the vote asks for is prepared already."))
        return see_other(reverse("ideas:choice", kwargs={"slug": slug}))
    form = AfterVoteForm(request.POST if request.method == "POST" else None, page=page)
    if request.method == "POST" and form.is_valid():
        calm(request, "step", limit=60)
        try:
            prepared = services.prepare_after_vote(space=page.space, answers=form.answers(), actor=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _prepared_words(prepared))
            return see_other(reverse("ideas:choice", kwargs={"slug": slug}))
    context = {"nav_key": "ideas", "page": page, "form": form}
    return render(request, "ideas/choice_vote.html", context, status=422 if form.is_bound else 200)


def _page(request, slug):
    """The choice, for the people who decide there."""
    try:
        page = selectors.choice_page(request.viewer, slug)
    except Space.DoesNotExist:
        raise Http404(_("There is no such choice.")) from None
    if not selectors.decides_there(request.viewer, page.space):
        raise PermissionDenied(_("The choice is made by the people who decide for the unit that runs this space."))
    return page


def _prepared_words(number: int) -> str:
    return ngettext(
        "%(n)d answer is prepared. Nobody else sees it.", "%(n)d answers are prepared. Nobody else sees them.", number
    ) % {"n": number}


def _screen(request, page, *, form=None, error="", status=200):
    form = form or NotChosenForm(candidates=page.without_answer)
    context = {"nav_key": "ideas", "page": page, "form": form, "error": error}
    return render(request, "ideas/choice.html", context, status=status)


def _not_chosen(request, page):
    """The same answer prepared for every idea ticked, or for none when one of them refuses it."""
    form = NotChosenForm(request.POST, candidates=page.without_answer)
    if not form.is_valid():
        return _screen(request, page, form=form, status=422)
    calm(request, "step", limit=60)
    prepared = services.prepare_not_chosen(
        space=page.space, references=form.cleaned_data["ideas"], actor=request.user, **form.answer()
    )
    messages.success(request, _prepared_words(prepared))
    return see_other(reverse("ideas:choice", kwargs={"slug": page.space.slug}))


def _leave(request, page, *, announce: bool):
    asked = request.POST.getlist("idea")
    if announce and sorted(asked) != sorted(decision.subject_reference for decision in page.decisions):
        refuse_announced(request.viewer, asked)
        return _screen(request, page, error=_("An answer has just changed: read them again."), status=422)
    refusal = page.count.refusal
    if page.own_is_there:
        refusal = _("You wrote one of the ideas studied here: somebody else announces this choice.")
    if refusal:
        return _screen(request, page, error=refusal, status=422)
    if not announce:
        chosen = [Prepared(row.decision, row.title, row.url) for row in page.candidates]
        chosen.sort(key=lambda row: row.decision.outcome not in ("accepted", "pilot"))
        return render(request, "ideas/choice_confirm.html", {"nav_key": "ideas", "page": page, "chosen": chosen})
    accountability.announce_together(page.decisions, actor=request.user)
    messages.success(
        request,
        ngettext("%(n)d answer is announced.", "%(n)d answers are announced.", len(page.decisions))
        % {"n": len(page.decisions)},
    )
    return see_other(f"{reverse('ideas:list')}?boite={page.space.slug}")
