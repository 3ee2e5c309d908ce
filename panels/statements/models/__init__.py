"""Rounds, statements, what each member answers, the map that stays."""

from .round import MapSnapshot, Round
from .statement import Statement, StatementVote

__all__ = ["MapSnapshot", "Round", "Statement", "StatementVote"]
