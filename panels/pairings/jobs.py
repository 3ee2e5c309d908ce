"""What the ticker does for the room: answers that wait for a second questionnaire that will never come."""

from datetime import timedelta

from src.foundations.ticking import on_tick

from . import services


@on_tick("panel_pairings.over", every=timedelta(hours=6))
def end_of_panels(now) -> None:
    """Destroy what is sealed for a panel that is over."""
    services.end_of_panels()
