"""Roles given and ended, each with a synchronously chained journal entry; absences, and the flags that follow."""

import datetime
from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.foundations import clock, journal, outbox

from .. import qualifications
from ..enums import AccountKind, Role
from ..models import Absence, AbstractRoleGrant, RoleGrant, Unit, User

# Roles an external participant may hold: partners who help, and those who train.
EXTERNAL_ROLES = frozenset({Role.FACILITATOR, Role.TRAINER})


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
    role = _checked_role(user, role, unit, actor, deputy)
    if role == Role.FACILITATOR and user.kind == AccountKind.EXTERNAL and (unit is None or ends_on is None):
        raise ValidationError(_("A partner helps in one place and until a day: choose both."))
    if ends_on is not None and ends_on < starts:
        raise ValidationError(_("The end comes before the start."))
    held = RoleGrant.objects.filter(user=user, role=role, unit=unit)
    if held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts)).exists():
        raise ValidationError(_("This person already holds this role here."))
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(
                user=user, role=role, unit=unit, deputy=deputy, starts_on=starts, ends_on=ends_on, granted_by=actor
            )
    except IntegrityError:
        raise ValidationError(_("This person already holds this role here."))
    _record("directory.role_granted", grant, actor)
    refresh_role_flags([user.pk, *([deputy.pk] if deputy else [])])
    _forget(user, deputy)
    return grant


def _checked_role(user, role, unit, actor, deputy) -> str:
    if role not in Role.values:
        raise ValidationError(_("This role doesn't exist."))
    if actor is not None and actor.pk == user.pk:
        raise ValidationError(_("Nobody gives themself a role: ask another administrator."))
    if deputy is not None and deputy.pk == user.pk:
        raise ValidationError(_("Nobody is their own deputy."))
    if unit is not None and unit.valid_until is not None and unit.valid_until < clock.today():
        raise ValidationError(_("“%(unit)s” is closed: choose a unit that is open.") % {"unit": unit.name})
    for person in (user, deputy):
        if person is None:
            continue
        if person.kind == AccountKind.EXTERNAL and role not in EXTERNAL_ROLES:
            raise ValidationError(_("An external participant can't hold this role."))
        refusal = qualifications.refusal(person, role)
        if refusal:
            raise ValidationError(refusal)
    return str(role)


@transaction.atomic
def end_role(grant: RoleGrant, *, actor: User | None = None, on: datetime.date | None = None) -> RoleGrant:
    """End a role on a day (yesterday's last minute when none is given: it stops acting at once)."""
    day = on or max(clock.today() - datetime.timedelta(days=1), grant.starts_on - datetime.timedelta(days=1))
    touched = RoleGrant.objects.filter(pk=grant.pk, ends_on__isnull=True).update(ends_on=day)
    if touched != 1:
        raise ValidationError(_("This role has already ended."))
    grant.refresh_from_db()
    _record("directory.role_ended", grant, actor)
    refresh_role_flags([grant.user_id, *([grant.deputy_id] if grant.deputy_id else [])])
    return grant


@transaction.atomic
def set_deputy(grant: RoleGrant, *, deputy: User | None, actor: User | None = None) -> RoleGrant:
    """Name who acts while the holder is absent, or nobody."""
    _checked_role(grant.user, grant.role, None, actor, deputy)
    former = grant.deputy_id
    RoleGrant.objects.filter(pk=grant.pk).update(deputy=deputy)
    grant.refresh_from_db()
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
    journal.record(
        verb,
        actor=actor,
        object_ref=f"role:{grant.pk}",
        payload={
            "account": journal.pseudonym(grant.user),
            "role": grant.role,
            "unit": grant.unit.code if grant.unit_id else None,
            "deputy": journal.pseudonym(grant.deputy) if grant.deputy_id else None,
            "from": grant.starts_on.isoformat(),
            "to": grant.ends_on.isoformat() if grant.ends_on else None,
        },
        chain_now=True,
    )
    _tell_security(verb, grant)


def _tell_security(verb: str, grant: RoleGrant) -> None:
    """One mail a change to the security mailbox, when the city has one. It names the role and the place, no person."""
    mailbox = getattr(settings, "TERRAIN_SECURITY_EMAIL", "")
    if not mailbox:
        return
    subject = {
        "directory.role_granted": _("A role was given"),
        "directory.role_ended": _("A role has ended"),
    }.get(verb, _("A role was changed"))
    key = f"{verb}:{grant.pk}:{grant.ends_on or ''}:{grant.deputy_id or ''}"
    text = _("%(role)s, %(place)s. Details are in the journal and in the directory.") % {
        "role": grant.get_role_display(),
        "place": grant.place,
    }
    outbox.emit(
        "mail.send",
        {"to": [mailbox], "subject": subject, "text": text, "html": "", "key": key},
        key=key,
        secret=True,
    )


def _forget(*people) -> None:
    for person in people:
        if person is not None:
            person.refresh_from_db(fields=["holds_roles", "is_staff"])
            person.__dict__.pop("kept_viewer", None)
