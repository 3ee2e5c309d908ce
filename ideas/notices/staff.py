"""Told to somebody the city counts on: what is expected, by when."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from src.notices.registry import register

from .base import Task, answer_given, in_words, outcome_of


@register
class ToOrient(Task):
    code = "ideas.task.orient"

    def subject(self, context):
        return _("An idea to orient: %(title)s") % context

    def sentences(self, context):
        return [_("It was accepted at screening. Say who studies it.")]


@register
class ToHandle(Task):
    code = "ideas.task.handle"

    def subject(self, context):
        return _("An idea for your unit: %(title)s") % context

    def sentences(self, context):
        words = in_words(context)
        return [_("%(unit)s has it in hand. Answer promised before %(promised)s.") % words, context.get("text", "")]


@register
class TransferAsked(Task):
    code = "ideas.task.transfer"

    def subject(self, context):
        return _("An idea proposed to your direction: %(title)s") % context

    def sentences(self, context):
        return [
            _("%(unit)s proposes that you take it over: “%(text)s”") % in_words(context),
            _("Accept or refuse within five working days. The promised date keeps running."),
        ]


@register
class TransferRefused(Task):
    code = "ideas.task.refused"

    def subject(self, context):
        return _("An idea comes back to your direction: %(title)s") % context

    def sentences(self, context):
        return [context.get("text", "") or _("The other direction didn't answer in five working days.")]


@register
class ToAssess(Task):
    code = "ideas.task.assess"

    def subject(self, context):
        return _("An idea to assess: %(title)s") % context

    def action(self, context):
        return _("Assess")

    def url(self, context):
        return f"/idees/{context['reference']}/evaluer/"

    def sentences(self, context):
        return [
            _("Your assessment is expected before %(until)s. You can step aside, no reason is asked.")
            % in_words(context)
        ]


@register
class QuestionAnswered(Task):
    code = "ideas.task.answered"

    def subject(self, context):
        return _("The author answered: %(title)s") % context

    def sentences(self, context):
        return [_("The answer: “%(text)s”") % context if context.get("text") else ""]


@register
class ToCountersign(Task):
    code = "ideas.task.countersign"

    def subject(self, context):
        return _("An answer to countersign: %(title)s") % context

    def sentences(self, context):
        return [_("A colleague drafted the answer. It leaves under your name, or goes back for correction.")]


@register
class SentBack(Task):
    code = "ideas.task.sent_back"

    def subject(self, context):
        return _("An answer to correct: %(title)s") % context

    def sentences(self, context):
        return [context.get("text", "")]


@register
class ToDecide(Task):
    code = "ideas.task.decide"

    def subject(self, context):
        return _("An idea to decide: %(title)s") % context

    def sentences(self, context):
        return [_("The study is over. Answer promised before %(promised)s.") % in_words(context)]


@register
class ToHear(Task):
    code = "ideas.task.hear"

    def subject(self, context):
        return _("A second answer to give: %(title)s") % context

    def sentences(self, context):
        return [
            _("It was answered once, and is looked at again: somebody who never answered it does now."),
            _("The study is over. Answer promised before %(promised)s.") % in_words(context),
        ]


@register
class NobodyAnswers(Task):
    code = "ideas.task.nobody_answers"

    def action(self, context):
        return _("Give the role")

    def url(self, context):
        return "/gestion/annuaire/roles/"

    def subject(self, context):
        return _("Nobody may answer an appeal at %(unit)s") % context

    def sentences(self, context):
        return [
            _("Whoever decides for %(unit)s already answered it, and nobody decides above.") % context,
            _("Give the role of decision-maker to somebody else: a new answer is promised before %(promised)s.")
            % in_words(context),
        ]


@register
class MoreStudy(Task):
    code = "ideas.task.more_study"

    def subject(self, context):
        return _("More study is asked: %(title)s") % context

    def sentences(self, context):
        return [context.get("text", "")]


@register
class DueSoon(Task):
    code = "ideas.task.due_soon"

    def subject(self, context):
        return _("An answer is due soon: %(title)s") % context

    def sentences(self, context):
        return [_("%(unit)s promised a written answer before %(promised)s.") % in_words(context)]


@register
class Overdue(Task):
    code = "ideas.task.overdue"

    def subject(self, context):
        return _("An answer is late: %(title)s") % context

    def sentences(self, context):
        words = in_words(context)
        return [
            _("%(unit)s promised a written answer before %(promised)s. It shows in red on the page.") % words,
            pgettext("escalation", "This reminder goes one level higher each week."),
        ]


@register
class Assessed(Task):
    code = "ideas.task.thanks"

    @property
    def why(self):
        return _("You assessed this idea.")

    def subject(self, context):
        return _("The idea you assessed is answered: %(outcome)s") % {"outcome": outcome_of(context)}

    def sentences(self, context):
        return [context["title"], *answer_given(context)]
