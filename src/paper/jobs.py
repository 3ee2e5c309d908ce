"""What the ticker does for paper: codes that open nothing any more are erased."""

from datetime import timedelta

from src.foundations.ticking import on_tick

from . import codes


@on_tick("paper.codes", every=timedelta(days=1))
def forget_codes(now) -> None:
    """Erase expired codes that no sheet being typed holds."""
    codes.expired(now).delete()
