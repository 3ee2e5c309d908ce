"""Registrations that a facilitator types: by telephone, or on paper, typed by two people."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import wraps
from secrets import token_hex

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import documents, ratelimit, references, sealing
from src.foundations.gates import add_errors, see_other

from .. import door, receipts, vault
from ..enums import PanelState
from ..forms.registration import EnteredForm, PhoneForm, RegistrationForm
from ..models import Candidate, PaperEntry
from ..services import registering
from ..services.preparing import WrongState
from .gate import METHODS, address, enterer

SESSION = "panels.receipt"


def _unkept(response):
    response.headers["Cache-Control"] = "private, no-store"
    return response


def typed_here(view):
    """Open to who types registrations, while people register; nothing typed comes back on a page of refusal."""

    @wraps(view)
    def checked(request, panel, **kwargs):
        if panel.state != PanelState.RECRUITING:
            raise WrongState(_("Nobody registers for this panel now: nothing can be typed."), code="state")
        return _unkept(view(request, panel, **kwargs))

    opened = enterer(checked)

    @wraps(view)
    def marked(request, *args, **kwargs):
        request.keeps_nothing_typed = True
        return opened(request, *args, **kwargs)

    return sensitive_post_parameters()(sensitive_variables()(marked))


def lead_to_receipt(request, panel, made: registering.Registered):
    """The ticket and its number are read to the person from the next page; encrypted until then, gone at the next."""
    carried = json.dumps([panel.pk, made.candidate.pk, made.nonce]).encode()
    request.session[SESSION] = urlsafe_b64encode(sealing.encrypt(carried, vault.RECEIPT)).decode()
    return see_other(address(panel, "entered"))


@require_http_methods(METHODS)
@typed_here
def enter(request, panel):
    """By telephone, or met without a letter: the questions, read back, then kept."""
    if request.method == "POST":
        form = PhoneForm(panel, request.POST)
        if form.is_valid():
            answer = _entered(request, panel, form)
            if answer is not None:
                return answer
    else:
        request.session.pop(SESSION, None)
        form = PhoneForm(panel)
        form.initial["token"] = token_hex(16)
    return _typing(request, panel, "panels/entry/phone.html", form)


def _typing(request, panel, template, form, **more):
    context = {"nav_key": "panels", "panel": panel, "form": form, **more}
    too_fast = getattr(form, "is_too_fast", False)
    response = render(request, template, context, status=429 if too_fast else 422 if form.errors else 200)
    if too_fast:
        response["Retry-After"] = "3600"
    return response


def _entered(request, panel, form):
    """Keep it; None with the reason on the form. A page sent twice keeps one person."""
    token = form.cleaned_data["token"] or token_hex(16)
    origin = form.origin
    is_first = bool(origin.code) or ratelimit.hit("panels.entry", token, 1, 86_400)
    if not is_first:
        messages.info(request, _("This person was already kept."))
        return see_other(address(panel, "entered"))
    try:
        made = registering.register_by_phone(
            actor=request.user, panel=panel, origin=origin, registration=form.registration, token=token,
            read_back=form.cleaned_data["read_back"],
        )  # fmt: skip
    except WrongState:
        raise
    except ValidationError as refusal:
        if not origin.code:
            ratelimit.give_back("panels.entry", token)
        _tell(form, refusal)
        return None
    door.forgive(_caller(request))
    return lead_to_receipt(request, panel, made)


def _caller(request) -> str:
    """Whose tries are counted when a code is typed at the desk: an account's, never a building's."""
    return f"account:{request.user.pk}"


def _tell(form, refusal) -> None:
    """A refusal of the code beside the code; the others where they are about."""
    form.is_too_fast = isinstance(refusal, door.TooManyTries)
    if isinstance(refusal, door.CodeRefused):
        form.add_error("code", refusal.messages[0])
    else:
        add_errors(form, refusal)


@require_safe
@enterer
def entered(request, panel):
    """The ticket and its number, to read to the person; never what they answered."""
    found, nonce = None, ""
    if request.session.get(SESSION):
        try:
            carried = sealing.decrypt(urlsafe_b64decode(request.session[SESSION]), vault.RECEIPT)
            of_panel, pk, nonce = json.loads(carried)
        except (ValueError, sealing.CannotDecrypt):
            of_panel, pk = None, None
        if of_panel == panel.pk:
            found = Candidate.objects.visible_to(request.viewer).filter(panel=panel, pk=pk).first()
    if found is None:
        return see_other(address(panel, "candidates"))
    context = {
        "nav_key": "panels", "panel": panel, "ticket": found.ticket, "number": receipts.number_of(nonce),
        "on_paper": found.checked_by_id is not None, "is_direct": found.is_direct,
    }  # fmt: skip
    return _unkept(render(request, "panels/entry/entered.html", context))


@require_safe
@enterer
def papers(request, panel):
    """The papers typed once, that wait for somebody else to type them."""
    waiting = PaperEntry.objects.filter(panel=panel).select_related("typed_by")
    context = {
        "nav_key": "panels",
        "panel": panel,
        "papers": [(one, one.typed_by_id != request.user.pk) for one in waiting],
        "may_type": panel.state == PanelState.RECRUITING,
    }
    return _unkept(render(request, "panels/entry/papers.html", context))


@require_http_methods(METHODS)
@typed_here
def type_paper(request, panel):
    """The first typing of a paper: kept encrypted, shown to nobody."""
    form = EnteredForm(panel, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if form.origin.code:
                door.take_a_try(_caller(request))
            made = registering.type_paper(
                actor=request.user, panel=panel, origin=form.origin, registration=form.registration
            )
        except WrongState:
            raise
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            door.forgive(_caller(request))
            told = _("Kept under %(reference)s: write it on the paper. A colleague now types it too.")
            messages.success(request, told % {"reference": made.reference})
            return see_other(address(panel, "papers"))
    return _typing(request, panel, "panels/entry/paper.html", form)


def of_paper(view):
    """Give a view the paper of its address."""

    @wraps(view)
    def checked(request, panel, paper):
        wanted = references.normalise(paper[:20])
        found = PaperEntry.objects.filter(panel=panel, reference=wanted).select_related("panel").first()
        if found is None:
            raise Http404(_("There is no such paper, or it is already registered."))
        return view(request, panel, paper=found)

    return checked


@require_http_methods(METHODS)
@typed_here
@of_paper
def check_paper(request, panel, paper):
    """The second typing, by somebody else, without seeing the first: what differs is told by its question alone."""
    if paper.typed_by_id == request.user.pk:
        raise WrongState(_("You typed this paper first: a colleague types it the second time."), code="same")
    form = EnteredForm(panel, request.POST if request.method == "POST" else None)
    differing = []
    if request.method == "POST" and form.is_valid():
        try:
            if form.origin.code:
                door.take_a_try(_caller(request))
            made = registering.check_paper(
                actor=request.user, entry=paper, origin=form.origin, registration=form.registration
            )
        except registering.Differs as refusal:
            differing = refusal.fields
            _tell_differences(form, differing)
        except WrongState:
            raise
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            door.forgive(_caller(request))
            messages.success(request, _("Both typings agree: the person is registered."))
            return lead_to_receipt(request, panel, made)
    return _typing(request, panel, "panels/entry/paper.html", form, paper=paper, differing=bool(differing))


def _tell_differences(form, names) -> None:
    """Each field that differs says so; the first typing stays unseen."""
    for name in names:
        field = {"guardian": "guardian_name"}.get(name, name)
        form.add_error(
            field if field in form.fields else None,
            _("The two typings differ here: read the paper again."),
        )


@require_http_methods(METHODS)
@typed_here
@of_paper
def discard_paper(request, panel, paper):
    """Forget what was typed of a paper: it is typed again from the start."""
    if request.method == "POST":
        registering.discard_paper(actor=request.user, entry=paper)
        messages.success(request, _("Forgotten: this paper is to be typed again."))
        return see_other(address(panel, "papers"))
    context = {"nav_key": "panels", "panel": panel, "paper": paper, "back": address(panel, "papers")}
    return render(request, "panels/entry/discard.html", context)


@require_safe
@enterer
def sheet(request, panel):
    """The questions on paper, to send to whoever asks for them: printed, or saved as a PDF."""
    form = RegistrationForm(panel, of_minors=any(one.is_of_minors for one in panel.source_lists.all()))
    questions = [
        (title, [form[name] for name in names], form.fields) for title, names in form.parts if names != ["eligible"]
    ]
    html = render_to_string(
        "panels/print/sheet.html", {"panel": panel, "parts": questions, "cells": range(13)}, request=request
    )
    return documents.pdf_or_html_response(html, f"inscription-{panel.slug}")
