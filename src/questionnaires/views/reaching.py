"""The organiser's side of who is missing: gaps while it is open, and the tasks they opened."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import references
from src.foundations.gates import see_other

from .. import by_axis, rules, services, words
from ..enums import State
from ..forms.reaching import DoneForm, GiveForm
from ..models import OutreachTask
from ..services.framing import facilitators, reading
from .gate import organiser, screen, signed_in
from .workshop import address


@require_safe
@signed_in
@screen
@organiser
def who(request, questionnaire):
    """Who answers beside who was asked, by tens and an hour old; and who goes to see whom."""
    if not questionnaire.axes:
        raise Http404(_("The results of this questionnaire aren’t told by category."))
    state = rules.state_of(questionnaire)
    found = by_axis.who_while_open(questionnaire, reading(questionnaire)) if state == State.OPEN else []
    if state == State.CLOSED:
        found = by_axis.who(questionnaire.release.content)
    context = {
        "questionnaire": questionnaire,
        "state": state,
        "who": by_axis.who_tables(found),
        "missing": by_axis.missing_words(found),
        "axes": words.axes_words(questionnaire),
        "tasks": questionnaire.outreach_tasks.select_related("owner").order_by("done_on", "due_on", "pk"),
    }
    return render(request, "questionnaires/who.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def task(request, questionnaire, key):
    """One task: say what was done, or give it to somebody else."""
    found = _task(questionnaire, key)
    giving = request.method == "POST" and "give" in request.POST
    ending = request.method == "POST" and not giving
    people = facilitators(questionnaire)
    done = DoneForm(request.POST if ending else None)
    give = GiveForm(
        request.POST if giving else None, people=people, initial={"owner": found.owner_id, "due_on": found.due_on}
    )
    form = give if giving else done
    if request.method == "POST" and form.is_valid():
        try:
            if giving:
                services.give_outreach(actor=request.user, task=found, **give.cleaned_data)
                messages.success(request, _("Saved."))
            else:
                services.end_outreach(actor=request.user, task=found, **done.cleaned_data)
                messages.success(request, _("Thank you. What was done stays beside this questionnaire."))
            return see_other(address(questionnaire, "who"))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"questionnaire": questionnaire, "task": found, "done": done, "give": give, "form": form}
    return render(request, "questionnaires/outreach.html", context, status=422 if form.errors else 200)


def _task(questionnaire, key: str) -> OutreachTask:
    found = OutreachTask.objects.filter(
        questionnaire=questionnaire, reference=references.normalise(key[:20])
    ).select_related("owner", "questionnaire__space")
    one = found.first()
    if one is None:
        raise Http404(_("This task does not exist, or is not shown to you."))
    return one
