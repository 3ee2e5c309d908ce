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
