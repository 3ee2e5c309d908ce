"""Verbs that change the directory, one transaction each."""

from .accounts import create_account, create_accounts
from .agents import end_affectation, post_agent
from .roles import declare_absence, end_role, grant_role, refresh_role_flags
from .units import close_unit, move_unit, open_unit, refresh_headcounts

__all__ = [
    "close_unit",
    "create_account",
    "create_accounts",
    "declare_absence",
    "end_affectation",
    "end_role",
    "grant_role",
    "move_unit",
    "open_unit",
    "post_agent",
    "refresh_headcounts",
    "refresh_role_flags",
]
