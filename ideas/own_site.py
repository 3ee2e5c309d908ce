"""*À régler ici*: which site may settle what somebody writes, and what happens while it may."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.directory.enums import Role, UnitKind
from src.directory.models import RoleGrant, Unit
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.enums import IdentityMode
from src.workflow import process_cache

PROCESS = "settle-here"
# The process whose spaces offer it: a choice among several is no matter of one site.
OFFERED_IN = "permanent-box"
# The form of the step by which an idea leaves its site for the direction.
FORM = "go_up"


def is_offered(space) -> bool:
    """Whether what is written in this space may be settled by a site: signed, and no matter of a choice."""
    if space.process_id is None or space.chosen_count or IdentityMode.NAMED not in space.identity_modes:
        return False
    return process_cache.graph(space.process_id).process.slug == OFFERED_IN


def site_of(viewer, space, unit=None) -> Unit | None:
    """The site that could settle what the viewer writes: theirs, when somebody else decides there; else None.

    ``unit``: where a sheet was gathered, for an author whom nobody knows but by their team.
    """
    viewer = as_viewer(viewer)
    unit = viewer.unit if viewer.is_authenticated else unit
    if unit is None or unit.direction_id is None or not is_offered(space):
        return None
    above = [int(part) for part in unit.path.split("/") if part]
    site = Unit.objects.filter(pk__in=above, kind=UnitKind.SITE).first()
    if site is None or not _deciders(site).exclude(user_id=viewer.user_id or 0).exists():
        return None
    return site


def _deciders(site):
    today = clock.today()
    grants = RoleGrant.objects.filter(unit=site, role=Role.DECISION_MAKER, starts_on__lte=today, user__is_active=True)
    return grants.exclude(ends_on__lt=today)


def check(viewer, space, identity_mode: str, unit=None) -> Unit:
    """The site asked to settle; ValidationError under a protected name, or where nobody can answer."""
    if identity_mode != IdentityMode.NAMED:
        raise ValidationError(
            {
                "here": _(
                    "Your site would have to know whom it answers. Choose your name or your team’s, or leave this box "
                    "empty: the direction answers."
                )
            }
        )
    site = site_of(viewer, space, unit)
    if site is None:
        raise ValidationError({"here": _("Nobody answers at your site for now: leave this box empty.")})
    return site


def waits_here(idea) -> bool:
    """Whether the site may still settle the idea, before it goes up."""
    return idea.settle_here and any(
        way.form == FORM for way in process_cache.graph(idea.process_id).ways_out(idea.stage_id)
    )


def otherwise(idea) -> str:
    """What happens if the site doesn't settle it, and by when: never later than sixty days from the sending."""
    if idea.owed is None or not waits_here(idea):
        return ""
    last = idea.owed.started_on + timedelta(days=settings.TERRAIN_PROMISE_DAYS)
    return _("If the site can’t settle it, it goes up to %(direction)s, which answers before %(date)s.") % {
        "direction": idea.direction.name if idea.direction else "",
        "date": date_format(last, "DATE_FORMAT"),
    }
