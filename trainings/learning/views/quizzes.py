"""An attempt at a quiz: its questions on one page, saved as they are answered, sent once."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations import clock
from src.foundations.gates import see_other

from .. import selectors, services
from ..forms.quiz import QuizForm
from ..services.quizzes import Unanswered
from .gate import METHODS, calm, in_module, missing, page_of
from .tracks import NAV


@require_POST
@in_module
def begin(request, track, standing, step):
    """Draw the questions."""
    calm(request, "begin", 20)
    services.begin_attempt(actor=request.viewer, enrolment=standing.enrolment, module=step.module)
    return see_other(page_of(track, step, "attempt"))


@require_http_methods(METHODS)
@in_module
def attempt(request, track, standing, step):
    """The questions of the attempt under way; once it is sent, what was answered and why."""
    one = _under_way(step)
    if one is None:
        return see_other(page_of(track, step))
    form = QuizForm(one, selectors.revisions_of(one), request.POST if request.method == "POST" else None)
    if request.method == "POST":
        calm(request, "send", 60)
        answers = form.answers()
        # What is answered stays, whatever is missing.
        kept = services.save_answers(actor=request.viewer, attempt=one, answers=answers, seen=form.seen())
        if not form.errors:
            try:
                whole = {int(pk): answer for pk, answer in kept.answers.items()}
                services.submit_attempt(actor=request.viewer, attempt=one, answers=whole)
                return see_other(page_of(track, step))
            except Unanswered as refusal:
                form.say_missing(refusal.numbers)
    context = {
        "nav_key": NAV,
        "track": track,
        "standing": standing,
        "step": step,
        "module": step.module,
        "attempt": one,
        "form": form,
        "quiz": selectors.quiz_standing(step, step.module),
        "saved_url": page_of(track, step, "save"),
    }
    return render(request, "trainings_learning/attempt.html", context, status=422 if form.errors else 200)


@require_POST
@in_module
def save(request, track, standing, step):
    """Keep what is answered so far; the page asks it by itself."""
    calm(request, "save", 120)
    one = _under_way(step)
    if one is None:
        return JsonResponse({"detail": _("This attempt is already sent.")}, status=409)
    form = QuizForm(one, selectors.revisions_of(one), request.POST)
    services.save_answers(actor=request.viewer, attempt=one, answers=form.answers(), seen=form.seen())
    now = timezone.localtime(clock.now())
    return JsonResponse(
        {
            "sentence": _("Answers saved at %(time)s") % {"time": time_format(now, "H:i")},
            "fields": {"seen": form.marks()},
        }
    )


def _under_way(step):
    if not step.module.is_quiz:
        raise missing()
    return selectors.quiz_standing(step, step.module).under_way
