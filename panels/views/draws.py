"""The team's pages of draws: those begun, one in its making, and its table once made."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations import runs
from src.foundations.gates import add_errors, see_other

from .. import draw_reading, rules, selectors
from ..enums import BINDING, DrawState, PanelState
from ..forms.draws import REAL, PrepareForm
from ..models import Draw
from ..services import drawing
from ..services.preparing import WrongState
from .confirming import data_of
from .gate import METHODS, address, calm, missing, open_to, organiser

# Draws begun by one account in ten minutes: each is counted for ever.
MOST_BEGUN = 12
watcher = open_to(rules.may_organise, rules.may_watch)


def of_panel(view):
    """Give a view the draw of its address, when it is one somebody may know of."""

    @wraps(view)
    def opened(request, panel, number, *args, **kwargs):
        draws = Draw.objects.visible_to(request.viewer).select_related("completes")
        found = draws.filter(panel=panel, number=number).first()
        if found is None:
            raise missing()
        found.panel = panel
        return view(request, *args, panel=panel, draw=found, **kwargs)

    return opened


def draw_address(draw, name: str = "draw", **kwargs) -> str:
    """The address of one of the pages of a draw."""
    return address(draw.panel, name, number=draw.number, **kwargs)


def crumbs(panel, *above) -> list[dict]:
    """The pages above one of the workshop's."""
    return [
        {"label": panel.title, "url": address(panel, "desk")},
        {"label": _("Draws"), "url": address(panel, "draws")},
        *({"label": _("Draw %(number)d") % {"number": one.number}, "url": draw_address(one)} for one in above),
    ]


def may_prepare(viewer, panel, found) -> bool:
    """Whether a draw, or a trial, may be begun now."""
    open_states = (PanelState.RECRUITING, PanelState.POOL_CLOSED)
    standing = any(one.state in BINDING for one in found)
    return rules.may_organise(viewer, panel) and panel.state in open_states and not standing


@require_safe
@watcher
def draws(request, panel):
    """Every draw begun, trials counted and void ones with their reason; where to begin another."""
    found = list(selectors.draws_of(request.viewer, panel))
    context = {
        "nav_key": "panels",
        "panel": panel,
        "crumbs": crumbs(panel)[:1],
        "draws": found,
        "trials": sum(one.is_trial for one in found),
        "may_prepare": may_prepare(request.viewer, panel, found),
    }
    return render(request, "panels/draws/list.html", context)


@require_http_methods(METHODS)
@organiser
def prepare(request, panel):
    """Begin a draw, or a trial one."""
    form = PrepareForm(data_of(request), may_be_real=panel.state == PanelState.POOL_CLOSED)
    if request.method == "POST" and form.is_valid():
        calm(request, "draw", MOST_BEGUN, per=600)
        chosen = form.cleaned_data
        try:
            made = drawing.prepare_draw(
                actor=request.user, panel=panel, rows=chosen["rows"], is_trial=chosen["kind"] != REAL
            )
        except WrongState:
            raise
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            return see_other(draw_address(made))
    context = {"nav_key": "panels", "panel": panel, "crumbs": crumbs(panel), "form": form}
    return render(request, "panels/draws/prepare.html", context, status=422 if form.errors else 200)


@require_safe
@watcher
@of_panel
def draw(request, panel, draw):
    """Where a draw is: its progress, then what its table gives, then what is to be done now and by whom."""
    has_table = draw.state != DrawState.DRAFT and bool(draw.table_sha256)
    organises, watches = rules.may_organise(request.viewer, panel), rules.may_watch(request.viewer, panel)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "draw": draw,
        "crumbs": crumbs(panel),
        "completes": draw_reading.completes_words(draw),
        "progress": draw_reading.progress_of(draw),
        "chances": draw_reading.chances_of(draw, shared=True) if has_table else None,
        "histogram": draw_reading.histogram_columns(),
        "compliance": draw_reading.compliance_rows(draw) if has_table else [],
        "compliance_columns": draw_reading.compliance_columns(),
        "certain": [] if draw.is_trial else draw.engine.get("certain", ()),
        "without_chance": [] if draw.is_trial else draw.engine.get("without_chance", ()),
        "record": draw_reading.record_of(draw) if has_table else [],
        "seal": draw_reading.seal_groups(draw) if draw.seal else ((), ""),
        "organises": organises,
        "watches": watches,
        "may_void": draw.state in (DrawState.DRAFT, DrawState.CHECKED, DrawState.SEALED, DrawState.REVEALED),
    }
    return render(request, "panels/draws/draw.html", context)


@require_POST
@organiser
@of_panel
def stop(request, panel, draw):
    """Ask that the making of a table stops; nothing of it is kept."""
    if not (draw.state == DrawState.DRAFT and draw.run_id and runs.ask_cancel(draw.run_id)):
        raise WrongState(_("Nothing is being made any more."), code="state")
    messages.info(request, _("It stops at the next panels; nothing will be kept."))
    return see_other(draw_address(draw))


@require_POST
@organiser
@of_panel
def again(request, panel, draw):
    """Have a table made after a failure or a stop."""
    calm(request, "draw", MOST_BEGUN, per=600)
    drawing.make_again(actor=request.user, draw=draw)
    return see_other(draw_address(draw))
