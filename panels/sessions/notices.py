"""What members of a panel are told of their sessions; in their calendar too."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.meetings import ical
from src.meetings.events import organiser
from src.meetings.notices import when
from src.notices.enums import Category
from src.notices.registry import Notice, register

from .calendar import event_of, page_of

EXAMPLE = {
    "slug": "premier-accueil",
    "panel": "Premier accueil",
    "number": 2,
    "session": "S7KD3P",
    "title": "Comprendre l’accueil d’aujourd’hui",
    "starts_at": "2026-12-12T09:00:00+01:00",
    "ends_at": "2026-12-12T17:00:00+01:00",
    "place": "Salle des Tanneurs, 3 quai du Halage",
    "remote_url": "",
    "reason": "",
    "uid": "0b7a5d3e-0e0f-4a4c-9d9e-8f8a1e6f2c11",
    "sequence": 0,
    "changed_at": "2026-11-20T09:00:00+01:00",
    "is_cancelled": False,
}


class SessionNotice(Notice):
    """Base: it leads to the session, and a calendar understands it."""

    category = Category.TASKS
    why = gettext_lazy("You receive this message because you sit on this panel.")
    audience = gettext_lazy("The members of the panel")
    example = EXAMPLE

    def about(self, context):
        return f"panel-session:{context['session']}"

    def url(self, context):
        return page_of(context)

    def action(self, context):
        return _("See the session")

    def calendar(self, context, address):
        event = event_of(context)
        text = ical.invitation(event, organiser=organiser(), name="Terrain", attendee=address)
        return ("CANCEL" if event.is_cancelled else "REQUEST"), text

    def where(self, context) -> str:
        """Where it is, in a sentence."""
        if context["place"]:
            return _("Place: %(place)s.") % context
        return _("From afar, by the link of its page.") if context["remote_url"] else ""


@register
class Announced(SessionNotice):
    """A session is announced."""

    code = "panel_sessions.announced"

    def subject(self, context):
        return _("%(panel)s: session on %(when)s") % {**context, "when": when(context)}

    def sentences(self, context):
        return [
            _("Session %(number)d of the panel “%(panel)s” is on %(when)s: %(title)s.")
            % {**context, "when": when(context)},
            self.where(context),
            _("Its agenda and its documents are on its page. Something prevents you from coming? Call us."),
        ]


@register
class Moved(SessionNotice):
    """Its day, hour or place changed."""

    code = "panel_sessions.moved"
    example = {**EXAMPLE, "sequence": 1}

    def subject(self, context):
        return _("Changed: %(panel)s, session on %(when)s") % {**context, "when": when(context)}

    def sentences(self, context):
        return [
            _("Session %(number)d is now on %(when)s.") % {**context, "when": when(context)},
            self.where(context),
        ]


@register
class Cancelled(SessionNotice):
    """It is cancelled, and why."""

    code = "panel_sessions.cancelled"
    example = {**EXAMPLE, "sequence": 1, "is_cancelled": True, "reason": "La salle est inondée."}

    def subject(self, context):
        return _("Cancelled: %(panel)s, session on %(when)s") % {**context, "when": when(context)}

    def sentences(self, context):
        return [
            _("Session %(number)d, on %(when)s, is cancelled.") % {**context, "when": when(context)},
            _("Why: %(reason)s") % context,
        ]
