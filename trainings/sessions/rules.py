"""Who books, who organises, who leads: trainers see their attendees' presence, and nothing of their training."""

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from trainings.learning.rules import refuse_unless

__all__ = [
    "ORGANISERS",
    "leads",
    "may_amend",
    "may_book",
    "may_lead",
    "may_organise",
    "may_organise_somewhere",
    "refuse_unless",
]

# Human resources and the training office.
ORGANISERS = (Role.HR, Role.TRAINER)


def may_book(user) -> bool:
    """Agents book."""
    return as_viewer(user).is_agent


def may_organise_somewhere(user) -> bool:
    """Human resources and trainers, somewhere."""
    viewer = as_viewer(user)
    return viewer.is_agent and any(viewer.has_place_role(role) for role in ORGANISERS)


def may_organise(user, unit) -> bool:
    """Human resources and trainers of the branch that organises."""
    viewer = as_viewer(user)
    return viewer.is_agent and any(viewer.has_role(role, unit=unit) for role in ORGANISERS)


def may_lead(user) -> bool:
    """Trainers have their space."""
    viewer = as_viewer(user)
    return viewer.is_agent and viewer.has_role(Role.TRAINER)


def leads(user, session) -> bool:
    """The trainer of this session, while they hold the role."""
    viewer = as_viewer(user)
    return may_lead(viewer) and session.trainer_id == viewer.user_id


def may_amend(user, session, agent_id: int) -> bool:
    """Its trainer or its organisers; nobody says otherwise of themself."""
    viewer = as_viewer(user)
    return viewer.user_id != agent_id and (leads(viewer, session) or may_organise(viewer, session.unit))
