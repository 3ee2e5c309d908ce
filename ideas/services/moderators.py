"""Who moderates an idea today, among the people who hold the role."""

from django.db.models import Q

from src.directory.enums import Role
from src.directory.models import RoleGrant
from src.foundations import clock
from src.participation.models import SpaceRoleGrant


def moderators_of(idea) -> set[int]:
    """Everybody who moderates the idea: its units and those above, its space, the whole city. Two statements."""
    unit = idea.acting_unit
    above = [int(part) for part in unit.path.split("/") if part] if unit else []
    held = _current().filter(Q(unit_id__in=above) | Q(unit__isnull=True))
    people = set(held.values_list("user_id", flat=True))
    return people | set(_current(SpaceRoleGrant).filter(space_id=idea.space_id).values_list("user_id", flat=True))


def others_than(idea, people) -> set[int]:
    """Those who moderate the idea, some people aside."""
    return moderators_of(idea) - set(people)


def administrators() -> set[int]:
    """Who administers the city."""
    return set(_current(role=Role.ADMINISTRATOR).values_list("user_id", flat=True))


def _current(model=RoleGrant, role=Role.MODERATOR):
    today = clock.today()
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return model.objects.filter(still, role=role, starts_on__lte=today, user__is_active=True)
