"""Roles in one space, given and ended with a chained journal entry each."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.enums import AccountKind, Role
from src.directory.services import grants, refresh_role_flags
from src.directory.viewer import grants_acting
from src.foundations import clock, together

from ..models import Space, SpaceRoleGrant

# Held for a space; the other roles are held for a unit only.
SPACE_ROLES = frozenset({Role.FACILITATOR, Role.MODERATOR, Role.IDEA_CORRESPONDENT, Role.INSTRUCTOR, Role.EDITOR})


@transaction.atomic
def grant_space_role(
    *,
    user,
    role: str,
    space: Space,
    actor=None,
    deputy=None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> SpaceRoleGrant:
    """Give a role for one space and chain the journal entry at once.

    Refuses a role that isn't held for a space, giving oneself a role, one's own deputy, the same role twice, an
    end before the start, a missing qualification, and to an external participant anything but the partners' roles,
    which must expire.
    """
    _check(role, ends_on, user, deputy)
    grants.check_people(user, role, actor=actor, deputy=deputy)
    grant = grants.give(
        SpaceRoleGrant,
        user=user,
        role=str(role),
        space=space,
        deputy=deputy,
        starts_on=starts_on or clock.today(),
        ends_on=ends_on,
        actor=actor,
    )
    _record("participation.role_granted", grant, actor)
    refresh_role_flags([user.pk, *([deputy.pk] if deputy else [])])
    grants.forget_viewers(user, deputy)
    return grant


@transaction.atomic
def end_space_role(grant: SpaceRoleGrant, *, actor=None, on: date | None = None) -> SpaceRoleGrant:
    """End a role in a space on a day (without one, it stops acting at once) and chain the journal entry."""
    grants.end(grant, on=on)
    _record("participation.role_ended", grant, actor)
    refresh_role_flags([grant.user_id, *([grant.deputy_id] if grant.deputy_id else [])])
    return grant


@transaction.atomic
def name_space_deputy(grant: SpaceRoleGrant, *, deputy=None, actor=None) -> SpaceRoleGrant:
    """Name who acts while the holder is absent, or nobody; refuses what a grant refuses of a deputy."""
    _check(grant.role, grant.ends_on, deputy)
    grants.check_people(grant.user, grant.role, actor=actor, deputy=deputy)
    former = grants.change_deputy(grant, deputy)
    _record("participation.deputy_named", grant, actor)
    refresh_role_flags([pk for pk in (former, grant.deputy_id) if pk])
    return grant


@together.reading
def space_roles_of(user):
    """Pairs (role, space id) under which the account acts today, deputies of absent people included."""
    return (yield grants_acting(user.pk, SpaceRoleGrant).order_by().values_list("role", "space_id").distinct())


def _check(role, ends_on, *people) -> None:
    if role not in SPACE_ROLES:
        raise ValidationError(_("This role isn't held for a space."))
    partner = any(person is not None and person.kind == AccountKind.EXTERNAL for person in people)
    if partner and role in grants.EXTERNAL_ROLES and ends_on is None:
        raise ValidationError(_("A partner's role has an end: give its date."))


def _record(verb: str, grant: SpaceRoleGrant, actor) -> None:
    grants.record(verb, grant, actor, object_ref=f"space-role:{grant.pk}", space=grant.space.slug)
