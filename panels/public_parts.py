"""What rooms above add to the public page of a panel: sessions held, the opinion and its replies."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PublicPart:
    """A section of the page: a template of the room's own, and what it is drawn from."""

    template: str
    context: dict = field(default_factory=dict)


_parts: list[tuple[int, Callable]] = []


def register(place: int, part: Callable) -> None:
    """Add a section, once: ``part(viewer, panel) -> PublicPart | None``."""
    if all(one is not part for _place, one in _parts):
        _parts.append((place, part))
        _parts.sort(key=lambda pair: pair[0])


def parts_of(viewer, panel) -> list[PublicPart]:
    """The sections this viewer may read, in their order."""
    found = (part(viewer, panel) for _place, part in _parts)
    return [one for one in found if one is not None]
