"""The boxes that take ideas now, side by side, and whether one may propose in each."""

from dataclasses import dataclass
from datetime import datetime

from src.directory.viewer import as_viewer
from src.participation import limits
from src.participation.enums import PhaseVerb
from src.participation.models import Space
from src.participation.rules import is_open, phase_status, with_phases

from .. import rules


@dataclass(frozen=True)
class OpenBox:
    """A space that takes ideas now, as it stands beside the others."""

    space: Space
    until: datetime | None
    # Why this person doesn't propose there; empty when they do.
    refusal: str

    @property
    def url(self) -> str:
        return f"/idees/?boite={self.space.slug}"


def open_boxes(viewer) -> list[OpenBox]:
    """The spaces that take ideas now and that one may see, one's own or not. Two statements, five with limits."""
    viewer = as_viewer(viewer)
    found = with_phases(
        Space.objects.visible_to(viewer)
        .filter(is_archive=False, process__isnull=False)
        .order_by("-on_home_page", "name")
    )
    taking = [space for space in found if rules.ACTIVITY in space.activities and is_open(space, PhaseVerb.PROPOSE)]
    return [open_box(viewer, space) for space in limits.with_limits(taking)]


def open_box(viewer, space) -> OpenBox:
    """What one reads of one space that takes ideas: until when, and whether one is among those who propose."""
    return OpenBox(space, phase_status(space).until_of(PhaseVerb.PROPOSE), limits.why_not_propose(viewer, space))
