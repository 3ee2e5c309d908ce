"""The doors of the ledger: who is told that completions changed, and who tells until when they hold."""

from collections.abc import Callable, Iterable
from datetime import date

_on_change: list[Callable] = []


def on_change(handler: Callable) -> Callable:
    """Register ``handler(agent_ids)``: runs in the transaction that records or revokes, once for a whole batch."""
    if handler not in _on_change:
        _on_change.append(handler)
    return handler


def changed(agent_ids: Iterable[int]) -> None:
    """Tell the registered rooms that completions of these people were recorded or revoked."""
    told = sorted(set(agent_ids))
    for handler in _on_change if told else ():
        handler(told)


# Until when completions hold, and which trainings renew another: said by the room that knows obligations.
_ends: list[Callable] = []
_renewing: list[Callable] = []


def tells_ends(handler: Callable) -> Callable:
    """Register ``handler(completions) -> {key: day or None}``: the last day each holds, None for good."""
    if handler not in _ends:
        _ends.append(handler)
    return handler


def tells_renewals(handler: Callable) -> Callable:
    """Register ``handler(track_id) -> (equal, renewing)``: tracks that count as this one, tracks that prolong it."""
    if handler not in _renewing:
        _renewing.append(handler)
    return handler


def ends_of(completions: Iterable) -> dict[int, date | None]:
    """Key → the last day a completion holds, the nearest where several are told; None: for good."""
    rows = list(completions)
    found: dict[int, date | None] = {row.pk: None for row in rows}
    for handler in _ends if rows else ():
        for key, until in handler(rows).items():
            if until is not None:
                found[key] = until if found[key] is None else min(found[key], until)
    return found


def renewing(track_id: int) -> tuple[frozenset[int], frozenset[int]]:
    """Tracks that count as this one (itself among them), and tracks that only prolong it."""
    equal, prolonging = {track_id}, set()
    for handler in _renewing:
        same, more = handler(track_id)
        equal |= set(same)
        prolonging |= set(more)
    return frozenset(equal), frozenset(prolonging - equal)
