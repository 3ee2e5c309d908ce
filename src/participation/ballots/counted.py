"""What rooms above do once a ballot is counted: they hear its exact totals, in the transaction of the figures.

What is told of the figures is masked (``masks.py``); a decision that rests on them isn't. Nothing exact is kept here.
"""

import logging
from collections.abc import Callable

from django.db import transaction

log = logging.getLogger("terrain.ballots")
_followers: list[Callable] = []


def follow(apply: Callable) -> None:
    """Register, once, ``apply(ballot, tally, voted)``: called when a ballot has just been counted."""
    if apply not in _followers:
        _followers.append(apply)


def tell(ballot, tally, voted: int) -> None:
    """Have them told. One that fails undoes its own work alone: the count stands, and the log says so."""
    for apply in _followers:
        try:
            with transaction.atomic():
                apply(ballot, tally, voted)
        except Exception as error:
            log.error("ballots.follower_failed", extra={"reference": ballot.reference, "error": type(error).__name__})
