"""Told to the author alone, by name or by handle."""

from django.utils.translation import gettext as _

from src.notices.registry import register

from .base import AboutMine, in_words


@register
class Submitted(AboutMine):
    code = "ideas.submitted"

    def subject(self, context):
        return _("Your idea is received: %(title)s") % context

    def sentences(self, context):
        return [
            _(
                "Thank you. Your idea has the reference %(reference)s. %(unit)s reads it. "
                "You will have a written answer before %(promised)s, even if it is no."
            )
            % in_words(context)
        ]


@register
class Screened(AboutMine):
    code = "ideas.screened"

    def subject(self, context):
        return _("Your idea was read: %(title)s") % context

    def sentences(self, context):
        words = in_words(context)
        first = _("%(reader)s read it.") % words if context.get("reader") else _("It was read.")
        return [first, _("It now goes to the direction concerned. Answer promised before %(promised)s.") % words]


@register
class Asked(AboutMine):
    code = "ideas.asked"
    legal = True

    def subject(self, context):
        return _("A question about your idea: %(title)s") % context

    def action(self, context):
        return _("Answer the question")

    def sentences(self, context):
        words = in_words(context)
        return [
            _("The team asks you: “%(text)s”") % words,
            _("You have until %(until)s to answer. The delay is paused until then.") % words,
        ]


@register
class Slept(AboutMine):
    code = "ideas.dormant"

    def subject(self, context):
        return _("Your idea is dormant: %(title)s") % context

    def action(self, context):
        return _("Wake my idea up")

    def sentences(self, context):
        return [_("The question had no answer within 15 days. Nothing is lost: answer it, and your idea goes on.")]


@register
class WentUp(AboutMine):
    code = "ideas.went_up"

    def subject(self, context):
        return _("Your idea goes up to the direction: %(title)s") % context

    def sentences(self, context):
        return [
            _("Your site could not settle it: “%(text)s”") % context
            if context.get("text")
            else _("Your site did not answer within its ten days."),
            _("%(unit)s takes it over. Answer promised before %(promised)s, as told the first day.")
            % in_words(context),
        ]
