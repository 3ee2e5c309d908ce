"""What moderation tells: to the author, each time; to the moderators, what waits; to those who reported, once.

The word "automatically" is only said of what no human did: three reports hide, a person decides.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from src.notices.enums import Category
from src.notices.registry import register
from src.participation.enums import RemovalReason

from ..models.comment import comment_url
from .base import AboutMine, IdeaNotice, Task, day_in


def reason_in(context) -> str:
    code = context.get("reason_code", "")
    return str(RemovalReason(code).label) if code in RemovalReason.values else ""


class AboutMyText(AboutMine):
    """To the author of an idea, or of a comment when the context says which: always told, it is their right."""

    legal = True

    @property
    def why(self):
        return _("You wrote this text.")

    def url(self, context):
        if context.get("comment"):
            return comment_url(context["reference"], context["comment"])
        return super().url(context)

    def action(self, context):
        return _("See my text")

    def of(self, context, idea: str, comment: str) -> str:
        return (comment if context.get("comment") else idea) % context


@register
class Withheld(AboutMyText):
    code = "ideas.withheld"

    def subject(self, context):
        return self.of(
            context,
            _("Your idea is hidden until it is read: %(title)s"),
            _("Your comment is hidden until it is read: %(title)s"),
        )

    def sentences(self, context):
        return [
            _("Colleagues of several units reported it. This hides it automatically: nobody has decided anything."),
            _("Somebody of the moderation reads it before %(day)s. You are told at once what was decided, and why.")
            % {"day": day_in(context, "due")},
        ]


@register
class ShownAgain(AboutMyText):
    code = "ideas.kept"

    def subject(self, context):
        return self.of(context, _("Your idea is shown again: %(title)s"), _("Your comment is shown again: %(title)s"))

    def sentences(self, context):
        return [_("%(who)s, of the moderation, read it and kept it. The reports are set aside.") % context]


@register
class Removed(AboutMyText):
    code = "ideas.removed"

    def subject(self, context):
        return self.of(context, _("Your idea was removed: %(title)s"), _("Your comment was removed: %(title)s"))

    def action(self, context):
        return _("Read why, and object")

    def url(self, context):
        about = f"?commentaire={context['comment']}" if context.get("comment") else ""
        return f"/idees/{context['reference']}/contester/{about}"

    def sentences(self, context):
        reason = reason_in(context)
        return [
            _("%(who)s, of the moderation, read it and removed it.") % context if context.get("who") else "",
            _("Reason: %(reason)s.") % {"reason": reason} if reason else "",
            context.get("text", ""),
            _("If you disagree, you can object until %(day)s: somebody else reads your text again.")
            % {"day": day_in(context, "last")}
            if context.get("last")
            else "",
        ]


@register
class Answered(AboutMyText):
    code = "ideas.appeal.answered"

    def subject(self, context):
        if context.get("restored"):
            return self.of(
                context, _("Your idea is shown again: %(title)s"), _("Your comment is shown again: %(title)s")
            )
        return _("Your objection was read: %(title)s") % context

    def sentences(self, context):
        said = (
            _("%(who)s read your objection: your text is shown again.")
            if context.get("restored")
            else _("%(who)s read your objection: the removal is upheld.")
        )
        return [said % context, context.get("text", "")]


class ToModerate(Task):
    """To those who moderate: what waits, where to decide."""

    def url(self, context):
        about = f"?commentaire={context['comment']}" if context.get("comment") else ""
        return f"/idees/{context['reference']}/moderer/{about}"

    def action(self, context):
        return _("Read the text")


@register
class Reported(ToModerate):
    code = "ideas.task.reported"

    def subject(self, context):
        return _("A text was reported: %(title)s") % context

    def sentences(self, context):
        return [
            _("Reason given: %(reason)s.") % {"reason": reason_in(context)},
            _("To be read before %(day)s. It still shows.") % {"day": day_in(context, "due")},
        ]


@register
class WithheldToRead(ToModerate):
    code = "ideas.task.withheld"

    def subject(self, context):
        return _("A text is hidden until you read it: %(title)s") % context

    def sentences(self, context):
        return [
            _("Colleagues of several units reported it: it was hidden automatically."),
            _("Keep it or remove it before %(day)s.") % {"day": day_in(context, "due")},
        ]


@register
class Appealed(ToModerate):
    code = "ideas.task.appeal"

    def subject(self, context):
        return _("An author objects to a removal: %(title)s") % context

    def action(self, context):
        return _("Answer the objection")

    def sentences(self, context):
        return [
            _("Another person than the one who removed it answers, before %(day)s.") % {"day": day_in(context, "due")}
        ]


@register
class ReportRead(IdeaNotice):
    """To those who reported: that it was read, and kept or removed. Nothing of the text is told again."""

    code = "ideas.report.read"
    category = Category.FOLLOWED
    audience = "reporter"

    @property
    def why(self):
        return _("You reported this text.")

    def subject(self, context):
        return _("The text you reported was kept") if context.get("kept") else _("The text you reported was removed")

    def url(self, context):
        # What was removed has no page any more for its readers.
        return super().url(context) if context.get("kept") else reverse("ideas:moderation_figures")

    def action(self, context):
        return super().action(context) if context.get("kept") else _("Moderation in figures")

    def sentences(self, context):
        return [
            _("Somebody of the moderation read it and found that it may stay. Thank you for your attention.")
            if context.get("kept")
            else _("Somebody of the moderation read it and removed it. Its author was told why. Thank you.")
        ]
