"""Told to the people of a cohort: one is named, somebody's time is asked, one accompanies a project."""

from django.utils.translation import gettext as _

from src.notices.registry import register

from .base import IdeaNotice, Task
from .steps import pair


@register
class NamedInApplication(IdeaNotice):
    """To a colleague somebody named."""

    code = "ideas.cohort.asked"
    category = Task.category
    audience = "named"

    @property
    def why(self):
        return _("A colleague named you in an application.")

    def subject(self, context):
        return _("Do you take part? %(title)s") % context

    def action(self, context):
        return _("Say yes or no")

    def url(self, context):
        return f"/idees/{context['reference']}/equipe/"

    def sentences(self, context):
        return [_("%(who)s names you in this application. Nothing happens until you say yes.") % context]


@register
class TimeAsked(IdeaNotice):
    """To the nearest of somebody's line of management."""

    code = "ideas.cohort.release"
    category = Task.category
    audience = "managers"

    @property
    def why(self):
        return _("You manage this person.")

    def subject(self, context):
        return _("From which day is %(who)s free? %(title)s") % context

    def action(self, context):
        return _("Say from which day")

    def url(self, context):
        return f"/idees/{context['reference']}/equipe/"

    def sentences(self, context):
        return [
            _("%(who)s applies to take part. Say from which day their time is free: without it, no seat is given.")
            % context
        ]


@register
class MentorNamed(IdeaNotice):
    """To the mentor."""

    code = "ideas.cohort.mentor"
    category = Task.category
    audience = "mentors"

    @property
    def why(self):
        return _("Those who run the cohort named you.")

    def subject(self, context):
        return _("You accompany a project: %(title)s") % context

    def action(self, context):
        return _("See its milestones")

    def url(self, context):
        return f"/idees/{context['reference']}/accompagnement/"

    def sentences(self, context):
        return [_("You alone note what it reaches. It graduates once you have validated each milestone.")]


pair(
    "graduated",
    lambda context: _("Your project graduates: %(title)s") % context,
    lambda context: _("A project you follow graduates: %(title)s") % context,
    lambda context: [_("Each of its milestones was validated by its mentor."), context.get("text", "")],
)
