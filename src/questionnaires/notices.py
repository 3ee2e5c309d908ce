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


@register
class EditionTold(Notice):
    """To those who follow a barometer: an edition can be compared with those before."""

    code = "questionnaires.edition_told"
    category = Category.NEWS
    why = gettext_lazy("You receive this message because you follow this barometer.")
    audience = gettext_lazy("Who follows the barometer")
    example = {"title": "Nous au travail", "reference": "B4R0M3", "number": 3}

    def about(self, context):
        return f"barometer:{context['reference']}"

    def url(self, context):
        return f"/questionnaires/barometres/{context['reference']}/"

    def subject(self, context):
        return _("%(title)s: edition %(number)d can be read") % context

    def sentences(self, context):
        return [
            _("The figures of this edition are told beside those before: what rises, what falls, what doesn't move."),
            _("Beside them: what was decided since, and the findings that nothing answers yet."),
        ]

    def action(self, context):
        return _("See the trends")


@register
class QuoteRemoved(Notice):
    """To whoever wrote an answer: the moderation no longer lets it be quoted."""

    code = "questionnaires.quote_removed"
    category = Category.FOLLOWED
    legal = True
    why = gettext_lazy("You receive this because you wrote the answer.")
    example = {
        "reference": "Q4SVR2",
        "title": "Mieux prévoir nos plannings",
        "quote": "C4D8EFGH",
        "reason": "Elle nomme ou montre quelqu’un",
        "text": "Votre réponse nommait un collègue.",
        "until": "14 décembre 2026",
    }

    def url(self, context):
        return f"/questionnaires/{context['reference']}/synthese/citations/{context['quote']}/"

    def subject(self, context):
        return _("An answer of yours is no longer quoted: %(title)s") % context

    def sentences(self, context):
        return [
            _("The moderation removed it from the synthesis: %(reason)s.") % context,
            context["text"],
            _("Your answer still counts in the figures. You can object until %(until)s: somebody else reads it again.")
            % context,
        ]


@register
class QuoteObjectionAnswered(Notice):
    """To whoever wrote an answer: somebody else read the removed quote again."""

    code = "questionnaires.quote_objection"
    category = Category.FOLLOWED
    legal = True
    why = gettext_lazy("You receive this because you objected to the removal of a quote.")
    example = {
        "reference": "Q4SVR2",
        "title": "Mieux prévoir nos plannings",
        "quote": "C4D8EFGH",
        "restored": True,
        "text": "Votre réponse parle du travail, et de personne en particulier.",
    }

    def url(self, context):
        return f"/questionnaires/{context['reference']}/synthese/citations/{context['quote']}/"

    def subject(self, context):
        return _("Your objection was answered: %(title)s") % context

    def sentences(self, context):
        said = _("Your answer is quoted again.") if context["restored"] else _("The removal stands.")
        return [said, context["text"]]
