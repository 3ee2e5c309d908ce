"""Trainings from a shared tablet: who follows is asked at the door, and nothing of a reflection is kept."""

from django.utils.translation import gettext_lazy as _

from src.kiosk import tiles
from trainings.models import Track


def has_trainings(_kiosk) -> bool:
    """Whether a training is published. One statement."""
    return Track.objects.filter(live=True, versions__isnull=False).exists()


TILE = tiles.Tile(
    key="formations",
    route="trainings_learning:list",
    title=_("Follow a training"),
    text=_("With your personnel number and your code. Take up again where you were."),
    icon="graduation-cap",
    shown=has_trainings,
)
