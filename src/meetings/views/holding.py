"""What those who run meetings do during and after one: what was done with each topic, actions, minutes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations import references
from src.foundations.gates import add_errors, see_other

from .. import registry, selectors, services
from ..enums import MeetingState
from ..forms import ActionForm, CorrectionForm, EndForm, HeldForm, MinutesForm, OutcomeForm
from ..models import Action
from ..services.holding import shown_lines
from .gate import calm, confirm, filled, refused, runner, screen

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@screen
@runner
def held(request, series, meeting):
    """Say that it took place."""
    form = HeldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.hold_meeting(meeting=meeting, actor=request.user, present=form.cleaned_data["present"])
        messages.success(request, _("Noted. Write what was done with each topic, then the minutes."))
        return see_other(f"{meeting.get_absolute_url()}tenir/")
    return filled(request, "meetings/held.html", {"series": series, "meeting": meeting}, form)


@require_http_methods(BOTH)
@screen
@runner
def hold(request, series, meeting):
    """The table of work: topics, actions, minutes, and what is missing before they are published."""
    posted = request.method == "POST"
    minutes = MinutesForm(
        request.POST if posted else None,
        initial={
            "summary": meeting.draft_summary,
            "decisions": meeting.draft_decisions,
            "seen": services.mark(meeting),
        },
    )
    saved = None
    if posted and minutes.is_valid():
        try:
            services.write_minutes(meeting=meeting, **minutes.cleaned_data)
        except ValidationError as refusal:
            minutes, saved = _again(MinutesForm, request, meeting, refusal)
        else:
            messages.success(request, _("Saved. Nobody else reads it before it is published."))
            return see_other(f"{meeting.get_absolute_url()}tenir/")
    found = selectors.meeting_page(request.viewer, meeting)
    context = {
        "series": series,
        "meeting": meeting,
        "page": found,
        "missing": services.what_is_missing(meeting) if meeting.is_held else [],
        "saved": saved,
    }
    return filled(request, "meetings/hold.html", context, minutes)


def _again(kind, request, meeting, refusal):
    """The form as it was typed, ready to replace what is saved now; and what is saved, when others wrote it."""
    meeting.refresh_from_db(fields=["draft_summary", "draft_decisions"])
    data = request.POST.copy()
    moved = data.get("seen", "") not in ("", services.mark(meeting))
    data["seen"] = services.mark(meeting)
    form = kind(data)
    form.is_valid()
    add_errors(form, refusal)
    last = meeting.revisions.last()
    saved = (last.summary, last.decisions) if last else (meeting.draft_summary, meeting.draft_decisions)
    return form, saved if moved else None


@require_http_methods(BOTH)
@screen
@runner
def outcome(request, series, meeting, topic):
    """What was done with one line of the agenda."""
    line = shown_lines(meeting).filter(topic__reference=references.normalise(topic[:20])).first()
    if line is None:
        raise Http404(_("This topic isn’t on the agenda."))
    line.meeting = meeting
    form = OutcomeForm(
        request.POST if request.method == "POST" else None, initial={"outcome": line.outcome, "text": line.text}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.set_outcome(line=line, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            return see_other(f"{meeting.get_absolute_url()}tenir/#ligne-{line.topic.reference}")
    return filled(request, "meetings/outcome.html", {"series": series, "meeting": meeting, "line": line}, form)


@require_http_methods(BOTH)
@screen
@runner
def add_action(request, series, meeting):
    """One more action promised."""
    if request.method == "POST":
        # Each sending may look for a name.
        calm(request, "write")
    form = ActionForm(request.POST if request.method == "POST" else None, series=series)
    if not registry.can_be_followed():
        del form.fields["is_measure"]
    if request.method == "POST" and form.is_valid():
        try:
            services.promise(meeting=meeting, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            return see_other(f"{meeting.get_absolute_url()}tenir/#actions")
    return filled(request, "meetings/action.html", {"series": series, "meeting": meeting}, form)


@require_http_methods(BOTH)
@screen
@runner
def take_back(request, series, meeting, action):
    """Take away an action before the minutes are published."""
    found = meeting.promised.filter(reference=references.normalise(action[:20])).first()
    if found is None:
        raise Http404(_("This action does not exist, or is not shown to you."))
    found.born_at = meeting
    if request.method == "POST":
        services.take_back(action=found)
        return see_other(f"{meeting.get_absolute_url()}tenir/#actions")
    return confirm(
        request,
        series,
        title=_("Take this action away?"),
        text=found.text,
        submit=_("Take away"),
        back=f"{meeting.get_absolute_url()}tenir/#actions",
    )


@require_http_methods(BOTH)
@screen
@runner
def end_action(request, series, action):
    """Say that an action is done, or given up; in a meeting when one is being held."""
    found = (
        Action.objects.filter(
            series=series, reference=references.normalise(action[:20]), born_at__state=MeetingState.PUBLISHED
        )
        .select_related("born_at")
        .first()
    )
    if found is None:
        raise Http404(_("This action does not exist, or is not shown to you."))
    running = series.meetings.filter(state=MeetingState.HELD).first()
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_action(action=found, actor=request.user, meeting=running, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("Noted."))
            if running is None:
                return see_other(series.get_absolute_url())
            running.series = series
            return see_other(f"{running.get_absolute_url()}tenir/")
    return filled(request, "meetings/end_action.html", {"series": series, "action": found}, form)


@require_http_methods(BOTH)
@screen
@runner
def publish(request, series, meeting):
    """Publish the minutes, after a page that says what it means."""
    if request.method == "POST":
        try:
            services.publish_minutes(meeting=meeting, actor=request.user)
        except ValidationError as refusal:
            return refused(request, 409, " ".join(refusal.messages))
        messages.success(request, _("Published. The members are told."))
        return see_other(meeting.get_absolute_url())
    return confirm(
        request,
        series,
        title=_("Publish the minutes?"),
        text=_(
            "The members read them and are told. Topics are closed or go on to the next meeting; what is promised "
            "keeps its words."
        ),
        submit=_("Publish"),
        back=f"{meeting.get_absolute_url()}tenir/",
    )


@require_http_methods(BOTH)
@screen
@runner
def correct(request, series, meeting):
    """Publish minutes again, saying what is corrected."""
    last = meeting.revisions.last()
    initial = {"summary": last.summary, "decisions": last.decisions, "seen": services.mark(meeting)} if last else {}
    saved = None
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_minutes(meeting=meeting, actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form, saved = _again(CorrectionForm, request, meeting, refusal)
        else:
            messages.success(request, _("Corrected. The earlier minutes stay readable."))
            return see_other(meeting.get_absolute_url())
    return filled(request, "meetings/correct.html", {"series": series, "meeting": meeting, "saved": saved}, form)
