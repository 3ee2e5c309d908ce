"""The tables of a session, for the team: set, ruled, made, made again, shown, printed."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panels.views.confirming import data_of, done
from src.foundations.gates import see_other

from .. import seating
from ..forms.tables import MakeForm, PairForm, PlaceForm, TablesForm
from ..models import TablePlan
from ..services import tables as services
from ..services.presence import expected_at
from .gate import METHODS, address, answer, calm, of_session, page, preparer


def _plan(session) -> TablePlan | None:
    return TablePlan.objects.filter(session=session).select_related("session__panel").first()


def of_plan(view):
    """Give a view the table plan of its session."""

    @wraps(view)
    def opened(request, panel, session, **kwargs):
        plan = _plan(session)
        if plan is None:
            raise Http404(_("This session has no tables yet."))
        return view(request, panel, session, plan, **kwargs)

    return opened


def _back(panel, session) -> str:
    return address(panel, "tables", session=session.reference)


@require_safe
@preparer
@of_session
def tables(request, panel, session):
    """Who sits where, round by round; what is asked; how well people mix."""
    plan = _plan(session)
    context = {"session": session, "plan": plan, "is_open": session.is_prepared or session.is_announced}
    if plan is not None:
        context |= {
            "tables": [{"table": one, "offers": seating.offered(one)} for one in plan.tables.all()],
            "pairs": plan.rules.select_related("one", "other"),
            "pins": plan.pins.select_related("membership", "table"),
            "rounds": seating.rounds_of(plan) if plan.is_made else [],
        }
    return page(request, "desk/tables", panel, **context)


@require_http_methods(METHODS)
@preparer
@of_session
def settings(request, panel, session):
    """Rounds, seats, and what tables offer."""
    form = TablesForm(data_of(request), plan=_plan(session))
    if done(form, lambda: services.set_tables(actor=request.viewer, session=session, **form.written)):
        messages.success(request, _("Tables are set: say who sits with whom, then make them."))
        return see_other(_back(panel, session))
    return answer(
        request, panel, form, title=_("Set the tables"), submit=pgettext("button", "Save"),
        back=_back(panel, session),
        means=[_("What was made before goes, with the places held. Rules between two members stay.")],
    )  # fmt: skip


@require_http_methods(METHODS)
@preparer
@of_session
@of_plan
def pair(request, panel, session, plan):
    """Two members together, or apart."""
    form = PairForm(expected_at(session), data_of(request))
    if done(form, lambda: services.rule_pair(actor=request.viewer, plan=plan, **form.cleaned_data)):
        messages.success(request, _("It is asked: make the tables again."))
        return see_other(_back(panel, session))
    return answer(
        request, panel, form, title=_("Two members, together or apart"), submit=pgettext("button", "Add"),
        back=_back(panel, session),
    )  # fmt: skip


@require_POST
@preparer
@of_session
@of_plan
def drop_pair(request, panel, session, plan, rule):
    """Ask it no longer."""
    found = plan.rules.select_related("plan__session").filter(pk=rule).first()
    if found is not None:
        services.drop_rule(actor=request.viewer, rule=found)
        messages.success(request, _("It is no longer asked: make the tables again."))
    return see_other(_back(panel, session))


@require_http_methods(METHODS)
@preparer
@of_session
@of_plan
def place(request, panel, session, plan):
    """A member held at a table."""
    form = PlaceForm(expected_at(session), plan.tables.all(), data_of(request))
    if done(form, lambda: services.hold_place(actor=request.viewer, plan=plan, **form.cleaned_data)):
        messages.success(request, _("It is asked: make the tables again."))
        return see_other(_back(panel, session))
    return answer(
        request, panel, form, title=_("Hold a place at a table"), submit=pgettext("button", "Add"),
        back=_back(panel, session), means=[_("This member keeps this table in every round.")],
    )  # fmt: skip


@require_POST
@preparer
@of_session
@of_plan
def free_place(request, panel, session, plan, pin):
    """Hold it no longer."""
    found = plan.pins.select_related("plan__session").filter(pk=pin).first()
    if found is not None:
        services.free_place(actor=request.viewer, pin=found)
        messages.success(request, _("It is no longer asked: make the tables again."))
    return see_other(_back(panel, session))


@require_http_methods(METHODS)
@preparer
@of_session
@of_plan
def make(request, panel, session, plan):
    """Make the tables; again, without those who are missing."""
    form = MakeForm(data_of(request))
    if request.method == "POST":
        calm(request, "tables", 10)
    if done(form, lambda: services.make(actor=request.viewer, session=session, **form.written)):
        messages.success(request, _("Tables are made."))
        return see_other(_back(panel, session))
    means = [
        _("It takes a few seconds. Needs are opened to find places, and written nowhere."),
        _("Rounds before the one you say stay as they are."),
    ]
    return answer(
        request, panel, form, title=_("Make the tables"), submit=pgettext("button", "Make the tables"),
        back=_back(panel, session), means=means,
    )  # fmt: skip


@require_POST
@preparer
@of_session
@of_plan
def show(request, panel, session, plan):
    """Let each member read their tables, or no longer."""
    shown = "hide" not in request.POST
    services.show(actor=request.viewer, plan=plan, shown=shown)
    messages.success(request, _("Each member reads their tables.") if shown else _("Members no longer read them."))
    return see_other(_back(panel, session))


@require_safe
@preparer
@of_session
@of_plan
def paper(request, panel, session, plan):
    """The tables to print: a sheet a table, and the list of people."""
    context = {
        "panel": panel,
        "session": session,
        "plan": plan,
        "rounds": seating.rounds_of(plan),
        "numbers": range(1, plan.rounds + 1),
        "people": seating.people_of(plan),
    }
    return render(request, "panel_sessions/print/tables.html", context)
