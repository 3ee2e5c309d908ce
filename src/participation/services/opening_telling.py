"""Who is told of an opening: its author, whoever asked, and everybody who could have done it in their place."""

from django.db.models import Q
from django.utils import timezone

from src.directory.models import RoleGrant
from src.foundations import clock
from src.notices.services import send

from .. import opening_subjects
from ..enums import OPENING_ROLES
from ..models import IdentityOpening


def tell_author(opening: IdentityOpening, now) -> int:
    """Write the author's notice and the mark that it left, in the caller's transaction; 0 when it left before."""
    if IdentityOpening.objects.filter(pk=opening.pk, told_at=None).update(told_at=now) != 1:
        return 0
    found = opening_subjects.find(opening.subject_kind, opening.subject_reference)
    send(
        "participation.opening.author",
        handles=[opening.handle],
        context={
            "reference": opening.subject_reference,
            "title": found.title if found else "",
            "url": found.url if found else "",
            "ground": opening.ground,
            "on": _day(opening.decided_at),
            "functions": [opening.asked_as, opening.decided_as],
            "court": opening.court_reference,
        },
        key=f"opening:{opening.reference}",
    )
    return 1


def tell_others(opening: IdentityOpening, code: str, *, but: set[int]) -> None:
    """Tell everybody of the three functions, so that no opening passes unseen by the others."""
    today = clock.today()
    holders = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        role__in=OPENING_ROLES,
        unit__isnull=True,
        starts_on__lte=today,
        user__is_active=True,
    )
    people = sorted(set(holders.values_list("user_id", flat=True)) - but)
    send(code, recipients=people, context=_context(opening), key=f"{code}:{opening.reference}")


def tell_asker(opening: IdentityOpening, code: str) -> None:
    """Tell whoever asked what came of it."""
    if opening.asked_by_id:
        send(code, recipients=[opening.asked_by_id], context=_context(opening), key=f"{code}:{opening.reference}")


def _context(opening) -> dict:
    return {"reference": opening.reference, "until": _day(opening.expires_at), "function": opening.asked_as}


def _day(moment) -> str:
    return timezone.localdate(moment).isoformat()
