"""Each step, told to the author and to those who follow the idea."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.notices.registry import register

from .base import AboutFollowed, AboutMine, answer_given, in_words, outcome_of


def pair(code: str, mine_subject, followed_subject, sentences):
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
    return [_("%(unit)s takes it in hand. Answer promised before %(promised)s.") % in_words(context)]


def _shortlisted(context):
    return [_("It is kept for the study. Answer promised before %(promised)s.") % in_words(context)]


def _studied(context):
    count = context.get("assessors", 0)
    words = in_words(context)
    return [
        _("%(unit)s studies it. Answer promised before %(promised)s.") % words,
        ngettext("%(count)d person of the trade looks at it.", "%(count)d people of the trade look at it.", count)
        % {"count": count}
        if count
        else "",
    ]


def _resumed(context):
    return [
        _("The study goes on. Answer promised before %(promised)s.") % in_words(context),
    ]


def _withdrawn(context):
    reason = context.get("text", "")
    return [
        _("Its author took it back. Comments stay."),
        _("Reason given: “%(text)s”") % {"text": reason} if reason else "",
    ]


pair(
    "oriented",
    lambda context: _("Your idea goes to %(unit)s: %(title)s") % context,
    lambda context: _("An idea you follow goes to %(unit)s: %(title)s") % context,
    _oriented,
)
pair(
    "transferred",
    lambda context: _("Your idea goes to another direction: %(title)s") % context,
    lambda context: _("An idea you follow goes to another direction: %(title)s") % context,
    _oriented,
)
pair(
    "shortlisted",
    lambda context: _("Your idea is kept for the study: %(title)s") % context,
    lambda context: _("An idea you follow is kept for the study: %(title)s") % context,
    _shortlisted,
)
pair(
    "studied",
    lambda context: _("Your idea is being studied: %(title)s") % context,
    lambda context: _("An idea you follow is being studied: %(title)s") % context,
    _studied,
)
pair(
    "resumed",
    lambda context: _("The study of your idea goes on: %(title)s") % context,
    lambda context: _("The study of an idea you follow goes on: %(title)s") % context,
    _resumed,
)
pair(
    "answered",
    lambda context: _("The City answers your idea: %(outcome)s") % {"outcome": outcome_of(context)},
    lambda context: _("The City answers an idea you follow: %(outcome)s") % {"outcome": outcome_of(context)},
    lambda context: [context["title"], *answer_given(context)],
)
pair(
    "withdrawn",
    lambda context: _("Your idea is withdrawn: %(title)s") % context,
    lambda context: _("An idea you follow is withdrawn: %(title)s") % context,
    _withdrawn,
)


pair(
    "started",
    lambda context: _("It has begun: %(title)s") % context,
    lambda context: _("An idea you follow has begun: %(title)s") % context,
    lambda context: [
        _("What was decided is under way. You will hear of it, and everybody can read where it stands."),
    ],
)
pair(
    "reopened",
    lambda context: _("It wasn’t finished: %(title)s") % context,
    lambda context: _("An idea you follow wasn’t finished: %(title)s") % context,
    lambda context: [_("The work goes on."), context.get("text", "")],
)
pair(
    "news",
    lambda context: _("News of your idea: %(title)s") % context,
    lambda context: _("News of an idea you follow: %(title)s") % context,
    lambda context: [context.get("text", ""), context.get("signed_by", "")],
)
pair(
    "delivered",
    lambda context: _("Done, to confirm: %(title)s") % context,
    lambda context: _("Done, to confirm: %(title)s") % context,
    lambda context: [
        _("The team says that it is done. Others will look at it and confirm: never the person who did it."),
        context.get("text", ""),
    ],
)
pair(
    "confirmed",
    lambda context: _("Confirmed: %(title)s") % context,
    lambda context: _("Confirmed: %(title)s") % context,
    lambda context: [_("Somebody other than those who did it saw it on the ground."), context.get("text", "")],
)
pair(
    "stopped",
    lambda context: _("Stopped: %(title)s") % context,
    lambda context: _("Stopped: %(title)s") % context,
    lambda context: [_("The City stops, and says why."), context.get("text", "")],
)
