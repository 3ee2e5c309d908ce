"""Sessions as agents see them: which are open, one's place, one's presence."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations import clock, ratelimit
from src.foundations.gates import TooFast, see_other
from src.meetings import ical

from .. import rules, selectors, services
from ..calendar import event_of_booking
from ..enums import Channel, MarkMethod
from ..forms.filters import OpenFilter
from ..forms.presence import CodeForm
from ..services.convoking import seen
from ..services.presence import is_on
from .gate import METHODS, address, agents, answer, calm, data_of, done, missing, page, paged, shown

# Of one place, in an hour: a code has a million values.
TRIES = 10


@require_safe
@agents
def listed(request):
    """One's own places, then the sessions one may take a place at."""
    track = request.GET.get("formation", "").replace("\x00", "")[:80]
    found = selectors.open_to(request.viewer, track=track, cursor=request.GET.get("page", ""))
    asked = {"formation": track} if track else {}
    context = {
        "mine": selectors.mine(request.viewer),
        "found": found,
        "filter_form": OpenFilter(selectors.tracks_with_sessions(request.viewer), asked or None),
        "asked": asked,
        "leads": rules.may_lead(request.viewer),
        "organises": rules.may_organise_somewhere(request.viewer),
        **paged(found, asked),
    }
    return page(request, "list", **context)


@require_safe
@agents
@shown
def session(request, session):
    """When, where, with whom; one's place and the two buttons; one's presence once it is written."""
    booking = selectors.booking_of(request.viewer, session)
    if booking is not None:
        seen(booking, Channel.MAIL, Channel.INBOX)
    active = booking is not None and booking.is_active
    to_come = session.is_bookable and session.starts_at > clock.now()
    context = {
        "session": session,
        "half_days": selectors.half_days(session),
        "booking": booking,
        "rank": selectors.rank_of(booking) if active and booking.is_waiting else 0,
        "may_book": to_come and (not active or booking.is_invited),
        "may_give_up": to_come and active,
        "may_sign_in": active and booking.is_seated and is_on(session),
        "elsewhere": selectors.place_elsewhere(request.viewer, session) if to_come and not active else None,
        "left": max(0, session.capacity - session.seated),
        "presence": selectors.presence_lines(session, booking) if booking is not None else [],
        "leads": rules.leads(request.viewer, session),
        "organises": rules.may_organise(request.viewer, session.unit),
    }
    return page(request, "session", **context)


@require_POST
@agents
@shown
def book(request, session):
    """Take a place, or leave another one for this one."""
    calm(request, "book", 20)
    booking = services.book(actor=request.viewer, session=session)
    if booking.is_waiting:
        messages.info(request, _("The room is full: you are on the waiting list, and told as soon as a seat is free."))
    else:
        messages.success(request, _("Your seat is kept."))
    return see_other(address(session))


@require_POST
@agents
@shown
def give_up(request, session):
    """« Je ne pourrai pas venir »."""
    calm(request, "book", 20)
    booking = selectors.booking_of(request.viewer, session)
    if booking is None:
        raise missing()
    services.give_up(actor=request.viewer, booking=booking)
    messages.success(request, _("It is noted: you don’t come. Your place goes to the next person."))
    return see_other(address(session))


@require_http_methods(METHODS)
@agents
@shown
def presence(request, session):
    """Type the code of the room, from a phone or a shared tablet."""
    booking = selectors.booking_of(request.viewer, session)
    if booking is None:
        raise missing()
    form = CodeForm(data_of(request))
    method = MarkMethod.KIOSK if request.kiosk is not None else MarkMethod.ROOM_QR
    if typed_code(request, form, booking, method):
        messages.success(request, _("You are there. Thank you."))
        return see_other(address(session))
    return answer(
        request, form, title=_("I am there"), submit=pgettext("button", "I am there"), back=address(session),
        label=session.title, means=[_("No telephone? Sign the sheet: it counts as much.")],
    )  # fmt: skip


def typed_code(request, form, booking, method: MarkMethod) -> bool:
    """Whether a code was typed that is the room's; tries are counted by place."""
    if request.method == "POST" and not ratelimit.hit("training.presence", str(booking.pk), TRIES, 3600):
        raise TooFast
    return done(form, lambda: services.sign_in(booking=booking, method=method, **form.cleaned_data))


@require_safe
@agents
@shown
def calendar(request, session):
    """One's place as a file that any calendar application opens."""
    booking = selectors.booking_of(request.viewer, session)
    if booking is None or booking.sequence is None:
        raise missing()
    booking.session = session
    text = ical.published([event_of_booking(booking)], name=session.title)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="formation-{session.reference}.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
