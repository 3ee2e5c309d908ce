"""What people are told about meetings; in their calendar too."""

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.notices.enums import Category
from src.notices.registry import Notice, register
from theme.templatetags.theme import hour

from . import ical
from .events import event_of, organiser

EXAMPLE = {
    "reference": "R4VNQ2",
    "meeting": "M7KD3P",
    "title": "Rendez-vous d’équipe des Tanneurs",
    "starts_at": "2026-12-08T05:40:00+01:00",
    "ends_at": "2026-12-08T06:40:00+01:00",
    "place": "Salle de pause du dépôt",
    "remote_url": "",
    "reason": "",
    "uid": "6a1f3a52-4a3e-4a55-9a51-0c2f0a3f8f11",
    "sequence": 0,
    "changed_at": "2026-11-20T09:00:00+01:00",
    "is_cancelled": False,
}


def when(context: dict) -> str:
    """ "mardi 8 décembre à 5 h 40"."""
    moment = timezone.localtime(parse_datetime(context["starts_at"]))
    return _("%(day)s at %(hour)s") % {"day": date_format(moment, "l j F"), "hour": hour(moment)}


class MeetingNotice(Notice):
    """Base: it leads to the meeting."""

    category = Category.NEWS
    why = gettext_lazy("You receive this message because you are a member of this group.")
    audience = gettext_lazy("The members of the group")
    example = EXAMPLE

    def about(self, context):
        return f"meeting:{context['meeting']}"

    def url(self, context):
        return f"/reunions/{context['reference']}/{context['meeting']}/"

    def where(self, context) -> str:
        """Where it is, in a sentence; empty when nobody said."""
        if context["place"]:
            return _("Place: %(place)s.") % {"place": context["place"]}
        return _("From afar, by the link of its page.") if context["remote_url"] else ""

    def action(self, context):
        return _("See the agenda")


class CalendarNotice(MeetingNotice):
    """A message that a calendar application understands."""

    def calendar(self, context, address):
        event = event_of(context)
        text = ical.invitation(event, organiser=organiser(), name="Terrain", attendee=address)
        return ("CANCEL" if event.is_cancelled else "REQUEST"), text


@register
class Called(CalendarNotice):
    """A meeting is announced."""

    code = "meetings.called"

    def subject(self, context):
        return _("%(title)s: %(when)s") % {"title": context["title"], "when": when(context)}

    def sentences(self, context):
        return [
            _("The next meeting is on %(when)s.") % {"when": when(context)},
            self.where(context),
            _("Raise what you want to talk about, and support what others raise. Coming is up to you."),
        ]


@register
class Moved(CalendarNotice):
    """Its day, hour or place changed. Whoever planned to come must know: it isn't muted."""

    code = "meetings.moved"
    category = Category.TASKS
    example = {**EXAMPLE, "sequence": 1}

    def subject(self, context):
        return _("Changed: %(title)s, %(when)s") % {"title": context["title"], "when": when(context)}

    def sentences(self, context):
        return [_("The meeting is now on %(when)s.") % {"when": when(context)}, self.where(context)]


@register
class Cancelled(CalendarNotice):
    """It is cancelled, and why. Whoever planned to come must know: it isn't muted."""

    code = "meetings.cancelled"
    category = Category.TASKS
    example = {**EXAMPLE, "sequence": 1, "is_cancelled": True, "reason": "La salle est en travaux."}

    def subject(self, context):
        return _("Cancelled: %(title)s, %(when)s") % {"title": context["title"], "when": when(context)}

    def sentences(self, context):
        return [
            _("The meeting of %(when)s is cancelled.") % {"when": when(context)},
            _("Why: %(reason)s") % {"reason": context["reason"]},
            _("The topics raised wait for the next one: none is lost."),
        ]


@register
class Soon(MeetingNotice):
    """The day before."""

    code = "meetings.soon"

    def subject(self, context):
        return _("Soon: %(title)s, %(when)s") % {"title": context["title"], "when": when(context)}

    def sentences(self, context):
        return [_("The meeting takes place on %(when)s.") % {"when": when(context)}, self.where(context)]


@register
class Published(MeetingNotice):
    """Its minutes can be read."""

    code = "meetings.published"

    def subject(self, context):
        return _("Minutes to read: %(title)s") % {"title": context["title"]}

    def sentences(self, context):
        return [
            _("The minutes of the meeting of %(when)s are published: what was said, what was decided, who does what.")
            % {"when": when(context)}
        ]

    def action(self, context):
        return _("Read the minutes")


@register
class Late(Notice):
    """To those who run the meetings and decide for the unit: it has not met."""

    code = "meetings.late"
    category = Category.TASKS
    why = gettext_lazy("You receive this message because you run these meetings, or decide for this unit.")
    example = {
        "reference": "R4VNQ2",
        "title": "Rendez-vous d’équipe de la Rive",
        "unit": "Atelier de la Rive",
        "due_on": "2026-11-02",
    }

    def url(self, context):
        return f"/reunions/{context['reference']}/"

    def subject(self, context):
        return _("%(unit)s has not met") % {"unit": context["unit"]}

    def sentences(self, context):
        day = parse_date(context["due_on"])
        return [
            _("“%(title)s” was due before %(day)s, and has not taken place.")
            % {"title": context["title"], "day": date_format(day, "j F")},
            _("Its page says so to its members, until it is held."),
        ]

    def action(self, context):
        return _("Choose a day")


@register
class TopicAnswered(Notice):
    """To the author of a topic: what was done with it."""

    code = "meetings.topic_answered"
    category = Category.MINE
    why = gettext_lazy("You receive this message because you raised this topic.")
    example = {
        "reference": "R4VNQ2",
        "topic": "T8MC4W",
        "title": "Le portail reste ouvert la nuit",
        "answer": "Le gardien ferme désormais à 22 heures ; nous regardons dans un mois.",
        "state": "taken_up",
    }

    def about(self, context):
        return f"topic:{context['topic']}"

    def url(self, context):
        return f"/reunions/{context['reference']}/"

    def subject(self, context):
        if context["state"] == "set_aside":
            return _("Set aside, and why: %(title)s") % {"title": context["title"]}
        return _("Dealt with: %(title)s") % {"title": context["title"]}

    def sentences(self, context):
        return [_("You had raised: “%(title)s”.") % {"title": context["title"]}, context["answer"]]

    def action(self, context):
        return _("See the meetings")


@register
class ActionGiven(Notice):
    """To the person a meeting gave something to do."""

    code = "meetings.action_given"
    category = Category.TASKS
    why = gettext_lazy("You receive this message because a meeting of your group gave you this action.")
    audience = gettext_lazy("The person an action is given to")
    example = {
        "reference": "R4VNQ2",
        "meeting": "M7KD3P",
        "title": "Rendez-vous d’équipe des Tanneurs",
        "text": "Poser un second cadenas au portail",
        "due_on": "2026-12-15",
    }

    def about(self, context):
        return f"meeting:{context['meeting']}"

    def url(self, context):
        return f"/reunions/{context['reference']}/{context['meeting']}/"

    def subject(self, context):
        return _("To do: %(text)s") % {"text": context["text"]}

    def sentences(self, context):
        day = date_format(parse_date(context["due_on"]), "j F")
        return [
            _("“%(title)s” gave you this to do, before %(day)s: %(text)s")
            % {"title": context["title"], "day": day, "text": context["text"]},
            _("It stays on your to-do list until those who run the meetings say what became of it."),
        ]

    def action(self, context):
        return _("Read the minutes")
