"""Who asks a panel something, who accepts it, who answers, who says what was done."""

from django.utils.translation import gettext as _

from panels import rules as panel_rules
from panels.enums import WORKING, PanelState
from panels.rules import membership_id, refuse_unless
from src.directory.viewer import as_viewer

from .enums import ASKING_ROLES

__all__ = ["membership_id", "refuse_unless"]
# Once a panel has its seats and its space, until its mandate is over.
CONSULTED = tuple(state for state in WORKING if state not in (PanelState.DRAWN, PanelState.SEATED))


def is_consulted(panel) -> bool:
    """Whether a panel may be asked something now."""
    return panel.state in CONSULTED and panel.space_id is not None


def answers_for(user, unit) -> bool:
    """Whether somebody answers for a unit: its decision-maker, its direction's delegate, its idea correspondent."""
    viewer = as_viewer(user)
    return any(viewer.has_role(role, unit=unit) for role in ASKING_ROLES)


def is_inside(user, panel) -> bool:
    """Whether somebody sits on a panel or works for it: they don't also ask it something."""
    return panel_rules.is_member(user, panel) or bool(panel_rules.role_in(user, panel))


def may_ask(user, panel) -> bool:
    """Whether somebody may ask a panel something, for one unit at least."""
    viewer = as_viewer(user)
    return (
        is_consulted(panel) and any(viewer.role_paths(role) for role in ASKING_ROLES) and not is_inside(viewer, panel)
    )


def may_speak_for(user, referral) -> bool:
    """Whether somebody may withdraw a referral and say what became of it: they answer for the unit that asked."""
    return answers_for(user, referral.unit) and not is_inside(user, referral.panel)


def may_decide(user, panel) -> bool:
    """Organisers accept, decline, publish."""
    return panel_rules.may_organise(user, panel)


def may_run(user, panel) -> bool:
    """Organisers and facilitators write the panel's answer and type papers."""
    return panel_rules.may_run(user, panel)


def may_read_figures(user, referral) -> bool:
    """How a form did: the panel and its team at once; the direction that asked, once the panel has answered."""
    if panel_rules.may_enter_workspace(user, referral.panel):
        return True
    return referral.is_told and may_speak_for(user, referral)


def may_read_form(user, referral) -> bool:
    """The form itself: whoever tries it, the team, the direction that sent it. Everybody, once it has its light."""
    if referral.is_told and referral.green_light:
        return True
    return panel_rules.may_enter_workspace(user, referral.panel) or answers_for(user, referral.unit)


def is_agent_of(user, referral) -> bool:
    """Whether somebody is an agent of the unit that asked, and so may come to its workshop."""
    viewer = as_viewer(user)
    return (
        viewer.is_agent and viewer.unit_path.startswith(referral.unit.path) and not is_inside(viewer, referral.panel)
    )


def why_not_speak(referral) -> str:
    """The sentence for a member who comes before or after; empty while the panel answers."""
    if referral.takes_words:
        return ""
    if referral.is_accepted:
        return _("The day to answer is past: the team writes the panel’s answer.")
    return _("The panel isn’t answering this referral now.")
