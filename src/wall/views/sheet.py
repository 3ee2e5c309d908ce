"""One sheet: what it says, printing it, and the tick « affichée le »."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import selectors, services
from ..forms import PostedForm
from .gate import back, poster


def _page(request, sheet, form, status=200):
    context = {"sheet": sheet, "shown": selectors.shown([sheet])[0], "form": form}
    return render(request, "wall/sheet.html", context, status=status)


@require_safe
@poster
def preview(request, sheet):
    """What hangs, with its buttons."""
    return _page(request, sheet, PostedForm(sheet=sheet))


@require_POST
@poster
def post(request, sheet):
    """The tick; from the list, the day is today's."""
    form = PostedForm(request.POST if "day" in request.POST else None, sheet=sheet)
    if form.is_bound and not form.is_valid():
        return _page(request, sheet, form, status=422)
    try:
        done = services.post(actor=request.user, sheet=sheet, on=form.cleaned_data["day"] if form.is_bound else None)
    except ValidationError as refusal:
        form.add_error("day", refusal)
        return _page(request, sheet, form, status=422)
    if done:
        messages.success(request, _("“%(place)s”: the sheet is on the wall.") % {"place": sheet.unit.name})
    else:
        messages.info(request, _("“%(place)s”: it was already said.") % {"place": sheet.unit.name})
    return back(request)


@require_POST
@poster
def take_back(request, sheet):
    """The tick undone."""
    if services.take_back(actor=request.user, sheet=sheet):
        messages.success(request, _("“%(place)s”: the sheet is no longer said to hang.") % {"place": sheet.unit.name})
    return back(request)
