"""Verbs of participation: supports, follows, comments, sealed authorship, drafts, roles in a space."""

from . import authorship, comments, contributions, drafts, supports
from .comments import publish_comment
from .drafts import delete_draft, load_draft, save_draft
from .roles import end_space_role, grant_space_role
from .spaces import open_space, plan_phase
from .supports import rebuild_counts, set_follow, set_support

__all__ = [
    "authorship",
    "comments",
    "contributions",
    "delete_draft",
    "drafts",
    "end_space_role",
    "grant_space_role",
    "load_draft",
    "open_space",
    "plan_phase",
    "publish_comment",
    "rebuild_counts",
    "save_draft",
    "set_follow",
    "set_support",
    "supports",
]
