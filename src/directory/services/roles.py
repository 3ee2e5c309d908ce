"""Roles given and ended, each with a synchronously chained journal entry; absences, and the flags that follow."""

import datetime
from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.foundations import clock, journal

from ..enums import AccountKind, Role
from ..models import Absence, AbstractRoleGrant, RoleGrant, Unit, User
from . import grants


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: str,
    unit: Unit | None = None,
    actor: User | None = None,
    deputy: User | None = None,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
) -> RoleGrant:
    """Give a role for a unit (the whole city without one) and chain the journal entry at once.

    Refuses an unknown role, one's own deputy, a role already held there, a closed unit, an external participant
    for any role but those of partners, a missing qualification, and an actor who gives themself a role.
    """
    starts = starts_on or clock.today()
    if role not in Role.values:
        raise ValidationError(_("This role doesn't exist."))
    if unit is not None and unit.valid_until is not None and unit.valid_until < clock.today():
        raise ValidationError(_("“%(unit)s” is closed: choose a unit that is open.") % {"unit": unit.name})
    grants.check_people(user, role, actor=actor, deputy=deputy)
    if role == Role.FACILITATOR and user.kind == AccountKind.EXTERNAL and (unit is None or ends_on is None):
        raise ValidationError(_("A partner helps in one place and until a day: choose both."))
    grant = grants.give(
        RoleGrant, user=user, role=str(role), unit=unit, deputy=deputy, starts_on=starts, ends_on=ends_on, actor=actor
    )
    _record("directory.role_granted", grant, actor)
    refresh_role_flags([user.pk, *([deputy.pk] if deputy else [])])
    grants.forget_viewers(user, deputy)
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, actor: User | None = None, on: datetime.date | None = None) -> RoleGrant:
    """End a role on a day (without one it stops acting at once), earlier than was planned if it had an end."""
    grants.end(grant, on=on)
    _record("directory.role_ended", grant, actor)
    refresh_role_flags([grant.user_id, *([grant.deputy_id] if grant.deputy_id else [])])
    return grant


@transaction.atomic
def set_deputy(grant: RoleGrant, *, deputy: User | None, actor: User | None = None) -> RoleGrant:
    """Name who acts while the holder is absent, or nobody; refuses what a grant refuses of a deputy."""
    grants.check_people(grant.user, grant.role, actor=actor, deputy=deputy)
    former = grants.change_deputy(grant, deputy)
    _record("directory.deputy_named", grant, actor)
    refresh_role_flags([pk for pk in (former, grant.deputy_id) if pk])
    return grant


@transaction.atomic
def declare_absence(
    user: User, *, starts_on: datetime.date, ends_on: datetime.date, actor: User | None = None
) -> Absence:
    """Say that somebody is away between two days, without a reason; their deputies act meanwhile."""
    if ends_on < starts_on:
        raise ValidationError(_("The end comes before the start."))
    if Absence.objects.filter(user=user, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise ValidationError(_("An absence is already written for these days."))
    absence = Absence.objects.create(user=user, starts_on=starts_on, ends_on=ends_on)
    journal.record(
        "directory.absence_declared",
        actor=actor,
        object_ref=f"account:{journal.pseudonym(user)}",
        payload={"from": starts_on.isoformat(), "to": ends_on.isoformat()},
    )
    return absence


@transaction.atomic
def cancel_absence(absence: Absence, *, actor: User | None = None) -> None:
    """Take an absence away: the person is there, their deputies stop acting."""
    journal.record(
        "directory.absence_cancelled",
        actor=actor,
        object_ref=f"account:{journal.pseudonym(absence.user)}",
        payload={"from": absence.starts_on.isoformat(), "to": absence.ends_on.isoformat()},
    )
    absence.delete()


def refresh_role_flags(user_ids: Iterable[int] | None = None) -> None:
    """Keep ``holds_roles``, ``is_staff`` and the editors' groups true to the grants of every room.

    Any room that writes its own grants (roles in a space) calls it in the same transaction. Roles that start
    later count already: the flag only says whether roles are worth reading. Without ids, everybody is checked.
    """
    from ..groups import sync_groups

    accounts = User.objects.all()
    if user_ids is not None:
        accounts = accounts.filter(pk__in=set(user_ids))
    holders = _holders()
    accounts.filter(pk__in=holders, holds_roles=False).update(holds_roles=True)
    accounts.exclude(pk__in=holders).filter(holds_roles=True).update(holds_roles=False)
    accounts.filter(Q(holds_roles=True) | Q(is_superuser=True), is_staff=False).update(is_staff=True)
    accounts.filter(holds_roles=False, is_superuser=False, is_staff=True).update(is_staff=False)
    sync_groups(None if user_ids is None else set(user_ids))


def _holders() -> set[int]:
    today = clock.today()
    holders: set[int] = set()
    for model in apps.get_models():
        if issubclass(model, AbstractRoleGrant):
            running = model.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
            for user_id, deputy_id in running.values_list("user_id", "deputy_id"):
                holders.add(user_id)
                if deputy_id:
                    holders.add(deputy_id)
    return holders


def _record(verb: str, grant: RoleGrant, actor) -> None:
    unit = grant.unit.code if grant.unit_id else None
    grants.record(verb, grant, actor, object_ref=f"role:{grant.pk}", unit=unit)
