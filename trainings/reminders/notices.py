"""What people are told: a date to note, and what a manager has to plan; never a state a neighbour could read."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from src.notices.enums import Category
from src.notices.registry import Notice, register

REMINDER, DIGEST = "trainings.reminder", "trainings.to_plan"


def context_of(obligation, training, due_on: date, day: date) -> dict:
    """The facts of a reminder; whether the day is past is told in the body alone."""
    return {
        "reference": obligation.reference,
        "title": training.title,
        "due_on": due_on.isoformat(),
        "is_past": due_on < day,
    }


@register
class Reminder(Notice):
    """A training to do before a day."""

    code = REMINDER
    category = Category.TASKS
    why = gettext_lazy("You receive this message because the City asks you to follow this training.")
    audience = gettext_lazy("Agents who have a mandatory training to follow")
    example = {
        "reference": "7K3F9Q", "title": "Accueillir sans discriminer", "due_on": "2026-12-12", "is_past": False,
    }  # fmt: skip

    def subject(self, context):
        return _("Training: a date to note")

    def about(self, context):
        return f"training:{context['reference']}"

    def url(self, context):
        return reverse("trainings_obligations:mine")

    def action(self, context):
        return _("See my training")

    def sentences(self, context):
        day = date_format(date.fromisoformat(context["due_on"]), "DATE_FORMAT")
        facts = {"title": context["title"], "day": day}
        if context["is_past"]:
            when = _("The City asks you to follow “%(title)s”; the day set was %(day)s. It is still open.") % facts
        else:
            when = _("The City asks you to follow “%(title)s” by %(day)s.") % facts
        return [
            when,
            _("It counts as working time: agree with your manager on when. You can stop and take it up again."),
            _("No screen at work? A trainer or a facilitator can go through it with you."),
        ]


@register
class ToPlan(Notice):
    """A manager's week: how many people to plan for."""

    code = DIGEST
    category = Category.TASKS
    why = gettext_lazy("You receive this message, once a week at most, because you manage a team.")
    audience = gettext_lazy("Managers whose team has trainings to plan")
    example = {"people": 4, "week": "2026-11-30"}

    def subject(self, context):
        return _("Trainings: your team’s week")

    def about(self, context):
        return "trainings:team"

    def url(self, context):
        return reverse("trainings_coverage:team")

    def action(self, context):
        return _("See the list")

    def sentences(self, context):
        return [
            ngettext(
                "%(people)d person of your team has a training to plan.",
                "%(people)d people of your team have a training to plan.",
                context["people"],
            )
            % {"people": context["people"]},
            _("Their names are on Terrain, not in this message. Trainings are followed during working time."),
        ]
