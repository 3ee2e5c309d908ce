"""Registering with the code of a letter, without an account, on a telephone; then one's receipt to keep."""

from secrets import token_hex

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations.gates import add_errors, see_other

from .. import door, entrance, receipts
from ..enums import CandidateState
from ..forms.registration import CodeForm, RegistrationForm
from ..models import Candidate
from ..services import registering
from .gate import METHODS, screen


def unseen(view):
    """Sent without a name: no network in the log, nothing of the form on a page of refusal."""

    def marked(request, *args, **kwargs):
        request.leaves_no_network = True
        request.keeps_nothing_typed = True
        return view(request, *args, **kwargs)

    return sensitive_post_parameters()(sensitive_variables()(marked))


@require_http_methods(METHODS)
@unseen
@screen
def register(request):
    """The door: a code leads to the questions; the same answer for every code that opens nothing."""
    if request.method != "POST":
        return _door(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _door(request, form, 422)
    try:
        door.take_a_try(entrance.caller(request))
        door.find(form.cleaned_data["code"])
    except door.CodeRefused as refusal:
        return _refused_code(request, refusal)
    code = form.cleaned_data["code"]
    return entrance.keep(see_other(reverse("panels:register_form")), request, code=code, token=token_hex(16))


def _refused_code(request, refusal):
    """The same page, whatever the reason; what was typed is not written on it, so that its length says nothing."""
    shown = CodeForm({"code": ""})
    shown.is_valid()
    shown.errors.clear()
    shown.add_error("code", refusal.messages[0])
    too_many = isinstance(refusal, door.TooManyTries)
    response = _door(request, shown, 429 if too_many else 422)
    if too_many:
        response["Retry-After"] = "3600"
    return response


def _door(request, form, status=200):
    response = render(request, "panels/register/door.html", {"nav_key": "panels", "form": form}, status=status)
    carried = {name: value for name, value in entrance.read(request).items() if name not in ("browser", "until")}
    return entrance.keep(response, request, **carried)


@require_http_methods(METHODS)
@unseen
@screen
def answer(request):
    """The questions, on one page; nothing typed is lost when something is missing, nothing is kept twice."""
    carried = entrance.read(request)
    if "code" not in carried:
        messages.info(request, _("Type the code of your letter again: half an hour is over."))
        return entrance.unkept(see_other(reverse("panels:register")))
    try:
        invitation = registering.invitation_of(code=carried["code"], token=carried["token"])
    except door.CodeRefused as refusal:
        return _refused_code(request, refusal)
    panel = invitation.batch.panel
    form = RegistrationForm(
        panel,
        request.POST if request.method == "POST" else None,
        of_minors=invitation.batch.source_list.is_of_minors,
    )
    if request.method == "POST" and form.is_valid():
        response = _registered(request, carried, form)
        if response is not None:
            return response
    context = {"nav_key": "panels", "panel": panel, "form": form, "of_minors": form.of_minors}
    status = 422 if form.errors else 200
    return entrance.unkept(render(request, "panels/register/form.html", context, status=status))


def _registered(request, carried, form):
    """Keep it and lead to the receipt; None with the reason on the form."""
    try:
        who = entrance.caller(request)
        made = registering.register(
            code=carried["code"], registration=form.registration, caller=who, token=carried["token"]
        )
    except door.CodeRefused as refusal:
        return _refused_code(request, refusal)
    except ValidationError as refusal:
        add_errors(form, refusal)
        return None
    entrance.forgive(request, who)
    return entrance.keep(
        see_other(reverse("panels:receipt")), request,
        code=carried["code"], token=carried["token"], candidate=made.candidate.pk, nonce=made.nonce,
    )  # fmt: skip


def _own(request) -> tuple[Candidate | None, str]:
    """Who registered from this browser less than half an hour ago, and their secret number."""
    carried = entrance.read(request)
    if not carried.get("nonce"):
        return None, ""
    found = (
        Candidate.objects.filter(pk=carried.get("candidate"), profile__isnull=False)
        .exclude(state=CandidateState.ERASED)
        .select_related("panel", "source_list", "profile", "household", "guardian")
        .first()
    )
    return found, carried["nonce"]


@require_safe
@unseen
@screen
def receipt(request):
    """The ticket, the receipt to keep, what happens next and when, whom to call."""
    found, nonce = _own(request)
    if found is None:
        return entrance.unkept(see_other(reverse("panels:register")))
    context = {
        "nav_key": "panels",
        "panel": found.panel,
        "ticket": found.ticket,
        "number": receipts.number_of(nonce),
        "text": receipts.text_of(found, nonce),
        "waits_for_guardian": found.is_minor and getattr(found, "guardian", None) is None,
    }
    return entrance.unkept(render(request, "panels/register/receipt.html", context))


@require_safe
@unseen
@screen
def receipt_file(request):
    """The same receipt as a file; the place in the list is added once registration is closed."""
    found, nonce = _own(request)
    if found is None:
        return entrance.unkept(see_other(reverse("panels:register")))
    response = HttpResponse(receipts.text_of(found, nonce), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="recu-{found.ticket}.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    return entrance.unkept(response)


@require_POST
@unseen
@screen
def finish(request):
    """Close: the device keeps nothing."""
    messages.success(request, _("Closed. Nothing stays on this device."))
    return entrance.end(see_other(reverse("panels:register")))
