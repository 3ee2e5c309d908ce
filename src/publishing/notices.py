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
