"""Quotes: reported by their circle, decided on by moderators, objected to by whoever wrote; answers set aside."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.directory.enums import Role
from src.foundations import clock, references
from src.foundations.gates import see_other
from src.participation.enums import AppealState, RemovalReason, Visibility
from src.participation.services import moderation
from src.workflow.exceptions import TransitionNotAllowed

from .. import masking, quote_rules
from ..forms.quotes import DecisionForm, ObjectionAnswerForm, ObjectionForm, ReportForm, SetAsideForm
from ..models import QuoteCase, SynthesisFigure
from ..services import quotes as services
from .book_gate import METHODS, at, of_codebook
from .gate import calm, screen, signed_in

MOST = 100


def _quote(questionnaire, reference: str):
    found = quote_rules.quote_of(questionnaire, references.normalise(reference[:20]))
    if found is None:
        raise Http404(_("This answer isn't quoted any more."))
    return found


def _address(name: str, quote) -> str:
    return reverse(f"questionnaires:{name}", args=[quote.codebook.questionnaire.reference, quote.reference])


def _figure_url(quote) -> str:
    """A figure that quotes it, to go back to."""
    figure = SynthesisFigure.objects.filter(behind__text=quote.pk).select_related("theme").order_by("pk").first()
    return reverse("questionnaires:figure", args=[quote.codebook.questionnaire.reference, figure.theme.reference])


@require_http_methods(METHODS)
@signed_in
@screen
def report(request, questionnaire, quote):
    """Say why a quote has no place here."""
    one = _quote(questionnaire, quote)
    if not request.viewer.is_agent or quote_rules.is_hidden(one):
        raise Http404(_("This answer isn't quoted any more."))
    form = ReportForm(request.POST if request.method == "POST" else None)
    back = _figure_url(one)
    if request.method == "POST" and form.is_valid():
        calm(request, "report", 20)
        try:
            services.report(actor=request.user, quote=one, **form.cleaned_data)
        except TransitionNotAllowed as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you: a moderator reads it. Your name is told to nobody."))
        return see_other(back)
    context = {"questionnaire": questionnaire, "words": _shown(one), "form": form, "back": back}
    return render(request, "questionnaires/quote_report.html", context, status=422 if form.errors else 200)


def _shown(quote) -> str:
    return masking.masked(quote.words, quote.hidden_words)


@require_http_methods(METHODS)
@signed_in
@screen
def quote(request, questionnaire, quote):
    """One's own quoted answer: whether it is shown, why not, and objecting; for anybody else there is nothing here."""
    one = _quote(questionnaire, quote)
    if not quote_rules.is_own(request.viewer, one):
        raise Http404(_("This answer isn't quoted any more."))
    case = moderation.last_removal(services.DESK, one) if one.visibility == Visibility.REMOVED else None
    objection = getattr(case, "appeal", None)
    until = moderation.last_day_to_appeal(case) if case else None
    may_object = case is not None and objection is None and until >= clock.today()
    form = ObjectionForm(request.POST if request.method == "POST" else None) if may_object else None
    if request.method == "POST":
        if form is None:
            messages.warning(request, _("There is nothing to object to any more."))
            return see_other(request.path)
        if form.is_valid():
            try:
                services.appeal(actor=request.user, quote=one, text=form.cleaned_data["words"])
            except ValidationError as refusal:
                form.add_error("words", refusal.messages)
            except TransitionNotAllowed as refusal:
                messages.warning(request, str(refusal))
                return see_other(request.path)
            else:
                messages.success(request, _("Your objection is written: somebody else reads your answer again."))
                return see_other(request.path)
    context = {
        "questionnaire": questionnaire,
        "quote": one,
        "words": _shown(one),
        "case": case,
        "objection": objection,
        "objection_state": AppealState(objection.state).label if objection else "",
        "until": until,
        "form": form,
        "back": _figure_url(one),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "questionnaires/quote.html", context, status=status)


