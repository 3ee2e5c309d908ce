"""Topics that are reported: by members, read and decided by moderators, contested by their authors."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.directory.enums import Role
from src.foundations import references
from src.foundations.gates import add_errors, see_other
from src.participation.enums import AppealState, CaseState, RemovalReason, Visibility
from src.participation.services import moderation

from .. import rules, services
from ..models import Topic, TopicCase
from ..moderation_forms import DecisionForm, ObjectionAnswerForm, ObjectionForm, ReportForm
from ..services.moderating import DESK
from .gate import calm, filled, screen
from .raising import topic_of

BOTH = ["GET", "HEAD", "POST"]
WAITING = Q(state=CaseState.OPEN) | Q(appeal__state=AppealState.OPEN)
MOST = 100


@require_http_methods(BOTH)
@screen
def report(request, series, topic):
    """Report a topic to the moderators."""
    found = topic_of(request, series, topic)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        calm(request, "write")
        try:
            services.report_topic(actor=request.user, topic=found, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("Your report is sent. Somebody reads this topic; your name isn’t told."))
            return see_other(series.get_absolute_url())
    return filled(request, "meetings/report.html", {"series": series, "topic": found}, form)


@require_http_methods(BOTH)
@screen
def object_to(request, series, topic):
    """Its author objects to a removal."""
    found = Topic.objects.of(request.viewer).filter(series=series, reference=references.normalise(topic[:20])).first()
    if found is None or not services.may_object(found):
        raise Http404(_("There is no removal to object to."))
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    case = moderation.last_removal(DESK, found)
    if request.method == "POST" and form.is_valid():
        calm(request, "write")
        try:
            services.object_to_removal(actor=request.user, topic=found, text=form.cleaned_data["words"])
        except ValidationError as refusal:
            form.add_error("words", refusal.messages)
        else:
            messages.success(request, _("Your objection is sent. Somebody else reads your topic again."))
            return see_other(series.get_absolute_url())
    until = moderation.last_day_to_appeal(case)
    return filled(
        request, "meetings/object.html", {"series": series, "topic": found, "case": case, "until": until}, form
    )


@require_safe
@screen
def queue(request):
    """What waits for the moderators, the nearest day first; a topic is read here, never its group."""
    viewer = request.viewer
    if not viewer.has_role(Role.MODERATOR):
        raise Http404(_("This page does not exist, or is not shown to you."))
    found = TopicCase.objects.visible_to(viewer).filter(WAITING).select_related("topic__space", "appeal")
    found = found.annotate(n=Count("reports")).order_by("due_on", "pk")[:MOST]
    rows = [
        {"case": case, "reports": case.n, "url": reverse("meetings:moderate", kwargs={"topic": case.topic.reference})}
        for case in found
        if not rules.is_own(viewer, case.topic)
    ]
    return render(request, "meetings/moderation.html", {"rows": rows})


@require_http_methods(BOTH)
@screen
def decide(request, topic):
    """Read one reported topic, or an objection, and decide."""
    found = _moderated(request.viewer, topic)
    case = TopicCase.objects.filter(WAITING, topic=found).select_related("appeal").first()
    objection = getattr(case, "appeal", None) if case is not None and not case.is_open else None
    data = request.POST if request.method == "POST" else None
    form = ObjectionAnswerForm(data) if objection is not None else DecisionForm(data)
    if request.method == "POST" and form.is_valid():
        try:
            _decided(request.user, found, form.cleaned_data, objection)
        except ValidationError as refusal:
            words = getattr(refusal, "message_dict", {"words": refusal.messages})
            for name, errors in words.items():
                form.add_error({"text": "words"}.get(name, name), errors)
        else:
            messages.success(request, _("Your decision is written; the author is told when something changes."))
            return see_other(reverse("meetings:moderation"))
    context = {
        "topic": found,
        "case": case,
        "objection": objection,
        "is_removed": found.visibility == Visibility.REMOVED,
        "reports": [
            (RemovalReason(one.reason_code).label, one.text)
            for one in (case.reports.order_by("made_at", "pk") if case is not None else ())
        ],
    }
    return filled(request, "meetings/moderate.html", context, form)


def _moderated(viewer, reference: str) -> Topic:
    """The topic, for who moderates there and didn't write it, and once somebody reported it."""
    found = (
        Topic.objects.filter(reference=references.normalise(reference[:20]), cases__isnull=False)
        .select_related("space__steering_unit", "series")
        .first()
    )
    if found is None or not rules.moderates(viewer, found):
        raise Http404(_("This topic does not exist, or is not shown to you."))
    return found


def _decided(actor, topic, given, objection) -> None:
    if objection is not None:
        restored = given["restored"] == "1"
        services.answer_objection(actor=actor, topic=topic, restored=restored, words=given["words"])
    elif given["decision"] == "keep":
        services.keep_topic(actor=actor, topic=topic)
    else:
        services.remove_topic(actor=actor, topic=topic, reason_code=given["reason_code"], words=given["words"])
