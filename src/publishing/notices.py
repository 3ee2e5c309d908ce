"""The message sent when an outcome is published."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from src.notices.enums import Category
from src.notices.registry import Notice, register


@register
class OutcomePublished(Notice):
    """To those who wrote, supported or followed the idea: its outcome can be read."""

    code = "publishing.outcome_published"
    category = Category.NEWS
    template = "publishing/notices/outcome_published"
    why = _("You receive this message because you wrote, support or follow this idea.")
    audience = _("Author, supporters and followers of the idea")
    example = {"title": "Un banc à l’abri près du portail du dépôt", "url": "/realisations/un-banc/"}

    def subject(self, context):
        return gettext("Outcome: %(title)s") % {"title": context["title"]}

    def url(self, context):
        return context["url"]

    def action(self, context):
        return gettext("Read the outcome")


@register
class QuoteAsked(Notice):
    """To the author of a contribution: an editor would like to quote a passage of it."""

    code = "publishing.quote_asked"
    category = Category.FOLLOWED
    why = _("You receive this message because you wrote this contribution.")
    audience = _("Author of the contribution")
    example = {"quote": "7K3F9Q", "title": "Un banc à l’abri", "words": "On attend debout, sous la pluie."}

    def subject(self, context):
        return gettext("May your words be quoted? %(title)s") % {"title": context["title"]}

    def sentences(self, context):
        return [
            gettext("The editors of the site would like to quote this passage of what you wrote:"),
            gettext("“%(words)s”") % {"words": context["words"]},
            gettext("Nothing is quoted without your yes. You may say no, and take a yes back at any time."),
        ]

    def url(self, context):
        return f"/citations/{context['quote']}/"

    def action(self, context):
        return gettext("Answer")
