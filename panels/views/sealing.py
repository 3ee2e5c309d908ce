"""What can't be undone of a draw: sealed, revealed, certified, void; each read again on a page before it is done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from src.foundations import clock
from src.foundations.gates import see_other
from theme.templatetags.theme import short_day

from .. import draw_reading, rules
from ..advising import live_check
from ..enums import Beacon, DrawState
from ..forms.draws import BecauseForm, CertifyForm, DiceForm, NumberForm, ReasonForm, SealForm
from ..services import drawing
from ..services.preparing import WrongState
from . import confirming
from .draws import crumbs, draw_address, of_panel, watcher
from .gate import METHODS, calm, guarantor, organiser

SURE = "sure"


def _expect(draw, *states) -> None:
    if draw.state not in states:
        raise WrongState(
            _("This draw is at “%(state)s”: this can’t be done now.") % {"state": draw.get_state_display()},
            code="state",
        )


def _page(request, template, draw, form, **more):
    context = {
        "nav_key": "panels",
        "panel": draw.panel,
        "draw": draw,
        "crumbs": crumbs(draw.panel, draw),
        "form": form,
    }
    return render(request, f"panels/draws/{template}.html", context | more, status=422 if form.errors else 200)


def _asks(request, draw, form, *, title, text, lines=(), submit, big="", back):
    """The page that says what the gesture binds, with all that was typed, unseen."""
    form.data = form.data.copy()
    form.data[SURE] = "1"
    context = {
        "nav_key": "panels",
        "panel": draw.panel,
        "draw": draw,
        "crumbs": crumbs(draw.panel, draw),
        "confirm": {"title": title, "text": text, "submit": submit},
        "lines": lines,
        "big_words": big,
        "back": back,
        "hidden": form.hide(SURE),
    }
    return render(request, "panels/draws/sure.html", context)


def _is_sure(request) -> bool:
    return request.POST.get(SURE) == "1"


@require_http_methods(METHODS)
@organiser
@of_panel
def seal(request, panel, draw):
    """What is known before sealing; then what will choose the row; then what the seal binds; then the seal."""
    _expect(draw, DrawState.CHECKED)
    if draw.is_trial:
        raise WrongState(_("A trial draw is never sealed."), code="trial")
    form = SealForm(confirming.data_of(request), draw=draw)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        if chosen["beacon_on"] <= clock.today():
            form.add_error("beacon_on", _("The row is revealed another day than the seal: choose a later one."))
        elif not _is_sure(request):
            return _asks(
                request,
                draw,
                form,
                title=_("Seal this draw?"),
                text=_("From then on nobody can change it, not even you: it can only be made void, with its reason."),
                lines=_bound_by_seal(draw, chosen),
                submit=pgettext("button", "Seal the draw"),
                back=draw_address(draw, "seal"),
            )
        elif confirming.done(form, lambda: drawing.seal_draw(actor=request.user, draw=draw, **chosen)):
            messages.success(
                request, _("The draw is sealed and the guarantors are sent its seal. Print the minutes now.")
            )
            return see_other(draw_address(draw))
    return _page(
        request,
        "seal",
        draw,
        form,
        chances=draw_reading.chances_of(draw, shared=True),
        histogram=draw_reading.histogram_columns(),
        check=None if draw.completes_id else live_check(panel),
        certain=draw.engine.get("certain", ()),
        without_chance=draw.engine.get("without_chance", ()),
        reserve=draw_reading.reserve_rows(draw),
        reserve_columns=draw_reading.reserve_columns(),
    )


def _bound_by_seal(draw, chosen) -> list[str]:
    beacon = {
        "beacon": Beacon(chosen["beacon"]).label,
        "name": chosen["beacon_name"],
        "day": short_day(chosen["beacon_on"]),
    }
    rows = draw_reading.grouped(draw.rows)
    lines = [draw_reading.completes_words(draw)] if draw.completes_id else []
    lines += [
        _("The people in the draw: %(people)d tickets.") % {"people": draw.pool_size},
        _("The quotas, the reserved seats and the homes."),
        _("The table of %(rows)s panels: each person’s chance is in it.") % {"rows": rows},
        _("What chooses the row: %(beacon)s. %(name)s, on %(day)s.") % beacon,
    ]
    if chosen.get("no_chance_because"):
        lines.append(_("Why some can’t be drawn: %(reason)s") % {"reason": chosen["no_chance_because"]})
    return lines


@require_http_methods(METHODS)
@watcher
@of_panel
def reveal(request, panel, draw):
    """Type what came out, figure by figure; read it again; then the row follows."""
    _expect(draw, DrawState.SEALED)
    is_early = clock.today() < draw.beacon_on
    kind = DiceForm if draw.beacon == Beacon.DICE else NumberForm
    form = kind(confirming.data_of(request))
    if request.method == "POST" and form.is_valid() and not is_early:
        if not _is_sure(request):
            return _asks(
                request,
                draw,
                form,
                title=_("Is this what came out?"),
                text=_("Have a second person read it. Once written it never changes."),
                big=form.value,
                submit=pgettext("button", "Yes, write it and show the row"),
                back=draw_address(draw, "reveal"),
            )
        if confirming.done(form, lambda: drawing.reveal_draw(actor=request.user, draw=draw, value=form.value)):
            return see_other(draw_address(draw, "ceremony"))
    if request.method == "POST" and is_early:
        raise WrongState(_("The row is revealed on the day announced."), code="early")
    return _page(request, "reveal", draw, form, is_early=is_early)


@require_http_methods(METHODS)
@guarantor
@of_panel
def certify(request, panel, draw):
    """Certify, as a guarantor: where it came out and who saw it; then seats and the reserve are written."""
    _expect(draw, DrawState.REVEALED)
    form = CertifyForm(confirming.data_of(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        if not _is_sure(request):
            return _asks(
                request,
                draw,
                form,
                title=_("Certify this draw?"),
                text=_("Each person drawn gets a seat and is called; everybody else gets their place in the reserve."),
                lines=[
                    _("What came out: %(value)s. Row %(row)s.")
                    % {"value": draw.beacon_value, "row": draw_reading.row_words(draw)},
                    _("Where: %(place)s.") % {"place": chosen["place"]},
                    *(f"{name}, {role}" for name, role in form.pairs),
                ],
                submit=pgettext("button", "Certify the draw"),
                back=draw_address(draw, "certify"),
            )
        done = confirming.done(
            form,
            lambda: drawing.certify_draw(actor=request.user, draw=draw, place=chosen["place"], witnesses=form.pairs),
        )
        if done:
            messages.success(request, _("The draw is certified. Print the minutes and have them signed."))
            return see_other(draw_address(draw, "public_draw"))
    return _page(request, "certify", draw, form, row=draw_reading.row_words(draw))


@require_http_methods(METHODS)
@watcher
@of_panel
def void(request, panel, draw):
    """Make a draw void, with the reason that everybody reads."""
    _expect(draw, DrawState.DRAFT, DrawState.CHECKED, DrawState.SEALED, DrawState.REVEALED)
    form = BecauseForm(confirming.data_of(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and confirming.done(form, lambda: drawing.void_draw(actor=request.user, draw=draw, **form.cleaned_data))
    ):
        messages.success(request, _("The draw is void. It stays listed, with its reason."))
        return see_other(draw_address(draw))
    return _page(request, "void", draw, form, back=draw_address(draw))


@require_http_methods(METHODS)
@guarantor
@of_panel
def profiles(request, panel, draw):
    """The profiles of the sealed pool, as a file for guarantors who read every panel again on site."""
    rules.refuse_unless(rules.may_read_profile(request.viewer, panel))
    if not draw.seal:
        raise WrongState(_("This draw isn’t sealed: there is nothing to read again."), code="state")
    form = ReasonForm(confirming.data_of(request))
    if request.method == "POST" and form.is_valid():
        from .. import proof  # beside the engine, which loads with it

        calm(request, "profiles", 6, per=3600)
        found = []
        if confirming.done(
            form,
            lambda: found.append(
                drawing.profiles_for_guarantors(actor=request.user, draw=draw, reason=form.cleaned_data["reason"])
            ),
        ):
            response = HttpResponse(found[0], content_type="application/json; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="{proof.PROFILES}"'
            response["Cache-Control"] = "private, no-store"
            return response
    return _page(request, "profiles", draw, form)
