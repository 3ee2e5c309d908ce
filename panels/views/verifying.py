"""« Vérifier le tirage »: a volunteer holds their receipt against what was sealed. Nothing typed is kept or logged."""

from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from .. import draw_reading, publication
from ..forms.receipt import ReceiptForm
from ..receipt_check import held_against
from ..services import drawing
from .ceremony import sealed_only
from .confirming import data_of
from .draws import draw_address, of_panel
from .gate import METHODS, calm, screen

A_MINUTE = 20


def leaves_nothing(view):
    """No network in the log, no cache, and nothing typed comes back on the page of a refusal."""

    def marked(request, *args, **kwargs):
        request.leaves_no_network = True
        request.keeps_nothing_typed = True
        return view(request, *args, **kwargs)

    return marked


@sensitive_post_parameters("receipt")
@sensitive_variables("form", "entry", "checked")
@require_http_methods(METHODS)
@leaves_nothing
@screen
@of_panel
@sealed_only
def verify(request, panel, draw):
    """One's own leaf checked, one's own chance counted again, and how to do both by hand."""
    form, checked = ReceiptForm(data_of(request), request.FILES if request.method == "POST" else None), None
    if request.method == "POST":
        calm(request, "receipt", A_MINUTE)
        if form.is_valid():
            leaves = drawing.files_of(draw)["leaves"]
            checked = held_against(draw, leaves, form.entry, form.path)
            # Said once, and not left in the field for whoever comes after at the same screen.
            form = ReceiptForm()
    context = {
        "nav_key": "panels",
        "panel": panel,
        "draw": draw,
        "crumbs": [{"label": draw_reading.title_of(draw), "url": draw_address(draw, "public_draw")}],
        "form": form,
        "checked": checked,
        "row": draw_reading.row_words(draw) if draw.row is not None else "",
        "names": publication.names_of(draw),
    }
    return render(request, "panels/draws/verify.html", context, status=422 if form.errors else 200)
