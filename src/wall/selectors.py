"""Reads of the wall: the list, what a sheet shows today, whom one asks."""

import datetime
from dataclasses import dataclass, field
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.models import RoleGrant, Unit
from src.foundations import clock, documents
from theme.templatetags.theme import short_day

from . import registry
from .enums import PaperSize, Scope, Section
from .forms import STATES, SheetFilters
from .layout import Fitted, fit
from .models import Sheet

ORDER = ("unit__name", "pk")


def sheets(viewer, filters: SheetFilters):
    """The sheets the viewer handles, as asked, with their place; to be paginated by ``ORDER``."""
    found = Sheet.objects.visible_to(viewer).filter(week=filters.monday)
    if filters.direction:
        found = found.filter(unit__direction__code=filters.direction)
    if filters.state:
        found = found.in_state(STATES[filters.state])
    if filters.q:
        found = found.filter(Q(unit__name__icontains=filters.q) | Q(unit__code__iexact=filters.q))
    return found.select_related("unit__direction", "printed_by", "posted_by")


def directions(viewer) -> list[tuple[str, str]]:
    """The directions of the places whose sheets the viewer handles, by name; one statement."""
    seen = Sheet.objects.visible_to(viewer).order_by().values("unit__direction_id")
    return list(Unit.objects.filter(pk__in=seen).order_by("name").values_list("code", "name"))


@dataclass
class Shown:
    """A sheet as it is read: on paper or on the screen."""

    sheet: Sheet
    heading: str
    week_words: str
    about_small: str
    fitted: Fitted
    sections: list
    address: str
    qr: str
    contacts: list = field(default_factory=list)

    @property
    def printed_sections(self) -> list:
        return [(Section(section.key).label, section.lines) for section in self.fitted.sections]


def shown(found: list[Sheet]) -> list[Shown]:
    """What these sheets say today: lines of subjects that agents no longer read are left out.

    A fixed number of statements whatever the number of sheets: one a kind of subject, one for whom to ask.
    """
    wanted = {
        (line["kind"], line["reference"])
        for sheet in found
        for section in sheet.content["sections"]
        for line in section["lines"]
    }
    kept = registry.still_shown(wanted)
    whom = contacts_of([sheet.unit for sheet in found])
    with translation.override("fr"):
        return [_shown(sheet, kept, whom[sheet.unit_id]) for sheet in found]


def _shown(sheet: Sheet, kept: set, contacts: list) -> Shown:
    sections = []
    for section in sheet.content["sections"]:
        lines = [line for line in section["lines"] if (line["kind"], line["reference"]) in kept]
        if lines:
            sections.append({"key": section["key"], "lines": lines, "more": section["more"]})
    address = place_address(sheet.unit)
    return Shown(
        sheet=sheet,
        heading=sheet.unit.name,
        week_words=week_words(sheet.week),
        about_small=_about_small(sheet),
        fitted=fit(sections),
        sections=[(Section(section["key"]).label, section["lines"]) for section in sections],
        address=address.split("//")[-1],
        qr=documents.qr_data_uri(address),
        contacts=contacts,
    )


def _about_small(sheet: Sheet) -> str:
    """Why the sheet of a small place speaks of more than itself; empty for the others."""
    if sheet.scope == Scope.CITY:
        return _("News of the whole city")
    if sheet.content["about"] and sheet.content["about"] != sheet.unit.name:
        return _("News of the whole direction: %(name)s") % {"name": sheet.content["about"]}
    return ""


def place_address(unit: Unit) -> str:
    """Where the square of a sheet leads."""
    return f"{settings.SITE_URL}/lieux/{quote(unit.code, safe='')}/"


def week_words(monday: datetime.date) -> str:
    """« semaine du 23 au 29 novembre »; both months when there are two."""
    sunday = monday + datetime.timedelta(days=6)
    first = short_day(monday)
    if monday.month == sunday.month:
        first = first.split(" ")[0]
    return _("week of %(first)s to %(last)s") % {"first": first, "last": short_day(sunday)}


def contacts_of(units: list[Unit]) -> dict[int, list[str]]:
    """Whom to ask in each place: its nearest correspondent and its nearest facilitator; one statement."""
    today = clock.today()
    grants = list(
        RoleGrant.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            role__in=(Role.IDEA_CORRESPONDENT, Role.FACILITATOR),
            starts_on__lte=today,
            user__is_active=True,
        )
        .select_related("user", "unit")
        .order_by("pk")
    )
    return {unit.pk: _nearest(unit, grants) for unit in units}


def _nearest(unit: Unit, grants: list[RoleGrant]) -> list[str]:
    found = []
    for role, words in (
        (Role.IDEA_CORRESPONDENT, _("%(name)s (ideas)")),
        (Role.FACILITATOR, _("%(name)s (paper)")),
    ):
        covering = [
            grant
            for grant in grants
            if grant.role == role and unit.path.startswith(grant.unit.path if grant.unit_id else "/")
        ]
        if covering:
            nearest = max(covering, key=lambda grant: (len(grant.unit.path) if grant.unit_id else 0, -grant.pk))
            found.append(words % {"name": nearest.user.get_full_name()})
    return found


def place_sheet(code: str) -> Sheet | None:
    """This week's sheet of a place, or its last one; None for a place without any."""
    return (
        Sheet.objects.filter(unit__code=code, week__lte=clock.week_of())
        .select_related("unit__direction")
        .order_by("-week")
        .first()
    )


def paper_size(asked: str) -> PaperSize:
    """The size asked for; A4 for anything nobody offers."""
    return PaperSize(asked) if asked in PaperSize.values else PaperSize.A4
