"""Reads of the directory shaped for a page, a letter or an export."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q

from src.foundations import clock

from .models import Absence, PersonalCode, RoleGrant, Unit, User


def people_to_write_to(unit: Unit, *, again: bool = False):
    """People of the branch who sign in by letter: no e-mail, no secret of their own yet.

    Those whose letter is still valid are left out, unless ``again``.
    """
    people = (
        User.objects.filter(current_affectation__unit__path__startswith=unit.path, is_active=True, email__isnull=True)
        .filter(Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX))
        .select_related("current_affectation__unit")
        .order_by("last_name", "first_name", "pk")
    )
    if again:
        return people
    live = PersonalCode.objects.filter(
        user_id=OuterRef("pk"), used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=clock.now()
    )
    return people.filter(~Exists(live))


def holders(role: str, unit: Unit) -> list[User]:
    """Active people who hold a role for the unit today (here, above, or city-wide), nearest first."""
    today = clock.today()
    above = [int(part) for part in unit.path.split("/") if part]
    grants = (
        _running_grants(today)
        .filter(Q(unit_id__in=above) | Q(unit__isnull=True), role=role, user__is_active=True)
        .select_related("user", "unit")
    )
    ranked = sorted(grants, key=lambda grant: (-(len(grant.unit.path) if grant.unit_id else 0), grant.pk))
    return list({grant.user_id: grant.user for grant in ranked}.values())


def running_roles(user) -> list[RoleGrant]:
    """The roles a person holds for units today, in the order of their names."""
    return list(_running_grants(clock.today()).filter(user=user).select_related("unit").order_by("role", "unit__path"))


def acting(role: str, unit: Unit) -> list[User]:
    """Who acts under the role today, the nearest first: holders who are there, and the deputies of those away."""
    return list({person.pk: person for _depth, person in _acting(role, unit)}.values())


def nearest(role: str, unit: Unit) -> list[User]:
    """Those of ``acting`` who hold it nearest to the unit: in it, else in the first unit above where somebody does."""
    found = _acting(role, unit)
    deepest = max((depth for depth, _person in found), default=0)
    return list({person.pk: person for depth, person in found if depth == deepest}.values())


def _acting(role: str, unit: Unit) -> list[tuple[int, User]]:
    today = clock.today()
    above = [int(part) for part in unit.path.split("/") if part]
    grants = (
        _running_grants(today)
        .filter(Q(unit_id__in=above) | Q(unit__isnull=True), role=role)
        .select_related("user", "deputy", "unit")
    )
    away = set(Absence.objects.filter(starts_on__lte=today, ends_on__gte=today).values_list("user_id", flat=True))
    ranked = sorted(((len(grant.unit.path) if grant.unit_id else 0, grant) for grant in grants), key=_nearest_first)
    people = ((depth, one.deputy if one.user_id in away and one.deputy else one.user) for depth, one in ranked)
    return [(depth, person) for depth, person in people if person.is_active]


def _nearest_first(ranked: tuple) -> tuple:
    depth, grant = ranked
    return -depth, grant.pk


def _running_grants(today):
    return RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)
