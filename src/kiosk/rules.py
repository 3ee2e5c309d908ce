"""Who enrols and ends kiosks: the administrators of the whole city."""

from src.directory.enums import Role
from src.directory.viewer import as_viewer


def may_enrol(user) -> bool:
    """Whether the person administers the site today."""
    return as_viewer(user).has_role(Role.ADMINISTRATOR)
