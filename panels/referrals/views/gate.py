"""The one way a view reaches a referral: the panel's gate first, then what somebody may know of."""

from functools import wraps

from django.shortcuts import render
from django.urls import reverse

from panels import rules as panel_rules
from panels.views.gate import METHODS, calm, missing, open_to, screen, signed_in

from .. import rules, selectors

__all__ = ["METHODS", "address", "calm", "decider", "inside", "known", "missing", "runner", "show_form"]


def _with_referral(view):
    @wraps(view)
    def found(request, panel, reference, *args, **kwargs):
        one = selectors.one_of(request.viewer, panel, reference[:6])
        if one is None:
            raise missing()
        # The panel as the gate read it: the same object for every rule.
        one.panel = panel
        return view(request, panel, one, *args, **kwargs)

    return found


def known(view):
    """A referral somebody may know of, whoever they are."""
    return screen(_with_referral(view))


def inside(view):
    """A referral in the members' space."""
    return open_to(panel_rules.may_enter_workspace)(_with_referral(view))


def runner(view):
    """For organisers and facilitators."""
    return open_to(rules.may_run)(_with_referral(view))


def decider(view):
    """For organisers."""
    return open_to(rules.may_decide)(_with_referral(view))


def speaking(view):
    """For whoever answers for the unit that asked; a refusal in words for who reads the page and doesn't."""

    @wraps(view)
    def checked(request, panel, referral, *args, **kwargs):
        rules.refuse_unless(rules.may_speak_for(request.viewer, referral))
        return view(request, panel, referral, *args, **kwargs)

    return signed_in(known(checked))


def address(referral, name: str = "inside") -> str:
    """The address of one of the pages of a referral."""
    kwargs = {"slug": referral.panel.slug, "reference": referral.reference}
    return reverse(f"panel_referrals:{name}", kwargs=kwargs)


def show_form(request, referral, form, *, title, submit, back, panel=None, **more):
    """A page with one form; 422 when something refused it.

    ``more``: ``lede`` under the title, ``danger`` for what isn't undone, ``with_file``, ``draft`` for the words of a
    second button, which keeps without giving.
    """
    context = {
        "nav_key": "panels",
        "panel": panel or referral.panel,
        "referral": referral,
        "form": form,
        "title": title,
        "submit": submit,
        "back": back,
        "lede": "",
        "danger": False,
        "with_file": False,
        "draft": "",
        **more,
    }
    status = 422 if form.errors else 200
    return render(request, "panel_referrals/form.html", context, status=status)
