"""A form that its service may refuse, and the page that says what a gesture means before it is done."""

from django.core.exceptions import ValidationError
from django.shortcuts import render

from src.foundations.gates import add_errors

from ..services.preparing import WrongState
from .gate import address


def data_of(request):
    """What was sent, or nothing when the page is read."""
    return request.POST if request.method == "POST" else None


def done(form, act) -> bool:
    """Whether a form was sent, is right, and its service did it.

    What the service refuses goes beside the fields; what has moved on goes to the gate.
    """
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except WrongState:
        raise
    except ValidationError as refusal:
        add_errors(form, refusal)
        return False
    return True


def confirm(request, panel, title, means, submit, *, back="", faults=(), form=None, danger=False):
    """What a gesture means, what is missing, then its button; 422 when something refused it."""
    context = {
        "nav_key": "panels",
        "panel": panel,
        "title": title,
        "means": means,
        "submit": submit,
        "faults": faults,
        "form": form,
        "danger": danger,
        "back": back or address(panel, "desk"),
    }
    is_refused = bool(faults) and request.method == "POST" or form is not None and bool(form.errors)
    return render(request, "panels/confirm.html", context, status=422 if is_refused else 200)
