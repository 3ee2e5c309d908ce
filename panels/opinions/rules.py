"""Who may draft, put to the vote, hand over, answer and grade."""

from panels.enums import PanelState
from panels.rules import is_member, may_organise, may_run
from src.accountability.rules import holds_decision
from src.directory.enums import Role
from src.directory.viewer import as_viewer

from .models import Reply

# Where replies exist.
HANDED = (PanelState.HANDED_OVER, PanelState.ANSWERED, PanelState.FOLLOWED_UP, PanelState.CLOSED)


def drafts(panel) -> bool:
    """Whether the panel is at the moment when it writes and votes."""
    return panel.state == PanelState.DELIBERATING


def may_draft(user, panel) -> bool:
    """Members write; the team types for a table."""
    return drafts(panel) and (is_member(user, panel) or may_run(user, panel))


def may_organise_votes(user, panel) -> bool:
    """Organisers write the rule, open votes, have the opinion adopted and hand it over."""
    return may_organise(user, panel)


def may_answer(user, reply: Reply) -> bool:
    """Who decides for the direction that owes the reply (deputies count)."""
    viewer = as_viewer(user)
    return viewer.is_authenticated and holds_decision(viewer, reply.unit.path)


def may_prepare_answers(user) -> bool:
    """Whether somebody decides for any direction: the page of what is owed has something to say."""
    return as_viewer(user).has_role(Role.DECISION_MAKER)


def grading_is_open(panel) -> bool:
    """Replies are graded from the first one published until the panel is over, after the mandate too."""
    return panel.state in HANDED and panel.state != PanelState.CLOSED


def grades(membership, opinion) -> bool:
    """Whether somebody grades the replies to an opinion: whoever sat on the panel when it was handed over."""
    if opinion.handed_over_on is None or membership.panel_id != opinion.panel_id:
        return False
    return membership.left_on is None or membership.left_on >= opinion.handed_over_on
