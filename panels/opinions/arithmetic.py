"""Whether a rule is met: whole numbers and exact fractions, never a float; without the database."""

from dataclasses import dataclass
from fractions import Fraction

from .enums import Base


@dataclass(frozen=True)
class Rule:
    """A share of a base, and a quorum in hundredths of the members; 0 without one."""

    numerator: int
    denominator: int
    base: str = Base.EXPRESSED
    quorum_percent: int = 0

    @property
    def share(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True)
class Figures:
    """What was counted; ``present``: who voted, or was in the room; ``members``: who sat on the panel then."""

    favour: int
    against: int
    blank: int
    void: int
    present: int
    members: int

    @property
    def expressed(self) -> int:
        return self.favour + self.against


@dataclass(frozen=True)
class Decision:
    """What the rule says of figures."""

    base_count: int
    quorum_met: bool
    is_met: bool


def base_count(base: str, figures: Figures) -> int:
    """Of how many the share is asked."""
    return {
        Base.EXPRESSED: figures.expressed,
        Base.PRESENT: figures.present,
        Base.MEMBERS: figures.members,
    }[Base(base)]


def decided(rule: Rule, figures: Figures) -> Decision:
    """Met when the quorum is, and those in favour are at least the share asked of the base; never by nobody."""
    count = base_count(rule.base, figures)
    quorum_met = 100 * figures.present >= rule.quorum_percent * figures.members
    reached = figures.favour > 0 and figures.favour * rule.denominator >= rule.numerator * count
    return Decision(count, quorum_met, quorum_met and reached)


def percent(share: Fraction, *, below: Fraction | None = None) -> str:
    """A share in hundredths with one decimal at most, a comma before it; told lower than ``below`` when it is."""
    tenths = int(share * 1000 + Fraction(1, 2))
    if below is not None and share < below and tenths >= int(below * 1000 + Fraction(1, 2)):
        tenths = int(share * 1000)
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}" if rest else str(whole)
