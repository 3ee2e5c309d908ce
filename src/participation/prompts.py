"""Where a text may begin elsewhere in the house: a question asked by a room, and the tags that lead back to it."""

from collections.abc import Callable
from dataclasses import dataclass

# What an address carries: « kind.reference ».
LONGEST = 120
_prompts: dict[str, Callable] = {}


@dataclass(frozen=True)
class Prompt:
    """A question, where it was asked, and the tags its answers may carry; nothing of whoever reads it."""

    code: str
    question: str
    place: str
    tags: tuple[str, ...]


def register(kind: str, prompt: Callable) -> None:
    """Register ``prompt(viewer, reference) -> (question, place, tags) | None`` for a kind; two for one is refused."""
    known = _prompts.setdefault(kind, prompt)
    if known is not prompt:
        raise ValueError(f"“{kind}” is already registered: two meanings for one kind.")


def find(viewer, code: str) -> Prompt | None:
    """What an address names, if this viewer may read it; None for anything else, without a word."""
    kind, _dot, reference = code[:LONGEST].partition(".")
    found = _prompts[kind](viewer, reference) if kind in _prompts and reference else None
    return Prompt(f"{kind}.{reference}", *found) if found else None
