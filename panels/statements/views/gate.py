"""The one way a view reaches a round: the members' space first, then what somebody may know of."""

from functools import wraps

from django.shortcuts import render
from django.urls import reverse

from panels.views.gate import METHODS, calm, missing, open_to

from .. import rules, selectors

__all__ = ["METHODS", "address", "calm", "closer", "inside", "member", "missing", "runner", "show_form"]


def _with_round(view):
    @wraps(view)
    def found(request, panel, round, *args, **kwargs):  # noqa: A002 - the name of the address
        one = selectors.round_of(request.viewer, panel, round[:6])
        if one is None:
            raise missing()
        # The panel as the gate read it: the same object for every rule.
        one.panel = panel
        if "statement" in kwargs:
            kwargs["statement"] = selectors.statement_of(request.viewer, one, kwargs["statement"][:6])
            if kwargs["statement"] is None:
                raise missing()
        return view(request, panel, one, *args, **kwargs)

    return found


def inside(view):
    """A round in the members' space, for members and the team."""
    return open_to(rules.may_enter)(_with_round(view))


def member(view):
    """For those who sit; the team reads there, and is told that it doesn't answer."""

    @wraps(view)
    def checked(request, panel, round_, *args, **kwargs):
        rules.refuse_unless(rules.may_answer(request.viewer, panel))
        return view(request, panel, round_, *args, **kwargs)

    return inside(checked)


def runner(view):
    """For organisers and facilitators."""
    return open_to(rules.may_run)(_with_round(view))


def closer(view):
    """For organisers."""
    return open_to(rules.may_close)(_with_round(view))


def address(round_, name: str = "round", **kwargs) -> str:
    """The address of one of the pages of a round."""
    return reverse(f"panel_statements:{name}", kwargs={"slug": round_.panel.slug, "round": round_.reference, **kwargs})


def show_form(request, panel, form, *, title, submit, back, back_label, lede="", quote="", danger=False):
    """A page with one form; 422 when something refused it. ``quote``: the sentence it is about."""
    context = {
        "nav_key": "panels",
        "panel": panel,
        "form": form,
        "title": title,
        "submit": submit,
        "back": back,
        "back_label": back_label,
        "lede": lede,
        "quote": quote,
        "danger": danger,
    }
    return render(request, "panel_statements/form.html", context, status=422 if form.errors else 200)
