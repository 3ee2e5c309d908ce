"""Meetings in a calendar application: one file, or a secret address to subscribe to."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.directory.viewer import as_viewer
from src.foundations import ratelimit
from src.foundations.addresses import client_address

from .. import events, ical, registry, selectors, services
from ..models import CalendarKey
from .gate import calm, screen


@require_safe
@screen
def file(request, series, meeting):
    """One meeting as a file that any calendar application opens; cancelled, it says so."""
    calm(request, "file")
    if meeting.is_prepared:
        raise Http404(_("This meeting isn’t announced yet."))
    return _calendar([meeting], _("meeting-%(reference)s") % {"reference": meeting.reference}, series.space.name)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def key(request):
    """Make, read once, or take away the secret address of one's calendar."""
    secret = ""
    if request.method == "POST":
        calm(request, "write")
        if "drop" in request.POST:
            services.drop_key(user=request.user)
            messages.success(request, _("Taken away: calendars that used it read nothing more."))
        else:
            secret = services.make_key(user=request.user)
    address = reverse("meetings:feed", kwargs={"secret": secret}) if secret else ""
    context = {
        "address": request.build_absolute_uri(address) if address else "",
        "key": CalendarKey.objects.filter(user=request.user).first(),
    }
    response = render(request, "meetings/calendar.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def feed(request, secret):
    """The meetings of whoever holds the secret; anybody else reads that there is nothing."""
    if not ratelimit.hit_in_memory("meetings.feed", client_address(request), 600, 60):
        response = HttpResponse(status=429)
        response.headers["Retry-After"] = "60"
        return response
    user = services.owner_of(secret[:80])
    if user is None:
        raise Http404(_("This calendar does not exist."))
    with translation.override(user.language or settings.LANGUAGE_CODE):
        viewer = as_viewer(user)
        return _calendar(selectors.my_meetings(viewer), _("meetings"), _("My meetings"), registry.events_for(viewer))


def _calendar(meetings, filename: str, name: str, others=()) -> HttpResponse:
    found = [*(events.event_of(events.context_of(one)) for one in meetings), *others]
    response = HttpResponse(ical.published(found, name=name), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
