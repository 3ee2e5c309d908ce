"""What the ticker does for questionnaires: closing those whose last period has ended."""

from datetime import timedelta

from src.foundations.ticking import on_tick

from . import services


@on_tick("questionnaires.close", every=timedelta(minutes=5))
def close(now) -> None:
    """Close what is over; answers were already refused from the minute it ended."""
    services.close_due(now)
