"""A workshop with agents: its day, an agent's seat, its notes."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panels.views.confirming import data_of, done
from panels.views.gate import signed_in
from src.foundations.gates import see_other

from .. import services
from ..forms.deciding import NotesForm, WorkshopForm
from .gate import METHODS, address, calm, known, missing, runner, show_form


def _of_workshop(referral):
    """Refuse the pages of a workshop to what isn't one."""
    if not referral.is_workshop:
        raise missing()
    return getattr(referral, "workshop", None)


@require_http_methods(METHODS)
@runner
def plan(request, panel, referral):
    """The day, the place, the seats."""
    workshop = _of_workshop(referral)
    first = {}
    if workshop is not None:
        local = timezone.localtime(workshop.starts_at)
        first = {
            "day": local.date(),
            "hour": local.time(),
            "place": workshop.place,
            "member_seats": workshop.member_seats,
            "agent_seats": workshop.agent_seats,
        }
    form = WorkshopForm(data_of(request), initial=first)

    def act():
        services.plan_workshop(actor=request.viewer, referral=referral, **form.planned())

    if done(form, act):
        messages.success(request, _("The day and the seats are kept. Members are invited in their space."))
        return see_other(address(referral))
    return show_form(
        request, referral, form, title=_("Day, place and seats"), submit=_("Save"), back=address(referral)
    )


@require_http_methods(METHODS)
@runner
def notes(request, panel, referral):
    """What was said, once the workshop is over."""
    if _of_workshop(referral) is None:
        raise missing()
    form = NotesForm(data_of(request))

    def act():
        services.publish_notes(actor=request.viewer, referral=referral, **form.cleaned_data)

    if done(form, act):
        messages.success(request, _("Everybody reads the notes. Who registered is forgotten."))
        return see_other(address(referral))
    return show_form(
        request, referral, form, title=_("Notes of the workshop"), submit=_("Publish"), back=address(referral)
    )


@require_POST
@signed_in
@known
def agent_place(request, panel, referral):
    """A seat for an agent of the unit that asked, or giving it back."""
    calm(request, "agent", 30)
    _of_workshop(referral)
    if request.POST.get("vient") == "1":
        services.register_agent(actor=request.viewer, referral=referral)
        messages.success(request, _("You have a seat. See you there."))
    else:
        services.leave_workshop(actor=request.viewer, referral=referral)
        messages.success(request, _("Your seat is free again."))
    return see_other(address(referral, "detail"))
