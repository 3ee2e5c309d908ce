"""Reading: the list, a text, a version, what changed and why, what was said, and all of it as files."""

import json
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations import clock, exports, keyset

from .. import rules, selectors, words
from ..enums import TextState
from ..forms.writing import FilterForm
from ..models import ReformText, TextVersion
from ..tallying import tally
from .files import COLUMNS, contribution_cells, contribution_data
from .gate import calm, missing, screen

LISTED, EXPORTED = 20, 10_000


def _listed(request):
    found = ReformText.objects.visible_to(request.viewer).published().for_pages()
    q = " ".join(request.GET.get("q", "")[:100].replace("\x00", "").split())
    return (found.filter(Q(title__icontains=q) | Q(introduction__icontains=q)) if q else found), q


@require_safe
@screen
def texts(request):
    """The published texts one may read: those that take contributions, the others, then the closed ones."""
    found, q = _listed(request)
    order = ("place", "-created_at", "-reference")
    page = keyset.paginate(found.with_place(), order=order, cursor=request.GET.get("page") or "", size=LISTED)
    context = {
        "nav_key": "consultations",
        "cards": selectors.cards(page.items),
        "q": q,
        "next_page": _page({"q": q} if q else {}, page.next_cursor),
        "previous_page": _page({"q": q} if q else {}, page.previous_cursor),
        "organises": rules.may_use_workshop(request.viewer),
    }
    return render(request, "texts/list.html", context)


def _page(params: dict, cursor: str) -> str:
    return "?" + urlencode({**params, "page": cursor}) if cursor else ""


@require_safe
@screen
def export_texts(request):
    """The list as one sees it, as a file."""
    found, _q = _listed(request)
    rows = (
        (card.text.reference, card.text.title, card.text.space.name, card.state.label, card.count, card.when)
        for card in selectors.cards(list(found[:1000]))
    )
    titles = [_("Reference"), _("Title"), _("Where"), _("State"), _("Contributions"), _("When")]
    return exports.csv_response(_("texts-%(day)s") % {"day": clock.today().isoformat()} + ".csv", titles, rows)


@require_safe
@screen
def detail(request, text):
    """The last version, unit by unit, with what was said of each."""
    if text.current is None:
        raise missing()
    return _text_page(request, text, text.current)


@require_safe
@screen
def version(request, text, version):
    """One version as it was published."""
    held = next((one for one in text.published_versions if one.number == version), None)
    if held is None:
        raise missing()
    return _text_page(request, text, held)


def _text_page(request, text, held: TextVersion):
    viewer = request.viewer
    state = rules.state_of(text)
    is_current = held.pk == text.current.pk
    rows = selectors.unit_rows(text, held, viewer)
    context = {
        "nav_key": "consultations",
        "text": text,
        "held": held,
        "rows": rows,
        "state": state,
        "tone": words.TONES[state],
        "icon_name": words.ICONS[state],
        "when": words.when_words(text),
        "said": words.count_words(sum(row.total for row in rows)),
        "is_current": is_current,
        "versions": text.published_versions,
        "refusal": rules.why_not_contribute(viewer, text) if state == TextState.OPEN and is_current else "",
        "may_contribute": state == TextState.OPEN and is_current and not rules.why_not_contribute(viewer, text),
        "is_open": state == TextState.OPEN,
        "tally": tally(text) if len(text.published_versions) > 1 or state == TextState.CLOSED else None,
        "late": selectors.waiting_counts([text]).get(text.pk, 0) if state == TextState.CLOSED else 0,
        "own": selectors.own_rows(text, viewer) if viewer.is_authenticated else [],
        "organises": rules.may_organise(viewer, text),
        "moderates": rules.moderates(viewer, text),
    }
    return render(request, "texts/detail.html", context)


@require_safe
@screen
def changes(request, text, version):
    """What changed between a version and the one before, and where each change comes from."""
    held = next((one for one in text.published_versions if one.number == version), None)
    previous = next((one for one in text.published_versions if one.number == version - 1), None)
    if held is None or previous is None:
        raise missing()
    context = {
        "nav_key": "consultations",
        "text": text,
        "held": held,
        "previous": previous,
        "rows": selectors.change_rows(text, held, previous, request.viewer),
        "tally": tally(text),
        "set_aside_url": selectors.url("contributions", text) + "?suite=set_aside",
    }
    return render(request, "texts/changes.html", context)


@require_safe
@screen
def contributions(request, text):
    """Everything that was said, as one asks for it."""
    if text.current is None:
        raise missing()
    asked = selectors.Asked.read(request.GET)
    rows, page = selectors.said_rows(
        text,
        selectors.asked_of(text, asked, told_only=True),
        request.viewer,
        cursor=request.GET.get("page") or "",
    )
    units = list(text.current.units.order_by("position", "pk"))
    context = {
        "nav_key": "consultations",
        "text": text,
        "rows": rows,
        "filter_form": FilterForm(asked, units),
        "asked": asked.params,
        "query": _page(asked.params, "x")[1:].replace("page=x", "").rstrip("&"),
        "next_page": _page(asked.params, page.next_cursor),
        "previous_page": _page(asked.params, page.previous_cursor),
        "retour": request.get_full_path(),
    }
    return render(request, "texts/contributions.html", context)


def _exported(request, text):
    if request.viewer.is_authenticated:
        calm(request, "file", 10)
    elif text.current is None:
        raise PermissionDenied
    asked = selectors.Asked.read(request.GET)
    found = selectors.asked_of(text, asked, told_only=True)
    return found.select_related("unit__version", "outcome", "counts").order_by(
        "unit__version__number", "unit__position", *selectors.ORDER
    )[:EXPORTED]


@require_safe
@screen
def export_csv(request, text):
    """Contributions as one reads them, with their outcome once it is told."""
    rows = (contribution_cells(one, request.viewer, text) for one in _exported(request, text))
    return exports.csv_response(f"contributions-{text.reference}.csv", [str(name) for name in COLUMNS], rows)


@require_safe
@screen
def export_json(request, text):
    """The same, for another program."""
    data = {
        "reference": text.reference,
        "title": text.title,
        "contributions": [contribution_data(one, request.viewer, text) for one in _exported(request, text)],
    }
    response = HttpResponse(json.dumps(data, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="contributions-{text.reference}.json"'
    return response
