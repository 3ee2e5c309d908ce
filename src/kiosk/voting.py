"""Voting from a shared tablet: offered while a ballot is open; who votes is asked at the door."""

from django.utils.translation import gettext_lazy as _

from src.foundations import clock
from src.participation.ballots.models import Ballot

from . import tiles


def is_somewhere_open(_kiosk) -> bool:
    """Whether a ballot takes votes now, for anybody. One statement."""
    now = clock.now()
    return Ballot.objects.filter(
        frozen_at__isnull=False,
        closed_at__isnull=True,
        cancelled_at__isnull=True,
        opens_at__lte=now,
        closes_at__gt=now,
    ).exists()


TILE = tiles.Tile(
    key="voter",
    route="ballots:list",
    title=_("Vote in a ballot"),
    text=_("With your personnel number and your code. Nothing is left on this tablet."),
    icon="inbox",
    shown=is_somewhere_open,
)
