"""Freezing the figures of a pool: by value at its closing, whole before anybody of it is erased."""

from src.foundations import clock

from ..enums import PanelState
from ..figures import live_figures, moving_figures
from ..models import Panel, PoolFigures


def count_at_closing(panel: Panel) -> PoolFigures:
    """Keep who registered, by value and by list, as registration closes, in the caller's transaction.

    Counted again, these figures would tell what somebody who withdraws had answered; a page would open every profile.
    """
    return PoolFigures.objects.create(panel=panel, content=live_figures(panel), frozen_at=clock.now())


def forget_closing(panel: Panel) -> None:
    """Registration opens again: they are counted at its next closing."""
    PoolFigures.objects.filter(panel=panel).delete()


def freeze_figures(panel: Panel) -> PoolFigures:
    """Keep the figures for good, in the caller's transaction; once a draw is certified, the first ones stay.

    Those by value are of the closing; how far letters and people came, of this moment.
    """
    frozen = PoolFigures.objects.filter(panel=panel).first()
    if frozen is None:
        return count_at_closing(panel)
    if panel.state == PanelState.POOL_CLOSED:
        frozen.content |= moving_figures(panel)
        frozen.frozen_at = clock.now()
        frozen.save(update_fields=["content", "frozen_at"])
    return frozen
