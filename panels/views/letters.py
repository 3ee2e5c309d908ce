"""Letters: a file of people read, then confirmed; files to print; printed, posted, brought back."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations.gates import add_errors, see_other
from src.foundations.imports import Unreadable

from .. import address_slip, letter_files, rules, selectors
from ..enums import PanelState
from ..forms.letters import AddressesForm, ReturnedForm
from ..models import SourceList
from ..services import letters, printing
from .gate import METHODS, address, calm, organiser, refused

TAKES = (PanelState.DRAFT, PanelState.RECRUITING)
MOST_SHOWN = 200


def _private(response):
    response.headers["Cache-Control"] = "private, no-store"
    return response


def of_batch(view):
    """Give a view the batch of its address, of this panel alone."""

    @wraps(view)
    def checked(request, panel, batch, **kwargs):
        found = selectors.batches_of(request.viewer, panel).filter(pk=batch).first()
        if found is None:
            raise Http404(_("There is no such batch of letters."))
        return view(request, panel, batch=found, **kwargs)

    return organiser(checked)


@require_http_methods(METHODS)
@organiser
def batches(request, panel):
    """The batches and what became of them; a file is read here, with every fault, before anything is kept."""
    if request.method == "POST":
        return _read(request, panel)
    return _page(request, panel, AddressesForm(lists=panel.source_lists.all()))


def _page(request, panel, form, *, problems=(), status=200):
    context = {
        "nav_key": "panels",
        "panel": panel,
        "batches": list(selectors.batches_of(request.viewer, panel)),
        "form": form if panel.state in TAKES else None,
        "problems": [
            [{"text": one.line, "numeric": True}, {"text": one.sentence}] for one in sorted(problems)[:MOST_SHOWN]
        ],
        "unshown": max(0, len(problems) - MOST_SHOWN),
        "columns": [{"label": _("Line"), "numeric": True}, {"label": _("What is wrong")}],
    }
    return _private(render(request, "panels/letters/batches.html", context, status=status))


def _read(request, panel):
    """Read the file and keep nothing: everything wrong with it, or what it would make."""
    calm(request, "addresses", 20)
    form = AddressesForm(request.POST, request.FILES, lists=panel.source_lists.all())
    if not form.is_valid():
        return _page(request, panel, form, status=422)
    source_list = form.cleaned_data["source_list"]
    try:
        report = letters.open_batch(
            actor=request.user, panel=panel, source_list=source_list, data=form.content, dry_run=True
        )
    except Unreadable as refusal:
        form.add_error("file", str(refusal))
        return _page(request, panel, form, status=422)
    if report.problems:
        form.add_error("file", _("Nothing was kept: correct the lines told below, then send the file again."))
        return _page(request, panel, form, problems=report.problems, status=422)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "source_list": source_list,
        "count": report.counts["created"],
        "carried": address_slip.closed(request.user, source_list, form.content),
    }
    return _private(render(request, "panels/letters/confirm.html", context))


@require_POST
@organiser
def confirm(request, panel):
    """Keep the file that was read, and have its letters made; the same page sent twice makes one batch."""
    slip = address_slip.opened(request.user, request.POST.get("fichier", ""))
    source_list = SourceList.objects.filter(panel=panel, pk=slip.list_id).first() if slip else None
    if source_list is None:
        return refused(request, 409, _("This file was read too long ago: send it again. Nothing was kept."))
    if not slip.take():
        messages.info(request, _("These letters are asked for already: here they are."))
        return see_other(address(panel, "letters"))
    try:
        report = letters.open_batch(actor=request.user, panel=panel, source_list=source_list, data=slip.data)
    except Exception:
        slip.give_back()
        raise
    messages.success(request, _("The letters are being made. You may leave this page: the work goes on."))
    return see_other(address(panel, "batch", batch=report.batch.pk))


@require_safe
@of_batch
def batch(request, panel, batch):
    """Where a batch stands, how far its work is, its files, and what is to be done now."""
    return _batch(request, panel, batch, ReturnedForm(batch=batch))


def _batch(request, panel, batch, form, status=200):
    run = printing.run_of(batch)
    there = letter_files.made(batch) if batch.secret is not None else []
    context = {
        "nav_key": "panels",
        "panel": panel,
        "batch": batch,
        "run": run,
        "is_working": run is not None and not run.is_finished,
        "is_drawing": run is not None and run.name == printing.JOB,
        "may_draw": batch.is_made and batch.secret is not None,
        "parts": [(part, *letter_files.bounds(batch, part)) for part in there],
        "form": form,
    }
    return _private(render(request, "panels/letters/batch.html", context, status=status))


@require_POST
@of_batch
def work(request, panel, batch):
    """Ask for the work that is to be done now; pressed twice, it is asked once."""
    printing.ask_work(actor=request.user, batch=batch)
    messages.success(request, _("The work has begun. You may leave this page: it goes on."))
    return see_other(address(panel, "batch", batch=batch.pk))


@require_safe
@of_batch
def part(request, panel, batch, part):
    """One file of letters, for an organiser alone; it is kept by no cache."""
    rules.refuse_unless(rules.may_organise(request.viewer, panel))
    there = batch.secret is not None and part in letter_files.parts_of(batch)
    content = letter_files.read(batch, part) if there else None
    if content is None:
        raise Http404(_("This file is not there any more: have the letters drawn again."))
    letters.note_taken(actor=request.user, batch=batch, part=part)
    kind, ending = ("application/pdf", "pdf") if content.startswith(b"%PDF") else ("text/html; charset=utf-8", "html")
    response = HttpResponse(content, content_type=kind)
    name = f"courriers-{batch.reference}-{part:03d}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return _private(response)


@require_http_methods(METHODS)
@of_batch
def printed(request, panel, batch):
    """Say that the letters are printed: once."""
    if request.method == "POST":
        letters.mark_printed(actor=request.user, batch=batch)
        messages.success(request, _("Written: these letters are printed. Say it when they are posted."))
        return see_other(address(panel, "batch", batch=batch.pk))
    return _asked(
        request, panel, batch,
        title=_("Are all these letters printed?"),
        text=_("Look at some of them first: the address in the window, the square that a telephone reads."),
        submit=_("Yes, they are printed"),
    )  # fmt: skip


@require_http_methods(METHODS)
@of_batch
def mailed(request, panel, batch):
    """Say that the letters are posted: addresses and files go, and no code can be read again."""
    if request.method == "POST":
        letters.mark_mailed(actor=request.user, batch=batch)
        messages.success(request, _("Written: these letters are posted. The addresses are erased."))
        return see_other(address(panel, "batch", batch=batch.pk))
    return _asked(
        request, panel, batch,
        title=_("Are all these letters posted?"),
        text=_(
            "The addresses and the files are erased at once, and nobody can print these letters again. It can’t be "
            "undone."
        ),
        submit=_("Yes, they are posted"),
        danger=True,
    )  # fmt: skip


def _asked(request, panel, batch, *, danger=False, **confirm):
    here = address(panel, "batch", batch=batch.pk)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "batch": batch,
        "confirm": confirm | {"danger": danger},
        "back": here,
    }
    return _private(render(request, "panels/letters/asked.html", context))


@require_POST
@of_batch
def returned(request, panel, batch):
    """Keep the numbers of the letters that the post brought back; a code that comes back may still be used."""
    form = ReturnedForm(request.POST, batch=batch)
    if form.is_valid():
        try:
            count = letters.mark_returned(actor=request.user, batch=batch, numbers=form.cleaned_data["numbers"])
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            told = ngettext("%(n)d letter is written as returned.", "%(n)d letters are written as returned.", count)
            messages.success(request, told % {"n": count})
            return see_other(address(panel, "batch", batch=batch.pk))
    return _batch(request, panel, batch, form, status=422)
