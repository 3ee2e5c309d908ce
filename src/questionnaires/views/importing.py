"""The organiser's side: answers gathered elsewhere, from the file to the batch, in three steps and a look."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from src.foundations import references
from src.foundations.gates import see_other

from .. import services
from ..answer_lines import Meaning
from ..forms.exchange import AnswersFileForm, ColumnsForm, ValuesForm
from ..models import AnswerImport
from .gate import calm, organiser, screen, signed_in
from .workshop import address

FAULTS_SHOWN = 200


def batch_address(batch: AnswerImport, name: str) -> str:
    kwargs = {"reference": batch.questionnaire.reference, "batch": batch.reference}
    return reverse(f"questionnaires:{name}", kwargs=kwargs)


def with_batch(view):
    """Give a view the file of its address; and lead back to the list when it was ended in another window."""

    @wraps(view)
    def found(request, questionnaire, batch):
        one = (
            AnswerImport.objects.visible_to(request.viewer)
            .filter(questionnaire=questionnaire, reference=references.normalise(batch[:20]))
            .select_related("revision", "questionnaire__space")
            .prefetch_related("revision__questions")
            .first()
        )
        if one is None:
            raise Http404(_("This file is no longer here."))
        try:
            return view(request, questionnaire, one)
        except services.Closed:
            raise
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return see_other(address(questionnaire, "imports"))

    return found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def imports(request, questionnaire):
    """The files brought in or waiting, and the form of a new one."""
    calm(request, "answers-file", limit=30)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnswersFileForm(*posted)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_import(
                actor=request.user, questionnaire=questionnaire, source=form.cleaned_data["source"], data=form.content
            )
        except services.Closed:
            raise
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return see_other(batch_address(made, "import_columns"))
    batches = AnswerImport.objects.visible_to(request.viewer).filter(questionnaire=questionnaire)
    context = {
        "questionnaire": questionnaire,
        "form": form,
        "refusal": services.why_nothing_comes_in(questionnaire),
        "batches": list(batches.select_related("made_by").order_by("-made_at", "-pk")),
    }
    return render(request, "questionnaires/imports.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
@with_batch
def columns(request, questionnaire, batch):
    """To which question each column answers."""
    table, meaning = services.table_of(batch), Meaning.of(batch.meaning)
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(table, batch.revision, data, columns=meaning.columns)
    if request.method == "POST" and form.is_valid():
        services.keep_meaning(waiting=batch, meaning=Meaning(form.columns, meaning.values))
        return see_other(batch_address(batch, "import_values"))
    context = {
        "questionnaire": questionnaire,
        "batch": batch,
        "form": form,
        "lines": len(table.lines),
        "like": services.said_before(questionnaire, batch.shape),
    }
    return render(request, "questionnaires/import_columns.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
@with_batch
def values(request, questionnaire, batch):
    """Which answer each word is; passed by when every column is read as it stands."""
    meaning = Meaning.of(batch.meaning)
    if not meaning.columns:
        return see_other(batch_address(batch, "import_columns"))
    table = services.table_of(batch)
    data = request.POST if request.method == "POST" else None
    form = ValuesForm(table, batch.revision, meaning, data)
    if not form.groups:
        return see_other(batch_address(batch, "import_try"))
    if request.method == "POST" and form.is_valid():
        services.keep_meaning(waiting=batch, meaning=Meaning(meaning.columns, form.values))
        return see_other(batch_address(batch, "import_try"))
    context = {"questionnaire": questionnaire, "batch": batch, "form": form, "groups": form.groups}
    return render(request, "questionnaires/import_values.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
@with_batch
def attempt(request, questionnaire, batch):
    """What would come in, and every fault by its line; then bringing it in."""
    calm(request, "import", limit=30)
    if request.method == "POST":
        done = services.bring_in(
            actor=request.user, waiting=batch, skip_faults=request.POST.get("action") == "without_faults"
        )
        said = ngettext("%(n)d answer is in.", "%(n)d answers are in.", done.brought_in) % {"n": done.brought_in}
        messages.success(request, said)
        return see_other(address(questionnaire, "imports"))
    reading = services.try_import(batch)
    context = {
        "questionnaire": questionnaire,
        "batch": batch,
        "good": len(reading.answers),
        "faulty": len({fault.line for fault in reading.faults}),
        "faults": reading.faults[:FAULTS_SHOWN],
        "more": max(0, len(reading.faults) - FAULTS_SHOWN),
        "held": reading.held,
        "hidden": reading.hidden,
    }
    return render(request, "questionnaires/import_try.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
@with_batch
def end(request, questionnaire, batch):
    """Forget a file that waits, or take away a batch that is in, once confirmed."""
    if request.method == "POST":
        if batch.is_waiting:
            services.forget(actor=request.user, waiting=batch)
            messages.success(request, _("The file is forgotten: nothing of it came in."))
        else:
            gone = services.take_away(actor=request.user, batch=batch)
            messages.success(
                request, ngettext("%(n)d answer is taken away.", "%(n)d answers are taken away.", gone) % {"n": gone}
            )
        return see_other(address(questionnaire, "imports"))
    if not batch.is_waiting and (not batch.is_in or questionnaire.closed_at is not None):
        return see_other(address(questionnaire, "imports"))
    waits = batch.is_waiting
    context = {
        "questionnaire": questionnaire,
        "title": _("Forget this file?") if waits else _("Take these answers away?"),
        "text": _("Nothing of it came in; what you said of its columns is lost.")
        if waits
        else ngettext(
            "The %(n)d answer of “%(source)s” goes, and no other.",
            "The %(n)d answers of “%(source)s” go, and no other.",
            batch.brought_in,
        )
        % {"n": batch.brought_in, "source": batch.source},
        "submit": _("Forget this file") if waits else _("Take these answers away"),
        "danger": True,
        "back": address(questionnaire, "imports"),
    }
    return render(request, "questionnaires/confirm.html", context)
