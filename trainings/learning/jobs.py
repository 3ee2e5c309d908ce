"""What the ticker does for trainings: ends left unsaid, and until when versions may be followed."""

from datetime import timedelta

from django.utils import timezone

from src.foundations.ticking import on_tick

from .services.completing import recheck
from .services.telling_ends import tell_ends


@on_tick("trainings_learning.recheck", every=timedelta(days=1))
def check_again(now) -> None:
    """Ask again of every training under way whether it is finished."""
    recheck()


@on_tick("trainings_learning.tell_ends", every=timedelta(days=1))
def tell_who_is_under_way(now) -> None:
    """Until when an older version may be finished; then that it no longer may."""
    tell_ends(timezone.localdate(now))
