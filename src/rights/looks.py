"""Who looked at what concerns somebody by name, or acted on their account: the role, why, when; never who."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.foundations import journal
from src.foundations.models import AuditEntry
from src.participation.models import IdentityOpening
from src.participation.services import keyring


@dataclass(frozen=True)
class Look:
    """One look or act: its moment, the role it was done under, what was done, the reason."""

    at: datetime.datetime
    role: str
    what: str
    reason: str


_providers: list[Callable[[object], Iterable[Look]]] = []


def register(provider: Callable[[object], Iterable[Look]]) -> None:
    """Add what a room journals about people: ``provider(person)`` gives looks, without anybody's name."""
    if provider not in _providers:
        _providers.append(provider)


def looks_at(person) -> list[Look]:
    """Everything journalled about somebody by others, the newest first."""
    return sorted(
        (look for provider in _providers for look in provider(person)), key=lambda look: look.at, reverse=True
    )


def _acts():
    return {
        "directory.code_reissued": (
            _("Facilitation or administration"),
            _("A new personal code was given"),
            _("Two colleagues vouched for you: you had lost your letter."),
        ),
        "directory.absence_declared": (
            _("Administration"), _("An absence of yours was written"), _("Deputies act meanwhile."),
        ),
        "directory.absence_cancelled": (
            _("Administration"), _("An absence of yours was cancelled"), _("You are back sooner."),
        ),
    }  # fmt: skip


def of_the_account(person):
    """Acts of others on the account; what one did oneself is told elsewhere."""
    own, words = journal.pseudonym(person), _acts()
    rows = AuditEntry.objects.filter(object_ref=f"account:{own}", verb__in=words).exclude(actor=own)
    for row in rows.order_by("-pk")[:200]:
        yield Look(row.at, *words[row.verb])


def of_the_roles(person):
    """Roles given and ended by others."""
    own = journal.pseudonym(person)
    words = {
        "directory.role_granted": _("A role was given to you"),
        "directory.role_ended": _("A role of yours ended"),
    }
    rows = AuditEntry.objects.filter(verb__in=words, payload__account=own).exclude(actor=own)
    for row in rows.order_by("-pk")[:200]:
        role = row.payload.get("role", "")
        yield Look(
            row.at, str(_("Administration")), words[row.verb], str(Role(role).label) if role in Role.values else ""
        )


def of_the_name(person):
    """Openings of one's own protected names, once one was told of them."""
    handles = keyring.read(person).handles
    for opening in IdentityOpening.objects.filter(handle__in=handles, told_at__isnull=False).order_by("-pk"):
        functions = sorted(
            {str(Role(code).label) for code in (opening.asked_as, opening.decided_as) if code in Role.values}
        )
        yield Look(
            opening.decided_at or opening.asked_at,
            ", ".join(functions),
            _("Your protected name was opened, two people together"),
            str(opening.get_ground_display()),
        )
