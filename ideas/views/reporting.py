"""What readers and authors do about moderation: report a text, take the report back, object to a removal."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations import references
from src.foundations.gates import see_other
from src.participation import holding
from src.participation.helping import people_who_help
from src.participation.rail_lexicon import DISCRIMINATION, HARASSMENT

from .. import rules, selectors, services
from ..forms.moderation import AppealForm, ReportForm
from ..models import Idea, IdeaComment
from ..models.comment import comment_url
from ..services.moderating import report_of
from .gate import calm, screen, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def report(request, reference):
    """Say that an idea, or a comment under it, has no place here; or take that back before anybody has read it."""
    idea, comment = _reported(request, reference)
    mine = report_of(request.viewer, idea, comment)
    here = _address(request, idea, "signaler", comment)
    if request.method == "POST" and request.POST.get("action") == "withdraw":
        if services.withdraw_report(idea=idea, actor=request.user, comment=comment):
            messages.success(request, _("Your report is withdrawn."))
        return see_other(here if rules.can_view(request.viewer, idea) else "/idees/")
    refusal = "" if mine else rules.why_not_report(request.viewer, idea, comment)
    if refusal:
        raise PermissionDenied(refusal)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        calm(request, "report", limit=10, per=3600)
        try:
            services.report(idea=idea, actor=request.user, comment=comment, **form.cleaned_data)
        except ValidationError as wrong:
            tell_form(form, wrong)
        else:
            messages.success(request, _("Thank you. Somebody of the moderation will read this text."))
            return see_other(here)
    target = comment or idea
    readable = rules.can_view(request.viewer, idea) and target.is_shown
    context = {
        "nav_key": "ideas",
        "idea": idea,
        "comment": comment,
        "title": idea.title if rules.can_view(request.viewer, idea) else "",
        "html": target.body_html if readable else "",
        "form": form,
        "mine": mine,
        "days": settings.TERRAIN_MODERATION_DAYS,
        "units": settings.TERRAIN_REPORTING_UNITS,
        "hides": idea.space.reports_hide and not (comment is not None and comment.official_role),
        "helpers": people_who_help(request.viewer, frozenset({DISCRIMINATION, HARASSMENT})),
        "back": comment_url(idea.reference, comment.reference) if comment else idea.get_absolute_url(),
    }
    return render(request, "ideas/report.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def appeal(request, reference):
    """The author of a removed text says why it should be shown again."""
    idea, comment = _seen(request, reference)
    mine = rules.is_own_comment(request.viewer, comment) if comment else idea.is_of(request.viewer)
    if not mine:
        raise PermissionDenied(_("Only its author objects to a removal."))
    told = selectors.told_to_author(idea, comment)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        held = holding.held_page(request, "text", leave_url=idea.get_absolute_url())
        if held is not None:
            return held
        calm(request, "appeal", limit=10, per=3600)
        if form.is_valid():
            try:
                services.appeal(idea=idea, actor=request.viewer, comment=comment, **form.cleaned_data)
            except ValidationError as wrong:
                tell_form(form, wrong)
            else:
                messages.success(request, _("Your objection is sent. Somebody else reads your text again."))
                return see_other(_address(request, idea, "contester", comment))
    context = {
        "nav_key": "ideas",
        "idea": idea,
        "comment": comment,
        "html": (comment or idea).body_html,
        "told": told,
        "form": form if told is not None and told.may_object else None,
        "back": comment_url(idea.reference, comment.reference) if comment else idea.get_absolute_url(),
    }
    return render(request, "ideas/appeal.html", context, status=422 if form.errors else 200)


def _reported(request, reference):
    """What one sees, or reported and may still take back though it is hidden since."""
    try:
        return _seen(request, reference)
    except Idea.DoesNotExist:
        idea, comment = _found(Idea.objects.all(), request, reference)
        mine = report_of(request.viewer, idea, comment)
        if mine is None or not mine.case.is_open:
            raise
        return idea, comment


def _seen(request, reference):
    return _found(Idea.objects.visible_to(request.viewer), request, reference)


def _found(ideas, request, reference):
    idea = ideas.select_related("space", "unit", "transfer_to", "owed").get(reference=reference)
    asked = references.normalise((request.POST.get("commentaire") or request.GET.get("commentaire") or "")[:8])
    if not asked:
        return idea, None
    comment = IdeaComment.objects.filter(idea=idea, reference=asked).first()
    if comment is None:
        raise Idea.DoesNotExist
    return idea, comment


def _address(request, idea, gesture: str, comment) -> str:
    about = f"?commentaire={comment.reference}" if comment else ""
    return f"{idea.get_absolute_url()}{gesture}/{about}"


def tell_form(form, refusal: ValidationError) -> None:
    """Put a service's refusal under its fields."""
    for field, errors in getattr(refusal, "error_dict", {None: [refusal]}).items():
        form.add_error(field if field in form.fields else None, errors)
