"""Who prints sheets and says that they hang: correspondents, facilitators, managers of the place, administrators."""

from src.directory.viewer import as_viewer

from .querysets import branches


def may_use(user) -> bool:
    """Whether the person handles the sheets of some place today."""
    return bool(branches(as_viewer(user)))


def may_handle(user, sheet) -> bool:
    """Whether the person prints and posts this sheet; the same answer as ``Sheet.objects.visible_to``."""
    return any(sheet.unit.path.startswith(path) for path in branches(as_viewer(user)))


def may_read_place(user) -> bool:
    """Whether the person may read a place's page on the screen: what it repeats is open to every agent."""
    return as_viewer(user).is_agent
