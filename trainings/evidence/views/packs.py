"""Evidence, for human resources of the whole city: ask, follow, take; the page of heads to sign each month."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations import chain, clock, documents, journal
from src.foundations.gates import Gate, add_errors, see_other
from trainings.ledger import chaining
from trainings.obligations.rules import can_prepare

from .. import preparing
from ..forms import PackForm

METHODS = ["GET", "HEAD", "POST"]
NAV = "trainings"
A_PAGE = 20

_gate = Gate("trainings_evidence", home="trainings_evidence:packs")


def preparers(view):
    """For human resources of the whole city; others read why."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not can_prepare(request.viewer):
            raise PermissionDenied(_("Evidence is prepared by human resources of the whole city."))
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return _gate.signed_in(_gate.tells(checked))


def of_run(view):
    """Give a view the pack of its address, asked by this person."""

    @wraps(view)
    def opened(request, run):
        found = preparing.asked_by(request.viewer.user).filter(pk=run).first()
        if found is None:
            raise Http404(_("There is no such evidence, or it isn’t yours."))
        return view(request, found)

    return preparers(opened)


@require_http_methods(METHODS)
@preparers
def listed(request):
    """The packs one asked for; another is asked here."""
    form = PackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        _gate.calm(request, "pack", 10)
        if form.is_valid():
            try:
                run = preparing.ask(actor=request.viewer, **form.cleaned_data)
            except ValidationError as refusal:
                add_errors(form, refusal)
            else:
                messages.success(
                    request, _("The evidence is being gathered. You may leave this page: the work goes on.")
                )
                return see_other(reverse("trainings_evidence:pack", kwargs={"run": run.pk}))
    page = Paginator(preparing.asked_by(request.viewer.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav_key": NAV,
        "form": form,
        "page": page,
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "trainings_evidence/packs.html", context, status=422 if form.errors else 200)


@require_safe
@of_run
def one(request, run):
    """How far a pack is, its fingerprint, its file."""
    context = {
        "nav_key": NAV,
        "crumbs": [{"url": reverse("trainings_evidence:packs"), "label": _("Evidence of mandatory trainings")}],
        "run": run,
        "is_there": run.is_finished and preparing.is_there(run),
    }
    return render(request, "trainings_evidence/pack.html", context)


@require_safe
@of_run
def taken(request, run):
    """The ZIP. Who takes it is written down."""
    content = preparing.read(run) if run.is_finished else None
    if content is None:
        raise Http404(_("This file is not there any more: ask for it again."))
    journal.record(
        "trainings.evidence_taken", actor=request.viewer.user, object_ref=f"obligation:{run.result['obligation']}"
    )
    response = HttpResponse(content, content_type="application/zip")
    name = f"preuves-{run.result['obligation']}-{run.result['day']}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@preparers
def heads(request):
    """The page to print, sign and keep each month: where the ledger's chains end today. Journaled."""
    _gate.calm(request, "heads", 10)
    chain.seal_pending(thorough=True)
    found = chain.heads()
    lines = [(name, *found[name]) for name in (chaining.COMPLETIONS, chaining.REVOCATIONS, journal.STREAM)]
    with translation.override("fr"):
        context = {"day": clock.today(), "lines": lines}
        html = render_to_string("trainings_evidence/print/heads.html", context)
    journal.record("trainings.heads_printed", actor=request.viewer.user)
    return documents.pdf_or_html_response(html, f"registre-{clock.today().isoformat()}")
