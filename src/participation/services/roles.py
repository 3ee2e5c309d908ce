"""Roles in one space, given and ended with a chained journal entry each."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.directory.enums import AccountKind, Role
from src.directory.services import refresh_role_flags
from src.directory.services.roles import EXTERNAL_ROLES
from src.directory.viewer import grants_acting
from src.foundations import clock, journal

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
    end before the start, and to an external participant anything but the partners' roles, which must expire.
    """
    starts = starts_on or clock.today()
    _check(user, role, actor, deputy, starts, ends_on)
    held = SpaceRoleGrant.objects.filter(user=user, role=role, space=space)
    if held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts)).exists():
        raise ValidationError(_("This person already holds this role here."))
    try:
        with transaction.atomic():
            grant = SpaceRoleGrant.objects.create(
                user=user, role=role, space=space, deputy=deputy, starts_on=starts, ends_on=ends_on, granted_by=actor
            )
    except IntegrityError:
        raise ValidationError(_("This person already holds this role here."))
    _record("participation.role_granted", grant, actor)
    _refresh(grant, user, deputy)
    return grant


@transaction.atomic
def end_space_role(grant: SpaceRoleGrant, *, actor=None, on: date | None = None) -> SpaceRoleGrant:
    """End a role in a space on a day (without one, it stops acting at once) and chain the journal entry."""
    day = on or clock.today() - timedelta(days=1)
    running = SpaceRoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), pk=grant.pk)
    if running.update(ends_on=day) != 1:
        raise ValidationError(_("This role has already ended."))
    grant.ends_on = day
    _record("participation.role_ended", grant, actor)
    _refresh(grant)
    return grant


@transaction.atomic
def name_space_deputy(grant: SpaceRoleGrant, *, deputy=None, actor=None) -> SpaceRoleGrant:
    """Name who acts while the holder is absent, or nobody; refuses what a grant refuses of a deputy."""
    _check(grant.user, grant.role, actor, deputy, grant.starts_on, grant.ends_on)
    former = grant.deputy_id
    SpaceRoleGrant.objects.filter(pk=grant.pk).update(deputy=deputy)
    grant.refresh_from_db()
    _record("participation.deputy_named", grant, actor)
    refresh_role_flags([pk for pk in (former, grant.deputy_id) if pk])
    return grant


def space_roles_of(user) -> list[tuple[str, int]]:
    """Pairs (role, space id) under which the account acts today, deputies of absent people included."""
    return list(grants_acting(user.pk, SpaceRoleGrant).order_by().values_list("role", "space_id").distinct())


def _check(user, role, actor, deputy, starts, ends_on) -> None:
    if role not in SPACE_ROLES:
        raise ValidationError(_("This role isn't held for a space."))
    if actor is not None and actor.pk == user.pk:
        raise ValidationError(_("Nobody gives themself a role: ask another administrator."))
    if deputy is not None and deputy.pk == user.pk:
        raise ValidationError(_("Nobody is their own deputy."))
    if ends_on is not None and ends_on < starts:
        raise ValidationError(_("The end comes before the start."))
    for person in (user, deputy):
        if person is not None and person.kind == AccountKind.EXTERNAL:
            if role not in EXTERNAL_ROLES:
                raise ValidationError(_("An external participant can't hold this role."))
            if ends_on is None:
                raise ValidationError(_("A partner's role has an end: give its date."))


def _refresh(grant: SpaceRoleGrant, *people) -> None:
    refresh_role_flags([pk for pk in (grant.user_id, grant.deputy_id) if pk])
    for person in people:
        if person is not None:
            person.refresh_from_db(fields=["holds_roles", "is_staff"])
            person.__dict__.pop("kept_viewer", None)


def _record(verb: str, grant: SpaceRoleGrant, actor) -> None:
    journal.record(
        verb,
        actor=actor,
        object_ref=f"space-role:{grant.pk}",
        payload={
            "account": grant.user_id,
            "role": str(grant.role),
            "space": grant.space.slug,
            "deputy": grant.deputy_id,
            "from": grant.starts_on.isoformat(),
            "to": grant.ends_on.isoformat() if grant.ends_on else None,
        },
        chain_now=True,
    )
