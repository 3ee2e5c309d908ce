"""Half-days to pay: signed by two, sent in batches, paid; and each member's own."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from panels.views.confirming import confirm, data_of, done
from src.foundations import clock
from src.foundations.exports import csv_response
from src.foundations.gates import see_other

from .. import rules, selectors
from ..forms.presence import PaidForm, RateForm
from ..models import Attendance
from ..money import euros
from ..services import stipends as services
from .gate import METHODS, address, answer, calm, missing, of_session, organiser, page, preparer, sitting


@require_safe
@sitting
def mine(request, panel, member):
    """A member's own presence and half-days to pay, and nobody else's."""
    lines = list(selectors.my_lines(request.viewer, panel))
    presences = Attendance.objects.filter(membership=member).select_related("session")
    return page(
        request,
        "mine",
        panel,
        member=member,
        lines=[{"line": one, "amount": euros(one.cents)} for one in lines],
        presences=list(presences.order_by("session__number", "half_day")),
        paid=euros(sum(one.cents for one in lines if one.state == "paid")),
        waiting=euros(sum(one.cents for one in lines if one.state != "paid")),
    )


@require_safe
@preparer
def stipends(request, panel):
    """Where half-days stand, session by session; what may be sent, what was."""
    ready = selectors.ready_to_export(panel)
    rows = selectors.stipends_by_session(panel)
    for one in rows:
        one["amount"] = euros(one["cents"])
    return page(
        request,
        "desk/stipends",
        panel,
        rows=rows,
        ready=ready["count"],
        ready_amount=euros(ready["cents"] or 0),
        batches=[{"batch": one, "amount": euros(one.cents)} for one in selectors.exports_of(panel)],
        rates=[{"rate": one, "amount": euros(one.cents)} for one in panel.stipend_rates.all()],
        rate=euros(services.rate_on(panel, clock.today())),
        organises=rules.may_organise(request.viewer, panel),
        sits=rules.is_member(request.viewer, panel),
    )


@require_http_methods(METHODS)
@preparer
@of_session
def validate(request, panel, session):
    """Sign the half-days of a session; the second who signs validates them."""
    if request.method == "POST":
        first, validated = services.validate(actor=request.viewer, session=session)
        if validated:
            told = ngettext("%(n)d half-day is validated.", "%(n)d half-days are validated.", validated)
            messages.success(request, told % {"n": validated})
        if first:
            told = ngettext(
                "You signed %(n)d half-day: somebody else of the team signs after you.",
                "You signed %(n)d half-days: somebody else of the team signs after you.",
                first,
            )
            messages.success(request, told % {"n": first})
        return see_other(address(panel, "stipends"))
    due = session.stipend_lines.filter(state="due")
    signed = due.filter(first_at__isnull=False).count()
    count = due.count()
    means = [
        ngettext("%(n)d half-day waits.", "%(n)d half-days wait.", count) % {"n": count},
        ngettext(
            "%(n)d has its first signature: yours, if it is the second, validates it.",
            "%(n)d have their first signature: yours, if it is the second, validates them.",
            signed,
        )
        % {"n": signed},
        _("Read the signed sheets first: what is validated goes to be paid."),
    ]
    faults = [] if session.is_held else [_("Say first that the session took place.")]
    return confirm(
        request, panel, _("Sign the half-days of session %(n)d") % {"n": session.number}, means,
        pgettext("button", "Sign"), back=address(panel, "stipends"), faults=faults,
    )  # fmt: skip


@require_http_methods(METHODS)
@organiser
def export(request, panel):
    """Take away what is validated, in one batch."""
    if request.method == "POST":
        made = services.export(actor=request.user, panel=panel)
        messages.success(request, _("Batch %(n)d is ready: take its file.") % {"n": made.number})
        return see_other(address(panel, "stipends"))
    ready = selectors.ready_to_export(panel)
    words = {"n": ready["count"], "amount": euros(ready["cents"] or 0)}
    means = [
        ngettext("%(n)d half-day, %(amount)s.", "%(n)d half-days, %(amount)s.", ready["count"]) % words,
        _("The file has numbers, badges, half-days and amounts: no address, no bank account."),
        _("They no longer change: a presence corrected later makes a line that takes back."),
    ]
    faults = [] if ready["count"] else [_("Nothing is validated and not sent yet.")]
    return confirm(
        request, panel, _("Send validated half-days to be paid"), means, pgettext("button", "Make the batch"),
        back=address(panel, "stipends"), faults=faults,
    )  # fmt: skip


@require_safe
@organiser
def file(request, panel, number):
    """The file of a batch; the same each time it is taken."""
    calm(request, "stipend-file", 30)
    batch = _batch(panel, number)
    columns = [_("number"), _("badge"), _("half-days"), _("amount in cents")]
    return csv_response(f"indemnites-{panel.slug}-{batch.number}", columns, services.payroll(batch))


@require_http_methods(METHODS)
@organiser
def paid(request, panel, number):
    """Write the day a batch was paid."""
    batch, form = _batch(panel, number), PaidForm(data_of(request))
    if done(form, lambda: services.mark_paid(actor=request.user, batch=batch, **form.cleaned_data)):
        messages.success(request, _("It is written: members read that they are paid."))
        return see_other(address(panel, "stipends"))
    return answer(
        request, panel, form, title=_("Batch %(n)d was paid") % {"n": batch.number},
        submit=pgettext("button", "Write it as paid"), back=address(panel, "stipends"),
        means=[_("It is written once and no longer changes.")],
    )  # fmt: skip


@require_http_methods(METHODS)
@organiser
def rate(request, panel):
    """A new rate, from a day to come."""
    form = RateForm(data_of(request))
    if done(form, lambda: services.set_rate(actor=request.user, panel=panel, **form.cleaned_data)):
        messages.success(request, _("It is written."))
        return see_other(address(panel, "stipends"))
    return answer(
        request, panel, form, title=_("Another rate"), submit=pgettext("button", "Save"),
        back=address(panel, "stipends"), means=[_("It stays in the list: a rate is never taken away.")],
    )  # fmt: skip


def _batch(panel, number):
    found = selectors.exports_of(panel).filter(number=number).first()
    if found is None:
        raise missing()
    return found
