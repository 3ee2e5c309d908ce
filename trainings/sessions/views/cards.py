"""The page that a printed QR opens: the same gesture as on one's account, without signing in."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from src.foundations.gates import see_other

from .. import cards, rules, selectors
from ..enums import Channel, MarkMethod
from ..forms.presence import CodeForm
from ..services.convoking import seen
from ..services.presence import is_on
from .agents import typed_code
from .gate import METHODS, address, calm, data_of, missing, page, tells


@never_cache
@require_http_methods(METHODS)
@tells
def card(request, token):
    """Whoever holds the paper is told when and where, and types the code of the room; the trainer is led to the line.

    The code changes every minute and is read in the room alone: the paper without it says nothing.
    """
    booking = cards.booking_of(token)
    if booking is None:
        raise missing()
    calm(request, "card", 30)
    session = booking.session
    if rules.leads(request.viewer, session):
        return see_other(f"{address(session, 'lead')}#place-{booking.pk}")
    seen(booking, Channel.PAPER)
    form = CodeForm(data_of(request))
    method = MarkMethod.KIOSK if request.kiosk is not None else MarkMethod.ROOM_QR
    if typed_code(request, form, booking, method):
        messages.success(request, _("You are there. Thank you."))
        return see_other(request.path)
    request.leaves_no_network = True
    context = {
        "session": session,
        "half_days": selectors.half_days(session),
        "booking": booking,
        "form": form,
        "presence": selectors.presence_lines(session, booking),
        "may_sign_in": booking.is_seated and is_on(session),
    }
    return page(request, "card", 422 if form.errors else 200, **context)
