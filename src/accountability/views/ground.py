"""Three questions to those who were drawn: on a phone from a notice, or from a printed slip."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import ratelimit
from src.foundations.addresses import client_address
from src.foundations.gates import see_other

from .. import measure_page
from ..forms import GroundForm, SlipForm
from ..models import GroundSeat, Measure
from ..services import ground
from .gate import refused, screen, signed_in

TRIES, MINUTES = 10, 10


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def answer(request, reference):
    """The three questions of a measure, to somebody who was drawn; a measure not published yet included."""
    drawn = GroundSeat.objects.filter(user=request.user, check_of__result="").values("check_of__measure")
    seen = Measure.objects.visible_to(request.viewer).values("pk")
    measures = Measure.objects.filter(Q(pk__in=drawn) | Q(pk__in=seen)).select_related("unit", "direction")
    measure = measures.get(reference=reference)
    seat = ground.seat_for(measure, request.user)
    form = GroundForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ground.answer(seat, **form.cleaned_data)
        messages.success(request, _("Thank you. Your answer is counted, without your name."))
        return see_other("/engagements/")
    context = {"nav_key": "measures", "measure": measure, "form": form, "answered": bool(seat.has_answered)}
    return render(request, "accountability/ground.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def from_slip(request):
    """The answers of a printed slip, by its holder or by whoever copies it; without an account."""
    form = SlipForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        # A whole building may stand behind one address; the code has fifty bits.
        if not ratelimit.hit("ground.code", client_address(request), TRIES * 10, MINUTES * 60):
            response = refused(request, 429, _("Too many slips at once. Wait ten minutes, then try again."))
            response.headers["Retry-After"] = str(MINUTES * 60)
            return response
        if form.is_valid():
            answers = dict(form.cleaned_data)
            try:
                seat = ground.seat_of_code(answers.pop("reference"), answers.pop("code"))
            except ValidationError as refusal:
                form.add_error("code", refusal)
            else:
                ground.answer(seat, **answers, on_paper=True)
                messages.success(request, _("Thank you. The slip is counted, without a name."))
                return see_other(request.path)
    return render(
        request, "accountability/slip.html", {"nav_key": "measures", "form": form}, status=422 if form.errors else 200
    )


@require_safe
@screen
@signed_in
def slips(request, reference):
    """The slips of those who have no e-mail and haven't answered, to print and hand out."""
    measure = Measure.objects.visible_to(request.viewer).select_related("unit", "direction").get(reference=reference)
    if not measure_page.may_print_slips(request.viewer, measure):
        raise PermissionDenied(_("Slips are printed by the correspondents and facilitators, not by who did it."))
    seats = (
        GroundSeat.objects.filter(check_of__measure=measure, check_of__result="", has_answered=False)
        .filter(user__email__isnull=True)
        .select_related("check_of", "user")
        .order_by("user__last_name", "user__first_name", "pk")
    )
    found = [
        {"name": seat.user.get_full_name(), "code": ground.code_of(seat), "until": seat.check_of.closes_on}
        for seat in seats
    ]
    context = {"nav_key": "measures", "measure": measure, "slips": found, "questions": list(GroundForm())}
    return render(request, "accountability/slips.html", context)
