"""The desk: what awaits, printing sheets, opening a batch."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import clock, documents
from src.foundations.gates import see_other

from .. import registry, selectors, services
from ..forms import BatchForm, PrintForm, places_of
from .gate import facilitator


@require_safe
@facilitator
def desk(request):
    """Batches of one's places that await something, and what was destroyed last."""
    context = {
        "nav_key": "paper",
        "lines": selectors.desk(request.viewer),
        "destroyed": selectors.destroyed(request.viewer),
    }
    return render(request, "paper/desk.html", context)


def kinds_for(viewer) -> list[tuple[str, str]]:
    """What may be printed or typed: one entry a form, and one a box where the form has boxes."""
    found = []
    for paper in registry.forms():
        if paper.places is None:
            found.append((f"{paper.key}:", str(paper.title)))
            continue
        places = paper.places(viewer)
        for value, label in places:
            words = _("%(form)s (%(place)s)") % {"form": paper.title, "place": label}
            told = len(places) > 1 or paper.adapt is not None
            found.append((f"{paper.key}:{value}", words if told else str(paper.title)))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@facilitator
def print_form(request):
    """Choose a sheet, a place and a number; the answer is the document itself, which can't be made again."""
    kinds = kinds_for(request.viewer)
    form = PrintForm(request.POST or None, kinds=kinds, units=places_of(request.viewer))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        key, _sep, about = cleaned["kind"].partition(":")
        try:
            printed = services.print_sheets(
                actor=request.user,
                paper=registry.form(key),
                about=about,
                unit=cleaned["unit"],
                count=cleaned["count"],
                large=cleaned["large"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            name = f"feuilles-{slugify(cleaned['unit'].name)}-{clock.today():%Y-%m-%d}"
            return documents.pdf_or_html_response(printed.html, name)
    context = {"nav_key": "paper", "form": form}
    return render(request, "paper/print.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@facilitator
def new_batch(request):
    """The header of a batch."""
    form = BatchForm(request.POST or None, units=places_of(request.viewer))
    if request.method == "POST" and form.is_valid():
        try:
            batch = services.open_batch(actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The batch is open. Type its first sheet."))
            return see_other(reverse("paper:type", kwargs={"batch": batch.reference}))
    context = {"nav_key": "paper", "form": form}
    return render(request, "paper/new_batch.html", context, status=422 if form.errors else 200)
