"""Somebody's own registration, opened by their ticket and its secret number: agreements, needs, withdrawal."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations.gates import see_other

from .. import door, entrance, own_parts, receipts
from ..enums import OVER, ConsentPurpose
from ..forms.candidates import NeedsForm, ProofForm
from ..forms.contact import OwnContactForm
from ..forms.registration import words_of
from ..models import Candidate, Membership
from ..services import candidates, erasing
from .confirming import data_of, done
from .gate import METHODS, screen
from .registering import unseen


def _mine(request) -> Candidate | None:
    """Whoever proved to be the owner of a ticket less than half an hour ago, from this browser."""
    key = entrance.read(request).get("own")
    return Candidate.objects.filter(pk=key).select_related("panel").first() if key else None


def owner(view):
    """Open to whoever proved it; for the others, the door."""

    @wraps(view)
    def checked(request):
        found = _mine(request)
        if found is None:
            messages.info(request, _("Type your ticket and your number again: half an hour is over."))
            return entrance.unkept(see_other(reverse("panels:own")))
        return entrance.unkept(view(request, found))

    return unseen(screen(checked))


@require_http_methods(METHODS)
@unseen
@screen
def own(request):
    """The ticket and the number, then what they open; one answer for everything that opens nothing."""
    if request.method == "POST":
        return _proved(request)
    found = _mine(request)
    if found is None:
        return _door(request, ProofForm())
    return entrance.keep(_page(request, found), request, own=found.pk)


def _proved(request):
    form = ProofForm(request.POST)
    if not form.is_valid():
        return _door(request, form, 422)
    try:
        found = receipts.proved(**form.cleaned_data, caller=entrance.caller(request))
    except receipts.NotYours as refusal:
        form.add_error("number", refusal.messages[0])
        return _door(request, form, 422)
    except door.TooManyTries:
        form.add_error("number", receipts.NotYours().messages[0])
        response = _door(request, form, 429)
        response["Retry-After"] = "3600"
        return response
    return entrance.keep(see_other(reverse("panels:own")), request, own=found.pk)


def _door(request, form, status=200):
    context = {"nav_key": "panels", "form": form}
    return entrance.keep(render(request, "panels/register/own_door.html", context, status=status), request)


def _page(request, candidate, needs_form=None, status=200):
    given = set(candidate.consents.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True))
    context = {
        "nav_key": "panels",
        "panel": candidate.panel,
        "candidate": candidate,
        "member": Membership.objects.sitting().filter(candidate=candidate).select_related("panel").first(),
        "stands": candidate.state not in OVER,
        "agreements": [
            (one, words_of(one), one.value in given) for one in ConsentPurpose if one != ConsentPurpose.TAKE_PART
        ],
        "form": needs_form,
        "ways": own_parts.ways_for(candidate),
    }
    return render(request, "panels/register/own.html", context, status=status)


def _refuse_over(candidate) -> None:
    if candidate.state in OVER:
        raise candidates.WrongState(_("You take part no more: nothing changes here now."), code="state")


@require_POST
@owner
def agreement(request, candidate):
    """Give an agreement, or take it back; each apart, and never the one that registering means."""
    purpose = request.POST.get("purpose", "")
    _refuse_over(candidate)
    if purpose not in ConsentPurpose.values or purpose == ConsentPurpose.TAKE_PART:
        raise candidates.WrongState(_("Choose one of the agreements of your page."), code="purpose")
    if request.POST.get("action") == "give":
        candidates.give_consent(candidate=candidate, purpose=purpose)
        messages.success(request, _("Your agreement is kept."))
    else:
        candidates.take_back_consent(candidate=candidate, purpose=purpose)
        messages.success(request, _("Your agreement is taken back."))
    return see_other(reverse("panels:own"))


@require_http_methods(METHODS)
@owner
def needs(request, candidate):
    """Say what one needs to come, in place of what was said before; what was said isn't shown again here."""
    _refuse_over(candidate)
    form = NeedsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        candidates.say_needs(candidate=candidate, needs=tuple(form.cleaned_data["needs"]))
        messages.success(request, _("It is kept."))
        return see_other(reverse("panels:own"))
    context = {"nav_key": "panels", "form": form}
    return render(request, "panels/register/own_needs.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(METHODS)
@owner
def contact(request, candidate):
    """Write what changed of how one is reached; what is known isn't shown here, nor the ticket."""
    _refuse_over(candidate)
    form = OwnContactForm(data_of(request))
    if done(form, lambda: candidates.correct_contact(candidate=candidate, **form.cleaned_data)):
        messages.success(request, _("It is corrected."))
        return see_other(reverse("panels:own"))
    context = {"nav_key": "panels", "form": form}
    return render(request, "panels/register/own_contact.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@owner
def withdraw(request, candidate):
    """Withdraw, at any moment; what it means is told first."""
    if request.method == "POST":
        _refuse_over(candidate)
        candidates.withdraw(candidate=candidate)
        messages.success(request, _("You are withdrawn. You will not be drawn, and nobody will call you."))
        return see_other(reverse("panels:own"))
    context = {"nav_key": "panels", "panel": candidate.panel, "candidate": candidate}
    return render(request, "panels/register/own_withdraw.html", context)


@require_http_methods(METHODS)
@owner
def erase(request, candidate):
    """Have everything known of oneself erased at once; whoever is still a candidate withdraws by it. Told first."""
    if request.method == "POST":
        erasing.erase_candidate(candidate)
        messages.success(
            request, _("Everything we knew about you is erased. Only the ticket remains, without anybody.")
        )
        return entrance.end(see_other(reverse("panels:register")))
    context = {"nav_key": "panels", "panel": candidate.panel, "candidate": candidate}
    return render(request, "panels/register/own_erase.html", context)
