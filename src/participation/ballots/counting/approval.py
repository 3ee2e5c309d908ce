"""Approval: each vote names some of the proposals, the most named are retained.

S. J. Brams and P. C. Fishburn, "Approval Voting", American Political Science Review 72 (3), 1978, p. 831–847; with
several places to fill, "multiwinner approval voting" (AV): M. Lackner and P. Skowron, *Multi-Winner Voting with
Approval Preferences*, Springer, 2023, Example 2.2.
"""

from ..enums import Majority
from .seats import filled, ranks, tied_together
from .spec import Spec
from .tally import Tally


def decided(spec: Spec, tally: Tally) -> dict:
    """Ranked by the number of votes; the first ones that have the majority asked for are retained."""
    ranking = sorted(range(len(spec.labels)), key=lambda option: (-tally.counts[option], option))
    has_majority = [enough(spec.majority, number, tally.expressed) for number in tally.counts]
    passing = [option for option in ranking if has_majority[option]]
    kept, tied = filled(tied_together(passing, lambda option: tally.counts[option]), spec.seats)
    return {
        "ranking": ranking,
        "ranks": ranks(tied_together(ranking, lambda option: tally.counts[option])),
        "majority_met": has_majority,
        "retained": kept,
        "tied": tied,
        "steps": [],
    }


def enough(majority: str, number: int, expressed: int) -> bool:
    """Whether so many of the votes expressed are the majority that the rules ask for; blank and void are set aside."""
    if majority == Majority.HALF:
        return 2 * number > expressed
    if majority == Majority.TWO_THIRDS:
        return number > 0 and 3 * number >= 2 * expressed
    return number > 0
