"""Who may do what for a panel. A role is for one panel; nobody has two of them on it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.viewer import as_viewer

from .enums import PROFILE_READERS, WORKING, TeamRole
from .querysets import FACT, MEMBER_FACT


def role_in(user, panel) -> str:
    """The role of somebody on a panel; empty for everybody else, whatever else they are."""
    return (as_viewer(user).fact(FACT) or {}).get(panel.pk, "")


def may_create(user) -> bool:
    """Administrators begin panels and say who works for them."""
    return as_viewer(user).has_role(Role.ADMINISTRATOR)


def may_organise(user, panel) -> bool:
    return role_in(user, panel) == TeamRole.ORGANISER


def works_for(user, panel) -> bool:
    """Whether somebody holds a role on a panel, or prepares all of them."""
    return bool(role_in(user, panel)) or may_create(user)


def may_use_workshop(user) -> bool:
    """Whether somebody works for a panel, whatever their role, or prepares all of them."""
    return bool(as_viewer(user).fact(FACT)) or may_create(user)


def may_enter(user, panel) -> bool:
    """Who types registrations that came by telephone or on paper, and calls people."""
    return role_in(user, panel) in (TeamRole.FACILITATOR, TeamRole.ORGANISER)


def may_watch(user, panel) -> bool:
    return role_in(user, panel) == TeamRole.GUARANTOR


def is_of_commissioner(user, panel) -> bool:
    """Whether somebody works for the direction that asks: they see no profile, whatever their role."""
    return as_viewer(user).direction_id == panel.commissioner.direction_id if as_viewer(user).direction_id else False


def membership_id(user, panel) -> int | None:
    """The membership by which somebody sits on a panel; None for everybody else."""
    return (as_viewer(user).fact(MEMBER_FACT) or {}).get(panel.pk)


def is_member(user, panel) -> bool:
    """Whether somebody sits on a panel, by the account that is theirs."""
    return membership_id(user, panel) is not None


def sits_somewhere(user) -> bool:
    """Whether somebody is a member of a panel, by their account."""
    return bool(as_viewer(user).fact(MEMBER_FACT))


def may_enter_workspace(user, panel) -> bool:
    """Members and the panel's team, from the first seats on. Being an administrator or the direction opens nothing."""
    return panel.state in WORKING and (is_member(user, panel) or bool(role_in(user, panel)))


def may_run(user, panel) -> bool:
    """Who prepares sessions and brings in what is written in the room: organisers and facilitators of the panel."""
    return role_in(user, panel) in (TeamRole.ORGANISER, TeamRole.FACILITATOR)


def may_read_profile(user, panel) -> bool:
    """Keepers of the profiles and guarantors, never somebody of the direction that asks, nor a candidate of it."""
    viewer = as_viewer(user)
    if role_in(viewer, panel) not in PROFILE_READERS or is_of_commissioner(viewer, panel):
        return False
    return not panel.candidates.filter(account_id=viewer.user_id).exists()


def may_read_contact(user, candidate) -> bool:
    """Organisers, who write to people; whoever has the call in hand."""
    viewer = as_viewer(user)
    if may_organise(viewer, candidate.panel):
        return True
    return may_enter(viewer, candidate.panel) and candidate.calls.held_by(viewer).exists()


def refuse_unless(allowed: bool) -> None:
    """Raise the refusal everybody reads alike."""
    if not allowed:
        raise PermissionDenied(_("Your role on this panel doesn’t cover this."))
