"""Having a role ask for a certificate, and no longer; people who hold the role keep it until its end."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.foundations import clock, journal
from trainings.models import Track

from .. import rules
from ..models import RoleCertificate


def _checked(actor) -> None:
    if not rules.may_ask_certificates(actor):
        raise PermissionDenied(_("Administrators of the whole city say which certificate a role asks for."))


@transaction.atomic
def ask(*, role: str, track: Track, actor) -> RoleCertificate:
    """From now on the role is given to those alone whose certificate holds. In place of what it asked before."""
    _checked(actor)
    user = getattr(actor, "user", actor)
    made, _created = RoleCertificate.objects.update_or_create(
        role=role, defaults={"track": track, "set_by": user, "set_at": clock.now()}
    )
    journal.record("trainings.certificate_asked", actor=user, object_ref=f"role:{role}", payload={"track": track.slug})
    return made


@transaction.atomic
def drop(*, role: str, actor) -> bool:
    """The role asks for nothing any more; whether it did."""
    _checked(actor)
    user = getattr(actor, "user", actor)
    if role not in Role.values:
        return False
    gone = RoleCertificate.objects.filter(role=role).delete()[0]
    if gone:
        journal.record("trainings.certificate_dropped", actor=user, object_ref=f"role:{role}")
    return bool(gone)
