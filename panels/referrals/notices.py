"""What members, and whoever asked, are told of a referral. Nothing of it says what a member wrote."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.notices.enums import Category
from src.notices.registry import Notice, register

from .enums import ReferralState
from .services import telling

EXAMPLE = {
    "slug": "representatif",
    "panel": "Panel représentatif",
    "reference": "7KQ4M2",
    "title": "Les horaires du soir de la mairie des Quais",
    "unit": "Accueil des habitantes et habitants",
    "state": "accepted",
    "reply_on": "2026-12-18",
    "due_on": "2027-03-18",
    "because": "",
}


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "l j F Y") if text else ""


class ReferralNotice(Notice):
    """Base: something a panel was asked between two sittings."""

    category = Category.TASKS
    example = EXAMPLE

    def url(self, context):
        return f"/panels/{context['slug']}/saisines/{context['reference']}/"

    def action(self, context):
        return _("Open the referral")


class MemberNotice(ReferralNotice):
    """Base: to those who sit."""

    why = gettext_lazy("You receive this message because you sit on this panel.")
    audience = gettext_lazy("The members of a panel")

    def url(self, context):
        return f"/panels/{context['slug']}/membres/saisines/{context['reference']}/"


class AskerNotice(ReferralNotice):
    """Base: to those who asked."""

    why = gettext_lazy("You receive this message because your direction asked a panel something.")
    audience = gettext_lazy("Who asked a panel something, and who decides for their unit")


@register
class Accepted(MemberNotice):
    """Something to answer."""

    code = telling.ACCEPTED

    def subject(self, context):
        return _("Your panel is asked something: %(title)s") % context

    def sentences(self, context):
        return [
            _("%(unit)s asks the panel “%(panel)s”: %(title)s.") % context,
            _("The panel promised its answer for %(day)s. You may also answer on paper.")
            % {"day": _day(context["reply_on"])},
        ]


@register
class Decided(AskerNotice):
    """Accepted with a day, or declined with a reason."""

    code = telling.DECIDED

    def subject(self, context):
        if context["state"] == ReferralState.ACCEPTED:
            return _("The panel accepts: %(title)s") % context
        return _("The panel declines: %(title)s") % context

    def sentences(self, context):
        if context["state"] == ReferralState.ACCEPTED:
            return [
                _("The panel “%(panel)s” accepts what you ask, and promises its answer for %(day)s.")
                % {**context, "day": _day(context["reply_on"])}
            ]
        return [
            _("The panel “%(panel)s” declines what you ask.") % context,
            _("Why: %(because)s") % context,
        ]


@register
class Answered(AskerNotice):
    """The panel's answer is public; what was done is owed."""

    code = telling.ANSWERED
    example = {**EXAMPLE, "state": "answered"}

    def subject(self, context):
        return _("The panel has answered: %(title)s") % context

    def sentences(self, context):
        return [
            _("The panel “%(panel)s” has answered what you asked. Everybody reads it.") % context,
            _("Say what you did of it before %(day)s. After that day, the page says that you are late.")
            % {"day": _day(context["due_on"])},
        ]


@register
class Followed(MemberNotice):
    """What the direction did of the panel's answer."""

    code = telling.FOLLOWED
    category = Category.FOLLOWED
    example = {**EXAMPLE, "state": "followed"}

    def subject(self, context):
        return _("What was done of your answer: %(title)s") % context

    def sentences(self, context):
        return [_("%(unit)s says what it did of the answer of the panel “%(panel)s”.") % context]