@require_safe
@signed_in
@screen
def queue(request):
    """What waits for the moderators, the nearest day first."""
    viewer = request.viewer
    if not (viewer.has_role(Role.MODERATOR) or viewer.has_role(Role.ADMINISTRATOR) or Role.MODERATOR in viewer.roles):
        raise Http404(_("There is nothing here."))
    found = (
        QuoteCase.objects.visible_to(viewer)
        .waiting()
        .select_related("quote__codebook__questionnaire__space__steering_unit", "appeal")
        .annotate(n=Count("reports"))
        .order_by("due_on", "pk")[:MOST]
    )
    rows = [
        {
            "case": case,
            "questionnaire": case.quote.codebook.questionnaire,
            "is_objection": not case.is_open,
            "reports": case.n,
            "due_on": case.due_on if case.is_open else case.appeal.due_on,
            "url": _address("quote_decide", case.quote),
        }
        for case in found
        if quote_rules.may_decide(viewer, case.quote.codebook.questionnaire, case)
    ]
    return render(request, "questionnaires/quotes.html", {"rows": rows})


@require_http_methods(METHODS)
@signed_in
@screen
def decide(request, questionnaire, quote):
    """Read one reported quote, or an objection, and decide."""
    one = _quote(questionnaire, quote)
    case = services.waiting_case(one)
    viewer = request.viewer
    if not quote_rules.may_decide(viewer, questionnaire, case) or quote_rules.is_own(viewer, one):
        raise Http404(_("There is nothing here."))
    objection = case.appeal if case is not None and not case.is_open else None
    data = request.POST if request.method == "POST" else None
    form = ObjectionAnswerForm(data) if objection is not None else DecisionForm(data)
    if request.method == "POST" and form.is_valid():
        try:
            _decided(request, one, form.cleaned_data, objection)
        except ValidationError as refusal:
            for name, errors in getattr(refusal, "error_dict", {"words": refusal.messages}).items():
                form.add_error({"text": "words"}.get(name, name), errors)
        except TransitionNotAllowed as refusal:
            messages.warning(request, str(refusal))
            return see_other(reverse("questionnaires:quotes"))
        else:
            messages.success(request, _("Your decision is written; its author is told when something changes."))
            return see_other(reverse("questionnaires:quotes"))
    reports = list(case.reports.order_by("made_at", "pk")) if case is not None else []
    context = {
        "questionnaire": questionnaire,
        "quote": one,
        "words": _shown(one),
        "form": form,
        "case": case,
        "objection": objection,
        "reports": [(RemovalReason(each.reason_code).label, each.text) for each in reports],
    }
    return render(request, "questionnaires/quote_decide.html", context, status=422 if form.errors else 200)


def _decided(request, quote, given: dict, objection) -> None:
    actor = request.user
    if objection is not None:
        services.answer_appeal(actor=actor, quote=quote, restored=given["restored"] == "1", words=given["words"])
    elif given["decision"] == "keep":
        services.keep(actor=actor, quote=quote)
    else:
        services.remove(actor=actor, quote=quote, reason_code=given["reason_code"], words=given["words"])


# Set aside by organisers


@require_http_methods(METHODS)
@of_codebook
def set_aside(request, book, text):
    """Have nobody read an answer that names or attacks somebody."""
    form = SetAsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_aside(actor=request.user, text=text, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("This answer is set aside: nobody reads it any more."))
            return see_other(at(book, "aside"))
    context = {"questionnaire": book.questionnaire, "book": book, "text": text, "form": form}
    return render(request, "questionnaires/set_aside.html", context, status=422 if form.errors else 200)


@require_safe
@of_codebook
def aside(request, book):
    """The answers set aside, each closed: one opens it to bring it back."""
    found = book.texts.filter(set_aside_at__isnull=False).select_related("answer").order_by("set_aside_at", "pk")
    context = {"questionnaire": book.questionnaire, "book": book, "texts": list(found)}
    return render(request, "questionnaires/aside.html", context)


@require_POST
@of_codebook
def bring_back(request, book):
    """Have an answer read again."""
    reference = references.normalise(request.POST.get("reponse", "")[:20])
    text = book.texts.filter(reference=reference).first()
    if text is None:
        raise Http404(_("This answer is gone."))
    text.codebook = book
    if services.bring_back(actor=request.user, text=text):
        messages.success(request, _("This answer is read again, as it was."))
    return see_other(at(book, "aside"))
