"""The queue of calls: take the next, say what the script says, write what came of it or give it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from src.foundations.gates import add_errors, see_other

from .. import selectors
from ..forms.calls import OutcomeForm
from ..models import Call
from ..services import calls, candidates
from .gate import address, calm, enterer, missing


@require_safe
@enterer
def queue(request, panel):
    """How many wait; the call in hand, with how to reach the person: each showing is a line of the journal."""
    return _queue(request, panel)


def _queue(request, panel, form=None, status=200):
    mine = (
        Call.objects.filter(candidate__panel=panel)
        .held_by(request.viewer)
        .select_related("candidate__panel", "candidate__source_list")
        .first()
    )
    context = {
        "nav_key": "panels",
        "panel": panel,
        "counts": selectors.call_counts(request.viewer, panel),
        "call": mine,
        "contact": _contact(request, mine) if mine else None,
        "form": form or OutcomeForm(),
        "speaker": request.user.get_full_name(),
    }
    response = render(request, "panels/calls/queue.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _contact(request, call):
    """None once it was erased: the page says so, and the call can still be written as done."""
    try:
        return candidates.read_contact(actor=request.viewer, candidate=call.candidate)
    except candidates.WrongState:
        return None


@require_POST
@enterer
def take(request, panel):
    """Take the next call for half an hour; whoever has one already gets that one again."""
    calm(request, "calls", 30)
    if calls.take_next(actor=request.user, panel=panel) is None:
        messages.info(request, _("Nobody waits for a call now."))
    return see_other(address(panel, "calls"))


def _call(request, panel, pk: int) -> Call:
    found = Call.objects.visible_to(request.viewer).filter(candidate__panel=panel, pk=pk)
    one = found.select_related("candidate__panel").first()
    if one is None:
        raise missing()
    return one


@require_POST
@enterer
def finish(request, panel, call):
    """Write what came of a call; a page sent twice, or from another tab, is told that things moved on."""
    one = _call(request, panel, call)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            calls.finish_call(
                actor=request.user,
                call=one,
                outcome=form.cleaned_data["outcome"],
                call_at=form.cleaned_data.get("call_at"),
            )
        except candidates.WrongState:
            raise
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("It is written. Take the next one when you are ready."))
            return see_other(address(panel, "calls"))
    return _queue(request, panel, form, 422)


@require_POST
@enterer
def give_back(request, panel, call):
    """Let somebody else make the call."""
    calls.give_back(actor=request.user, call=_call(request, panel, call))
    messages.success(request, _("Given back: somebody else will call."))
    return see_other(address(panel, "calls"))
