"""A refusal looked at again: its supporters are asked, then everybody reads what came of it."""

from django.utils.translation import gettext as _

from src.notices.registry import register

from .base import AboutFollowed, AboutMine, Task, in_words
from .steps import pair


def _question(context):
    words = in_words(context)
    return [
        _("The answer said what could change it: %(conditions)s") % words,
        _("The direction says that this has happened: “%(text)s”") % words,
        _("Should this idea be looked at again? Say yes or no before %(until)s.") % words,
        _("If most say yes, another person than the first answers within 30 days. If not, the answer stays."),
    ]


class AsksToReopen:
    """The page where one answers, and its button."""

    def url(self, context):
        return f"/idees/{context['reference']}/rouvrir/"

    def action(self, context):
        return _("Answer")

    def sentences(self, context):
        return _question(context)


@register
class ReopeningAsked(AsksToReopen, AboutMine):
    code = "ideas.reopening.asked"

    def subject(self, context):
        return _("Should your idea be looked at again? %(title)s") % context


@register
class ReopeningAskedFollowed(AsksToReopen, AboutFollowed):
    code = "ideas.reopening.asked.followed"

    def subject(self, context):
        return _("Should an idea you supported be looked at again? %(title)s") % context

    @property
    def why(self):
        return _("You supported this idea.")


pair(
    "reopening.kept",
    lambda context: _("The answer to your idea stays: %(title)s") % context,
    lambda context: _("The answer to an idea you follow stays: %(title)s") % context,
    lambda context: [
        _("Those who supported it were asked whether to look at it again: most didn’t say yes."),
        _("The answer stays as it was given, and its other conditions too."),
    ],
)
pair(
    "reopening.agreed",
    lambda context: _("Your idea is looked at again: %(title)s") % context,
    lambda context: _("An idea you follow is looked at again: %(title)s") % context,
    lambda context: [
        _("Those who supported it asked for it, now that a condition is met: %(conditions)s") % context,
        _("Another person than the first answers before %(promised)s.") % in_words(context),
        _("Supports are open again until then."),
    ],
)
pair(
    "revisited",
    lambda context: _("The City takes your idea up again: %(title)s") % context,
    lambda context: _("The City takes up again an idea you follow: %(title)s") % context,
    lambda context: [
        _("The answer was “later”, and its date comes. A new answer is promised before %(promised)s.")
        % in_words(context),
        _("Supports are open again until then."),
    ],
)


@register
class Reopened(Task):
    code = "ideas.task.reopened"

    def subject(self, context):
        return _("An idea is reopened: %(title)s") % context

    def sentences(self, context):
        return [
            _("A condition of its answer is met: %(conditions)s") % context,
            _("What has changed: “%(text)s”") % context if context.get("text") else "",
            _("Another person than the first answers before %(promised)s.") % in_words(context),
        ]


@register
class Revisited(Task):
    code = "ideas.task.revisited"

    def subject(self, context):
        return _("A “later” comes back: %(title)s") % context

    def sentences(self, context):
        return [_("The City promised to answer it again before %(promised)s.") % in_words(context)]
