"""What the count needs of a ballot, by values."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..enums import Majority, Method


@dataclass(frozen=True)
class Spec:
    """The rules of one count; costs and budget in euros."""

    method: str
    labels: tuple[str, ...]
    costs: tuple[int, ...] = ()
    most_choices: int = 1
    seats: int = 1
    budget: int = 0
    majority: str = Majority.MOST
    quorum_percent: int = 0

    @classmethod
    def of(cls, ballot) -> "Spec":
        """The rules of a ballot, its options read with ``for_pages``."""
        options = ballot.ordered
        labels = ("yes", "no") if ballot.method == Method.YES_NO else tuple(one.label for one in options)
        return cls(
            method=ballot.method,
            labels=labels,
            costs=tuple(one.cost or 0 for one in options),
            most_choices=ballot.most_choices,
            seats=ballot.seats,
            budget=ballot.budget or 0,
            majority=ballot.majority,
            quorum_percent=ballot.quorum_percent or 0,
        )

    def as_json(self) -> dict:
        """The rules as the published file tells them."""
        return {
            "method": str(self.method),
            "labels": list(self.labels),
            "costs": list(self.costs),
            "most_choices": self.most_choices,
            "seats": self.seats,
            "budget": self.budget,
            "majority": str(self.majority),
            "quorum_percent": self.quorum_percent,
        }

    @classmethod
    def from_json(cls, told: Mapping) -> "Spec":
        """What ``as_json`` wrote."""
        return cls(**{**told, "labels": tuple(told["labels"]), "costs": tuple(told["costs"])})
