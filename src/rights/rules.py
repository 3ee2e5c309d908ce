"""Who reads and writes the register: the data protection officer, and administrators of the whole city."""

from src.directory.enums import Role


def may_keep_register(viewer) -> bool:
    """Whether this person reads the register, the periods applied and the runbook."""
    return viewer.is_authenticated and (viewer.has_role(Role.DPO) or viewer.has_role(Role.ADMINISTRATOR))
