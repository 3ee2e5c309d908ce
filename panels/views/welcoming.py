"""Somebody takes a seat of a users' committee without a draw; their ticket and its number are then read to them."""

from secrets import token_hex

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from .. import rules
from ..forms.members import WelcomeForm
from ..services import welcoming
from ..services.registering import Registered
from .confirming import data_of, done
from .entering import lead_to_receipt
from .gate import METHODS, calm, missing, open_to

enterer = open_to(rules.may_enter)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(METHODS)
@enterer
def welcome(request, panel):
    """Who they are, how they come, what they agree to; refused once every such seat has somebody."""
    if not panel.is_committee:
        raise missing()
    form = WelcomeForm(data_of(request), initial={"token": token_hex(16), "way": "volunteer"})
    made = []

    def act():
        calm(request, "welcome", 60)
        made.append(welcoming.welcome(actor=request.user, panel=panel, **form.welcomed))

    if done(form, act):
        messages.success(request, _("It is done: %(member)s has a seat.") % {"member": made[0].membership.label})
        return lead_to_receipt(request, panel, Registered(made[0].membership.candidate, made[0].nonce))
    context = {
        "nav_key": "panels",
        "panel": panel,
        "form": form,
        "left": max(0, welcoming.direct_left(panel)),
    }
    response = render(request, "panels/members/welcome.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response
