"""The registry where each model says who owns its data, how sensitive they are, how long they live, how they leave."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Classification(StrEnum):
    """C4 ballots, protected authorship; C3 answers, rolls, scores; C2 accounts; C1 public."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"


@dataclass(frozen=True)
class Declaration:
    """What a room declares of one of its models."""

    model: type
    owner: str
    classification: Classification
    retention: str | None
    export: Callable[[object], Iterable[dict]] | None
    erase: Callable[[object], int] | None
    reason: str
    purge: Callable[[object, bool], int] | None = None


_declared: dict[type, Declaration] = {}


def declare(model, *, owner, classification, retention, export, erase, reason, purge=None) -> None:
    """Declare a model. ``None`` for retention, export or erase is an answer that ``reason`` must explain.

    ``purge(now, apply) -> int`` counts, and deletes when ``apply``, what is past its retention.
    """
    if not owner or not reason:
        raise ValueError(f"{model.__name__}: owner and reason are sentences, not blanks.")
    if model in _declared:
        raise ValueError(f"{model.__name__} is declared twice.")
    _declared[model] = Declaration(
        model, owner, Classification(classification), retention, export, erase, reason, purge
    )


def declaration_of(model) -> Declaration | None:
    """What was declared of a model."""
    return _declared.get(model)


def declarations() -> list[Declaration]:
    """All declarations, by model label."""
    return sorted(_declared.values(), key=lambda one: one.model._meta.label)
