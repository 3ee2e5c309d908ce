"""What members do: raise a topic, support one, say that they come."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from src.foundations import references
from src.foundations.gates import add_errors, see_other
from src.participation import recent
from src.participation.enums import IdentityMode
from src.participation.holding import held_page

from .. import rules, services
from ..forms import TopicForm
from ..models import Topic
from .gate import calm, filled, refused, screen


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def propose(request, series):
    """Raise a topic: two fields and one choice."""
    refusal = rules.why_not_raise(request.viewer, series)
    if refusal:
        raise PermissionDenied(refusal)
    modes, small = rules.modes_offered(series), not rules.tells_counts(series)
    posted = request.method == "POST"
    form = TopicForm(request.POST if posted else None, modes=modes, is_small=small, initial={"token": uuid.uuid4()})
    if posted and form.is_valid():
        calm(request, "write")
        held = held_page(request, "title", "body", leave_url=series.get_absolute_url())
        if held is not None:
            return held
        try:
            topic = services.raise_topic(
                series=series,
                author=request.user,
                title=form.cleaned_data["title"],
                body=form.cleaned_data["body"],
                token=form.cleaned_data["token"],
                **form.signed,
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(
                request, _("Thank you. Your topic waits for the next meeting; your colleagues can support it.")
            )
            response = see_other(f"{series.get_absolute_url()}#point-{topic.reference}")
            if topic.identity_mode == IdentityMode.PROTECTED:
                recent.remember(response, request, handle=topic.handle)
            return response
    return filled(request, "meetings/propose.html", {"series": series}, form)


@require_POST
@screen
def support(request, series, topic):
    """Support a topic (``soutien=1``), or no longer (``soutien=0``)."""
    calm(request, "write")
    found = topic_of(request, series, topic)
    wanted = request.POST.get("soutien", "1") != "0"
    try:
        services.set_support(topic=found, viewer=request.viewer, wanted=wanted)
    except ValidationError as refusal:
        return refused(request, 409, " ".join(refusal.messages))
    if request.accepts("application/json") and not request.accepts("text/html"):
        total = found.counts.__class__.objects.get(pk=found.pk).supports
        told = {"supported": wanted}
        return JsonResponse(told | {"supports": total} if rules.tells_counts(series) else told)
    return see_other(f"{series.get_absolute_url()}#point-{found.reference}")


@require_POST
@screen
def come(request, series, meeting):
    """Say that one comes (``presence=1``), or no longer (``presence=0``)."""
    calm(request, "write")
    wanted = request.POST.get("presence", "1") != "0"
    try:
        services.set_coming(meeting=meeting, viewer=request.viewer, wanted=wanted)
    except ValidationError as refusal:
        return refused(request, 409, " ".join(refusal.messages))
    messages.success(
        request, _("Noted: you come. Nobody reads it by name.") if wanted else _("Noted: you don’t come.")
    )
    return see_other(meeting.get_absolute_url())


def topic_of(request, series, reference: str) -> Topic:
    """A topic of a group, through the gate; it keeps the group that was read."""
    found = (
        Topic.objects.visible_to(request.viewer)
        .filter(series=series, reference=references.normalise(reference[:20]), visibility="shown")
        .select_related("counts")
        .first()
    )
    if found is None:
        raise Http404(_("This topic does not exist, or is not shown to you."))
    found.series = series
    return found
