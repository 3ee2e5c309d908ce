"""Where the relay asks, in memory, whom a handle belongs to; a higher floor knows the answer."""

from collections.abc import Callable, Iterable
from uuid import UUID

_resolver: Callable | None = None


def register_handle_resolver(resolver: Callable) -> None:
    """Declare the one function ``(handles) -> {handle: account}``; refuses a second one."""
    global _resolver
    if _resolver not in (None, resolver):
        raise ValueError("A handle resolver is already registered.")
    _resolver = resolver


def resolve(handles: Iterable[UUID]) -> dict:
    """Accounts behind these handles, for the sending of a mail alone; unknown handles are left out."""
    handles = list(handles)
    return _resolver(handles) if handles and _resolver else {}
