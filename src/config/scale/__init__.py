"""A synthetic city of any size, built in bulk and reproducibly from a seed: what the benchmarks run on.

Only ``bulk_create`` and set-based SQL: no loop calls a service per agent or per idea. Names and texts are drawn from
short invented lists; nothing comes from a real city.
"""

import random
from collections.abc import Callable

from django.db import connection

from .contents import build_ideas, build_space
from .measures import build_measures
from .people import build_agents, build_units
from .sizes import Sizes
from .voices import build_comments, build_supports, write_counts

__all__ = ["Sizes", "build"]


def build(sizes: Sizes, *, seed: int, progress: Callable[[str, int], None]) -> dict[str, int]:
    """Add a synthetic city beside what is there and return what was created, by name.

    The same seed and sizes give the same rows on an empty database. ``progress(label, done)`` is told as it goes.
    """
    rng = random.Random(seed)
    prefix = f"s{seed}"
    units = build_units(sizes, rng, prefix)
    progress("units", len(units))
    agents = build_agents(sizes, rng, prefix, units, progress)
    space = build_space(prefix, units[0])
    ideas = build_ideas(sizes, rng, space, units, agents, progress)
    supports = build_supports(sizes, rng, ideas, agents, progress)
    comments = build_comments(sizes, rng, ideas, agents, progress)
    write_counts(ideas, supports, comments)
    measures = build_measures(sizes, rng, ideas, units, agents, progress)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {
        "units": len(units),
        "agents": len(agents),
        "ideas": len(ideas),
        "supports": sum(supports.values()),
        "comments": sum(comments.values()),
        "measures": measures,
    }
