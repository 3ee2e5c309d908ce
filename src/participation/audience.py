"""Everybody who takes part in a space, for the relay that tells them something: the same answer as the rules."""

from django.db.models import Q

from src.directory.enums import AccountKind, Role
from src.directory.models import Unit, User
from src.foundations import clock

from .enums import Circle
from .limits import limits_of
from .models import SpaceRoleGrant


def people_of(space):
    """Accounts of the space's circle that its limits let in, as a queryset; nobody while it is in preparation."""
    people = User.objects.filter(is_active=True)
    if space.is_draft:
        return people.none()
    if space.circle == Circle.AGENTS:
        people = people.filter(kind=AccountKind.AGENT)
    elif space.circle == Circle.MEMBERS:
        people = people.filter(_members(space))
    limits = limits_of(space)
    units = [limit.unit for limit in limits if limit.unit_id is not None]
    families = [limit.job_family_id for limit in limits if limit.job_family_id is not None]
    if units:
        people = people.filter(_inside(units))
    return people.filter(current_affectation__job_family__in=families) if families else people


def facilitators_of(space) -> list[int]:
    """Accounts that look after the space today."""
    today = clock.today()
    grants = SpaceRoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        space=space,
        role=Role.FACILITATOR,
        starts_on__lte=today,
        user__is_active=True,
    )
    return sorted(set(grants.values_list("user_id", flat=True)))


def _members(space) -> Q:
    today = clock.today()
    now = Q(until__isnull=True) | Q(until__gte=today)
    invited = Q(pk__in=space.members.filter(now, since__lte=today).values("user"))
    if space.member_unit_id is None:
        return invited
    return invited | _inside(Unit.objects.filter(pk=space.member_unit_id))


def _inside(units) -> Q:
    found = Q(pk__in=[])
    for unit in units:
        found |= Q(current_affectation__unit__path__startswith=unit.path)
    return found
