"""Two people read a sample apart: drawn, finished, compared, settled; or given up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from src.directory.models import User
from src.foundations.gates import see_other

from .. import coding_reading as reading
from ..forms.coding import DoubleForm
from ..services import coding
from .book_gate import METHODS, at, of_codebook


@require_http_methods(METHODS)
@of_codebook
def double(request, book):
    """The sample under way, or drawing one; the agreement of those that are done, and what is left to settle."""
    running = reading.running_double(book)
    coders = reading.coders_of(book.questionnaire, request.user)
    form, left = None, coding.unread_texts(book).count()
    few = running is None and left < coding.SAMPLE_LEAST
    if running is None and not few:
        form = _form(request, left, coders)
        if request.method == "POST" and form.is_valid():
            try:
                coding.draw_double_reading(actor=request.user, codebook=book, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("The sample is drawn: each reads it, without seeing the other's."))
                return see_other(at(book, "double"))
    mine = running is not None and request.user.pk in (running.first_id, running.second_id)
    context = {
        "questionnaire": book.questionnaire,
        "book": book,
        "running": running,
        "is_mine": mine,
        "is_done": mine
        and bool(running.first_done_at if request.user.pk == running.first_id else running.second_done_at),
        "progress": reading.progress(book, request.user),
        "form": form,
        "alone": len(coders) < 2,
        "few": few,
        "done": [_compared(book, one) for one in book.double_readings.filter(completed_at__isnull=False)],
    }
    return render(request, "questionnaires/double.html", context, status=422 if form and form.errors else 200)


def _form(request, left, coders):
    people = User.objects.filter(pk__in=[one.pk for one in coders]).order_by("last_name", "first_name", "pk")
    initial = {"first": request.user.pk, "size": min(50, left)}
    return DoubleForm(request.POST if request.method == "POST" else None, coders=people, initial=initial)


def _compared(book, one) -> dict:
    """The agreement of a sample, as sentences and a table."""
    one.codebook = book
    found = one.agreement
    rows = [
        [
            theme["name"],
            str(theme["both"]),
            str(theme["first"] + theme["second"]),
            str(theme["neither"]),
            _coefficient(theme["kappa"]),
        ]
        for theme in found["themes"]
    ]
    return {
        "double": one,
        "alpha": _coefficient(found["alpha"]),
        "worth": reading.agreement_words(found["alpha"]),
        "texts": found["texts"],
        "identical": found["identical"],
        "columns": [
            {"label": _("Theme")},
            {"label": _("Both gave it"), "numeric": True},
            {"label": _("One alone gave it"), "numeric": True},
            {"label": _("Neither gave it"), "numeric": True},
            {"label": _("Kappa"), "numeric": True},
        ],
        "rows": rows,
        "disagreements": reading.disagreements(one),
    }


def _coefficient(value: float | None) -> str:
    """Two digits, or a dash where it can't be computed."""
    return "–" if value is None else number_format(value, decimal_pos=2)


@require_POST
@of_codebook
def finish(request, book):
    """Say one's reading of the sample is done."""
    running = reading.running_double(book)
    if running is None:
        return see_other(at(book, "double"))
    try:
        held = coding.finish_reading(actor=request.user, double=running)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        done = held.completed_at is not None
        messages.success(
            request,
            _("Both readings are done: here is how far they agree.")
            if done
            else _("Your reading is done. The agreement comes once the other one is."),
        )
    return see_other(at(book, "double"))


@require_http_methods(METHODS)
@of_codebook
def give_up(request, book):
    """What giving up means, then giving up."""
    running = reading.running_double(book)
    if running is None:
        return see_other(at(book, "double"))
    if request.method == "POST":
        try:
            coding.give_up_double_reading(actor=request.user, double=running)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("The sample is given back: its answers are to read again."))
        return see_other(at(book, "double"))
    confirm = {
        "title": _("Give up this double reading"),
        "text": _("What both people coded in the sample is lost, and its answers are to read again."),
        "submit": _("Give up this double reading"),
        "danger": True,
        "cancel_url": at(book, "double"),
    }
    context = {"questionnaire": book.questionnaire, "book": book, "confirm": confirm, "form": None}
    return render(request, "questionnaires/reading_confirm.html", context)
