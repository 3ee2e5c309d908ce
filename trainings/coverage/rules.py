"""Who may read coverage: human resources where they are, equality referents in their units, managers their team."""

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from trainings.obligations.rules import can_follow, can_prepare

__all__ = ["can_follow", "can_read_as_referent", "can_set_targets", "is_manager"]


def can_set_targets(user) -> bool:
    """Set how many should be trained and by when: human resources of the whole city."""
    return can_prepare(user)


def can_read_as_referent(user) -> bool:
    """Read the coverage of one's units, in steps: equality referents."""
    return bool(as_viewer(user).role_paths(Role.EQUALITY_REFERENT))


def is_manager(user) -> bool:
    """Read one's team, by name and whether something is to plan: whom the directory names manager today."""
    viewer = as_viewer(user)
    if not viewer.is_agent or not viewer.is_manager:
        return False
    post = viewer.user.current_affectation
    return post.starts_on <= viewer.today and (post.ends_on is None or post.ends_on >= viewer.today)
