"""Trainings done elsewhere come in by a file: sent, checked whole, then confirmed. Nothing is half taken in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations.gates import see_other
from src.foundations.imports import Unreadable

from .. import following
from ..forms.following import FileForm
from ..models import CompletionFile
from ..services import importing
from .gate import METHODS, MovedOn, calm, common, missing, preparers

MOST_TOLD = 100


@require_http_methods(METHODS)
@preparers
def send(request):
    """Send a file; it is checked next, and nothing is written yet."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        calm(request, "files", 20)
        sent = form.cleaned_data["file"]
        try:
            if sent.size > importing.MAX_BYTES:
                raise Unreadable(_("This file is over 8 MB: cut it in several ones."))
            made = importing.send_file(actor=request.user, name=sent.name, data=sent.read())
        except Unreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            return see_other(reverse("trainings_obligations:file", kwargs={"key": made.pk}))
    context = {**common(), "form": form, "columns": _columns()}
    return render(request, "trainings_obligations/hr/import.html", context, status=422 if form.errors else 200)


def _columns() -> list[tuple[str, str]]:
    return [
        ("matricule", _("the personnel number")),
        ("formation", _("the address of the training, for instance accueillir-sans-discriminer")),
        ("terminée le", _("the day, for instance 31/12/2025")),
        ("minutes", _("how long it took; may be left out")),
        ("équivalence", _("oui when it is another training that counts as this one; may be left out")),
    ]


@require_http_methods(METHODS)
@preparers
def check(request, key):
    """What a file holds, every fault with its line; then taken in, once."""
    file = CompletionFile.objects.filter(pk=key, owner_id=request.viewer.user_id).first()
    if file is None:
        raise missing()
    if request.method == "POST":
        try:
            importing.confirm_file(actor=request.user, file=file)
        except ValidationError as refusal:
            raise MovedOn(" ".join(refusal.messages)) from refusal
        messages.success(request, _("The file is confirmed."))
        return see_other(request.path)
    waits = file.is_waiting and bool(file.text)
    report = importing.check(file.text) if waits else None
    run = following.run_of(file.run_id)
    context = {
        **common(),
        "file": file,
        "report": report,
        "problems": report.problems[:MOST_TOLD] if report else [],
        "more": max(0, len(report.problems) - MOST_TOLD) if report else 0,
        "run": run,
        "is_running": following.is_running(run),
        "has_failed": run is not None and run.state == run.State.FAILED,
    }
    return render(request, "trainings_obligations/hr/import_check.html", context)
