"""Répondre ensemble: one answer written once for several ideas of a queue, each keeping its page and promise."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from src.foundations import references as known_references
from src.foundations.gates import see_other

from .. import selectors, services
from ..forms.answers import TogetherForm
from .gate import calm, screen, signed_in
from .queues import CARDS, not_for_everybody
from .transitions import report, untick

CONSEQUENCES = {
    "fast_answer": (
        ("pencil", gettext_lazy("The direction's delegate signs them in one go. The authors read nothing yet.")),
        ("clock", gettext_lazy("No promised date moves: each one is kept by the announced answer.")),
        ("copy", gettext_lazy("The ideas stay apart: each has its page, its supports and its answer.")),
    ),
    "decision": (
        ("lock", gettext_lazy("Prepared together: nobody else sees them before you announce them.")),
        ("clock", gettext_lazy("No promised date moves: each one is kept by the announced answer.")),
        ("copy", gettext_lazy("The ideas stay apart: each has its page, its supports and its answer.")),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def together(request, name):
    """Tick ideas of a queue, write one answer, and send it to all of them; some that can't take it are unticked."""
    kind = selectors.ANSWERED_TOGETHER.get(name)
    if kind is None:
        raise Http404(_("There is no such queue."))
    if name not in selectors.queue_counts(request.viewer):
        raise PermissionDenied(not_for_everybody())
    asked = [known_references.normalise(one) for one in (request.POST or request.GET).getlist("together")]
    choices = selectors.choices_in(request.viewer, name)
    ideas = selectors.ideas_named(request.viewer, [choice.reference for choice in choices])
    close = request.GET.get("close", "")
    if close and request.method != "POST":
        asked = selectors.close_to(ideas, known_references.normalise(close))
    # Those ticked in the queue come first: what one chose is read before what one may still add.
    choices.sort(key=lambda choice: choice.reference not in asked)
    form = TogetherForm(
        request.POST if request.method == "POST" else None,
        initial={"together": asked},
        choices=choices,
        ideas=ideas,
        deciding=kind == "decision",
        viewer=request.viewer,
    )
    if request.method == "POST" and "insert" in request.POST:
        form = form.with_template(request.POST)
    elif request.method == "POST" and form.is_valid():
        calm(request, "step", limit=60)
        chosen = [idea for idea in ideas if idea.reference in form.cleaned_data["together"]]
        try:
            _send(kind, chosen, request.user, form)
        except ValidationError as refusal:
            report(form, refusal)
            untick(form, refusal)
        else:
            messages.success(request, _sent(kind, len(chosen)))
            return see_other(reverse("ideas:queue", kwargs={"name": name}))
    gone = set(asked) - {choice.reference for choice in choices}
    label, _icon, _text = CARDS[name]
    context = {
        "nav_key": "ideas",
        "name": name,
        "label": label,
        "form": form,
        "gone": len(gone),
        "alone": bool(close) and len(asked) < 2,
        "deciding": kind == "decision",
        "consequences": [{"icon": icon, "sentence": sentence} for icon, sentence in CONSEQUENCES[kind]],
    }
    return render(request, "ideas/together.html", context, status=422 if form.errors else 200)


def _send(kind: str, ideas, user, form) -> None:
    if kind == "decision":
        planned_for = form.cleaned_data["planned_for"]
        services.prepare_together(ideas=ideas, actor=user, planned_for=planned_for, **form.answers())
    else:
        services.draft_together(ideas=ideas, actor=user, **form.answers())


def _sent(kind: str, count: int) -> str:
    if kind == "decision":
        words = ngettext(
            "The answer is prepared for %(n)d idea. Nobody else sees it.",
            "The answer is prepared for %(n)d ideas. Nobody else sees it.",
            count,
        )
    else:
        words = ngettext(
            "The answer to %(n)d idea goes to the delegate, who countersigns it.",
            "The answer to %(n)d ideas goes to the delegate, who countersigns it.",
            count,
        )
    return words % {"n": count}
