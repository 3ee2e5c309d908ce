"""Taking a step: one page per step, with its form, its reason, and what follows from it told beforehand."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations.gates import see_other
from src.foundations.numbers import whole
from src.participation import holding
from src.workflow import process_cache
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.returning import can_go_back
from src.workflow.sentences import already_moved
from src.workflow.services import take_back as take_back_step

from .. import selectors, services
from ..enums import ALONE
from ..forms.transitions import FORMS
from .announcements import prepared_for
from .consequences import consequences_of
from .gate import calm, screen, signed_in
from .queues import CARDS, next_address
from .words import badge_of

# Several answers leave a stage by these forms: one page for them.
GROUPED = ("decision", "countersign")

TEMPLATES = {
    "countersign": "ideas/step_countersign.html",
    "decision": "ideas/step_answer.html",
    "fast_answer": "ideas/step_answer.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def take_step(request, reference, transition):
    """Show the form of a step, or take it: the core decides, this page tells."""
    page = selectors.idea_page(request.viewer, reference)
    step = _step(request.viewer, page, transition)
    queue = request.POST.get("file") or request.GET.get("file", "")
    queue = queue if queue in CARDS else ""
    form = _form(request, page, step)
    if step.form == "decision" and (refusal := services.another_decider(page.idea, request.viewer)):
        raise TransitionNotAllowed(refusal)
    # Told before anything is written.
    if step.guard == ALONE and (refusal := services.one_person_answer(page.idea, request.viewer, {})):
        raise TransitionNotAllowed(refusal)
    if request.method == "POST" and step.form in ("author_answer", "appeal"):
        held = holding.held_page(request, "text", leave_url=page.row.url)
        if held is not None:
            return held
    inserting = request.method == "POST" and "insert" in request.POST and hasattr(form, "with_template")
    if inserting:
        form = form.with_template(request.POST)
    elif request.method == "POST" and form.is_valid():
        calm(request, "step", limit=60)
        following = selectors.next_in_queue(request.viewer, queue, page.row.reference) if queue else None
        try:
            services.perform(idea=page.idea, transition=step.slug, actor=request.user, data=form.answers())
        except ValidationError as refusal:
            report(form, refusal)
            untick(form, refusal)
        else:
            return _done(request, page, step, queue, following)
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "badge": badge_of(page.row),
        "step": step,
        "step_label": _label(page, step),
        "form": form,
        "queue": queue,
        "queue_label": CARDS[queue][0] if queue else "",
        "consequences": consequences_of(page, step),
        "question": _open_question(page) if step.form == "author_answer" else "",
        "draft": selectors.fast_draft(request.viewer, page.idea) if step.form == "countersign" else None,
        "workshop": selectors.workshop(request.viewer, page.idea) if page.can.get("see_workshop") else None,
        "may_prepare": step.form == "decision",
        # Where several are chosen together, none is announced alone; what is looked at again is.
        "choice_slug": "" if services.is_beside_choice(page.idea) else _choice_of(page.idea.space),
    }
    template = TEMPLATES.get(step.form, "ideas/step.html")
    return render(request, template, context, status=422 if form.errors else 200)


def _choice_of(space) -> str:
    return space.slug if space.chosen_count else ""


@require_POST
@screen
@signed_in
def take_back(request, reference):
    """Go back on one's own last step while nobody is told; too late answers 409 with a sentence."""
    page = selectors.idea_page(request.viewer, reference)
    calm(request, "step", limit=60)
    passage = whole(request.POST.get("passage", ""))
    if passage is None:
        raise Http404(_("There is no such step."))
    take_back_step(page.idea, passage, actor=request.user)
    messages.success(
        request,
        _("“%(title)s”: you went back on this step. Nobody was told. The history keeps both passages.")
        % {"title": page.row.title},
    )
    queue = request.POST.get("file", "")
    return see_other(f"{page.row.url}?file={queue}" if queue in CARDS else page.row.url)


def _step(viewer, page, slug: str):
    """The transition, refused in the right order: unknown (404), not one's own (403), too late (409)."""
    idea = page.idea
    step = process_cache.graph(idea.process_id).transition(slug)
    if step is None:
        raise Http404(_("There is no such step."))
    roles = idea.roles_of(viewer)
    if not roles.intersection(step.who):
        raise PermissionDenied(_("This step is not yours to take."))
    if step.from_stage_id != idea.stage_id:
        role = next(role for role in step.who if role in roles)
        raise TransitionNotAllowed(already_moved(idea, role))
    return step


def _open_question(page) -> str:
    """What the team asked and the author hasn't answered yet."""
    return next((question.text for question in reversed(page.questions) if not question.answer), "")


def _label(page, step) -> str:
    """The words of the button that led here: one for the several answers of a decision."""
    if step.form not in GROUPED:
        return step.text
    return next((action.label for action in page.actions if action.form == step.form), step.text)


def _form(request, page, step):
    kind = FORMS[step.form]
    options = {"idea": page.idea, "viewer": request.viewer, "to_kind": step.to_stage.kind}
    if step.form == "decision":
        options["initial"] = _prepared(request.viewer, page)
    data = request.POST if request.method == "POST" else None
    return kind(data, **options)


def _prepared(viewer, page) -> dict:
    """What was already prepared, so that a decider corrects it instead of starting again."""
    prepared = selectors.workshop(viewer, page.idea).prepared if page.can.get("see_workshop") else None
    if prepared is None:
        return {}
    names = (
        "outcome",
        "text",
        "reason",
        "reopening_conditions",
        "condition_kind",
        "condition_on",
        "condition_terms",
        "revisit_on",
        "measure_owner",
        "first_milestone",
        "first_milestone_on",
    )
    return {**{name: getattr(prepared, name) for name in names}, "planned_for": prepared.batch.planned_for}


def report(form, refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for field, errors in refusal.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


def untick(form, refusal: ValidationError) -> None:
    """Of ideas chosen together, those that were refused are unticked, and the others stay chosen."""
    refused = getattr(refusal, "refused", None)
    if refused is None:
        return
    form.data = form.data.copy()
    form.data.setlist("together", [one for one in form.data.getlist("together") if one not in refused])


def _done_words(step, kind: str) -> str:
    """What follows a step: while it can be taken back, nobody is told."""
    minutes = settings.TERRAIN_HOLD_MINUTES
    if not minutes or not can_go_back(step, kind):
        return _("“%(title)s”: done.")
    told = ngettext(
        "Nobody is told before %(minutes)d minute: until then, the page of the idea lets you go back.",
        "Nobody is told before %(minutes)d minutes: until then, the page of the idea lets you go back.",
        minutes,
    ) % {"minutes": minutes}
    return _("“%(title)s”: done.") + " " + told


def _done(request, page, step, queue, following):
    title = page.row.title
    if step.form == "decision" and request.POST.get("action") == "announce":
        chosen = [row for row in prepared_for(request.viewer) if row.reference == page.row.reference]
        return render(request, "ideas/announce_confirm.html", {"nav_key": "ideas", "chosen": chosen})
    if step.form == "decision":
        messages.success(request, _("“%(title)s”: the answer is prepared. Nobody else sees it.") % {"title": title})
    else:
        messages.success(request, _done_words(step, page.idea.subject_kind) % {"title": title})
    if queue and "next" in request.POST:
        return see_other(next_address(request.viewer, queue, following))
    return see_other(f"{page.row.url}?file={queue}" if queue else page.row.url)
