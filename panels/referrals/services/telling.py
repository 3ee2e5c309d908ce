"""Who is told of a referral, each once: effects written with what they tell of, run by the relay."""

from panels.models import Membership
from src.directory.enums import Role
from src.directory.selectors import acting
from src.foundations import outbox
from src.notices.services import send

from ..enums import ReferralState
from ..models import Referral

TELL = "panel_referrals.tell"
ACCEPTED, DECIDED = "panel_referrals.accepted", "panel_referrals.decided"
ANSWERED, FOLLOWED = "panel_referrals.answered", "panel_referrals.followed"
# In which states each is still true when the relay comes.
_TRUE = {
    ACCEPTED: (ReferralState.ACCEPTED,),
    DECIDED: (ReferralState.ACCEPTED, ReferralState.DECLINED),
    ANSWERED: (ReferralState.ANSWERED,),
    FOLLOWED: (ReferralState.FOLLOWED,),
}


def tell(code: str, referral: Referral) -> None:
    """Have it told, in the caller's transaction."""
    outbox.emit(TELL, {"code": code, "referral": referral.pk}, key=f"{code}:{referral.pk}")


def send_told(code: str, pk: int) -> None:
    """Tell the members, or whoever answers for the unit that asked; nothing when it moved meanwhile. Safe twice."""
    found = Referral.objects.for_pages().filter(pk=pk, state__in=_TRUE.get(code, ())).first()
    if found is None:
        return
    recipients = members_of(found) if code in (ACCEPTED, FOLLOWED) else askers_of(found)
    context = {
        "slug": found.panel.slug,
        "panel": found.panel.title,
        "reference": found.reference,
        "title": found.title,
        "unit": found.unit.name,
        "state": str(found.state),
        "reply_on": found.reply_on.isoformat() if found.reply_on else "",
        "due_on": found.follow_due_on.isoformat() if found.follow_due_on else "",
        "because": found.because,
    }
    send(code, recipients=recipients, context=context, key=f"referral:{found.reference}:{code}")


def members_of(referral: Referral) -> list[int]:
    """Accounts of those who sit."""
    sitting = Membership.objects.sitting().filter(panel_id=referral.panel_id, candidate__account__isnull=False)
    return sorted(sitting.order_by().values_list("candidate__account_id", flat=True))


def askers_of(referral: Referral) -> list[int]:
    """Who asked, and the nearest person who decides for the unit: the one who asked may have left."""
    deciding = [one.pk for one in acting(Role.DECISION_MAKER, referral.unit)[:1]]
    return sorted({*deciding, *([referral.asked_by_id] if referral.asked_by_id else [])})
