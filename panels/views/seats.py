"""Seats once a draw is certified: who has each; the next of the sealed reserve, or somebody else, signed."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations.gates import add_errors, see_other

from .. import draw_reading, minutes_reading, rules, selectors
from ..enums import Departure
from ..forms.seats import CompleteForm, UnlistedForm
from ..models import Candidate, Seat, Substitution
from ..services import completing
from ..services import seats as services
from ..services.preparing import WrongState
from .confirming import data_of, done
from .draws import MOST_BEGUN, draw_address
from .gate import METHODS, address, calm, guarantor, missing, open_to, organiser

worker = open_to(rules.may_enter, rules.may_watch)
enterer = open_to(rules.may_enter)


def _crumbs(panel, *, deep: bool = False) -> list[dict]:
    found = [{"label": panel.title, "url": address(panel, "desk")}]
    return [*found, {"label": _("Seats"), "url": address(panel, "seats")}] if deep else found


def of_seat(view):
    """Give a view the empty seat of its address."""

    @wraps(view)
    def opened(request, panel, seat):
        found = Seat.objects.filter(panel=panel, number=seat).select_related("panel", "left_by", "draw").first()
        if found is None:
            raise missing()
        if found.left_by is None:
            raise WrongState(_("This seat has somebody."), code="state")
        return view(request, panel, found)

    return opened


@require_safe
@worker
def seats(request, panel):
    """Every seat with the ticket of who has it; empty ones first to fill; substitutions that wait, and those made."""
    waiting, _relaxations = selectors.unsigned_of(panel)
    rows = list(selectors.seats_of(panel))
    context = {
        "nav_key": "panels",
        "panel": panel,
        "crumbs": _crumbs(panel),
        "draw": selectors.certified_draw(panel),
        "seats": rows,
        "empty": [one for one in rows if one.holder is None and one.left_because != Departure.TERM],
        "confirmed": sum(one.holder is not None and one.holder.state == "confirmed" for one in rows),
        "seated": sum(one.holder is not None and one.holder.state == "seated" for one in rows),
        "waiting": waiting,
        "substitutions": minutes_reading.substitution_rows(panel),
        "substitution_columns": draw_reading.substitution_columns(),
        "may_fill": rules.may_enter(request.viewer, panel) and panel.state in services.SITTING,
        "organises": rules.may_organise(request.viewer, panel) and panel.state in services.SITTING,
        "watches": rules.may_watch(request.viewer, panel) and panel.state in services.SITTING,
    }
    return render(request, "panels/seats/list.html", context)


@require_http_methods(METHODS)
@enterer
@of_seat
def fill(request, panel, seat):
    """Who is next in the sealed reserve for this seat, and who was passed; then the seat is theirs."""
    if request.method == "POST":
        calm(request, "seat", 30)
        made = services.substitute_next(actor=request.user, seat=seat)
        words = _("Seat %(seat)d is given to %(ticket)s, who is to be called.")
        messages.success(request, words % {"seat": seat.number, "ticket": made.incoming.ticket})
        return see_other(address(panel, "seats"))
    incoming = services.next_of_reserve(seat)
    rank = services.rank_of(seat, incoming) if incoming else None
    context = {
        "nav_key": "panels",
        "panel": panel,
        "crumbs": _crumbs(panel, deep=True),
        "seat": seat,
        "incoming": incoming,
        "rank": rank,
        "passed": services.passed_before(seat.draw, rank) if incoming else [],
        "organises": rules.may_organise(request.viewer, panel),
    }
    return render(request, "panels/seats/fill.html", context)


@require_http_methods(METHODS)
@organiser
def complete(request, panel):
    """The empty seats whose reserve is spent; then a draw of them alone is begun."""
    empty = completing.empty_seats(panel) if panel.state in services.SITTING else []
    # Whether the reserve is spent is read seat by seat, profiles opened: never by who repeats a refused form.
    spent = [one for one in empty if services.next_of_reserve(one) is None]
    form = CompleteForm(data_of(request), seats=spent)
    if request.method == "POST" and form.is_valid():
        calm(request, "draw", MOST_BEGUN, per=600)
        made = []
        if done(form, lambda: made.append(begun(request, panel, form))):
            return see_other(draw_address(made[0]))
    context = {
        "nav_key": "panels",
        "panel": panel,
        "crumbs": _crumbs(panel, deep=True),
        "empty": empty,
        "spent": spent,
        "form": form,
    }
    return render(request, "panels/seats/complete.html", context, status=422 if form.errors else 200)


def begun(request, panel, form):
    """The draw that a form begins."""
    return completing.prepare_residual(actor=request.user, panel=panel, **form.cleaned_data)


@require_http_methods(METHODS)
@organiser
@of_seat
def unlisted(request, panel, seat):
    """Ask that the seat goes to somebody of the reserve who isn't next; a guarantor signs it."""
    form = UnlistedForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        incoming = Candidate.objects.filter(panel=panel, ticket=chosen["incoming"]).first()
        try:
            if incoming is None:
                raise ValidationError({"incoming": _("Choose somebody of the reserve.")})
            services.ask_unlisted(actor=request.user, seat=seat, incoming=incoming, reason=chosen["reason"])
        except WrongState:
            raise
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("It is asked. The seat changes hands once a guarantor has signed."))
            return see_other(address(panel, "seats"))
    context = {"nav_key": "panels", "panel": panel, "crumbs": _crumbs(panel, deep=True), "seat": seat, "form": form}
    return render(request, "panels/seats/unlisted.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@guarantor
def sign(request, panel, pk):
    """Read what is asked and why; then sign it, as a guarantor."""
    found = (
        Substitution.objects.filter(pk=pk, seat__panel=panel, is_listed=False)
        .select_related("seat__panel", "outgoing", "incoming")
        .first()
    )
    if found is None:
        raise missing()
    if request.method == "POST":
        services.sign_unlisted(actor=request.user, substitution=found)
        messages.success(request, _("It is signed: the seat changes hands, and everybody reads why."))
        return see_other(address(panel, "seats"))
    if found.signed_at is not None:
        raise WrongState(_("This substitution is already signed."), code="state")
    context = {"nav_key": "panels", "panel": panel, "crumbs": _crumbs(panel, deep=True), "substitution": found}
    return render(request, "panels/seats/sign.html", context)


@require_POST
@organiser
def confirm(request, panel):
    """Make members of those who confirmed their seat."""
    count = services.seat_confirmed(actor=request.user, panel=panel)
    words = ngettext("%(n)d person is now a member.", "%(n)d people are now members.", count)
    messages.success(request, words % {"n": count})
    return see_other(address(panel, "seats"))
