"""Yes or no: K. O. May, "A Set of Independent Necessary and Sufficient Conditions for Simple Majority Decision",
Econometrica 20 (4), 1952, p. 680–684; with the majority that the rules ask for."""

from dataclasses import replace

from . import approval
from .spec import Spec
from .tally import Tally

YES, NO = 0, 1


def decided(spec: Spec, tally: Tally) -> dict:
    """The answer that has the most votes is retained when it has the majority asked for, yes and no alike.

    As many of each retains neither; nor does 60 % of one of them when two thirds are asked.
    """
    return approval.decided(replace(spec, seats=1), tally)
