"""Signing together: the invitation to a colleague, and their answer to who sent the idea."""

from django.utils.translation import gettext as _

from src.notices.registry import register

from .base import AboutMine, Task


@register
class CoAuthorAsked(Task):
    code = "ideas.coauthor.asked"

    @property
    def why(self):
        return _("A colleague asks you to sign their idea.")

    def url(self, context):
        return f"/idees/{context['reference']}/auteurs/"

    def action(self, context):
        return _("Say yes or no")

    def subject(self, context):
        return _("Sign this idea together? %(title)s") % context

    def sentences(self, context):
        return [
            _("%(who)s asks you to be an author of this idea too.") % context,
            _("If you agree, your name and job stand beside theirs. You may refuse without a reason, or leave later."),
        ]


class Answered(AboutMine):
    def url(self, context):
        return f"/idees/{context['reference']}/auteurs/"


@register
class CoAuthorAccepted(Answered):
    code = "ideas.coauthor.accepted"

    def subject(self, context):
        return _("%(who)s signs your idea with you: %(title)s") % context

    def sentences(self, context):
        return [_("%(who)s is an author of your idea too: they correct it and hear of it as you do.") % context]


@register
class CoAuthorRefused(Answered):
    code = "ideas.coauthor.refused"

    def subject(self, context):
        return _("%(who)s doesn't sign your idea: %(title)s") % context

    def sentences(self, context):
        return [_("%(who)s prefers not to sign. Nothing changes for your idea; no reason is asked.") % context]


@register
class CoAuthorLeft(Answered):
    code = "ideas.coauthor.left"

    def subject(self, context):
        return _("%(who)s left the authors of your idea: %(title)s") % context

    def sentences(self, context):
        return [_("Their name no longer stands on its page. Your idea goes on.")]
