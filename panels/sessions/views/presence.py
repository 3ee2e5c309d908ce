"""Presence: typed by members, written from the sheet, corrected; the code of the room and the sheet to print."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from panels.models import Membership
from panels.views.confirming import data_of, done
from src.foundations import ratelimit
from src.foundations.gates import TooFast, see_other

from .. import selectors
from ..enums import HalfDay
from ..forms.presence import CodeForm, CorrectForm, SheetForm
from ..services import presence as services
from .gate import METHODS, address, answer, missing, of_session, page, preparer, sitting

# Of one account, in an hour: a code has a million values.
TRIES = 10


@require_http_methods(METHODS)
@sitting
@of_session
def sign_in(request, panel, member, session):
    """A member types the code of the room."""
    form, made = CodeForm(data_of(request)), []
    if request.method == "POST" and not ratelimit.hit("panels.presence", str(request.user.pk), TRIES, 3600):
        raise TooFast
    if done(
        form,
        lambda: made.append(services.sign_in(membership=member, session=session, **form.cleaned_data)),
    ):
        half = HalfDay(made[0].half_day).label
        messages.success(request, _("You are there: %(half)s. Thank you.") % {"half": half.lower()})
        return see_other(address(panel, "session", session=session.reference))
    return answer(
        request, panel, form, title=_("I am there"), submit=pgettext("button", "I am there"),
        back=address(panel, "session", session=session.reference),
        means=[_("The code is on the board. No telephone? Sign the sheet: it counts as much.")],
    )  # fmt: skip


def half_of(view):
    """Give a view a half-day that the session has."""

    @wraps(view)
    def opened(request, panel, session, half, **kwargs):
        if half not in session.half_numbers:
            raise missing()
        return view(request, panel, session, HalfDay(half), **kwargs)

    return opened


@never_cache
@require_safe
@preparer
@of_session
@half_of
def board(request, panel, session, half):
    """The code to show on the board: another one every quarter of an hour."""
    code = services.room_code(actor=request.viewer, session=session, half_day=half)
    return page(
        request,
        "desk/board",
        panel,
        session=session,
        half=half,
        code=f"{code[:3]} {code[3:]}",
        minutes=-(-services.seconds_left() // 60),
    )


@require_http_methods(METHODS)
@preparer
@of_session
@half_of
def sheet(request, panel, session, half):
    """Who signed: ticked from the sheet; those already written are read below, and corrected one by one."""
    rows = selectors.sheet_of(session, half)
    form, counted = SheetForm(rows, data_of(request)), []

    def act():
        counted.append(services.mark_sheet(actor=request.viewer, session=session, half_day=half, present=form.numbers))

    if done(form, act):
        told = ngettext("%(n)d member is written.", "%(n)d members are written.", counted[0]) % {"n": counted[0]}
        messages.success(request, told)
        return see_other(address(panel, "sheet", session=session.reference, half=half))
    return page(
        request,
        "desk/sheet",
        panel,
        422 if form.errors else 200,
        session=session,
        half=half,
        form=form,
        written=[one for one in rows if one.is_written],
        waiting=sum(not one.is_written for one in rows),
    )


@require_http_methods(METHODS)
@preparer
@of_session
@half_of
def correct(request, panel, session, half, number):
    """Write again whether one member was there."""
    member = Membership.objects.filter(panel=panel, number=number).first()
    if member is None:
        raise missing()
    form = CorrectForm(data_of(request))

    def act():
        said = form.cleaned_data
        services.correct(
            actor=request.viewer, session=session, member=member, half_day=half,
            is_present=said["present"] == "yes", because=said["because"],
        )  # fmt: skip

    back = address(panel, "sheet", session=session.reference, half=half)
    if done(form, act):
        messages.success(request, _("It is corrected: the member reads it."))
        return see_other(back)
    words = {"name": member.label, "half": half.label.lower(), "n": session.number}
    return answer(
        request, panel, form, title=_("Presence of %(name)s, session %(n)d, %(half)s") % words,
        submit=pgettext("button", "Correct"), back=back,
        means=[_("What was already sent to be paid stays; a line takes it back.")],
    )  # fmt: skip


@require_safe
@preparer
@of_session
def paper(request, panel, session):
    """The sheet to sign, with a box a half-day; no QR, no address."""
    rows = list(services.expected_at(session))
    halves = [HalfDay(one).label for one in session.half_numbers]
    context = {"panel": panel, "session": session, "members": rows, "halves": halves}
    return render(request, "panel_sessions/print/sheet.html", context)
