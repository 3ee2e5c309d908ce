"""What rooms above say on the page of a module followed in a session: one's place there, and where to choose it."""

from collections.abc import Callable
from dataclasses import dataclass

_faces: list[Callable] = []


@dataclass(frozen=True)
class Face:
    """A sentence on one's place, the address where one goes on, and the words of its button."""

    sentence: str
    url: str
    verb: str


def on_session_page(provider: Callable) -> Callable:
    """Register ``provider(viewer, track, module) -> Face or None``; twice changes nothing."""
    if provider not in _faces:
        _faces.append(provider)
    return provider


def face_of(viewer, track, module) -> Face | None:
    """What is said of a module's session to its follower; None where no room holds sessions."""
    return next((face for provider in _faces if (face := provider(viewer, track, module))), None)
