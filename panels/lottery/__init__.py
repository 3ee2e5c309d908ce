"""The lottery: a table of panels that all meet the quotas, in which everybody's chance is as even as it can be.

Pure Python over numpy and HiGHS: no model, no request. What it does and how to read it: docs/draw.md.
"""

from .advising import advice
from .drawing import draw
from .lottery import Cancelled, Lottery
from .pool import CrossQuota, Infeasible, InvalidPool, Person, Pool, Problem, Quota
from .reserve import reserve_order, reserve_per_profile, residual_pool, substitute

__all__ = [
    "Cancelled",
    "CrossQuota",
    "Infeasible",
    "InvalidPool",
    "Lottery",
    "Person",
    "Pool",
    "Problem",
    "Quota",
    "advice",
    "draw",
    "reserve_order",
    "reserve_per_profile",
    "residual_pool",
    "substitute",
]
