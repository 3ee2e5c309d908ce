"""Preparing an obligation, changing a draft, throwing it away, activating, ending."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from src.foundations.gates import add_errors, see_other

from .. import following
from ..forms.terms import PrepareForm, TermsForm, terms_of
from ..services import background, preparing
from .gate import METHODS, MovedOn, address, common, preparers, prepares


@require_http_methods(METHODS)
@preparers
def prepare(request):
    """A new obligation with one of the usual rules; nobody is asked anything yet."""
    form = PrepareForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = preparing.prepare(actor=request.user, predicate=form.predicate, rule=form.when, **form.terms)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("It is prepared: nobody is asked anything yet. Try it out, then activate it."))
            return see_other(address(made))
    return _form(request, form, common(), "trainings_obligations/hr/prepare.html")


@require_http_methods(METHODS)
@prepares
def revise(request, obligation):
    """The terms of a draft, written anew."""
    if not obligation.is_draft:
        raise MovedOn(_("This mandatory training is already active: its terms don’t change any more."))
    form = TermsForm(request.POST if request.method == "POST" else None, initial=terms_of(obligation))
    if form.is_bound and form.is_valid():
        try:
            preparing.revise(obligation=obligation, actor=request.user, **form.terms)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The terms are kept."))
            return see_other(address(obligation))
    return _form(request, form, common(obligation), "trainings_obligations/hr/revise.html")


def _form(request, form, context, template):
    return render(request, template, {**context, "form": form}, status=422 if form.errors else 200)


# ---- gestures that ask to be confirmed


def _confirmed(request, obligation, act, done: str, **page):
    """What a gesture means, then the gesture; what has moved on is told."""
    if request.method == "POST":
        try:
            act()
        except ValidationError as refusal:
            raise MovedOn(" ".join(refusal.messages)) from refusal
        messages.success(request, done)
        return see_other(page.get("after") or address(obligation))
    shown = {"faults": (), "danger": False, "trial": False, "back": ""}
    return render(request, "trainings_obligations/hr/confirm.html", {**common(obligation), **shown, **page})


@require_http_methods(METHODS)
@prepares
def activate(request, obligation):
    """Ask from now on; what it means is told first, the first evaluation runs in the background."""
    if not obligation.is_draft:
        raise MovedOn(_("This mandatory training is already active."))
    people = background.people()
    means = [
        _("Its terms don’t change any more once it is active; its rule may be replaced, and it may be ended."),
        ngettext(
            "%(count)d agent is looked at in the background: this page says how far it is.",
            "%(count)d agents are looked at in the background: this page says how far it is.",
            people,
        )
        % {"count": people},
        _("Each person concerned reads it on their page and in what they have to do, with its day and its reasons."),
    ]
    faults = []
    if not obligation.track.versions.exists():
        faults.append(_("This training has no published version yet: nobody could follow it."))
    return _confirmed(
        request,
        obligation,
        lambda: preparing.activate(obligation=obligation, actor=request.user, later=True),
        _("It is active. Each person concerned is being told."),
        title=_("Activate this mandatory training?"),
        means=means,
        faults=faults,
        submit=_("Activate"),
        trial=obligation.trial_id is None,
    )


@require_http_methods(METHODS)
@prepares
def end(request, obligation):
    """Ask no longer."""
    if not obligation.is_active:
        raise MovedOn(_("This mandatory training isn’t active."))
    followed = following.Followed(obligation, following.counts_of(request.viewer, [obligation.pk])[obligation.pk])
    open_ones = followed.concerned - followed.held
    means = [
        ngettext(
            "%(count)d person who still has it to do won’t be asked any more.",
            "%(count)d people who still have it to do won’t be asked any more.",
            open_ones,
        )
        % {"count": open_ones},
        _("What was done stays in the ledger; what was asked stays in its history."),
        _("It can’t be taken back: to ask again, prepare another one."),
    ]
    return _confirmed(
        request,
        obligation,
        lambda: preparing.end(obligation=obligation, actor=request.user, later=True),
        _("It is ended: nobody is asked any more."),
        title=_("End this mandatory training?"),
        means=means,
        submit=_("End it"),
        danger=True,
    )


@require_http_methods(METHODS)
@prepares
def discard(request, obligation):
    """Throw a draft away."""
    if not obligation.is_draft:
        raise MovedOn(_("This mandatory training is already active: it can be ended, not thrown away."))
    return _confirmed(
        request,
        obligation,
        lambda: preparing.discard(obligation=obligation, actor=request.user),
        _("The draft is thrown away."),
        title=_("Throw this draft away?"),
        means=[_("Its terms and its rule are lost. Nobody was asked anything."), _("It can’t be taken back.")],
        submit=_("Throw it away"),
        danger=True,
        after=reverse("trainings_obligations:hr"),
    )
