"""What the ticker does for totals: each night, what many people answered is added up."""

from datetime import timedelta

from src.foundations.ticking import on_tick

from .services import count_answers


@on_tick("trainings_totals.count", every=timedelta(days=1))
def add_up(now) -> None:
    """Add the answers of the day, where eleven people or more gave some."""
    count_answers(now)
