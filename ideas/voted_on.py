"""Ideas under study offered as proposals of a ballot: their reference alone is kept there."""

from src.participation.enums import Visibility

from .models import Idea
from .services.choosing import WAITING

MOST = 60


def candidates(space, viewer) -> list[tuple[str, str, str]]:
    """Reference, title and address of what is studied in a space, through its gate; prepared or not, alike."""
    found = Idea.objects.visible_to(viewer).filter(
        space=space, stage_kind__in=WAITING, visibility=Visibility.SHOWN, is_imported=False
    )
    return [(one.reference, one.title, one.get_absolute_url()) for one in found.order_by("-week", "reference")[:MOST]]
