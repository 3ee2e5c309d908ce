"""Forgetting: answers of somebody, and who proposed what, some time after the round."""

from datetime import timedelta

from django.db.models import Q

from ..enums import StatementState
from ..models import Statement, StatementVote

# Whoever proposed may still read why a statement wasn't shown.
KEPT = timedelta(days=92)


def erase_votes(user) -> int:
    """What somebody answered in rounds that have no map yet."""
    return StatementVote.objects.filter(membership__candidate__account=user).delete()[0]


def detach_author(user) -> int:
    """Statements no longer lead to somebody; those that nobody has read go."""
    own = Statement.objects.filter(author__candidate__account=user)
    gone = own.filter(state=StatementState.PROPOSED).delete()[0]
    return gone + own.update(author=None)


def forget_authors(now, *, apply: bool) -> int:
    """Who proposed, three months after a round was closed; what was never read goes with its author."""
    over = Q(round__closed_at__lte=now - KEPT)
    unread = Statement.objects.filter(over, state=StatementState.PROPOSED)
    known = Statement.objects.filter(over, author__isnull=False).exclude(state=StatementState.PROPOSED)
    if not apply:
        return unread.count() + known.count()
    return unread.delete()[0] + known.update(author=None)
