"""What the totals decide: whether the quorum is met, who is retained, and how it was found."""

from ..enums import Method
from . import approval, equal_shares, majority_judgment, yes_no
from .spec import Spec
from .tally import Tally

METHODS = {
    Method.APPROVAL: approval.decided,
    Method.YES_NO: yes_no.decided,
    Method.GRADES: majority_judgment.decided,
    Method.EQUAL_SHARES: equal_shares.decided,
}


def outcome(spec: Spec, tally: Tally, *, electors: int, voted: int) -> dict:
    """The outcome, ready to be written: codes and numbers, no word.

    ``quorum_met`` (None without one), ``ranking`` (positions, best first), ``ranks`` and ``majority_met`` by position,
    ``retained``, ``tied`` for the last place, ``steps``. Blank and void votes count for the quorum. Without it nothing
    is retained, and the figures are told all the same.
    """
    met = None if not spec.quorum_percent else 100 * voted >= spec.quorum_percent * electors
    told = {"quorum_met": met, **METHODS[spec.method](spec, tally)}
    return told | {"retained": [], "tied": []} if met is False else told
