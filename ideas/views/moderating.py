"""The moderators' desk: the queue of texts to read, and the page where one is decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.directory.enums import Role
from src.foundations import references
from src.foundations.gates import see_other
from src.participation.models import Space

from .. import rules, selectors, services
from ..forms.moderation import KEEP, REMOVE, RESTORE, AppealAnswerForm, DecisionForm, QueueForm
from ..selectors.moderation import OBJECTIONS, STATES, TO_READ, WITHHELD
from .gate import calm, screen, signed_in
from .reporting import tell_form

PAGE_SIZE = 20


def moderation_card(viewer) -> dict | None:
    """The queue as a card of the workshop; None for who doesn't moderate."""
    counts = selectors.moderation_counts(viewer)
    if not counts:
        return None
    waiting = counts[TO_READ] + counts[OBJECTIONS]
    if not waiting and not viewer.has_role(Role.MODERATOR):
        # Administrators come here for the objections nobody else may answer.
        return None
    return {
        "name": "moderation",
        "label": _("To moderate"),
        "icon": "flag",
        "text": _("Read what was reported, keep or remove, answer objections."),
        "count": waiting,
        "url": reverse("ideas:moderation"),
    }


@require_safe
@screen
@signed_in
def queue(request):
    """Reported texts, what must be read soonest first; objections; what was decided."""
    counts = selectors.moderation_counts(request.viewer)
    if not counts:
        raise PermissionDenied(_("This queue is for the people who moderate."))
    asked = QueueForm.read(request.GET)
    found = selectors.moderation_queue(
        request.viewer,
        state=asked["etat"],
        kind=asked["genre"],
        reason=asked["motif"],
        space=asked["boite"],
        cursor=request.GET.get("page", ""),
        size=PAGE_SIZE,
    )
    given = {name: value for name, value in asked.items() if value and (name, value) != ("etat", TO_READ)}
    boxes = Space.objects.visible_to(request.viewer).order_by("name")
    spaces = [(box.slug, box.name) for box in boxes if rules.ACTIVITY in box.activities]
    context = {
        "nav_key": "ideas",
        "rows": found.rows,
        "state": asked["etat"],
        "filtered": bool(set(given) - {"etat"}),
        "reset_url": f"{request.path}?{urlencode({'etat': asked['etat']})}" if set(given) - {"etat"} else "",
        "filter_form": QueueForm(asked, spaces=spaces),
        "next_page": f"?{urlencode({**given, 'page': found.next_cursor})}" if found.next_cursor else "",
        "previous_page": f"?{urlencode({**given, 'page': found.previous_cursor})}" if found.previous_cursor else "",
        "tabs": [
            {
                "label": label,
                "url": f"{request.path}?{urlencode({'etat': state})}",
                "current": state == asked["etat"],
                "count": counts.get(state),
            }
            for state, label in STATES.items()
        ],
        "withheld": counts[WITHHELD],
    }
    return render(request, "ideas/moderation_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def moderate(request, reference):
    """Read a text with its reports, and decide; or answer its author's objection. Then the next one."""
    asked = references.normalise((request.POST.get("commentaire") or request.GET.get("commentaire") or "")[:8])
    view = selectors.case_view(request.viewer, reference, asked)
    following = bool(request.POST.get("file") or request.GET.get("file"))
    data = request.POST if request.method == "POST" else None
    if view.may_answer:
        form, act = AppealAnswerForm(data), _answer
    elif view.may_decide:
        form, act = _decision_form(view, data), _decide
    else:
        form, act = None, None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(view.refusal or _("Nothing waits for a decision here any more."))
        calm(request, "moderate", limit=60)
        if form.is_valid():
            try:
                said = act(request, view, form.cleaned_data)
            except ValidationError as wrong:
                tell_form(form, wrong)
            else:
                messages.success(request, said)
                return see_other(_after(request, view, following))
    context = {
        "nav_key": "ideas",
        "view": view,
        "form": form,
        "following": following,
        "answers": view.may_answer,
        "back": view.idea.get_absolute_url() if rules.can_view(request.viewer, view.idea) else "",
    }
    return render(request, "ideas/moderate.html", context, status=422 if form is not None and form.errors else 200)


def _decision_form(view, data) -> DecisionForm:
    initial = {"decisions": view.decisions}
    # A choice made before somebody else decided is refused in words, not as a choice that isn't offered.
    may_keep = view.case is not None or (data is not None and data.get("decision") == KEEP)
    return DecisionForm(data, may_keep=may_keep, was_hidden=view.is_hidden, initial=initial)


def _decide(request, view, answers) -> str:
    about = {
        "idea": view.idea,
        "comment": view.comment,
        "actor": request.user,
        "remark": answers["remark"],
        "decisions": answers["decisions"],
    }
    if answers["decision"] == KEEP:
        services.keep(**about)
        return _("“%(title)s”: kept.") % {"title": view.title}
    assert answers["decision"] == REMOVE  # noqa: S101 - the form offers two choices
    services.take_off(**about, reason_code=answers["reason_code"], text=answers["text"])
    return _("“%(title)s”: removed. Its author is told why.") % {"title": view.title}


def _answer(request, view, answers) -> str:
    restored = answers["decision"] == RESTORE
    services.answer_appeal(
        idea=view.idea, comment=view.comment, actor=request.user, restored=restored, text=answers["text"]
    )
    words = {"title": view.title}
    return _("“%(title)s”: shown again.") % words if restored else _("“%(title)s”: the removal is upheld.") % words


def _after(request, view, following: bool) -> str:
    if following and "next" in request.POST:
        address = selectors.next_case(request.viewer, view.case)
        if address is not None:
            return f"{address}{'&' if '?' in address else '?'}file=1"
    return reverse("ideas:moderation") if following else view.url
