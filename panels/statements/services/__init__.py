"""Verbs of statements: prepare a round, propose, read, answer, close, make the map."""

from .answering import answer, take_back, type_sheet
from .mapping import close_round, freeze_map
from .proposing import add_statements, propose, withdraw
from .reading import merge, set_aside, show
from .rounds import change_round, open_round, taken_up, throw_away

__all__ = [
    "add_statements", "answer", "change_round", "close_round", "freeze_map", "merge", "open_round", "propose",
    "set_aside", "show", "take_back", "taken_up", "throw_away", "type_sheet", "withdraw",
]  # fmt: skip
