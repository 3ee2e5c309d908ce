"""What members do: answer one statement at a time, change an answer, propose."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panels.services.preparing import WrongState
from panels.views.confirming import data_of, done
from src.foundations.gates import see_other
from src.foundations.references import normalise

from .. import selectors, services
from ..enums import Choice
from ..forms.answering import ProposeForm
from .gate import METHODS, address, calm, member, missing, show_form

# As the buttons send them.
CHOICES = {"accord": Choice.AGREE, "desaccord": Choice.DISAGREE, "passe": Choice.PASS}
TAKE_BACK = "retirer"


@require_http_methods(METHODS)
@member
def answer(request, panel, round_):
    """The next statement and its three buttons; or the one asked for, with what was answered."""
    error = ""
    if request.method == "POST":
        error = _kept(request, round_)
        if not error:
            return see_other(_after(request, round_))
    wanted = request.POST.get("enonce") or request.GET.get("enonce", "")
    again = request.POST.get("encore") or request.GET.get("enonce")
    mine = selectors.answers_of(request.viewer, round_)
    by_reference = {one.reference: one for one in mine}
    if wanted and wanted not in by_reference and request.method != "POST":
        raise missing()
    one = by_reference.get(wanted)
    if one is None and round_.is_open:
        one = selectors.next_of(request.viewer, round_)
    answered = sum(row.choice is not None for row in mine)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "round": round_,
        "statement": one if round_.is_open else None,
        "choice": getattr(one, "choice", None) if again else None,
        "again": bool(again),
        "error": error,
        "answered": answered,
        "total": len(mine),
        "back": address(round_),
    }
    return render(request, "panel_statements/answer.html", context, status=422 if error else 200)


def _kept(request, round_) -> str:
    """Keep what a button sent; the sentence of what is missing, empty when it is kept."""
    calm(request, "answer", 120)
    one = selectors.statement_of(request.viewer, round_, normalise(request.POST.get("enonce", "")))
    sent = request.POST.get("choix", "")
    if one is None:
        raise missing()
    if sent == TAKE_BACK:
        services.take_back(actor=request.viewer, statement=one)
        messages.success(request, _("Your answer is taken back."))
        return ""
    if sent not in CHOICES:
        return _("Choose one of the three answers.")
    try:
        services.answer(actor=request.viewer, statement=one, choice=CHOICES[sent])
    except WrongState:
        raise
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def _after(request, round_) -> str:
    """Back to one's answers after a change; else the next statement, where the keyboard goes on."""
    if request.POST.get("encore") or request.POST.get("choix") == TAKE_BACK:
        return address(round_, "mine")
    return address(round_, "answer") + "#enonce"


@require_safe
@member
def mine(request, panel, round_):
    """What one answered, and what one proposed with how the team read it."""
    rows = selectors.answers_of(request.viewer, round_)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "round": round_,
        "answers": [(one, Choice(one.choice).label) for one in rows if one.choice is not None],
        "left": sum(one.choice is None for one in rows),
        "proposals": list(selectors.proposed_by(request.viewer, round_)),
        "back": address(round_),
    }
    return render(request, "panel_statements/mine.html", context)


@require_http_methods(METHODS)
@member
def propose(request, panel, round_):
    """A statement of one's own."""
    form = ProposeForm(data_of(request))

    def act():
        calm(request, "propose", 20)
        services.propose(actor=request.viewer, round_=round_, **form.cleaned_data)

    if done(form, act):
        messages.success(request, _("Thank you. The team reads it before the others answer it."))
        return see_other(address(round_, "mine"))
    return show_form(
        request, panel, form, title=_("Propose a statement"), submit=_("Propose it"), back=address(round_),
        back_label=round_.title, quote=round_.question,
        lede=_("Nobody reads who proposed it: neither the other members nor the team."),
    )  # fmt: skip


@require_POST
@member
def withdraw(request, panel, round_, statement):
    """Take back what one proposed."""
    services.withdraw(actor=request.viewer, statement=statement)
    messages.success(request, _("Your statement is taken back."))
    return see_other(address(round_, "mine"))
