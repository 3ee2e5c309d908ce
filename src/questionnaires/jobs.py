"""What the ticker does for questionnaires: closing those whose last period has ended."""

from datetime import timedelta

from src.foundations.ticking import on_tick

from . import services


@on_tick("questionnaires.close", every=timedelta(minutes=5))
def close(now) -> None:
    """Close what is over; answers were already refused from the minute it ended."""
    services.close_due(now)


@on_tick("questionnaires.frames", every=timedelta(minutes=5))
def count_people(now) -> None:
    """Count the people asked by the questionnaires that have just opened."""
    services.frames_due(now)


@on_tick("questionnaires.outreach", every=timedelta(hours=1))
def reach_out(now) -> None:
    """Open the tasks that the gaps of open questionnaires call for."""
    services.outreach_due(now)
