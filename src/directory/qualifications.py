"""Qualifications a role may ask for: a registry that trainings can fill; without a provider nothing is asked."""

from collections.abc import Callable

_providers: dict[str, Callable] = {}


def register(role: str, provider: Callable) -> None:
    """Declare ``provider(user, role) -> str | None``: a sentence that refuses the role, or None."""
    if _providers.get(str(role), provider) is not provider:
        raise ValueError(f"The role {role!r} already has a qualification provider.")
    _providers[str(role)] = provider


def unregister(role: str) -> None:
    """Forget the provider of a role."""
    _providers.pop(str(role), None)


def refusal(user, role: str) -> str | None:
    """Why this person can't hold the role yet, or None."""
    provider = _providers.get(str(role))
    return provider(user, str(role)) if provider else None
