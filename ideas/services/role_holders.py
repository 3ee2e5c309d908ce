"""Who holds a role for an idea today, deputies in the place of absent people."""

from django.db.models import Q

from src.directory.models import Absence, RoleGrant
from src.foundations import clock, together
from src.participation.models import SpaceRoleGrant


def held_today() -> Q:
    """A condition on the grants of roles that hold today."""
    today = clock.today()
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def holders(idea, role, *, unit=None) -> set[int]:
    """Who holds a role for an idea, the nearest first: its service, else its direction, else the space or the city.

    Deputies stand in for absent people. The idea's author isn't looked up, so nothing is told by an empty place.
    """
    unit = unit or idea.unit
    above = [int(part) for part in unit.path.split("/") if part] if unit else []
    grants = list(RoleGrant.objects.filter(held_today(), role=role, unit_id__in=above).select_related("unit"))
    if grants:
        deepest = max(len(grant.unit.path) for grant in grants)
        grants = [grant for grant in grants if len(grant.unit.path) == deepest]
    else:
        grants = list(SpaceRoleGrant.objects.filter(held_today(), role=role, space=idea.space))
        grants = grants or list(RoleGrant.objects.filter(held_today(), role=role, unit__isnull=True))
    return set(present(grants).values())


@together.reading
def present(grants: list):
    """Grant → who acts under it today: the deputy of somebody absent, else whoever holds it. One statement."""
    today = clock.today()
    people = {grant.user_id for grant in grants}
    away = Absence.objects.filter(user_id__in=people, starts_on__lte=today, ends_on__gte=today)
    away = set((yield away.values_list("user_id", flat=True)))
    return {grant: grant.deputy_id if grant.user_id in away and grant.deputy_id else grant.user_id for grant in grants}
