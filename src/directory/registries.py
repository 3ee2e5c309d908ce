"""Doors other rooms open in the directory: what happens when an account is made, or a unit closes."""

from collections.abc import Callable

_on_account_created: list[Callable] = []
_on_unit_closed: list[Callable] = []


def on_account_created(handler: Callable) -> Callable:
    """Register ``handler(user_ids)``: runs in the transaction that creates accounts, once for the whole batch."""
    if handler not in _on_account_created:
        _on_account_created.append(handler)
    return handler


def on_unit_closed(handler: Callable) -> Callable:
    """Register ``handler(unit, successor)``: passes on what the closing unit owes, in the same transaction."""
    if handler not in _on_unit_closed:
        _on_unit_closed.append(handler)
    return handler


def account_created(user_ids: list[int]) -> None:
    """Tell the registered rooms that these accounts exist now."""
    for handler in _on_account_created:
        handler(user_ids)


def unit_closed(unit, successor) -> None:
    """Tell the registered rooms that the unit closed."""
    for handler in _on_unit_closed:
        handler(unit, successor)
