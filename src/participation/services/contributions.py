"""What every contribution is given when it is sent: identity, dates and the freezing of its space."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from src.directory.models import User
from src.foundations import clock

from ..enums import IdentityMode, Signature
from ..models import Space
from ..rules import anonymous_offered, identity_modes_offered


@dataclass(frozen=True)
class Writer:
    """Who wrote what somebody else enters (paper, kiosk): an account, a team by its name, or nobody we know."""

    user: User | None = None
    team: str = ""


def identity_fields(
    space: Space,
    user,
    *,
    identity_mode: str,
    signature: str = Signature.PERSON,
    now: datetime | None = None,
    team: str = "",
) -> dict:
    """The fields of a new contribution that say who made it and when, as its author chose.

    Named: the account, the signature shown and the exact moment. Otherwise a random handle and midnight of the
    Monday, and nothing else; the caller then seals the handle when protected. Refuses a mode the space doesn't
    offer, and an anonymous text by an account.
    """
    anonymous = identity_mode == IdentityMode.ANONYMOUS
    # Of an account that is there, nothing is kept secret by writing "anonymous": it is refused, never sealed.
    offered = (
        user is None and anonymous_offered(space) if anonymous else identity_mode in identity_modes_offered(space)
    )
    if not offered:
        raise ValidationError({"identity_mode": _("This space doesn't offer this choice.")}, code="identity_mode")
    moment = now or clock.now()
    week = clock.week_of(moment)
    fields = {"identity_mode": str(identity_mode), "handle": uuid4(), "week": week}
    if identity_mode == IdentityMode.NAMED:
        if user is None and not (team and signature == Signature.TEAM):
            raise ValidationError({"identity_mode": _("A signed text needs its author.")}, code="identity_mode")
        return fields | {
            "signature": str(signature),
            "author": user,
            "signed_as": team or signature_of(user, signature),
            "created_at": moment,
        }
    return fields | {
        "signature": Signature.PERSON.value,
        "author": None,
        "signed_as": anonymous_name() if anonymous else protected_name(),
        "created_at": clock.week_start_moment(week),
    }


def signature_of(user, signature: str) -> str:
    """ "Nadia B., conductrice" or "Équipe des Serres", as it is written once, when the contribution is sent."""
    affectation = user.current_affectation
    if signature == Signature.TEAM and affectation is not None:
        return team_name(affectation.unit)
    if affectation is not None and affectation.job_title:
        return f"{user.short_name}, {affectation.title_after_name}"
    return user.short_name


def team_name(unit) -> str:
    """How a team signs, in the city's language."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Team of %(unit)s") % {"unit": unit.name}


def protected_name() -> str:
    """What stands in the place of a name; in the city's language, so that it doesn't tell the author's."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Protected name")


def anonymous_name() -> str:
    """What stands in the place of a name that nobody knows."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Anonymous")


def freeze_space(space: Space, now: datetime | None = None) -> None:
    """Note that the space has its first contribution: the database freezes its circle and identity modes.

    The moment kept is midnight of the Monday, so that it tells nothing of a protected author. One statement the
    first time, none afterwards.
    """
    if space.first_contribution_at is not None:
        return
    moment = clock.week_start_moment(clock.week_of(now or clock.now()))
    Space.objects.filter(pk=space.pk, first_contribution_at__isnull=True).update(first_contribution_at=moment)
    space.first_contribution_at = moment
