"""What the ticker and a count do for recommendations."""

from datetime import timedelta

from src.foundations.ticking import on_tick
from src.participation.ballots import counted

from .services import settling

counted.follow(settling.follow_count)


@on_tick("panels.settle", every=timedelta(minutes=10))
def settle(now) -> None:
    """Settle the votes whose count told nobody."""
    settling.settle_due(now)
