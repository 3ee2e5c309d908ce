"""Told to whoever is answered under an idea."""

from django.utils.translation import gettext as _

from src.notices.registry import register

from ..models.comment import comment_url
from .base import AboutFollowed, AboutMine, IdeaNotice, Task


class AboutComment(IdeaNotice):
    """What somebody wrote: its button opens the page of comments that holds it."""

    def url(self, context):
        return comment_url(context["reference"], context["comment"]) if "comment" in context else super().url(context)

    def action(self, context):
        return _("Read the comment")

    def sentences(self, context):
        return [_("%(who)s wrote: “%(text)s”") % context]


@register
class Commented(AboutComment, AboutMine):
    code = "ideas.commented"

    def subject(self, context):
        return _("A comment on your idea: %(title)s") % context


@register
class Replied(AboutComment, AboutFollowed):
    code = "ideas.replied"
    audience = "commenter"

    @property
    def why(self):
        return _("You wrote the comment that is answered.")

    def subject(self, context):
        return _("An answer to your comment: %(title)s") % context


@register
class Thanked(AboutComment, Task):
    code = "ideas.thanked"

    @property
    def why(self):
        return _("You signed, drafted or assessed the answer to this idea.")

    def subject(self, context):
        return _("The author thanks you: %(title)s") % context

    def sentences(self, context):
        return [_("The author of the idea wrote: “%(text)s”") % context]
