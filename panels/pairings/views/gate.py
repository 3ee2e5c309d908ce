"""How an address of the room finds its pairing, and draws a form."""

from functools import wraps

from django.shortcuts import render
from django.urls import reverse

from panels.views.gate import METHODS, missing, open_to, screen
from panels.views.members import inside

from .. import rules
from ..models import Pairing

__all__ = ["METHODS", "address", "form_page", "giver_up", "inside", "missing", "runner", "screen", "team"]

team = open_to(rules.may_run)


def _with_pairing(view):
    @wraps(view)
    def found(request, panel, reference, **kwargs):
        one = Pairing.objects.select_related("before", "after").filter(panel=panel, reference=reference[:6]).first()
        if one is None:
            raise missing()
        one.panel = panel
        return view(request, panel, one, **kwargs)

    return found


def runner(view):
    """A pairing, for organisers and facilitators."""
    return team(_with_pairing(view))


def giver_up(view):
    """A pairing, for organisers."""
    return open_to(rules.may_give_up)(_with_pairing(view))


def address(panel, name: str, **kwargs) -> str:
    """The address of one of the pages of the room."""
    return reverse(f"panel_pairings:{name}", kwargs={"slug": panel.slug, **kwargs})


def form_page(request, panel, *, title, submit, means, form=None, danger=False):
    """One gesture; 422 when something refused it."""
    context = {
        "nav_key": "panels", "panel": panel, "title": title, "submit": submit, "means": means, "form": form,
        "danger": danger, "back": address(panel, "inside"),
    }  # fmt: skip
    is_refused = form is not None and bool(form.errors)
    return render(request, "panel_pairings/form.html", context, status=422 if is_refused else 200)
