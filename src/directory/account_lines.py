"""What one's own account page leads to: each room adds its lines."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class AccountLine:
    """One card of `/moi/`: where it leads, what one does there, and its place among the others."""

    route: str
    title: str
    text: str
    icon: str
    place: int
    shown_to: Callable | None = None

    @property
    def url(self) -> str:
        return reverse(self.route)


_lines: dict[str, AccountLine] = {}


def register(route: str, title, text, *, icon: str, place: int, shown_to: Callable | None = None) -> None:
    """Add a line to the account page; refuses another line for the same route."""
    line = AccountLine(route, title, text, icon, place, shown_to)
    if _lines.get(route, line) != line:
        raise ValueError(f"Two account lines lead to {route!r}.")
    _lines[route] = line


def lines_for(viewer) -> list[AccountLine]:
    """The lines this person sees, in their places."""
    shown = [line for line in _lines.values() if line.shown_to is None or line.shown_to(viewer)]
    return sorted(shown, key=lambda line: (line.place, line.route))
