"""After the first step: merging by consent, and the author's one appeal."""

from django.utils.translation import gettext as _

from src.notices.registry import register

from .base import AboutFollowed, AboutMine, Task, answer_given, day_in, in_words, outcome_of
from .steps import pair


class AboutMerge(AboutMine):
    """To one of the two authors: the page where they answer."""

    def url(self, context):
        return f"/idees/{context['reference']}/regrouper/"


@register
class MergeAsked(AboutMerge):
    code = "ideas.merge.asked"

    def action(self, context):
        return _("Answer")

    def subject(self, context):
        return _("Merge your idea with another? %(title)s") % context

    def sentences(self, context):
        return [
            _("It is proposed to merge your idea with “%(other)s”: %(text)s") % context,
            _("They would have one answer, by the earliest of the two dates. Both texts stay readable."),
            _("Say yes or no before %(until)s. Without an answer, it is a yes; it can be undone for seven days.")
            % in_words(context),
        ]


@register
class MergeDropped(AboutMine):
    code = "ideas.merge.dropped"

    def subject(self, context):
        return _("Your idea stays apart: %(title)s") % context

    def sentences(self, context):
        return [_("The merge with “%(other)s” was given up. Nothing changes for your idea.") % context]


@register
class MergeRefused(Task):
    code = "ideas.merge.refused"

    def subject(self, context):
        return _("Merge refused: %(title)s") % context

    def sentences(self, context):
        return [
            _("An author refuses the merge with “%(other)s”. The two ideas stay apart.") % context,
            _("One answer to both is still possible, from the queue."),
        ]


@register
class Merged(AboutMerge):
    code = "ideas.merged"

    def subject(self, context):
        return _("Your idea joins another: %(title)s") % context

    def sentences(self, context):
        return [
            _("It joins “%(other)s”. The answer to both is promised before %(promised)s.") % in_words(context),
            _("You can separate them until %(day)s.") % {"day": day_in(context, "undo_until")},
        ]


@register
class MergedFollowed(AboutFollowed):
    code = "ideas.merged.followed"

    def url(self, context):
        return f"/idees/{context['other_reference']}/"

    def subject(self, context):
        return _("An idea you follow joins another: %(title)s") % context

    def sentences(self, context):
        return [
            _("It joins “%(other)s”. The answer to both is promised before %(promised)s.") % in_words(context),
            _("If you supported it, your support follows: keep it, or withdraw it on the page of “%(other)s”.")
            % context,
        ]


@register
class MergedAnswered(AboutMine):
    code = "ideas.merged.answered"

    def url(self, context):
        return f"/idees/{context['other_reference']}/"

    def subject(self, context):
        return _("The City answers your idea: %(outcome)s") % {"outcome": outcome_of(context)}

    def sentences(self, context):
        return [
            _("“%(title)s” joined “%(other)s”: here is the answer to both.") % context,
            *answer_given(context),
        ]


pair(
    "joined",
    lambda context: _("Another idea joins yours: %(title)s") % context,
    lambda context: _("Another idea joins one you follow: %(title)s") % context,
    lambda context: [
        _("“%(other)s” says the same thing and joins it. The answer to both is promised before %(promised)s.")
        % in_words(context)
    ],
)
pair(
    "separated",
    lambda context: _("Your idea stands alone again: %(title)s") % context,
    lambda context: _("An idea you follow stands alone again: %(title)s") % context,
    lambda context: [
        _("It was separated from the idea it had joined. Answer promised before %(promised)s.") % in_words(context),
        _("The supports it had are still there."),
    ],
)


pair(
    "appealed",
    lambda context: _("Your appeal is received: %(title)s") % context,
    lambda context: _("The answer to an idea you follow is looked at again: %(title)s") % context,
    lambda context: [
        _("Its author appealed. Another person than the first answers before %(promised)s.") % in_words(context),
        _("Supports are open again until then."),
    ],
)


@register
class Appealed(Task):
    code = "ideas.task.appealed"

    def subject(self, context):
        return _("An author appeals: %(title)s") % context

    def sentences(self, context):
        return [
            _("What is new: “%(text)s”") % context if context.get("text") else "",
            _("Another person than the first answers before %(promised)s.") % in_words(context),
        ]
