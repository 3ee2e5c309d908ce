"""Who may do what with obligations: human resources, for the whole city or in their branches."""

from src.directory.enums import Role
from src.directory.viewer import WHOLE_CITY, as_viewer


def may_be_asked(user) -> bool:
    """Agents are asked to learn, and read what and why."""
    return as_viewer(user).is_agent


def can_prepare(user) -> bool:
    """Prepare, try out, activate and end an obligation: human resources of the whole city."""
    return WHOLE_CITY in as_viewer(user).role_paths(Role.HR)


def can_follow(user) -> bool:
    """Read obligations and how far they are: human resources, wherever they are."""
    return as_viewer(user).has_role(Role.HR)


def can_open_names(user, unit) -> bool:
    """Read who is concerned in a unit, by name and state: human resources of that branch."""
    return as_viewer(user).has_role(Role.HR, unit=unit)


def can_decide(user, agent) -> bool:
    """Give somebody a later day or an exemption: human resources of where they work; nobody for themself."""
    viewer = as_viewer(user)
    post = agent.current_affectation
    return viewer.user_id != agent.pk and (
        can_prepare(user) if post is None else viewer.has_role(Role.HR, unit=post.unit)
    )
