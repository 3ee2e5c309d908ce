"""The door of evidence: rooms that hold proofs of their own add their files to the pack."""

from collections.abc import Callable, Iterable
from datetime import date

_sources: dict[str, Callable[..., Iterable[tuple[str, bytes]]]] = {}


def register(folder: str, source: Callable[..., Iterable[tuple[str, bytes]]]) -> None:
    """Add ``source(obligation, day) -> (name, content)…`` under a folder of the pack: the locked sheets of sessions.

    The same facts must give the same bytes, whatever the moment: nothing is drawn again. Refuses a folder taken.
    """
    if _sources.get(folder, source) is not source:
        raise ValueError(f"Two sources of evidence under {folder!r}")
    _sources[folder] = source


def unregister(folder: str) -> None:
    """Forget a source."""
    _sources.pop(folder, None)


def files_of(obligation, day: date) -> Iterable[tuple[str, bytes]]:
    """Every file of every source, by folder then name."""
    for folder in sorted(_sources):
        for name, content in sorted(_sources[folder](obligation, day)):
            yield f"{folder}/{name}", content
