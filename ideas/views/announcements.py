"""Announcing prepared decisions, several at once: what deciders do when a committee has met."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from src.accountability import services as accountability
from src.accountability.models import Decision
from src.accountability.selectors import prepared_decisions
from src.foundations import references as known_references
from src.foundations.gates import see_other

from .. import selectors
from ..models import Idea
from .gate import screen, signed_in


@dataclass(frozen=True)
class Prepared:
    """A prepared answer beside the idea it answers."""

    decision: Decision
    title: str
    url: str

    @property
    def reference(self) -> str:
        return self.decision.subject_reference


def prepared_for(viewer) -> list[Prepared]:
    """Answers the viewer prepared or decides on, with their ideas; nothing for anybody else. Two statements."""
    decisions = [
        decision for decision in prepared_decisions(viewer).filter(subject_kind=Idea.subject_kind, is_fast_lane=False)
    ]
    ideas = Idea.objects.visible_to(viewer).in_bulk(
        [decision.subject_reference for decision in decisions], field_name="reference"
    )
    return [
        Prepared(decision, idea.title, idea.get_absolute_url())
        for decision in decisions
        if (idea := ideas.get(decision.subject_reference)) is not None
    ]


def refuse_announced(viewer, references: list[str]) -> None:
    """Refuse answers that somebody announced in the meantime: the viewer reads who, and when."""
    answers = Decision.objects.visible_to(viewer).filter(subject_kind=Idea.subject_kind)
    asked = [known_references.normalise(one[:20]) for one in references[:100]]
    refusal = accountability.announced_meanwhile(answers.filter(subject_reference__in=asked))
    if refusal is not None:
        raise refusal


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def announcements(request):
    """Tick the answers, read them again, announce them together. Deciders alone know the page has anything."""
    if "to_decide" not in selectors.queue_counts(request.viewer):
        raise PermissionDenied(_("Answers are announced by the people who decide."))
    prepared = prepared_for(request.viewer)
    asked = request.POST.getlist("idea")
    chosen = [row for row in prepared if row.reference in asked]
    context = {"nav_key": "ideas", "prepared": prepared, "chosen": chosen}
    if request.method != "POST":
        return render(request, "ideas/announcements.html", context)
    if len(chosen) < len(asked):
        refuse_announced(request.viewer, asked)
    if not chosen:
        context["error"] = _("Tick one answer at least.")
        return render(request, "ideas/announcements.html", context, status=422)
    if request.POST.get("confirm") != "1":
        return render(request, "ideas/announce_confirm.html", context)
    accountability.announce_together([row.decision for row in chosen], actor=request.user)
    messages.success(
        request,
        ngettext("%(n)d answer is announced.", "%(n)d answers are announced.", len(chosen)) % {"n": len(chosen)},
    )
    return see_other(reverse("ideas:workshop"))
