"""What those who run meetings do before one takes place: settings, the day, the agenda, the invitation."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations import clock, references
from src.foundations.gates import add_errors, see_other

from .. import rhythm, selectors, services
from ..forms import CancelForm, ReasonForm, SeriesForm, WhenForm
from ..services.holding import shown_lines
from ..services.planning import moment_of
from ..services.series import CHANGED
from .gate import confirm, filled, refused, runner, screen
from .raising import topic_of

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@screen
@runner
def settings(request, series):
    """How the meetings are held."""
    initial = {name: getattr(series, name) for name in CHANGED}
    form = SeriesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_series(series=series, actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return see_other(series.get_absolute_url())
    return filled(request, "meetings/settings.html", {"series": series}, form)


@require_http_methods(BOTH)
@screen
@runner
def stop(request, series):
    """End the meetings for good, after a page that says what it means."""
    if request.method == "POST":
        try:
            services.stop_series(series=series, actor=request.user)
        except ValidationError as refusal:
            return refused(request, 409, " ".join(refusal.messages))
        messages.success(request, _("These meetings have stopped."))
        return see_other(series.get_absolute_url())
    return confirm(
        request,
        series,
        title=_("Stop these meetings?"),
        text=_(
            "Nothing more is due, nothing more can be raised. Agendas and minutes stay readable. It can’t be undone."
        ),
        submit=_("Stop the meetings"),
        danger=True,
        back=series.get_absolute_url(),
    )


@require_http_methods(BOTH)
@screen
@runner
def plan(request, series):
    """Choose the day of the next meeting, among days that keep the rhythm or any other."""
    days = rhythm.proposed(
        since=series.met_on or series.agreed_on, months=series.every, weekday=series.weekday, today=clock.today()
    )
    chosen = _day(request.GET.get("jour", "")) or days[0]
    initial = _usual(series) | {"day": chosen}
    form = WhenForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            meeting = services.plan_meeting(
                series=series,
                actor=request.user,
                starts_at=moment_of(data["day"], data["hour"]),
                minutes=data["minutes"],
                place=data["place"],
                remote_url=data["remote_url"],
                capacity=data["capacity"],
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The day is chosen. Order the agenda, then announce it."))
            return see_other(f"{meeting.get_absolute_url()}preparer/")
    return filled(request, "meetings/plan.html", {"series": series, "days": days, "chosen": chosen}, form)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _usual(series) -> dict:
    return {
        "hour": series.usual_time,
        "minutes": series.minutes,
        "place": series.place,
        "remote_url": series.remote_url,
        "capacity": series.capacity,
    }


@require_http_methods(BOTH)
@screen
@runner
def prepare(request, series, meeting):
    """The agenda: put topics on it, order them, take them off. One button, one gesture."""
    if request.method == "POST":
        return _arrange(request, series, meeting)
    context = {
        "series": series,
        "meeting": meeting,
        "lines": list(shown_lines(meeting)),
        "waiting": [card for card in selectors.waiting_topics(request.viewer, series) if not card.on_agenda],
        "actions": selectors.open_actions(request.viewer, series),
        "tells_counts": True,
    }
    return render(request, "meetings/prepare.html", context)


def _arrange(request, series, meeting):
    here = f"{meeting.get_absolute_url()}preparer/"
    if "add" in request.POST:
        topic = topic_of(request, series, request.POST["add"])
        try:
            services.put_on_agenda(meeting=meeting, topic=topic, actor=request.user)
        except ValidationError as refusal:
            return refused(request, 409, " ".join(refusal.messages))
        return see_other(f"{here}#ligne-{topic.reference}")
    for gesture in ("off", "up", "down"):
        if gesture in request.POST:
            reference = references.normalise(request.POST[gesture][:20])
            line = meeting.lines.select_related("topic").filter(topic__reference=reference).first()
            if line is None:
                return see_other(here)
            line.meeting = meeting
            if gesture == "off":
                services.take_off_agenda(line=line, actor=request.user)
                return see_other(here)
            services.move_line(line=line, up=gesture == "up")
            return see_other(f"{here}#ligne-{reference}")
    return see_other(here)


@require_http_methods(BOTH)
@screen
@runner
def set_aside(request, series, topic):
    """Say that a topic won't be talked about, and why."""
    found = topic_of(request, series, topic)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_aside(topic=found, actor=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("Set aside. Its author reads why."))
            return see_other(series.get_absolute_url())
    return filled(request, "meetings/set_aside.html", {"series": series, "topic": found}, form)


@require_http_methods(BOTH)
@screen
@runner
def call(request, series, meeting):
    """Announce it, after a page that says who is told."""
    if request.method == "POST":
        try:
            services.call_meeting(meeting=meeting, actor=request.user)
        except ValidationError as refusal:
            return refused(request, 409, " ".join(refusal.messages))
        messages.success(request, _("Announced. The members receive the invitation."))
        return see_other(meeting.get_absolute_url())
    return confirm(
        request,
        series,
        title=_("Announce this meeting?"),
        text=_("The members read the day and the agenda, and receive an invitation for their calendar."),
        submit=_("Announce"),
        back=f"{meeting.get_absolute_url()}preparer/",
    )


@require_http_methods(BOTH)
@screen
@runner
def move(request, series, meeting):
    """Change the day, the hour or the place; announced, everybody is told."""
    starts = timezone.localtime(meeting.starts_at)
    lasts = (meeting.ends_at - meeting.starts_at) // timedelta(minutes=1)
    initial = {
        "day": starts.date(),
        "hour": starts.time(),
        "minutes": lasts,
        "place": meeting.place,
        "remote_url": meeting.remote_url,
        "capacity": meeting.capacity,
    }
    form = WhenForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.move_meeting(
                meeting=meeting,
                actor=request.user,
                starts_at=moment_of(data["day"], data["hour"]),
                minutes=data["minutes"],
                place=data["place"],
                remote_url=data["remote_url"],
                capacity=data["capacity"],
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            said = _("Changed. The members are told.") if meeting.is_called else _("Changed.")
            messages.success(request, said)
            return see_other(meeting.get_absolute_url())
    return filled(request, "meetings/move.html", {"series": series, "meeting": meeting}, form)


@require_http_methods(BOTH)
@screen
@runner
def cancel(request, series, meeting):
    """Cancel it, with a reason."""
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_meeting(meeting=meeting, actor=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("Cancelled. The topics wait for the next meeting."))
            return see_other(series.get_absolute_url())
    return filled(request, "meetings/cancel.html", {"series": series, "meeting": meeting}, form)
