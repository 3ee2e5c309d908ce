"""Messages of ratings: a problem was reported, at a point somebody handles."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from src.notices.enums import Category
from src.notices.registry import Notice, register


@register
class ProblemReported(Notice):
    """To those who answer for a point: a report came, with its date. Never its words: a mailbox isn't its place."""

    code = "ratings.problem_reported"
    category = Category.TASKS
    why = _("You receive this message because you answer for this rating point.")
    audience = _("Who handles the point: its correspondents, and those who answer for its unit")
    example = {"reference": "7KQ4M2", "point": "Mairie de quartier des Quais", "day": "14 mars 2026"}

    def about(self, context):
        return f"rating_report:{context['reference']}"

    def url(self, context):
        return f"/qualite/atelier/signalements/{context['reference']}/"

    def subject(self, context):
        return gettext("A problem was reported: %(point)s") % {"point": context["point"]}

    def sentences(self, context):
        return [
            gettext("Somebody reported a problem at “%(point)s”.") % {"point": context["point"]},
            gettext("An answer is promised before %(day)s. Past it, everybody sees that it is late.")
            % {"day": context["day"]},
        ]

    def action(self, context):
        return gettext("Read and answer")


@register
class ReportLate(ProblemReported):
    """To those above, level after level: the answer to a report is due soon, or late."""

    code = "ratings.report_late"
    audience = _("Who answers for the point; past the date, the direction too")

    def subject(self, context):
        return gettext("An answer is due: %(point)s") % {"point": context["point"]}

    def sentences(self, context):
        return [
            gettext("A problem reported at “%(point)s” has no answer yet.") % {"point": context["point"]},
            gettext("It was promised before %(day)s. Past it, everybody sees that it is late.")
            % {"day": context["day"]},
        ]
