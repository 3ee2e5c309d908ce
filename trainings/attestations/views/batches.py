"""Attestations of a site in one file, for human resources: asked, followed, taken, taken up again."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import journal
from src.foundations.gates import add_errors, see_other

from .. import files, rules
from ..forms.batches import BatchForm
from ..services import batching
from .gate import METHODS, NAV, calm, only, private

A_PAGE = 25

printers = only(rules.may_batch, gettext_lazy("Attestations of a site are printed by human resources."))


def of_batch(view):
    """Give a view the batch of its address, of one's own sites."""

    @wraps(view)
    def opened(request, batch):
        found = batching.batches_of(request.viewer).filter(reference=batch.upper()).first()
        if found is None:
            raise Http404(_("There is no such batch of attestations."))
        return view(request, found)

    return printers(opened)


@require_http_methods(METHODS)
@printers
def listed(request):
    """The batches of one's sites; a new one is asked here."""
    form = BatchForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    if request.method == "POST":
        calm(request, "batch", 10)
        if form.is_valid():
            try:
                made = batching.ask(
                    site=form.cleaned_data["site"], track=form.cleaned_data["track"], actor=request.viewer
                )
            except ValidationError as refusal:
                add_errors(form, refusal)
            else:
                messages.success(request, _("The sheets are being drawn. You may leave this page: the work goes on."))
                return see_other(_address(made))
    page = Paginator(batching.batches_of(request.viewer), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav_key": NAV,
        "form": form,
        "page": page,
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return private(render(request, "trainings_attestations/batches.html", context, status=422 if form.errors else 200))


@require_http_methods(METHODS)
@of_batch
def one(request, batch):
    """How far a batch is, its file, and the button that takes it up again."""
    if request.method == "POST":
        batching.again(batch=batch, actor=request.viewer)
        messages.success(request, _("The work goes on from where it was."))
        return see_other(_address(batch))
    run = batching.run_of(batch)
    context = {
        "nav_key": NAV,
        "crumbs": [{"url": reverse("trainings_attestations:batches"), "label": _("Attestations of a site")}],
        "batch": batch,
        "run": run,
        "is_working": run is not None and not run.is_finished,
        "is_there": files.is_there(batch, files.WHOLE),
    }
    return private(render(request, "trainings_attestations/batch.html", context))


@require_safe
@of_batch
def taken(request, batch):
    """The file to print. Who takes it is written down."""
    content = files.read(batch, files.WHOLE)
    if content is None:
        raise Http404(_("This file is not there any more: have it drawn again."))
    journal.record(
        "trainings.attestation_batch_taken",
        actor=request.viewer.user,
        object_ref=f"attestation_batch:{batch.reference}",
    )
    is_pdf = content.startswith(b"%PDF")
    response = HttpResponse(content, content_type="application/pdf" if is_pdf else "text/html; charset=utf-8")
    ending = "pdf" if is_pdf else "html"
    response["Content-Disposition"] = f'attachment; filename="attestations-{batch.reference}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)


def _address(batch) -> str:
    return reverse("trainings_attestations:batch", kwargs={"batch": batch.reference})
