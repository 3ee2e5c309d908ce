"""The sheet locked, its files, its scan, its amendments."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import uploads
from src.foundations.gates import see_other

from .. import rules, selectors, services
from ..calendar import half_day
from ..forms.presence import AmendForm, ScanForm
from ..models import Booking
from .gate import METHODS, address, answer, calm, data_of, done, led, missing, names_opened, trainers, writers, written


@require_http_methods(METHODS)
@trainers
@led
def lock(request, session):
    """Lock the sheet: from then on, an amendment alone says otherwise."""
    form = ScanForm(data_of(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST":
        calm(request, "lock", 20)
    if done(form, lambda: services.lock(actor=request.viewer, session=session, scan=form.cleaned_data["scan"])):
        messages.success(request, _("The sheet is locked. Those who were there have finished the module."))
        return see_other(address(session, "lead"))
    means = [
        _("Nothing on it changes any more: afterwards, a mistake is said beside, with its reason."),
        _("Those who were at every half-day have finished the module. Excused is not present."),
    ]
    return answer(
        request, form, title=_("Lock the attendance sheet"), submit=pgettext("button", "Lock"),
        back=address(session, "lead"), label=session.title, means=means,
    )  # fmt: skip


def _sheet(session):
    found = getattr(session, "sheet", None)
    if found is None:
        raise missing()
    return found


def _home(request, session) -> str:
    return address(session, "lead" if rules.leads(request.viewer, session) else "organise")


@require_safe
@writers
@written
def file(request, session, which):
    """The locked sheet, or its scan; opening it is written in the journal."""
    sheet = _sheet(session)
    found = {"feuille": sheet.file, "numerisation": sheet.scan}.get(which)
    if not found:
        raise missing()
    names_opened(request, session)
    ending = found.name.rpartition(".")[2]
    return uploads.private_response(found, allowed=True, filename=f"{which}-{sheet.reference}.{ending}")


@require_http_methods(METHODS)
@writers
@written
def add_scan(request, session):
    """The scan of the signed paper, once."""
    sheet = _sheet(session)
    form = ScanForm(data_of(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST":
        calm(request, "lock", 20)
    if done(form, lambda: services.add_scan(actor=request.viewer, sheet=sheet, scan=form.cleaned_data["scan"])):
        messages.success(request, _("The scan is kept with the sheet."))
        return see_other(_home(request, session))
    return answer(
        request, form, title=_("Add the scan of the signed sheet"), submit=pgettext("button", "Send"),
        back=_home(request, session), label=session.title, means=[_("It can be added once, and no longer changes.")],
    )  # fmt: skip


@require_http_methods(METHODS)
@writers
@written
def amend(request, session, booking, slot):
    """Say otherwise what the sheet says of one person at one half-day."""
    sheet = _sheet(session)
    found = Booking.objects.filter(session=session, pk=booking).select_related("agent").first()
    half = next((one for one in session.slots.all() if one.number == slot), None)
    if found is None or half is None:
        raise missing()
    rules.refuse_unless(rules.may_amend(request.viewer, session, found.agent_id))
    form = AmendForm(data_of(request))

    def act():
        services.amend(actor=request.viewer, sheet=sheet, booking=found, slot=half, **form.cleaned_data)

    if done(form, act):
        messages.success(request, _("It is said beside the sheet: the person reads it, with its reason."))
        return see_other(_home(request, session))
    said = {one: words for one, words, _amended in selectors.presence_lines(session, found)}
    when = half_day(half.starts_at, half.ends_at)
    return answer(
        request, form, title=_("Amend: %(name)s") % {"name": found.agent.get_full_name()},
        submit=pgettext("button", "Amend"), back=_home(request, session), label=session.title,
        means=[
            _("%(when)s: the sheet says “%(said)s”.") % {"when": when, "said": said.get(when, "")},
            _("The locked sheet stays as it is; this line stands beside it, with your name."),
        ],
    )  # fmt: skip
