"""What people are told about ballots; a vote is never told, nor who voted."""

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from src.notices.enums import Category
from src.notices.registry import Notice, register
from theme.templatetags.theme import hour

from .services import telling

EXAMPLE = {
    "reference": "V7TDR3",
    "title": "Ce qu’on installe au dépôt",
    "question": "Que faut-il installer d’abord ?",
    "minutes": 2,
    "is_secret": True,
    "closes": "2026-12-08T17:00:00+00:00",
    "because": "Deux projets avaient le même coût.",
}


def closing(context: dict) -> str:
    """ "mardi 8 décembre à 18 h 00", in the city's time."""
    moment = timezone.localtime(parse_datetime(context["closes"]))
    return _("%(day)s at %(hour)s") % {"day": date_format(moment, "l j F"), "hour": hour(moment)}


class BallotNotice(Notice):
    """Base: it leads to the ballot."""

    category = Category.NEWS
    why = gettext_lazy("You receive this message because you are on the list of those who can vote here.")
    audience = gettext_lazy("Those who can vote")
    example = EXAMPLE

    def url(self, context):
        return f"/scrutins/{context['reference']}/"

    def action(self, context):
        return _("See the ballot")


@register
class Opened(BallotNotice):
    """To those on the list: it is open."""

    code = telling.OPENED

    def subject(self, context):
        return _("A vote is open: %(title)s") % context

    def sentences(self, context):
        return [
            context["question"],
            _("You can vote until %(moment)s.") % {"moment": closing(context)},
            ngettext("It takes %(number)d minute.", "It takes %(number)d minutes.", context["minutes"])
            % {"number": context["minutes"]},
            _("It is a secret vote: your choice goes into a closed urn, and can’t be changed once sent.")
            if context["is_secret"]
            else _("It is a simple vote: you can change your choice until the end."),
            _("Voting is up to you."),
        ]


@register
class Ending(BallotNotice):
    """To those on the list who haven't voted, two days before the end; nobody sees who they are."""

    code = telling.REMINDED
    why = gettext_lazy(
        "You receive this message because you can vote here and hadn’t when it was written. Nobody sees the list of "
        "those who receive it."
    )

    def subject(self, context):
        return _("Still time to vote: %(title)s") % context

    def sentences(self, context):
        return [
            context["question"],
            _("The vote closes on %(moment)s.") % {"moment": closing(context)},
            _("Voting is up to you. If you have voted meanwhile, there is nothing more to do."),
        ]


@register
class Counted(BallotNotice):
    """To those on the list: the figures can be read."""

    code = telling.COUNTED

    def url(self, context):
        return f"/scrutins/{context['reference']}/resultats/"

    def subject(self, context):
        return _("The results of the vote: %(title)s") % context

    def sentences(self, context):
        return [
            context["question"],
            _(
                "The vote is closed and counted. "
                "The figures, how they were counted and how to count again are on its page."
            ),
            _("If you kept your receipt, you can find it in the list.") if context["is_secret"] else "",
        ]

    def action(self, context):
        return _("See the results")


@register
class CalledOff(BallotNotice):
    """To those on the list: it is called off, and why."""

    code = telling.CANCELLED

    def subject(self, context):
        return _("The vote is called off: %(title)s") % context

    def sentences(self, context):
        return [
            _("Why: %(because)s") % context,
            _("Nothing of it is counted, and the votes already cast are destroyed."),
        ]


class HolderNotice(BallotNotice):
    """Base: to somebody who holds a key. It isn't muted: without them the urn stays closed."""

    category = Category.TASKS
    why = gettext_lazy("You receive this message because you were asked to hold a key of this vote.")
    audience = gettext_lazy("The key holder")

    def url(self, context):
        return f"/scrutins/{context['reference']}/cles/"


@register
class KeyAsked(HolderNotice):
    """A key is asked of them."""

    code = telling.KEY_ASKED

    def subject(self, context):
        return _("You are asked to hold a key: %(title)s") % context

    def sentences(self, context):
        return [
            _(
                "This vote is secret. "
                "Three people hold its keys, and you are one of them: two of you open the urn at the end."
            ),
            _(
                "Make your key on a device of your own, keep its file, and try it once: "
                "the vote opens after the three of you did."
            ),
        ]

    def action(self, context):
        return _("Make my key")


@register
class UrnWaits(HolderNotice):
    """The vote is closed."""

    code = telling.URN_WAITS

    def subject(self, context):
        return _("The urn waits for its keys: %(title)s") % context

    def sentences(self, context):
        return [
            _(
                "The vote is closed. "
                "Two of the three key holders open the urn, one after the other, each with their file."
            ),
            _("If one of you lost theirs, the other two are enough."),
        ]

    def action(self, context):
        return _("Open the urn")
