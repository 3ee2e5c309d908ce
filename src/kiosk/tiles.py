"""What rooms above put on the start screen of a shared tablet, where they have something for its place."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One thing to do: the name of its address, its words, its picture; ``shown(kiosk)`` says whether here."""

    key: str
    route: str
    title: str
    text: str
    icon: str
    shown: Callable

    @property
    def words(self) -> tuple:
        """As the start screen draws it."""
        return (self.route, self.title, self.text, self.icon)


_tiles: dict[str, Tile] = {}


def register(tile: Tile) -> None:
    """Add a tile; refuses another under the same key."""
    if _tiles.get(tile.key, tile) != tile:
        raise ValueError(f"Two tiles named {tile.key!r}")
    _tiles[tile.key] = tile


def shown_on(kiosk) -> dict[str, tuple]:
    """Key → words of the tiles that this tablet offers."""
    return {key: tile.words for key, tile in _tiles.items() if tile.shown(kiosk)}
