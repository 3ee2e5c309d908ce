"""What all messages about ideas share: the idea's address, why one is told, and the words of its facts."""

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.accountability.enums import Outcome
from src.notices.enums import Category
from src.notices.registry import Notice

EXAMPLE = {
    "reference": "7K3F9Q",
    "title": "Un banc à l’abri près du portail du dépôt",
    "unit": "Propreté et ressources",
    "promised": "2027-01-24",
    "until": "2026-12-10",
    "due": "2026-11-27",
    "last": "2026-12-12",
    "on": "2026-11-25",
    "text": "De quel portail parlez-vous : celui de la rue des Clos, ou celui du quai ?",
    "who": "Inès R.",
    "reader": "Inès R.",
    "comment": "",
    "assessors": 2,
    "outcome": "accepted",
    "opening": "Oui.",
    "conditions": "Un nouvel abri au dépôt.",
    "signed_by": "Sophie Lantier, cheffe de service",
    "reason_code": "personnes",
    "other": "Des places assises au dépôt, à l’abri de la pluie",
    "other_reference": "4T8W2M",
    "undo_until": "2026-12-02",
    "kept": True,
    "restored": True,
}


class IdeaNotice(Notice):
    """Common part: an idea's title and address. ``sentences(context)`` is the body, one paragraph each."""

    example = EXAMPLE

    def url(self, context):
        return f"/idees/{context['reference']}/"

    def action(self, context):
        return _("See the idea")


class AboutMine(IdeaNotice):
    """To the author, by name or by handle."""

    category = Category.MINE
    audience = "author"

    @property
    def why(self):
        return _("You wrote this idea.")


class AboutFollowed(IdeaNotice):
    """To those who support, follow or commented it."""

    category = Category.FOLLOWED
    audience = "followers"

    @property
    def why(self):
        return _("You support this idea, follow it, or commented on it.")


class Task(IdeaNotice):
    """To somebody the city counts on."""

    category = Category.TASKS
    audience = "staff"

    @property
    def why(self):
        return _("Your role asks it of you.")


def day_in(context, name="date") -> str:
    """A day of the context as it is read; empty without one."""
    day = parse_date(context.get(name) or "")
    return date_format(day, "DATE_FORMAT") if day else ""


def in_words(context) -> dict:
    """The context with its days as they are read."""
    return {
        **context,
        "date": day_in(context),
        "promised": day_in(context, "promised"),
        "until": day_in(context, "until"),
    }


def answer_given(context):
    """The answer in full: what it says, what could change it, who signs."""
    words = in_words(context)
    return [
        context.get("opening", ""),
        context.get("text", ""),
        _("What could change the answer: %(conditions)s") % words if context.get("conditions") else "",
        context.get("signed_by", ""),
    ]


def outcome_of(context) -> str:
    """The outcome in one word."""
    code = context.get("outcome", "")
    return str(Outcome(code).label) if code in Outcome.values else ""
