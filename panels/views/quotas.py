"""The table of quotas and what it allows, asked again at each edit; read by organisers and guarantors."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from src.foundations.gates import add_errors, see_other

from .. import advice_words, quota_chart, rules, selectors
from ..forms.quotas import QuotasForm
from ..pool import people_of
from ..services import quotas as service
from ..services.preparing import WrongState
from .gate import METHODS, address, calm, open_to

reader = open_to(rules.may_organise, rules.may_watch)
TRIES_A_MINUTE = 60


@require_http_methods(METHODS)
@reader
def quotas(request, panel):
    """The table; written as a whole by an organiser. ``?proposition=2`` begins from what was proposed, unsaved."""
    table = selectors.quota_table(panel)
    people = people_of(panel)
    if request.method != "POST":
        check = selectors.quota_check(actor=request.viewer, panel=panel, people=people)
        offered = _offered(request.GET.get("proposition", ""), advice_words.told(check), table)
        form = QuotasForm(panel, table, offered=offered)
        if offered:
            check = selectors.quota_check(actor=request.viewer, panel=panel, people=people, typed=offered)
        return _page(request, panel, table, people, form, check, is_tried=bool(offered), is_offered=bool(offered))
    rules.refuse_unless(rules.may_organise(request.viewer, panel))
    form = QuotasForm(panel, table, request.POST)
    if form.is_valid():
        try:
            changed = service.change_quotas(actor=request.user, panel=panel, bounds=form.bounds)
        except WrongState:
            raise
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            said = ngettext("%(n)d change is saved.", "%(n)d changes are saved.", changed) % {"n": changed}
            messages.success(request, said if changed else _("Nothing had changed."))
            return see_other(address(panel, "quotas") + "#avis-du-calcul")
    check = selectors.quota_check(actor=request.viewer, panel=panel, people=people)
    return _page(request, panel, table, people, form, check)


@require_http_methods(["POST"])
@reader
def try_quotas(request, panel):
    """What bounds would allow, if they were saved: nothing is written. The page, or what its script takes of it."""
    calm(request, "quotas", TRIES_A_MINUTE)
    rules.refuse_unless(rules.may_organise(request.viewer, panel))
    table = selectors.quota_table(panel)
    people = people_of(panel)
    form = QuotasForm(panel, table, request.POST)
    typed = form.typed if form.is_valid() else None
    check = selectors.quota_check(actor=request.viewer, panel=panel, people=people, typed=typed)
    return _page(request, panel, table, people, form, check, is_tried=typed is not None)


def _offered(number: str, told, table) -> dict[int, tuple[int, int]]:
    """The bounds of a proposal, over those of the table."""
    proposal = next((one for one in told.proposals if str(one.number) == number and one.may_be_filled), None)
    if proposal is None:
        return {}
    known = {
        value.quota.pk: [value.quota.minimum, value.quota.maximum]
        for criterion in table
        for value in criterion.values.all()
        if hasattr(value, "quota")
    }
    for one in proposal.bounds:
        known[one.quota][0 if one.side == "minimum" else 1] = one.after
    return {one.quota: tuple(known[one.quota]) for one in proposal.bounds}


def _page(request, panel, table, people, form, check, *, is_tried=False, is_offered=False):
    viewer = request.viewer
    may_change = rules.may_organise(viewer, panel) and panel.is_preparing and not panel.draws.standing().exists()
    counts = selectors.volunteers_by_value(actor=viewer, panel=panel, people=people)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "form": form,
        "groups": [{"criterion": one, "rows": _rows(one, form, counts, may_change)} for one in table],
        "told": advice_words.told(check),
        "is_tried": is_tried,
        "is_offered": is_offered,
        "may_change": may_change,
        "may_ask": may_change and not panel.is_draft,
        "asks": panel if may_change and not panel.is_draft else None,
        "may_organise": rules.may_organise(viewer, panel),
        "may_sign": rules.may_watch(viewer, panel),
        "waiting": selectors.unsigned_of(panel)[1],
        "signed": selectors.signed_relaxations_of(panel),
        "crossed": selectors.crossed_table(panel),
        "charts": quota_chart.charts_of(table, counts, people=len(people), seats=panel.seats) if people else [],
    }
    return render(request, "panels/quotas.html", context, status=422 if form.errors else 200)


def _rows(criterion, form, counts, may_change) -> list[dict]:
    rows = []
    for value in criterion.values.all():
        quota = getattr(value, "quota", None)
        if quota is None:
            continue
        rows.append(
            {
                "value": value,
                "quota": quota,
                "count": counts.get((criterion.key, value.key), 0),
                "share": None if quota.share is None else quota.share / 10,
                "fields": form.bounds_of(quota) if may_change and quota.pk in form.quotas else None,
            }
        )
    return rows
