"""The organiser's side: questions that come from a file or from another questionnaire, and leave as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations.gates import see_other

from .. import document, services
from ..forms.exchange import CopyForm, QuestionsFileForm
from ..models import Questionnaire
from .gate import calm, organiser, screen, signed_in
from .workshop import MOST_LISTED, address, spaces_of

BEGUN = "questionnaires/begin_from.html"


@require_safe
@signed_in
@screen
@organiser
def take_away(request, questionnaire):
    """The questions as a file: those being written, or else those published last."""
    revision = questionnaire.draft or questionnaire.revision
    text = document.write(document.of(questionnaire, revision))
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = slugify(questionnaire.title)[:60] or questionnaire.reference
    response.headers["Content-Disposition"] = f'attachment; filename="questionnaire-{name}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def from_file(request):
    """Begin with the questions of a file: all of it, or nothing with everything that is wrong."""
    calm(request, "file", limit=20)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = QuestionsFileForm(*posted, spaces=spaces_of(request.viewer))
    if request.method == "POST" and form.is_valid():
        made = services.begin_from(actor=request.user, space=form.cleaned_data["space"], document=form.document)
        return see_other(address(made))
    context = {
        "form": form,
        "title": _("Begin from a file"),
        "lede": _("Its questions come in whole, with their conditions. Nothing comes in of a file with a fault."),
        "submit": _("Bring the questions in"),
    }
    return render(request, BEGUN, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def copy(request):
    """Begin with the questions of a questionnaire one organises."""
    listed = Questionnaire.objects.organised_by(request.viewer).order_by("-created_at", "pk")
    sources = listed.filter(pk__in=list(listed.values_list("pk", flat=True)[:MOST_LISTED]))
    form = CopyForm(
        request.POST if request.method == "POST" else None,
        spaces=spaces_of(request.viewer),
        sources=sources,
        initial={"source": request.GET.get("de", "")},
    )
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        made = services.duplicate(
            actor=request.user, source=cleaned["source"], space=cleaned["space"], title=cleaned["title"]
        )
        return see_other(address(made))
    context = {
        "form": form,
        "title": _("Begin from another questionnaire"),
        "lede": _("Asked with the same words, two questionnaires can be compared."),
        "submit": _("Copy the questions"),
    }
    return render(request, BEGUN, context, status=422 if form.errors else 200)
