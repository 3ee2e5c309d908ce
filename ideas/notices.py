"""What people are told about ideas: one class per message, in whole sentences, never with a sealed author's name."""

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.accountability.enums import Outcome
from src.notices.enums import Category
from src.notices.registry import Notice, register

from .enums import RemovalReason
from .models.comment import comment_url


class IdeaNotice(Notice):
    """Common part: an idea's title and address. ``sentences(context)`` is the body, one paragraph each."""

    def url(self, context):
        return f"/idees/{context['reference']}/"

    def action(self, context):
        return _("See the idea")

    def text(self, context):
        return "\n\n".join(sentence for sentence in self.sentences(context) if sentence)

    def sentences(self, context) -> list[str]:
        raise NotImplementedError


class AboutMine(IdeaNotice):
    """To the author, by name or by handle."""

    category = Category.MINE
    audience = "author"

    @property
    def why(self):
        return _("You wrote this idea.")


class AboutFollowed(IdeaNotice):
    """To those who support, follow or commented it."""

    category = Category.FOLLOWED
    audience = "followers"

    @property
    def why(self):
        return _("You support this idea, follow it, or commented on it.")


class Task(IdeaNotice):
    """To somebody the city counts on."""

    category = Category.TASKS
    audience = "staff"

    @property
    def why(self):
        return _("Your role asks it of you.")


def _day(context, name="date") -> str:
    day = parse_date(context.get(name) or "")
    return date_format(day, "DATE_FORMAT") if day else ""


def _words(context) -> dict:
    return {**context, "date": _day(context), "promised": _day(context, "promised"), "until": _day(context, "until")}


# ---------------------------------------------------------------------------------------------------- the author
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
            % _words(context)
        ]


@register
class Screened(AboutMine):
    code = "ideas.screened"

    def subject(self, context):
        return _("Your idea was read: %(title)s") % context

    def sentences(self, context):
        words = _words(context)
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
        words = _words(context)
        return [
            _("The team asks you: “%(text)s”") % words,
            _("You have until %(until)s to answer. The delay is paused until then.") % words,
        ]


@register
class Removed(AboutMine):
    code = "ideas.removed"
    legal = True

    def subject(self, context):
        return _("Your idea was taken off the page: %(title)s") % context

    def sentences(self, context):
        code = context.get("reason_code", "")
        reason = str(RemovalReason(code).label) if code in RemovalReason.values else ""
        return [
            _("Reason: %(reason)s.") % {"reason": reason} if reason else "",
            context.get("text", ""),
            _("If you disagree, write to the people who run the box within 15 days."),
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


# ------------------------------------------------------------------------------ told to the author and to followers
def _pair(code: str, mine_subject, followed_subject, sentences):
    """One step told in two ways: to its author, and to those who follow it."""
    register(
        type(
            f"{code.title()}Mine",
            (AboutMine,),
            {
                "__doc__": "To the author.",
                "code": f"ideas.{code}",
                "subject": lambda self, context: mine_subject(context),
                "sentences": lambda self, context: sentences(context),
            },
        )
    )
    register(
        type(
            f"{code.title()}Followed",
            (AboutFollowed,),
            {
                "__doc__": "To those who follow.",
                "code": f"ideas.{code}.followed",
                "subject": lambda self, context: followed_subject(context),
                "sentences": lambda self, context: sentences(context),
            },
        )
    )


def _oriented(context):
    return [_("%(unit)s takes it in hand. Answer promised before %(promised)s.") % _words(context)]


def _studied(context):
    count = context.get("assessors", 0)
    words = _words(context)
    return [
        _("%(unit)s studies it. Answer promised before %(promised)s.") % words,
        ngettext("%(count)d person of the trade looks at it.", "%(count)d people of the trade look at it.", count)
        % {"count": count}
        if count
        else "",
    ]


def _resumed(context):
    return [
        _("The study goes on. Answer promised before %(promised)s.") % _words(context),
    ]


def _answered(context):
    words = _words(context)
    return [
        context.get("opening", ""),
        context.get("text", ""),
        _("What could change the answer: %(conditions)s") % words if context.get("conditions") else "",
        context.get("signed_by", ""),
    ]


def _withdrawn(context):
    reason = context.get("text", "")
    return [
        _("Its author took it back. Comments stay."),
        _("Reason given: “%(text)s”") % {"text": reason} if reason else "",
    ]


def _outcome(context) -> str:
    code = context.get("outcome", "")
    return str(Outcome(code).label) if code in Outcome.values else ""


_pair(
    "oriented",
    lambda context: _("Your idea goes to %(unit)s: %(title)s") % context,
    lambda context: _("An idea you follow goes to %(unit)s: %(title)s") % context,
    _oriented,
)
_pair(
    "transferred",
    lambda context: _("Your idea goes to another direction: %(title)s") % context,
    lambda context: _("An idea you follow goes to another direction: %(title)s") % context,
    _oriented,
)
_pair(
    "studied",
    lambda context: _("Your idea is being studied: %(title)s") % context,
    lambda context: _("An idea you follow is being studied: %(title)s") % context,
    _studied,
)
_pair(
    "resumed",
    lambda context: _("The study of your idea goes on: %(title)s") % context,
    lambda context: _("The study of an idea you follow goes on: %(title)s") % context,
    _resumed,
)
_pair(
    "answered",
    lambda context: _("The City answers your idea: %(outcome)s") % {"outcome": _outcome(context)},
    lambda context: _("The City answers an idea you follow: %(outcome)s") % {"outcome": _outcome(context)},
    lambda context: [context["title"], *_answered(context)],
)
_pair(
    "withdrawn",
    lambda context: _("Your idea is withdrawn: %(title)s") % context,
    lambda context: _("An idea you follow is withdrawn: %(title)s") % context,
    _withdrawn,
)


# -------------------------------------------------------------------------------------------------------- tasks
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
        words = _words(context)
        return [_("%(unit)s has it in hand. Answer promised before %(promised)s.") % words, context.get("text", "")]


@register
class TransferAsked(Task):
    code = "ideas.task.transfer"

    def subject(self, context):
        return _("An idea proposed to your direction: %(title)s") % context

    def sentences(self, context):
        return [
            _("%(unit)s proposes that you take it over: “%(text)s”") % _words(context),
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
            % _words(context)
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
        return [_("The study is over. Answer promised before %(promised)s.") % _words(context)]


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
        return [_("%(unit)s promised a written answer before %(promised)s.") % _words(context)]


@register
class Overdue(Task):
    code = "ideas.task.overdue"

    def subject(self, context):
        return _("An answer is late: %(title)s") % context

    def sentences(self, context):
        words = _words(context)
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
        return _("The idea you assessed is answered: %(outcome)s") % {"outcome": _outcome(context)}

    def sentences(self, context):
        return [context["title"], *_answered(context)]
