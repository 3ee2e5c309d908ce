"""What giving, ending and deputising a role have in common, whatever it is held for: a unit, a space."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.foundations import clock, journal, outbox

from .. import qualifications
from ..enums import AccountKind, Role

# Roles an external participant may hold: partners who help, those who train, and who was elected.
EXTERNAL_ROLES = frozenset({Role.FACILITATOR, Role.TRAINER, Role.ELECTED_OFFICIAL})
# Who was elected isn't an agent: what agents say to each other, under their names, isn't said to them (ADR 0278).
NEVER_AGENTS = frozenset({Role.ELECTED_OFFICIAL})


def check_people(user, role: str, *, actor=None, deputy=None) -> None:
    """Refuse with ValidationError: giving oneself a role, being one's own deputy, an external participant for any
    role but those of partners and of the elected, an agent for the latter, somebody without the qualification the
    role asks for (deputies too)."""
    if actor is not None and actor.pk == user.pk:
        raise ValidationError(_("Nobody gives themself a role: ask another administrator."))
    if deputy is not None and deputy.pk == user.pk:
        raise ValidationError(_("Nobody is their own deputy."))
    for person in (user, deputy):
        if person is None:
            continue
        if person.kind == AccountKind.EXTERNAL and role not in EXTERNAL_ROLES:
            raise ValidationError(_("An external participant can't hold this role."))
        if person.kind != AccountKind.EXTERNAL and role in NEVER_AGENTS:
            raise ValidationError(
                _(
                    "An elected official isn't an agent, so that they never read who wrote an idea: "
                    "give this role to an account of an external participant."
                )
            )
        if refusal := qualifications.refusal(person, role):
            raise ValidationError(refusal)


def give(model, *, user, role: str, deputy, starts_on: datetime.date, ends_on: datetime.date | None, actor, **place):
    """Write the grant; refuses an end before the start, and the same role held there twice at a time."""
    if ends_on is not None and ends_on < starts_on:
        raise ValidationError(_("The end comes before the start."))
    held = model.objects.filter(user=user, role=role, **place)
    if held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)).exists():
        raise ValidationError(_("This person already holds this role here."))
    try:
        with transaction.atomic():
            return model.objects.create(
                user=user, role=role, deputy=deputy, starts_on=starts_on, ends_on=ends_on, granted_by=actor, **place
            )
    except IntegrityError:
        raise ValidationError(_("This person already holds this role here."))


def end(grant, *, on: datetime.date | None = None) -> None:
    """Bring the end of a grant to a day, without one to yesterday: it stops acting at once.

    A role whose last day is still to come ends earlier like any other; one that is over is refused.
    """
    day = on or max(clock.today() - datetime.timedelta(days=1), grant.starts_on - datetime.timedelta(days=1))
    running = type(grant).objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), pk=grant.pk)
    if running.update(ends_on=day) != 1:
        raise ValidationError(_("This role has already ended."))
    grant.refresh_from_db()


def change_deputy(grant, deputy) -> int | None:
    """Write who acts while the holder is absent, or nobody; answer the account that did before."""
    former = grant.deputy_id
    type(grant).objects.filter(pk=grant.pk).update(deputy=deputy)
    grant.refresh_from_db()
    return former


def record(verb: str, grant, actor, *, object_ref: str, **place) -> None:
    """Chain the journal entry at once, under pseudonyms, and tell the security mailbox."""
    journal.record(
        verb,
        actor=actor,
        object_ref=object_ref,
        payload={
            "account": journal.pseudonym(grant.user),
            "role": str(grant.role),
            **place,
            "deputy": journal.pseudonym(grant.deputy) if grant.deputy_id else None,
            "from": grant.starts_on.isoformat(),
            "to": grant.ends_on.isoformat() if grant.ends_on else None,
        },
        chain_now=True,
    )
    _tell_security(verb, grant)


def forget_viewers(*people) -> None:
    """Let accounts in memory read again what they may do."""
    for person in people:
        if person is not None:
            person.refresh_from_db(fields=["holds_roles", "is_staff"])
            person.__dict__.pop("kept_viewer", None)


def _tell_security(verb: str, grant) -> None:
    """One mail a change to the security mailbox, when the city has one. It names the role and the place, no person."""
    mailbox = getattr(settings, "TERRAIN_SECURITY_EMAIL", "")
    if not mailbox:
        return
    subject = {
        "role_granted": _("A role was given"),
        "role_ended": _("A role has ended"),
    }.get(verb.rpartition(".")[2], _("A role was changed"))
    key = f"{verb}:{grant.pk}:{grant.ends_on or ''}:{grant.deputy_id or ''}"
    text = _("%(role)s, %(place)s. Details are in the journal and in the directory.") % {
        "role": grant.get_role_display(),
        "place": grant.place,
    }
    outbox.emit(
        "mail.send",
        {"to": mailbox, "subject": subject, "text": text, "html": "", "key": key},
        key=key,
        secret=True,
    )
