"""Who prints attestations: their holder, a facilitator before the holder, human resources for a site."""

from src.directory.enums import Role
from src.directory.viewer import WHOLE_CITY, as_viewer


def may_hold(user) -> bool:
    """Agents have attestations of their own."""
    return as_viewer(user).is_agent


def may_reprint(user) -> bool:
    """Print for somebody who stands there with their card or their paper."""
    return as_viewer(user).has_role(Role.FACILITATOR)


def may_batch(user) -> bool:
    """Print the attestations of a site: human resources, wherever they are."""
    return as_viewer(user).has_role(Role.HR)


def may_batch_at(user, site) -> bool:
    """Those of this very site."""
    return as_viewer(user).has_role(Role.HR, unit=site)


def may_ask_certificates(user) -> bool:
    """Say which training a role asks for: administrators of the whole city."""
    return WHOLE_CITY in as_viewer(user).role_paths(Role.ADMINISTRATOR)
