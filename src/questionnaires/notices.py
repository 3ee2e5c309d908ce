"""What people are told about questionnaires."""

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.notices.enums import Category
from src.notices.registry import Notice, register

from .words import minutes_words


@register
class Reminder(Notice):
    """To everybody concerned, whether they answered or not: the message can't tell, nor can whoever sees it."""

    code = "questionnaires.reminder"
    category = Category.NEWS
    why = gettext_lazy("You receive this because this questionnaire is for you. Everybody concerned receives it.")
    example = {
        "reference": "Q4SVR2",
        "title": "Mieux prévoir nos plannings",
        "minutes": 4,
        "until": "2026-12-06",
    }

    def url(self, context):
        return f"/questionnaires/{context['reference']}/"

    def subject(self, context):
        return _("Still time to answer: %(title)s") % context

    def action(self, context):
        return _("See the questionnaire")

    def sentences(self, context):
        until = parse_date(context["until"]) if context["until"] else None
        return [
            _("It is open until the evening of %(day)s.") % {"day": date_format(until, "j F")} if until else "",
            _("It takes: %(minutes)s. Answering is up to you.")
            % {"minutes": minutes_words(context["minutes"]).lower()},
            _(
                "If you have answered, thank you: there is nothing more to do. Everybody receives this message: "
                "nobody looks at who answered."
            ),
        ]
