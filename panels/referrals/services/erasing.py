"""Forgetting: words of members some time after the answer made from them, and what leads to somebody who asks."""

from datetime import timedelta

from django.db.models import Q

from ..enums import ReferralState
from ..models import AgentPlace, Disagreement, MemberPlace, Referral, TestSheet, Word

# The team may still check what the answer was made from.
KEPT = timedelta(days=92)


def forget_words(now, *, apply: bool) -> int:
    """Erase the words of referrals over for three months, and drafts with them; answers and disagreements stay."""
    before = now - KEPT
    over = Q(referral__answered_at__lte=before) | Q(
        referral__state=ReferralState.WITHDRAWN, referral__state_since__lte=before
    )
    found = Word.objects.filter(over)
    return found.delete()[0] if apply else found.count()


def erase_words(user) -> int:
    """What somebody wrote on questions goes; of a published disagreement, the name alone was never shown."""
    return Word.objects.filter(membership__candidate__account=user).delete()[0]


def detach_disagreements(user) -> int:
    """Disagreements no longer lead to somebody; those already published stay, without them."""
    return Disagreement.objects.filter(membership__candidate__account=user).update(membership=None)


def detach_sheets(user) -> int:
    """Sheets of a form no longer lead to somebody."""
    return TestSheet.objects.filter(membership__candidate__account=user).update(membership=None)


def erase_places(user) -> int:
    """Seats at workshops to come."""
    return (
        AgentPlace.objects.filter(person=user).delete()[0]
        + MemberPlace.objects.filter(membership__candidate__account=user).delete()[0]
    )


def forget_asker(user) -> int:
    """What was asked stays, in the name of the unit."""
    return Referral.objects.filter(asked_by=user).update(asked_by=None)
