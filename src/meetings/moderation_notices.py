"""What authors are told of the moderation of their topics."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.notices.enums import Category
from src.notices.registry import Notice, register


class TopicNotice(Notice):
    """Base: it leads to the group, where the author alone reads what is hidden."""

    category = Category.MINE
    legal = True
    audience = gettext_lazy("The author of the topic")

    def about(self, context):
        return f"topic:{context['topic']}"

    def url(self, context):
        return f"/reunions/{context['reference']}/"

    def action(self, context):
        return _("See the meetings")


@register
class TopicRemoved(TopicNotice):
    """To its author: the moderation removed a topic."""

    code = "meetings.topic_removed"
    why = gettext_lazy("You receive this message because you raised this topic.")
    example = {
        "reference": "R4VNQ2",
        "topic": "T8MC4W",
        "title": "Le portail reste ouvert la nuit",
        "reason": "Quelqu’un y est nommé ou montré",
        "text": "Votre point nommait le gardien par son prénom.",
        "until": "le 14 décembre 2026",
    }

    def subject(self, context):
        return _("Your topic was removed: %(title)s") % context

    def sentences(self, context):
        return [
            _("The moderation removed this topic: %(reason)s.") % context,
            context["text"],
            _("You can object until %(until)s, from the page of the meetings: somebody else reads it again.")
            % context,
        ]


@register
class TopicObjectionAnswered(TopicNotice):
    """To its author: somebody else read the removed topic again."""

    code = "meetings.topic_objection"
    why = gettext_lazy("You receive this message because you objected to the removal of your topic.")
    example = {
        "reference": "R4VNQ2",
        "topic": "T8MC4W",
        "title": "Le portail reste ouvert la nuit",
        "restored": True,
        "text": "Vos mots parlent d’un portail, et de personne en particulier.",
    }

    def subject(self, context):
        return _("Your objection about this topic was answered: %(title)s") % context

    def sentences(self, context):
        said = _("Your topic is shown again.") if context["restored"] else _("The removal of the topic stands.")
        return [said, context["text"]]
