"""What openings of identities tell: the author, always; the people who may open, each time; whoever asked."""

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.notices.enums import Category
from src.notices.registry import Notice, register

from .enums import Ground

EXAMPLE = {
    "reference": "7K3F9Q",
    "title": "Pointer avec son téléphone personnel",
    "url": "/idees/7K3F9Q/",
    "ground": "juge",
    "on": "2026-11-25",
    "until": "2026-12-02",
    "function": "legal",
    "functions": ["legal", "mediator"],
    "court": "Parquet de Marvenne, n° 26-1187",
}


def _function(code: str) -> str:
    return str(Role(code).label) if code in Role.values else ""


def _day(context, name: str) -> str:
    day = parse_date(context.get(name) or "")
    return date_format(day, "DATE_FORMAT") if day else ""


class OpeningNotice(Notice):
    """Common part: paragraphs, and the examples of the gallery."""

    example = EXAMPLE
    legal = True


@register
class AuthorTold(OpeningNotice):
    """To the author, by the handle of the contribution: a right nobody mutes."""

    code = "participation.opening.author"
    category = Category.ACCOUNT
    audience = "author"

    @property
    def why(self):
        return _("You wrote this text under a protected name, and your name was opened.")

    def subject(self, context):
        return _("The secret of your name was lifted: %(title)s") % context

    def url(self, context):
        return reverse("participation:protection")

    def action(self, context):
        return _("How your name is protected")

    def sentences(self, context):
        ground = context.get("ground", "")
        asked, confirmed = [*map(_function, context.get("functions", [])), "", ""][:2]
        return [
            _("On %(day)s, two people lifted the secret of this text, and of this one alone: “%(title)s”.")
            % {"day": _day(context, "on"), "title": context.get("title", "")},
            _("Ground: %(ground)s.") % {"ground": Ground(ground).label} if ground in Ground.values else "",
            _("Reference of the court: %(court)s.") % {"court": context["court"]} if context.get("court") else "",
            _("Asked by: %(asked)s. Confirmed by: %(confirmed)s.") % {"asked": asked, "confirmed": confirmed},
            _(
                "Neither your managers nor the team that studies learn your name. You may ask for the written reasons "
                "and object: write to the data protection officer, or to the CNIL."
            ),
        ]


class ForOpeners(OpeningNotice):
    """To those who may open identities."""

    category = Category.TASKS
    audience = "staff"

    @property
    def why(self):
        return _("You may take part in lifting the secret of an author.")

    def url(self, context):
        return reverse("participation:opening", kwargs={"reference": context["reference"]})

    def action(self, context):
        return _("See the request")


@register
class Asked(ForOpeners):
    code = "participation.opening.asked"

    def subject(self, context):
        return _("A request to lift the secret waits for a second person")

    def sentences(self, context):
        return [
            _("Asked by: %(function)s. Somebody of another function confirms or refuses before %(day)s.")
            % {"function": _function(context.get("function", "")), "day": _day(context, "until")}
        ]


@register
class Confirmed(ForOpeners):
    code = "participation.opening.confirmed"

    def subject(self, context):
        return _("The secret of a text was lifted")

    def sentences(self, context):
        return [_("A second person confirmed the request. The two people may read the name, once each.")]


@register
class Refused(ForOpeners):
    code = "participation.opening.refused"

    def subject(self, context):
        return _("Your request to lift the secret was refused")

    def sentences(self, context):
        return [_("The reason is on the page of the request. Nothing was opened.")]


@register
class Expired(ForOpeners):
    code = "participation.opening.expired"

    def subject(self, context):
        return _("Nobody confirmed your request to lift the secret")

    def sentences(self, context):
        return [_("It is closed and nothing was opened. You may ask again if the need remains.")]
