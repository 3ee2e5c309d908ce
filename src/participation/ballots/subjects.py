"""What a ballot may choose among: ideas under study and the like, which rooms above offer; read by reference alone."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """Something of a room that may become a proposal."""

    reference: str
    title: str
    url: str = ""


@dataclass(frozen=True)
class Subject:
    """A kind of candidate: its words, and ``candidates(space, viewer) -> list of (reference, title, url)``."""

    kind: str
    label: object
    candidates: Callable


_subjects: dict[str, Subject] = {}


def register(kind: str, label, candidates: Callable) -> None:
    """Offer something of a room as proposals; refuses another meaning for one kind."""
    made = Subject(kind, label, candidates)
    if _subjects.get(kind, made) != made:
        raise ValueError(f"“{kind}” is already registered: two meanings for one kind of proposal.")
    _subjects[kind] = made


def candidates_of(space, viewer) -> list[tuple[Subject, list[Candidate]]]:
    """What the space offers this organiser, by kind; kinds that offer nothing are left out."""
    found = []
    for subject in _subjects.values():
        some = [Candidate(*one) for one in subject.candidates(space, viewer)]
        if some:
            found.append((subject, some))
    return found
