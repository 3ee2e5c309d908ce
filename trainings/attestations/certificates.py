"""A certificate as a condition of a role: what the directory asks when a role is given, and how it is refused."""

from django.utils import formats
from django.utils.translation import gettext as _

from src.directory import qualifications
from src.directory.enums import Role
from src.foundations import clock
from trainings.ledger import registry as ledger
from trainings.ledger.models import Completion

from .models import RoleCertificate


def declare() -> None:
    """Answer for every role; those without a row ask for nothing."""
    for role in Role.values:
        qualifications.register(role, refusal)


def refusal(user, role: str) -> str | None:
    """Why this person can't hold a role yet, in words; None when nothing is asked, or when a certificate holds today.

    A completion of the training counts, or of one that counts as it; a refresher prolongs, and never begins.
    """
    asked = RoleCertificate.objects.filter(role=role).select_related("track").first()
    if asked is None:
        return None
    equal, prolonging = ledger.renewing(asked.track_id)
    done = list(Completion.objects.that_count().filter(agent_id=user.pk, track__in=equal | prolonging))
    said = {"name": user.get_full_name(), "title": asked.track.title, "role": asked.get_role_display()}
    if not any(one.track_id in equal for one in done):
        if Completion.objects.filter(agent_id=user.pk, track__in=equal, revocation__isnull=False).exists():
            return _("The certificate “%(title)s” of %(name)s was revoked: it must be obtained again first.") % said
        return _("%(name)s doesn’t have the certificate “%(title)s”, which the role “%(role)s” asks for.") % said
    ends = ledger.ends_of(done)
    if None in ends.values() or max(ends.values()) >= clock.today():
        return None
    said["day"] = formats.date_format(max(ends.values()), "DATE_FORMAT")
    return _("The certificate “%(title)s” of %(name)s expired on %(day)s: it must be renewed first.") % said
