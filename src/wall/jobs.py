"""What the ticker does for the wall: this week's sheets, from Monday on; a place opened meanwhile gets its own."""

from datetime import timedelta

from src.foundations.ticking import on_tick

from . import services


@on_tick("wall.draw", every=timedelta(hours=1))
def draw(now) -> None:
    """Draw what the week lacks: nothing to do most of the time."""
    services.draw_week()
