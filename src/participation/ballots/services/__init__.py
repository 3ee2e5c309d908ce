"""Verbs of ballots; each is one transaction, and takes its ``actor``."""

from .casting import AlreadyVoted, Closed, cast_secret, cast_simple
from .closing import close_ballot, close_due
from .counting import WrongKey, count_secret, count_simple
from .ending import destroy_due, destroy_keys
from .keys import half_open, register_key, rehearse
from .opening import open_ballot
from .organising import (
    cancel_ballot,
    change_ballot,
    create_ballot,
    delete_ballot,
    prepare_choice,
    set_key_holders,
    set_options,
)
from .paper import check_papers, discard_papers, mark_on_paper, type_papers

__all__ = [
    "AlreadyVoted",
    "Closed",
    "WrongKey",
    "cancel_ballot",
    "cast_secret",
    "cast_simple",
    "change_ballot",
    "check_papers",
    "close_ballot",
    "close_due",
    "count_secret",
    "count_simple",
    "create_ballot",
    "delete_ballot",
    "destroy_due",
    "destroy_keys",
    "discard_papers",
    "half_open",
    "mark_on_paper",
    "open_ballot",
    "prepare_choice",
    "register_key",
    "rehearse",
    "set_key_holders",
    "set_options",
    "type_papers",
]
