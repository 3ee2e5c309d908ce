"""The door of the ledger: who is told, in the same transaction, that somebody's completions changed."""

from collections.abc import Callable, Iterable

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
