"""The trainer's space: their sessions, who is there, one tap each, the code of the room."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from src.foundations import clock, documents
from src.foundations.gates import see_other

from .. import selectors, services
from ..calendar import half_day
from ..enums import MarkMethod, Presence
from ..models import Booking, SessionSlot
from ..services import presence
from .gate import address, calm, missing, names_opened, page, paged, trainers
from .gate import led as of_trainer

BUTTONS = (
    (Presence.PRESENT, "check"),
    (Presence.LATE, "hourglass"),
    (Presence.EXCUSED, "mail"),
    (Presence.ABSENT, "x"),
)


@require_safe
@trainers
def led(request):
    """Sessions one leads."""
    found = selectors.led(request.viewer, cursor=request.GET.get("page", ""))
    return page(request, "lead/list", found=found, **paged(found, {}))


@require_safe
@trainers
@of_trainer
def room(request, session):
    """Those who are expected, by name, and their presence at one half-day: nothing of their training."""
    slot = selectors.slot_shown(session, request.GET.get("demi-journee", ""))
    lines = selectors.expected(session)
    names_opened(request, session)
    on_paper = request.GET.get("feuille") == "1"
    cells = [next(cell for cell in line.cells if cell.slot.pk == slot.pk) for line in lines]
    context = {
        "session": session,
        "slot": slot,
        "slots": [(one, half_day(one.starts_at, one.ends_at)) for one in session.slots.all()],
        "rows": list(zip(lines, cells, strict=True)),
        "left": sum(not cell.said for cell in cells),
        "buttons": [(status, status.label, icon) for status, icon in BUTTONS],
        "on_paper": on_paper,
        "may_mark": session.is_running and presence.has_begun(slot),
        "is_on_now": session.is_running and presence.is_on_now(slot),
        "may_lock": session.is_running and all(one.starts_at <= clock.now() for one in session.slots.all()),
        "sheet": getattr(session, "sheet", None),
        "own": request.viewer.user_id,
    }
    return page(request, "lead/room", **context)


@require_POST
@trainers
@of_trainer
def mark(request, session):
    """One tap: present, late, excused, absent, or undone."""
    calm(request, "mark", 600)
    booking, slot = _line(request, session)
    status = request.POST.get("presence", "")
    back = _back(request, session, slot) + f"#place-{booking.pk}"
    if status == "":
        services.clear(actor=request.viewer, session=session, booking=booking, slot=slot)
        return see_other(back)
    if status not in Presence.values:
        raise missing()
    services.mark(
        actor=request.viewer, session=session, booking=booking, slot=slot, status=Presence(status),
        method=_method(request),
    )  # fmt: skip
    return see_other(back)


def _line(request, session) -> tuple[Booking, SessionSlot]:
    """The person and the half-day that a gesture names."""
    place, number = request.POST.get("place", ""), request.POST.get("demi-journee", "")
    if not (place.isascii() and place.isdigit() and len(place) < 16):
        raise missing()
    booking = Booking.objects.filter(session=session, pk=int(place)).first()
    if booking is None:
        raise missing()
    return booking, _slot(session, number)


def _slot(session, number: str) -> SessionSlot:
    found = next((one for one in session.slots.all() if str(one.number) == number), None)
    if found is None:
        raise missing()
    return found


def _method(request) -> MarkMethod:
    return MarkMethod.PAPER if request.POST.get("feuille") == "1" else MarkMethod.TRAINER


def _back(request, session, slot) -> str:
    paper = "&feuille=1" if request.POST.get("feuille") == "1" else ""
    return f"{address(session, 'lead')}?demi-journee={slot.number}{paper}"


@require_POST
@trainers
@of_trainer
def rest_absent(request, session):
    """Write absent those of whom nothing is written."""
    calm(request, "mark", 600)
    slot = _slot(session, request.POST.get("demi-journee", ""))
    count = presence.mark_rest_absent(actor=request.viewer, session=session, slot=slot, method=_method(request))
    told = ngettext("%(n)d person is written absent.", "%(n)d people are written absent.", count) % {"n": count}
    messages.success(request, told)
    return see_other(_back(request, session, slot))


@never_cache
@require_safe
@trainers
@of_trainer
def board(request, session, slot):
    """The code to show now; the page reads itself again when it changes."""
    found = next((one for one in session.slots.all() if one.number == slot), None)
    if found is None:
        raise missing()
    code = presence.room_code(actor=request.viewer, session=session, slot=found)
    seconds = presence.seconds_left()
    where = request.build_absolute_uri(address(session, "presence"))
    response = page(
        request, "lead/board", session=session, slot=found, code=f"{code[:3]} {code[3:]}", seconds=seconds,
        where=where, qr=documents.qr_svg(where, label=_("Address where the code is typed")),
    )  # fmt: skip
    response.headers["Refresh"] = str(seconds + 1)
    return response
