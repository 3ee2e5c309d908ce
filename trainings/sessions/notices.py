"""What people are told of their place at a session; in their calendar too, once they are convoked."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.meetings import ical
from src.meetings.events import organiser
from src.meetings.notices import when
from src.notices.enums import Category
from src.notices.registry import Notice, register

from .calendar import event_of, half_days, page_of

EXAMPLE = {
    "reference": "F7KD3P",
    "track": "Mises en situation à l’accueil",
    "title": "Une demi-journée de mises en situation",
    "starts_at": "2026-12-15T09:00:00+01:00",
    "ends_at": "2026-12-15T12:00:00+01:00",
    "slots": [["2026-12-15T09:00:00+01:00", "2026-12-15T12:00:00+01:00"]],
    "place": "Salle des Tanneurs, 3 quai du Halage",
    "trainer": "Claire Fontaine",
    "reason": "",
    "uid": "5a7f5d3e-0e0f-4a4c-9d9e-8f8a1e6f2c11",
    "sequence": 0,
    "changed_at": "2026-11-20T09:00:00+01:00",
    "is_off": False,
}
PLAIN = {**EXAMPLE, "sequence": None}


class PlaceNotice(Notice):
    """Base: it leads to the session; a calendar understands it once there is an event."""

    category = Category.TASKS
    why = gettext_lazy("You receive this message because you have a place at this session, or asked for one.")
    audience = gettext_lazy("Somebody who has a place at a session, or waits for one")

    def about(self, context):
        return f"training-session:{context['reference']}"

    def url(self, context):
        return page_of(context)

    def action(self, context):
        return _("See the session")

    def calendar(self, context, address):
        if context["sequence"] is None:
            return None
        event = event_of(context)
        text = ical.invitation(event, organiser=organiser(), name="Terrain", attendee=address)
        return ("CANCEL" if event.is_cancelled else "REQUEST"), text

    def subject(self, context):
        return self.headline() % {"title": context["title"], "when": when(context)}

    def headline(self) -> str:
        """The subject, with "title" and "when"."""
        raise NotImplementedError

    def facts(self, context) -> list[str]:
        """When, where and with whom."""
        where = _("Place: %(place)s.") % context
        lines = [*half_days(context), where]
        return [*lines, _("Trainer: %(trainer)s.") % context] if context["trainer"] else lines


@register
class Booked(PlaceNotice):
    """A seat is kept; the session isn't confirmed yet."""

    code, example = "trainings_sessions.booked", PLAIN

    def headline(self):
        return _("Your seat is kept: %(title)s, %(when)s")

    def sentences(self, context):
        return [
            _("Your seat is kept at “%(title)s”.") % context,
            *self.facts(context),
            _("The convocation leaves as soon as the session is confirmed."),
        ]


@register
class Invited(PlaceNotice):
    """Organisers keep a seat for somebody."""

    code, example = "trainings_sessions.invited", PLAIN

    def headline(self):
        return _("A seat is kept for you: %(title)s, %(when)s")

    def sentences(self, context):
        return [
            _("A seat is kept for you at “%(title)s”.") % context,
            *self.facts(context),
            _("Say on its page whether you come. If you can’t, no reason is asked."),
        ]


@register
class Waiting(PlaceNotice):
    """The room is full."""

    code, example = "trainings_sessions.waiting", PLAIN

    def headline(self):
        return _("You are on the waiting list: %(title)s, %(when)s")

    def sentences(self, context):
        return [
            _("“%(title)s” is full: you are on the waiting list.") % context,
            *self.facts(context),
            _("As soon as a seat is free, it is yours, in the order of the list, and you are told."),
        ]


@register
class Convoked(PlaceNotice):
    """Come: the session takes place."""

    code, example = "trainings_sessions.convoked", EXAMPLE

    def headline(self):
        return _("Convocation: %(title)s, %(when)s")

    def sentences(self, context):
        return [
            _("You are expected at “%(title)s”.") % context,
            *self.facts(context),
            _("It is counted as working time. You can’t come? One button on its page, and no reason is asked."),
        ]


@register
class Promoted(PlaceNotice):
    """A seat was freed."""

    code, example = "trainings_sessions.promoted", EXAMPLE

    def headline(self):
        return _("A seat is yours: %(title)s, %(when)s")

    def sentences(self, context):
        return [
            _("A seat was freed at “%(title)s”: it is yours.") % context,
            *self.facts(context),
            _("You can’t come any more? Say so on its page: it goes to the next person."),
        ]


@register
class Changed(PlaceNotice):
    """Its day, hour or place changed."""

    code, example = "trainings_sessions.changed", {**EXAMPLE, "sequence": 1}

    def headline(self):
        return _("Changed: %(title)s, %(when)s")

    def sentences(self, context):
        return [_("“%(title)s” has changed. Here is what holds now.") % context, *self.facts(context)]


@register
class Withdrawn(PlaceNotice):
    """Somebody said that they don't come."""

    code, example = "trainings_sessions.withdrawn", {**EXAMPLE, "sequence": 1, "is_off": True}

    def headline(self):
        return _("You don’t come: %(title)s, %(when)s")

    def sentences(self, context):
        return [
            _("It is noted: you don’t come to “%(title)s”. Your seat goes to the next person.") % context,
            _("Other sessions are on Terrain."),
        ]


@register
class Cancelled(PlaceNotice):
    """The session is cancelled, and why."""

    code = "trainings_sessions.cancelled"
    example = {**EXAMPLE, "sequence": 1, "is_off": True, "reason": "La salle est inondée."}

    def headline(self):
        return _("Cancelled: %(title)s, %(when)s")

    def sentences(self, context):
        return [
            _("“%(title)s” is cancelled.") % context,
            _("Why: %(reason)s") % context,
            _("Other sessions are on Terrain: choose another day when you like."),
        ]
