"""Answering: one question a page, kept at each step; everything read again; sent once. Test runs go the same way."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations.gates import see_other
from src.participation import holding
from src.participation.enums import IdentityMode
from src.participation.services import authorship

from .. import holders, rules, runs, services, words
from ..forms.answering import AnswerForm, OpenForm, SendForm, consequence
from . import going
from .gate import calm, refused, screen, signed_in_or_open
from .secret import already, answers_once, send

TO_CHECK = "verifier"


@require_POST
@signed_in_or_open
@screen
@answers_once
def start(request, questionnaire, is_test=False):
    """Begin, resume, or change what was sent: to the first question not seen yet."""
    calm(request, "start", limit=20)
    _may_run(request, questionnaire, is_test)
    run = going.current(request, questionnaire, is_test=is_test)
    if run is None:
        run = going.begin(request, questionnaire, is_test=is_test)
    response = see_other(_first_page(run))
    going.remember(response, request, run)
    return response


def _first_page(run) -> str:
    """An information block may stand before the first question: it is shown to whoever begins."""
    if not run.answers and run.shown:
        return run.url("step", run.shown[0])
    return run.next_url()


def _may_run(request, questionnaire, is_test) -> None:
    if is_test:
        if not rules.may_organise(request.viewer, questionnaire):
            raise Http404
        if not (questionnaire.draft or questionnaire.revision).ordered:
            raise Http404(_("There is no question yet."))
        return
    refusal = rules.why_not_answer(request.viewer, questionnaire)
    if refusal:
        raise PermissionDenied(refusal)
    if not rules.is_open(questionnaire):
        raise services.Closed(_("This questionnaire doesn't take answers at the moment."))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_or_open
@screen
@answers_once
def step(request, questionnaire, key, is_test=False):
    """One question: shown with what was answered, kept when it is posted."""
    _may_run(request, questionnaire, is_test)
    run = going.current(request, questionnaire, is_test=is_test)
    if run is None:
        if request.method == "POST":
            # Another tab sent, or erased: nothing typed here goes without a word.
            return refused(request, 409, _("These answers were sent or erased since, from another page."))
        return see_other(_outside(questionnaire, is_test))
    question = run.revision.by_key.get(key)
    if question is None or question not in run.shown:
        if request.method == "POST":
            return refused(request, 409, _("This question isn’t asked any more, after what you answered elsewhere."))
        return see_other(run.next_url())
    if request.method == "POST":
        return _answered(request, run, question)
    return _step_page(request, run, question, AnswerForm(question, value=run.answers.get(key)))


def _outside(questionnaire, is_test) -> str:
    run = runs.Run(questionnaire, None, is_test=is_test)
    return run.url("detail")


def _answered(request, run, question):
    calm(request, "answer", limit=120)
    form = AnswerForm(question, request.POST)
    held = holding.held_page(request, *form.guarded, leave_url=_outside(run.questionnaire, run.is_test))
    if form.guarded and held is not None:
        return held
    if not form.is_valid():
        return _step_page(request, run, question, form, status=422)
    if question.is_asked:
        run.answer(question.key, form.answer)
        going.keep(request, run)
    response = see_other(_following(request, run, question))
    going.remember(response, request, run)
    return response


def _following(request, run, question) -> str:
    if request.POST.get("retour") == TO_CHECK:
        return run.next_url()
    following = run.after(question.key)
    return run.url("step", following) if following else run.next_url()


def _step_page(request, run, question, form, status=200):
    asked = [one for one in run.shown if one.is_asked]
    number = asked.index(question) + 1 if question in asked else 0
    back = run.before(question.key)
    to_check = (request.POST.get("retour") or request.GET.get("retour", "")) == TO_CHECK
    context = {
        "run": run,
        "questionnaire": run.questionnaire,
        "question": question,
        "form": form,
        "number": number,
        "total": len(asked),
        "progress": words.progress_words(number, len(asked), run.questionnaire.minutes) if number else "",
        "back_url": run.url("check") if to_check else run.url("step", back) if back else run.url("detail"),
        "to_check": TO_CHECK if to_check else "",
    }
    return render(request, "questionnaires/step.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_or_open
@screen
@answers_once
def check(request, questionnaire, is_test=False):
    """Everything read again before it is sent; sent by POST, once whatever the number of times."""
    if not is_test and not rules.is_open(questionnaire) and going.was_sent(request, questionnaire):
        # Pressed again after the closing: what was taken stays taken.
        return see_other(runs.Run(questionnaire, None).url("sent"))
    _may_run(request, questionnaire, is_test)
    run = going.current(request, questionnaire, is_test=is_test)
    if run is None and not is_test and (told := _told_again(request, questionnaire)):
        return told
    if run is None:
        sent = not is_test and going.was_sent(request, questionnaire)
        again = runs.Run(questionnaire, None, is_test=is_test)
        return see_other(again.url("sent") if sent else again.url("detail"))
    form = (OpenForm if going.is_nobody(questionnaire, is_test) else SendForm)(
        rules.modes_offered(questionnaire), request.POST if request.method == "POST" else None
    )
    if request.method != "POST":
        return _check_page(request, run, form)
    if is_test:
        runs.forget(request.user, questionnaire, is_test=True)
        messages.success(request, _("The test is over. Nothing of it was kept, nothing is counted."))
        return see_other(run.url("detail"))
    if run.is_change:
        return _change(request, run, form)
    if not form.is_valid():
        return _check_page(request, run, form, status=422)
    return _send(request, run, form)


def _told_again(request, questionnaire):
    """Pressed again, the first answer having been lost on its way: the receipt, and what finds these answers again.

    The keyring holds a sealed author some seconds later only, and the browser never heard of the handle.
    """
    first = services.first_sent(questionnaire, _token(request.POST.get("envoi", "")))
    if first is None:
        return None
    is_sealed = first.identity_mode == IdentityMode.PROTECTED
    if not (authorship.is_own(first.handle, request.user) if is_sealed else first.author_id == request.user.pk):
        return None
    response = see_other(runs.Run(questionnaire, None).url("sent"))
    if is_sealed:
        authorship.remember_in_response(response, request, first.handle)
    return response


def _token(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _change(request, run, form):
    sent = runs.sent_by(request.user, run.questionnaire)
    if sent is None:
        runs.forget(request.user, run.questionnaire)
        return see_other(run.url("detail"))
    try:
        services.change_answers(actor=request.user, answer_set=sent, answers=run.answers)
    except services.Closed:
        raise
    except ValidationError as refusal:
        return _check_page(request, run, form, status=422, refusal=refusal)
    runs.forget(request.user, run.questionnaire)
    messages.success(request, _("Your answers are changed."))
    return see_other(run.url("sent"))


def _send(request, run, form):
    calm(request, "send", limit=20, per=3600)
    try:
        if run.questionnaire.is_secret:
            return send(request, run)
        if run.questionnaire.is_open_link:
            return going.send_open(request, run)
        receipt = services.send_answers(
            actor=request.user,
            questionnaire=run.questionnaire,
            revision=run.revision,
            answers=run.answers,
            identity_mode=form.mode,
            token=run.token,
        )
    except (services.Closed, services.AlreadyAnswered) as refusal:
        if isinstance(refusal, services.Closed):
            raise
        runs.forget(request.user, run.questionnaire)
        messages.info(request, " ".join(refusal.messages))
        return see_other(run.url("detail"))
    except ValidationError as refusal:
        return _check_page(request, run, form, status=422, refusal=refusal)
    runs.forget(request.user, run.questionnaire)
    response = see_other(run.url("sent"))
    if receipt.handle is not None:
        authorship.remember_in_response(response, request, receipt.handle)
    return response


def _check_page(request, run, form, status=200, refusal=None):
    checked = run.checked
    lines = [
        {
            "question": question,
            "answers": words.answer_words(question, checked.answers.get(question.key)),
            "url": f"{run.url('step', question)}?retour={TO_CHECK}",
            "problem": words.problem_sentence(checked.problems[question.key])
            if question.key in checked.problems
            else "",
        }
        for question in run.shown
        if question.is_asked
    ]
    errors = [
        {"text": f"{line['question'].text} {line['problem']}", "url": line["url"]} for line in lines if line["problem"]
    ]
    if refusal is not None and not errors:
        errors = [{"text": sentence} for sentence in refusal.messages]
    context = {
        "run": run,
        "questionnaire": run.questionnaire,
        "lines": lines,
        "form": form,
        "errors": errors if request.method == "POST" else [],
        "one_mode": consequence(form.modes[0]) if len(form.modes) == 1 else "",
        "holder": holders.holder_of(run.questionnaire),
        "secret_facts": words.secret_facts() if run.questionnaire.is_secret else [],
        "beside": words.kept_beside(run.questionnaire),
        "until": words.until_words(rules.until(run.questionnaire)),
    }
    return render(request, "questionnaires/check.html", context, status=status)


@require_safe
@signed_in_or_open
@screen
def sent(request, questionnaire):
    """The receipt: what was sent, until when it may change, when the results come."""
    knows_nobody = questionnaire.is_secret or questionnaire.is_open_link
    own = None if knows_nobody else runs.sent_by(request.user, questionnaire)
    if own is None and not already(request, questionnaire) and not going.was_sent(request, questionnaire):
        return see_other(questionnaire.get_absolute_url())
    context = {
        "questionnaire": questionnaire,
        "own": own,
        "is_open": rules.is_open(questionnaire),
        "until": rules.until(questionnaire),
        "last_day": rules.last_day(rules.until(questionnaire)),
    }
    return render(request, "questionnaires/sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_or_open
@screen
def discard(request, questionnaire):
    """Forget what one began and did not send, once confirmed; what was sent stays."""
    if request.method == "POST":
        going.forget(request, questionnaire)
        messages.success(request, _("What you had begun is erased."))
        return see_other(questionnaire.get_absolute_url())
    if going.current(request, questionnaire) is None:
        return see_other(questionnaire.get_absolute_url())
    return render(request, "questionnaires/discard.html", {"questionnaire": questionnaire})
