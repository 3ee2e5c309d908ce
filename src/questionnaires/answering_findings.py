"""What answers a finding: measures, which live on a floor above. Their app registers how they are read and tied."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from .models import Finding


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A measure that answers a finding, as this viewer may read it."""

    reference: str
    url: str
    title: str
    state_label: str
    tone: str
    icon: str
    decided_on: date
    direction: str = ""


@dataclass(frozen=True)
class Answers:
    """The app's own verbs.

    ``read(finding_pks, viewer) -> {pk: [Answer]}``, in one read; ``tie(finding, reference, actor)`` refuses with
    ValidationError what isn't a published measure; ``untie(finding, reference, actor)``; ``tied(finding)`` gives the
    references; ``find(finding, words, most)`` gives choices that may be tied, and how many there are.
    """

    read: Callable
    tie: Callable
    untie: Callable
    tied: Callable
    find: Callable


_registered: list[Answers] = []


def register(answers: Answers) -> None:
    """Say how measures answer findings, once."""
    if _registered and _registered[0] != answers:
        raise ValueError("Findings are already answered by another app.")
    _registered[:] = [answers]


def is_registered() -> bool:
    """Whether measures can answer findings here."""
    return bool(_registered)


def read(findings: Iterable[Finding], viewer) -> dict[int, list[Answer]]:
    """The measures that answer each finding, those this viewer may see; the first decided first."""
    keys = [one.pk for one in findings]
    return _registered[0].read(keys, viewer) if _registered and keys else {}


def tie(finding: Finding, reference: str, actor) -> None:
    """Have a measure answer a finding. Refuses, in a sentence, what isn't one that everybody reads."""
    _registered[0].tie(finding, reference, actor)


def untie(finding: Finding, reference: str, actor) -> None:
    """Take a measure off a finding. Safe twice."""
    _registered[0].untie(finding, reference, actor)


def references_of(finding: Finding) -> list[str]:
    """References of the measures that answer a finding, whoever may see them."""
    return list(_registered[0].tied(finding)) if _registered else []


def find(finding: Finding, typed: str, most: int) -> tuple[list, int]:
    """The first measures that have these words and don't answer the finding yet, as choices; and how many do."""
    return _registered[0].find(finding, typed, most) if _registered else ([], 0)
