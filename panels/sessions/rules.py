"""Who may do what at sessions; the roles are those of the panel."""

from panels import rules as panels
from panels.enums import WORKING
from panels.rules import is_member, may_enter_workspace, may_organise, may_run, membership_id, refuse_unless

__all__ = [
    "is_member",
    "may_enter_workspace",
    "may_organise",
    "may_run",
    "may_sign_stipends",
    "membership_id",
    "prepares",
    "refuse_unless",
]


def prepares(user, panel) -> bool:
    """Organisers and facilitators of a panel that has members: they prepare sessions, documents and hearings."""
    return panel.state in WORKING and may_run(user, panel)


def may_sign_stipends(user, panel) -> bool:
    """Who validates half-days to pay: the team, never somebody who sits."""
    return prepares(user, panel) and not panels.is_member(user, panel)
