"""What must be handed over before somebody can be erased: rooms add their reasons."""

from collections.abc import Callable, Iterable

_reasons: list[Callable[[object], Iterable[str]]] = []


def register(reasons: Callable[[object], Iterable[str]]) -> None:
    """Add a provider: ``reasons(person)`` gives sentences that say what to do first."""
    if reasons not in _reasons:
        _reasons.append(reasons)


def reasons_for(person) -> list[str]:
    """All that stands in the way, in sentences."""
    return [str(reason) for provider in _reasons for reason in provider(person)]
