"""What is kept of the votes: totals, never a vote, whenever totals are enough to count again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..enums import Grade, Method
from .spec import Spec


@dataclass
class Tally:
    """Totals of one ballot: of approvals by proposal, of grades by proposal, of exact sets under a budget."""

    spec: Spec
    ballots: int = 0
    blank: int = 0
    void: int = 0
    counts: list[int] = field(default_factory=list)
    grades: list[list[int]] = field(default_factory=list)
    sets: Counter = field(default_factory=Counter)

    @classmethod
    def empty(cls, ballot) -> "Tally":
        """No vote yet, of a ballot or of its ``Spec``."""
        spec = ballot if isinstance(ballot, Spec) else Spec.of(ballot)
        options = len(spec.labels)
        return cls(spec, counts=[0] * options, grades=[[0] * len(Grade) for _option in range(options)])

    def add(self, choice: Sequence[int] | None) -> None:
        """Count one checked choice; None is void, an empty one blank."""
        self.ballots += 1
        if choice is None:
            self.void += 1
        elif not choice:
            self.blank += 1
        elif self.spec.method == Method.GRADES:
            for option, grade in enumerate(choice):
                # Without a grade, a proposal has the last one: all are judged by as many (majority_judgment.py).
                self.grades[option][grade if grade >= 0 else Grade.REJECT] += 1
        elif self.spec.method == Method.YES_NO:
            self.counts[0 if choice[0] else 1] += 1
        else:
            for option in choice:
                self.counts[option] += 1
            if self.spec.method == Method.EQUAL_SHARES:
                self.sets[tuple(choice)] += 1

    @property
    def expressed(self) -> int:
        """Votes that are neither blank nor void."""
        return self.ballots - self.blank - self.void

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.spec,
            self.ballots + other.ballots,
            self.blank + other.blank,
            self.void + other.void,
            [one + two for one, two in zip(self.counts, other.counts, strict=True)],
            [
                [a + b for a, b in zip(one, two, strict=True)]
                for one, two in zip(self.grades, other.grades, strict=True)
            ],
            self.sets + other.sets,
        )

    def as_json(self) -> dict:
        """The totals that the method counts from, and no other."""
        told: dict = {"ballots": self.ballots, "blank": self.blank, "void": self.void}
        if self.spec.method == Method.GRADES:
            return told | {"grades": self.grades}
        told["counts"] = self.counts
        if self.spec.method == Method.EQUAL_SHARES:
            told["sets"] = [[list(chosen), number] for chosen, number in sorted(self.sets.items())]
        return told

    @classmethod
    def from_json(cls, spec: Spec, told: Mapping) -> "Tally":
        """What ``as_json`` wrote."""
        made = cls.empty(spec)
        made.ballots, made.blank, made.void = told["ballots"], told["blank"], told["void"]
        made.counts = list(told.get("counts", made.counts))
        made.grades = [list(row) for row in told.get("grades", made.grades)]
        made.sets = Counter({tuple(chosen): number for chosen, number in told.get("sets", ())})
        return made
