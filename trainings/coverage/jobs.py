"""What coverage does by itself: each month is kept."""

from datetime import timedelta

from django.utils import timezone

from src.foundations.ticking import on_tick

from .services.months import keep_month


@on_tick("trainings_coverage.month", every=timedelta(days=1))
def keep_this_month(now):
    """The month's figures, on the first night that finds them missing."""
    keep_month(timezone.localdate(now))
