"""Contributing: a unit and what was said of it, one contribution, changing it, supporting, replying, reporting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations.gates import see_other
from src.foundations.text import plain_to_html
from src.participation import holding
from src.participation.enums import AppealState, IdentityMode, Visibility
from src.participation.services import authorship, moderation

from .. import rules, selectors, services, words
from ..enums import TextState, UnitKind
from ..forms.contributing import ChangeForm, ContributeForm, ObjectForm, ReplyForm, ReportForm
from ..models import ContributionSupport, UnitContribution
from ..services.contributing import is_answered
from ..services.moderating import DESK
from .gate import calm, contribution_found, missing, screen, signed_in, unit_found


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def unit(request, text, key):
    """One unit, what was said of it, and the form to say something."""
    one = unit_found(text, text.current, key)
    if request.method == "POST":
        return _contributed(request, text, one)
    return _unit_page(request, text, one, _form(request, text, one))


def _form(request, text, unit, data=None):
    return ContributeForm(data, unit=unit, text=text)


def _contributed(request, text, unit):
    refusal = rules.why_not_contribute(request.viewer, text)
    if refusal:
        raise PermissionDenied(refusal)
    calm(request, "contribute", limit=20, per=600)
    form = _form(request, text, unit, request.POST)
    held = holding.held_page(request, "body", "proposal", leave_url=selectors.url("unit", text, key=unit.key))
    if held is not None:
        return held
    if not form.is_valid():
        return _unit_page(request, text, unit, form, status=422)
    try:
        made = services.contribute(
            actor=request.user,
            text=text,
            unit=unit,
            kind=form.cleaned_data["kind"],
            body=form.cleaned_data["body"],
            proposal=form.cleaned_data["proposal"],
            identity_mode=form.mode,
            token=form.cleaned_data["token"],
        )
    except services.Closed:
        raise
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return _unit_page(request, text, unit, form, status=422)
    messages.success(request, _("Your contribution is sent. You will read here, and in a message, what became of it."))
    return _sealed(request, see_other(selectors.url("contribution", text, contribution=made.reference)), made)


def _sealed(request, response, made):
    if made.identity_mode == IdentityMode.PROTECTED:
        authorship.remember_in_response(response, request, made.handle)
    return response


def _unit_page(request, text, one, form, status=200):
    state = rules.state_of(text)
    found = UnitContribution.objects.filter(unit=one)
    rows, page = selectors.said_rows(text, found, request.viewer, cursor=request.GET.get("page") or "")
    around = list(one.version.units.order_by("position", "pk").values_list("key", flat=True))
    at = around.index(one.key)
    refusal = rules.why_not_contribute(request.viewer, text)
    context = {
        "nav_key": "consultations",
        "text": text,
        "unit": one,
        "body_html": plain_to_html(one.body),
        "rows": rows,
        "form": form,
        "is_open": state == TextState.OPEN and one.kind != UnitKind.HEADING,
        "refusal": refusal,
        "closed": "" if state == TextState.OPEN else rules.closed_sentence(text),
        "when": words.when_words(text),
        "next_page": f"?page={page.next_cursor}" if page.next_cursor else "",
        "previous_page": f"?page={page.previous_cursor}" if page.previous_cursor else "",
        "next_unit": selectors.url("unit", text, key=around[at + 1]) if at + 1 < len(around) else "",
        "previous_unit": selectors.url("unit", text, key=around[at - 1]) if at else "",
        "retour": request.get_full_path(),
    }
    return render(request, "texts/unit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def contribution(request, text, contribution):
    """One contribution with its replies; replying by POST."""
    one = contribution_found(text, contribution)
    if one.parent_id is not None and request.method != "POST":
        root = one.parent.reference
        return see_other(selectors.url("contribution", text, contribution=root) + f"#commentaire-{one.reference}")
    if request.method == "POST":
        return _replied(request, text, one)
    return _contribution_page(request, text, one, ReplyForm(text=text))


def _replied(request, text, one):
    refusal = rules.why_not_contribute(request.viewer, text)
    if refusal:
        raise PermissionDenied(refusal)
    calm(request, "reply", limit=20, per=600)
    here = selectors.url("contribution", text, contribution=one.reference)
    form = ReplyForm(request.POST, text=text)
    held = holding.held_page(request, "body", leave_url=here)
    if held is not None:
        return held
    if not form.is_valid():
        return _contribution_page(request, text, one, form, status=422)
    try:
        made = services.reply(
            actor=request.user,
            text=text,
            to=one,
            body=form.cleaned_data["body"],
            identity_mode=form.mode,
            token=form.cleaned_data["token"],
        )
    except services.Closed:
        raise
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return _contribution_page(request, text, one, form, status=422)
    return _sealed(request, see_other(f"{here}#commentaire-{made.reference}"), made)


def _contribution_page(request, text, one, form, status=200):
    viewer = request.viewer
    replies = list(one.replies.select_related("unit", "in_reply_to").order_by(*selectors.ORDER))
    supported = frozenset()
    if viewer.is_authenticated:
        rows = ContributionSupport.objects.filter(user_id=viewer.user_id, contribution=one)
        supported = frozenset(rows.values_list("contribution_id", flat=True))
    own = rules.is_own(viewer, one)
    row = selectors.said(one, viewer, text, supported=supported, replies=replies)
    context = {
        "nav_key": "consultations",
        "text": text,
        "unit": one.unit,
        "row": row,
        "version": one.unit.version,
        "form": form,
        "changes": _changes_of(one, row),
        "own": own,
        "may_change": own and not rules.why_not_change(viewer, one, text, answered=is_answered(one)),
        "may_reply": rules.is_open(text)
        and one.is_shown
        and not one.is_withdrawn
        and one.unit.version_id == text.current.pk
        and not rules.why_not_contribute(viewer, text),
        "may_report": viewer.is_agent and not own and one.is_shown and not one.is_withdrawn,
        "removal": _removal(one) if own or rules.moderates(viewer, text) else None,
        "organises": rules.may_organise(viewer, text),
        "is_current": one.unit.version_id == text.current.pk,
    }
    return render(request, "texts/contribution.html", context, status=status)


def _changes_of(one, row) -> list[str]:
    """The changes this contribution made, in sentences, once they are published."""
    if row.outcome is None:
        return []
    found = one.changes.filter(span__version__published_at__isnull=False).select_related("span")
    return [
        words.change_words(link.span.kind, link.span.before, link.span.after)
        for link in found.order_by("span__position", "pk")
    ]


def _removal(one) -> dict | None:
    if one.visibility != Visibility.REMOVED:
        return None
    case = moderation.last_removal(DESK, one)
    if case is None:
        return None
    objection = getattr(case, "appeal", None)
    return {
        "text": case.text,
        "may_object": objection is None,
        "until": moderation.last_day_to_appeal(case),
        "state": AppealState(objection.state).label if objection else "",
        "answer": objection.answer if objection else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
def change(request, text, contribution):
    """Other words in the place of one's own."""
    one = _own(request, text, contribution)
    here = selectors.url("contribution", text, contribution=one.reference)
    form = ChangeForm(request.POST if request.method == "POST" else None, contribution=one)
    if request.method == "POST":
        held = holding.held_page(request, "body", "proposal", leave_url=here)
        if held is not None:
            return held
        if form.is_valid():
            services.change(
                actor=request.user,
                contribution=one,
                text=text,
                body=form.cleaned_data["body"],
                proposal=form.cleaned_data.get("proposal", ""),
            )
            messages.success(request, _("Your words are changed."))
            return see_other(here)
    context = {"text": text, "row": one, "form": form, "back": here}
    return render(request, "texts/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
def withdraw(request, text, contribution):
    """Take one's contribution back, once confirmed."""
    one = contribution_found(text, contribution)
    here = selectors.url("contribution", text, contribution=one.reference)
    if one.is_withdrawn:
        return see_other(here)
    one = _own(request, text, contribution)
    if request.method == "POST":
        services.withdraw(actor=request.user, contribution=one, text=text)
        messages.success(request, _("Your contribution is taken back: its words are gone."))
        return see_other(selectors.url("unit", text, key=one.unit.key))
    return render(
        request,
        "texts/confirm.html",
        {
            "back": here,
            "back_label": text.title,
            "title": _("Take my contribution back?"),
            "sentence": _("Its words are erased, and what leads to you with them. This can't be undone."),
            "submit": _("Take back"),
        },
    )


def _own(request, text, reference: str):
    one = contribution_found(text, reference)
    if not rules.is_own(request.viewer, one):
        raise missing()
    refusal = rules.why_not_change(request.viewer, one, text, answered=is_answered(one))
    if refusal:
        raise services.Closed(refusal)
    return one


@require_POST
@signed_in
@screen
def support(request, text, contribution):
    """Support a contribution (``soutien=1``), or no longer (``soutien=0``)."""
    calm(request, "support", limit=60)
    one = contribution_found(text, contribution)
    wanted = request.POST.get("soutien", "1") != "0"
    try:
        services.set_support(actor=request.user, contribution=one, text=text, wanted=wanted)
    except services.Closed:
        raise
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    if request.accepts("application/json") and not request.accepts("text/html"):
        one = contribution_found(text, contribution)
        return JsonResponse({"supported": wanted, "supports": one.counts.supports})
    back = request.POST.get("retour", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return see_other(back if safe else selectors.url("contribution", text, contribution=one.reference))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
def report(request, text, contribution):
    """Report a contribution to the moderators."""
    one = contribution_found(text, contribution)
    if not request.viewer.is_agent or rules.is_own(request.viewer, one) or not rules.reads(request.viewer, one, text):
        raise PermissionDenied(_("Reports are made by the City's agents, on what others wrote."))
    here = selectors.url("contribution", text, contribution=one.reference)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        calm(request, "report", limit=20, per=3600)
        try:
            services.report(actor=request.user, contribution=one, text=text, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(
                request, _("Your report is sent. Somebody reads this contribution; your name isn't told.")
            )
            return see_other(here)
    context = {"text": text, "form": form, "back": here, "row": selectors.said(one, request.viewer, text)}
    return render(request, "texts/report.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
def object_to(request, text, contribution):
    """Its author objects to a removal."""
    one = contribution_found(text, contribution)
    if not rules.is_own(request.viewer, one):
        raise missing()
    here = selectors.url("contribution", text, contribution=one.reference)
    form = ObjectForm(request.POST if request.method == "POST" else None)
    removal = _removal(one)
    if removal is None or not removal["may_object"]:
        raise services.Closed(_("There is no removal to object to."))
    if request.method == "POST" and form.is_valid():
        try:
            services.appeal(actor=request.user, contribution=one, text=form.cleaned_data["words"])
        except ValidationError as refusal:
            form.add_error("words", refusal.messages)
        else:
            messages.success(request, _("Your objection is sent. Somebody else reads your text again."))
            return see_other(here)
    context = {"text": text, "form": form, "back": here, "removal": removal}
    return render(request, "texts/object.html", context, status=422 if form.errors else 200)
