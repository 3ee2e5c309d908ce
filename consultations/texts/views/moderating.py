"""The moderators' queue: reported contributions and objections, read and decided one by one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.directory.enums import Role
from src.foundations.gates import see_other
from src.participation.enums import AppealState, CaseState, RemovalReason
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules, selectors, services
from ..forms.writing import DecisionForm, ObjectionAnswerForm
from ..models import TextCase
from .gate import contribution_found, missing, screen, signed_in

MOST = 100


def _waiting(viewer):
    return TextCase.objects.visible_to(viewer).filter(Q(state=CaseState.OPEN) | Q(appeal__state=AppealState.OPEN))


@require_safe
@signed_in
@screen
def queue(request):
    """What waits for the moderators, the nearest day first."""
    viewer = request.viewer
    if not (viewer.has_role(Role.MODERATOR) or viewer.has_role(Role.ADMINISTRATOR)):
        raise missing()
    found = (
        _waiting(viewer)
        .select_related("contribution__unit__version__text__space__steering_unit", "appeal")
        .annotate(n=Count("reports"))
        .order_by("due_on", "pk")[:MOST]
    )
    rows = [
        {
            "case": case,
            "text": case.contribution.unit.version.text,
            "unit": case.contribution.unit,
            "is_objection": not case.is_open,
            "reports": case.n,
            "url": _url(case),
        }
        for case in found
        if not rules.is_own(viewer, case.contribution)
    ]
    return render(request, "texts/moderation.html", {"rows": rows})


def _url(case) -> str:
    text = case.contribution.unit.version.text
    return selectors.url("moderate", text, contribution=case.contribution.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
def decide(request, text, contribution):
    """Read one reported contribution, or an objection, and decide."""
    one = contribution_found(text, contribution)
    if not rules.moderates(request.viewer, text, one):
        raise missing()
    case = (
        TextCase.objects.filter(contribution=one)
        .filter(Q(state=CaseState.OPEN) | Q(appeal__state=AppealState.OPEN))
        .select_related("appeal")
        .first()
    )
    objection = getattr(case, "appeal", None) if case is not None and not case.is_open else None
    data = request.POST if request.method == "POST" else None
    form = ObjectionAnswerForm(data) if objection is not None else DecisionForm(data)
    if request.method == "POST" and form.is_valid():
        try:
            _decided(request, text, one, form, objection)
        except ValidationError as refusal:
            for name, errors in getattr(refusal, "error_dict", {"words": refusal.messages}).items():
                form.add_error({"text": "words"}.get(name, name), errors)
        except TransitionNotAllowed as refusal:
            messages.warning(request, str(refusal))
            return see_other(selectors.url("contribution", text, contribution=one.reference))
        else:
            messages.success(request, _("Your decision is written; its author is told when something changes."))
            return see_other(selectors.url("contribution", text, contribution=one.reference))
    reports = list(case.reports.order_by("made_at", "pk")) if case is not None else []
    context = {
        "text": text,
        "row": selectors.said(one, request.viewer, text),
        "form": form,
        "case": case,
        "objection": objection,
        "reports": [(RemovalReason(one.reason_code).label, one.text) for one in reports],
    }
    return render(request, "texts/moderate.html", context, status=422 if form.errors else 200)


def _decided(request, text, one, form, objection) -> None:
    given = form.cleaned_data
    if objection is not None:
        services.answer_appeal(
            actor=request.user,
            contribution=one,
            text=text,
            restored=given["restored"] == "1",
            words=given["words"],
        )
    elif given["decision"] == "keep":
        services.keep(actor=request.user, contribution=one, text=text)
    else:
        services.remove(
            actor=request.user,
            contribution=one,
            text=text,
            reason_code=given["reason_code"],
            words=given["words"],
        )
