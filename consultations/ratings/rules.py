"""Who handles points, reports, suggestions, flags and visits. Rating asks nothing of anybody."""

from src.directory.enums import Role
from src.directory.viewer import as_viewer

from .querysets import HANDLING


def may_use_workshop(user) -> bool:
    """Whether the person handles something somewhere."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and any(viewer.has_role(role) for role in HANDLING)


def may_handle(user, point) -> bool:
    """Whether the person handles this point; the same answer as ``RatingPoint.objects.handled_by``."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and any(viewer.has_role(role, unit=point.unit) for role in HANDLING)


def may_make_idea(user, point) -> bool:
    """Whether the person may turn a suggestion into an idea: correspondents of the branch, and administrators."""
    viewer = as_viewer(user)
    roles = (Role.IDEA_CORRESPONDENT, Role.ADMINISTRATOR)
    return viewer.is_authenticated and any(viewer.has_role(role, unit=point.unit) for role in roles)


def may_manage_keys(user) -> bool:
    """Whether the person gives programs their keys: administrators alone."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and viewer.has_role(Role.ADMINISTRATOR)
