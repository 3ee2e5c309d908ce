"""The facilitator's desk: who stands there is proved by their card or their paper, then printed for; journaled."""

from django.core import signing
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from src.directory import throttle
from src.directory.backends import find_account
from src.directory.services.codes import find_live_code
from src.foundations import journal
from src.foundations.gates import TooFast

from .. import rules, selectors
from ..enums import Channel
from ..forms.desk import CardForm, PaperForm
from ..services import print_one
from .gate import METHODS, NAV, calm, file_of, missing, only, private

SALT = "trainings.attestations.desk"
# How long a person proved stays so: the time to print.
MINUTES = 10

facilitators = only(rules.may_reprint, gettext_lazy("The desk is kept by facilitators."))


@sensitive_post_parameters("card")
@require_http_methods(METHODS)
@facilitators
def desk(request):
    """Two ways to say who stands there, then their attestations."""
    paper, card = PaperForm(), CardForm()
    person = None
    if request.method == "POST":
        calm(request, "desk", 30)
        if request.POST.get("way") == "card":
            card = CardForm(request.POST)
            person = _by_card(request, card)
        else:
            paper = PaperForm(request.POST)
            person = _by_paper(paper)
    if person is not None:
        return _opened(request, person)
    context = {"nav_key": NAV, "paper": paper, "card": card, "faulty": card if card.errors else paper}
    status = 422 if paper.errors or card.errors else 200
    return private(render(request, "trainings_attestations/desk.html", context, status=status))


def _by_card(request, form):
    if not form.is_valid():
        return None
    number = form.cleaned_data["number"]
    found = find_account(number)
    if not throttle.may_guess(request, found, number):
        raise TooFast
    if find_live_code(found, form.cleaned_data["card"]) is None or not found.is_active:
        form.say_unknown()
        return None
    throttle.forgive(request, found)
    return found


def _by_paper(form):
    if not form.is_valid():
        return None
    found = selectors.holder_of(form.cleaned_data["code"])
    if found is None or not found.is_active:
        form.add_error("code", _("No attestation of somebody at work has this code."))
        return None
    return found


def _opened(request, person):
    """Their attestations, for the time to print; that they were opened is written down."""
    held = selectors.held_by(person.pk)
    journal.record(
        "trainings.attestations_opened",
        actor=request.viewer.user,
        object_ref=f"account:{journal.pseudonym(person)}",
        payload={"shown": len(held)},
    )
    slip = signing.dumps({"person": person.pk, "by": request.viewer.user_id}, salt=SALT)
    context = {"nav_key": NAV, "person": person, "held": held, "slip": slip}
    return private(render(request, "trainings_attestations/desk_open.html", context))


@require_POST
@facilitators
def reprint(request):
    """One attestation of whoever was just proved, on paper; the same code, one more print."""
    calm(request, "print", 30)
    try:
        slip = signing.loads(request.POST.get("slip", ""), salt=SALT, max_age=MINUTES * 60)
    except signing.BadSignature:
        slip = {}
    key = request.POST.get("completion", "")
    if slip.get("by") != request.viewer.user_id or not key.isdecimal() or len(key) > 18:
        raise missing()
    found = selectors.own_completion(slip["person"], int(key))
    if found is None:
        raise missing()
    return file_of(print_one(completion=found, actor=request.viewer, channel=Channel.DESK))
