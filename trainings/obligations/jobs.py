"""What obligations do by themselves: each night, everybody is evaluated."""

from datetime import timedelta

from django.utils import timezone

from src.foundations.ticking import on_tick

from .services.evaluating import evaluate


@on_tick("trainings_obligations.evaluate", every=timedelta(days=1))
def evaluate_everybody(now):
    """What everybody owes today: opened, renewed, closed, its state counted again."""
    evaluate(timezone.localdate(now))
