"""What accountability asks of referrals: the account a direction owes once the panel has answered."""

from src.accountability.registry import OwedWords

from .enums import TOLD, ReferralState
from .models import Referral
from .todo import address

SUBJECT = Referral.SUBJECT


def published():
    """References told in figures and in the list of promises: once the panel's answer is everybody's."""
    return Referral.objects.filter(state__in=TOLD).order_by().values("reference")


def visible(user):
    """Those of which an account may be owed, by their reference: by then a panel has accepted them, for everybody."""
    return Referral.objects.public()


def links(references, viewer) -> dict[str, tuple[str, str]]:
    """Title and address of referrals, by reference; one statement."""
    found = visible(viewer).filter(reference__in=list(references)).select_related("panel")
    return {one.reference: (one.title, address(one, "detail")) for one in found}


def owed_words(reference: str) -> OwedWords | None:
    """What a reminder says while the direction hasn't told what it did; one statement."""
    found = Referral.objects.filter(reference=reference, state=ReferralState.ANSWERED).select_related("panel").first()
    return OwedWords(title=found.title, url=address(found, "detail")) if found else None
