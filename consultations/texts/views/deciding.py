"""Giving outcomes: the queue, one or several contributions at once, and the changes each explains."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations import references
from src.foundations.gates import see_other

from .. import rules, selectors, services, words
from ..enums import OutcomeKind
from ..forms.writing import FilterForm, OutcomeForm
from ..models import ChangedSpan, TextUnit, UnitContribution
from ..services.deciding import MOST_AT_ONCE
from ..services.trace import before
from .gate import contribution_found, organiser, screen, signed_in

SHOWN, QUEUE = 10, 50


@require_http_methods(["GET", "HEAD"])
@signed_in
@screen
@organiser
def queue(request, text):
    """Every contribution, those waiting first when one asks; ticked, they go together to one answer."""
    data = request.GET if request.GET else {"suite": "attente"}
    asked = selectors.Asked.read(data)
    found = selectors.asked_of(text, asked)
    rows, page = selectors.said_rows(text, found, request.viewer, cursor=request.GET.get("page") or "", size=QUEUE)
    total = found.count()
    units = _units(text)
    context = {
        "text": text,
        "rows": rows,
        "total": total,
        "total_words": words.count_words(total),
        "filter_form": FilterForm(asked, units.values()),
        "asked": asked.params,
        "waiting": selectors.waiting_counts([text]).get(text.pk, 0),
        "next_page": _page(asked, page.next_cursor),
        "previous_page": _page(asked, page.previous_cursor),
        "is_closed": text.closed_at is not None,
        "may_decide": text.closed_at is None or asked.state == "attente",
    }
    return render(request, "texts/queue.html", context)


def _page(asked, cursor: str) -> str:
    return "?" + urlencode({**asked.params, "page": cursor}) if cursor else ""


def _units(text) -> dict[str, TextUnit]:
    """The last words of each key, oldest units kept: what filters and labels read."""
    found = TextUnit.objects.filter(version__text=text).order_by("version__number", "position", "pk")
    return {unit.key: unit for unit in found}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def decide(request, text):
    """One answer to the contributions named (``c``), or to all those of a list (``tout=1`` and its filters)."""
    data = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(text, data)
    if not chosen:
        messages.warning(request, _("Tick contributions first: they may have been answered or taken back meanwhile."))
        return see_other(selectors.url("queue", text))
    kinds = {one.kind for one in chosen}
    allowed = [one for one in OutcomeKind if all(one in rules.outcomes_for(kind, text) for kind in kinds)]
    spans = _spans(text, chosen)
    form = OutcomeForm(
        request.POST if request.POST.get("envoi") == "1" else None,
        kinds=allowed,
        spans=spans,
        names={key: unit.name for key, unit in _units(text).items()},
        many=len(chosen) > 1,
        initial=_initial(chosen),
    )
    if form.is_bound and form.is_valid():
        try:
            n = services.decide(
                actor=request.user,
                text=text,
                contributions=chosen,
                kind=form.cleaned_data["kind"],
                reason=form.cleaned_data["reason"],
                theme=form.cleaned_data.get("theme", ""),
                spans=form.cleaned_data.get("spans", ()),
            )
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            messages.success(
                request,
                ngettext("%(n)d outcome is written.", "%(n)d outcomes are written.", n) % {"n": n}
                + " "
                + (
                    _("Authors are told when the next version comes out, or at closing.")
                    if text.closed_at is None
                    else _("Authors are told now.")
                ),
            )
            return see_other(selectors.url("queue", text))
    shown = [selectors.said(one, request.viewer, text) for one in chosen[:SHOWN]]
    context = {
        "text": text,
        "form": form,
        "chosen": chosen,
        "rows": shown,
        "more": len(chosen) - len(shown),
        "count": words.count_words(len(chosen)),
        "has_spans": spans.exists(),
        "has_draft": text.draft is not None and text.draft.number > 1,
        "is_closed": text.closed_at is not None,
        "decided": len(chosen) == 1 and getattr(chosen[0], "outcome", None),
    }
    return render(request, "texts/decide.html", context, status=422 if form.errors else 200)


def _tell(form, refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal.messages)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _chosen(text, data) -> list[UnitContribution]:
    """The contributions named, or all those of the list as it was asked; those already told are left out."""
    found = UnitContribution.objects.asking().filter(unit__version__text=text)
    if data.get("tout") == "1":
        asked = selectors.Asked.read(data)
        found = found & selectors.asked_of(text, asked)
    else:
        wanted = [references.normalise(one[:20]) for one in data.getlist("c")[:MOST_AT_ONCE]]
        found = found.filter(reference__in=wanted)
    return list(
        found.exclude(outcome__told_at__isnull=False)
        .select_related("unit", "outcome", "counts", "in_reply_to")
        .order_by(*selectors.ORDER)[:MOST_AT_ONCE]
    )


def _spans(text, chosen):
    """The changes of the draft: those of the units spoken of first would be best, all of them are offered."""
    draft = text.draft
    if draft is None or draft.number == 1:
        return ChangedSpan.objects.none()
    services.refresh_spans(draft)
    return ChangedSpan.objects.filter(version=draft).order_by("position", "pk")


def _initial(chosen) -> dict:
    outcome = getattr(chosen[0], "outcome", None) if len(chosen) == 1 else None
    if outcome is None:
        return {}
    links = chosen[0].changes.values_list("span", flat=True)
    return {"kind": outcome.kind, "reason": outcome.reason, "spans": list(links)}


@require_POST
@signed_in
@screen
@organiser
def forget(request, text):
    """Take an outcome back before it is told."""
    one = contribution_found(text, request.POST.get("c", ""))
    try:
        services.forget_outcome(actor=request.user, text=text, contribution=one)
    except ValidationError as refusal:
        raise services.Closed(refusal.messages)
    messages.success(request, _("The outcome is taken back: this contribution waits again."))
    return see_other(selectors.url("queue", text))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def spans(request, text):
    """The changes of the version being written: what explains each; the word "rédaction" by POST."""
    draft = text.draft
    previous = before(draft) if draft is not None else None
    if previous is None:
        raise services.Closed(_("No next version is being written: there is no change to explain."))
    if request.method == "POST":
        return _say_wording(request, text, draft)
    services.refresh_spans(draft)
    rows = selectors.change_rows(text, draft, previous, request.viewer)
    context = {
        "text": text,
        "held": draft,
        "previous": previous,
        "rows": [row for row in rows if row.line.is_changed],
        "left": sum(1 for row in rows for span in row.spans if not span.explained),
        "waiting": selectors.waiting_counts([text]).get(text.pk, 0),
    }
    return render(request, "texts/spans.html", context)


def _say_wording(request, text, draft):
    number = request.POST.get("changement", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 16
    one = ChangedSpan.objects.filter(version=draft, pk=int(number)).first() if is_number else None
    if one is None:
        messages.warning(request, _("This change isn't there any more."))
        return see_other(selectors.url("spans", text))
    try:
        services.set_editorial(actor=request.user, span=one, wanted=request.POST.get("redaction") == "1")
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return see_other(f"{selectors.url('spans', text)}#changement-{one.pk}")
