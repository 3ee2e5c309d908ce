"""What the ticker does for trainings: say the ends that a fault left unsaid."""

from datetime import timedelta

from src.foundations.ticking import on_tick

from .services.completing import recheck


@on_tick("trainings_learning.recheck", every=timedelta(days=1))
def check_again(now) -> None:
    """Ask again of every training under way whether it is finished."""
    recheck()
