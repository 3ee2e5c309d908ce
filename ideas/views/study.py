"""The study seen by those asked to assess: the scorecard, stepping aside, and the first reading."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations.gates import see_other

from .. import selectors, services
from ..forms.study import AssessmentForm
from .gate import screen, signed_in
from .queues import CARDS, next_address
from .words import badge_of


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def assess(request, reference):
    """Give one's scorecard, or step aside. Others' cards and medians come after one's own."""
    page = selectors.idea_page(request.viewer, reference)
    workshop = selectors.workshop(request.viewer, page.idea) if page.can.get("see_workshop") else None
    asked = page.can.get("assess")
    if not asked and not page.is_mine and services.in_conflict(page.idea, request.viewer):
        raise PermissionDenied(services.conflict_sentence())
    only_aside = any(action.kind == "seat" for action in page.actions)
    if not asked and not only_aside and (workshop is None or workshop.my_assessment is None):
        raise PermissionDenied(_("You aren't asked to assess this idea."))
    queue = request.POST.get("file") or request.GET.get("file", "")
    queue = queue if queue in CARDS else ""
    form = AssessmentForm(request.POST if request.method == "POST" and asked else None)
    if request.method == "POST" and (asked or only_aside):
        answer = _answered(request, page, form, queue)
        if answer is not None:
            return answer
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "badge": badge_of(page.row),
        "form": form if asked else None,
        "only_aside": only_aside,
        "workshop": workshop,
        "queue": queue,
        "queue_label": CARDS[queue][0] if queue else "",
    }
    return render(request, "ideas/assess.html", context, status=422 if form.errors else 200)


def _answered(request, page, form, queue):
    """Keep the card or the refusal to sit; None when the form has to be corrected."""
    if request.POST.get("action") == "step_aside":
        services.decline_seat(idea=page.idea, actor=request.user)
        messages.success(request, _("You have stepped aside. No reason is kept."))
        return see_other(reverse("ideas:queue", kwargs={"name": "to_study"}))
    if request.POST.get("action") == "conflict":
        services.declare_conflict(idea=page.idea, actor=request.user)
        messages.success(request, _("Your conflict of interest is written: you don't score this idea."))
        return see_other(reverse("ideas:queue", kwargs={"name": "to_study"}))
    if not form.is_bound or not form.is_valid():
        return None
    following = selectors.next_in_queue(request.viewer, queue, page.row.reference) if queue else None
    try:
        services.assess(idea=page.idea, actor=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        for field, errors in refusal.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)
        return None
    messages.success(request, _("Thank you, your assessment is kept. Here are the others."))
    if queue and "next" in request.POST:
        return see_other(next_address(request.viewer, queue, following))
    return see_other(reverse("ideas:assess", kwargs={"reference": page.row.reference}))


@require_POST
@screen
@signed_in
def first_reading(request, reference):
    """Say under one's first name that the idea was read."""
    page = selectors.idea_page(request.viewer, reference)
    if not page.can.get("read_first"):
        raise PermissionDenied(_("The first reading is told by the people who work on this idea."))
    services.mark_first_reading(idea=page.idea, actor=request.user)
    messages.success(request, _("The author knows that you have read the idea."))
    return see_other(page.row.url)
