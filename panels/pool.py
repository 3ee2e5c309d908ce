"""The pool as the engine takes it: tickets, answers, homes; profiles are opened in memory and go nowhere else."""

import random

from . import vault
from .consistency import Typed, quotas_as_typed
from .enums import CandidateState
from .models import Candidate, CrossQuota

LIST = "list"
ASKED = frozenset(["feature", "value", "minimum", "maximum", "protected"])
# Who would be in the draw if registration closed now.
COUNTED = (CandidateState.ELIGIBLE, CandidateState.IN_POOL)


def people_of(panel, states=COUNTED) -> list[tuple[str, dict[str, str], str]]:
    """``(ticket, values, household)`` of those in these states whose profile is there, by ticket; one statement."""
    rows = (
        Candidate.objects.filter(panel=panel, state__in=states, profile__isnull=False)
        .order_by("ticket")
        .values_list("ticket", "source_list__slug", "profile__ciphertext", "household__digest")
    )
    return [
        (ticket, {**vault.opened(ciphertext, vault.PROFILE), LIST: slug}, digest or "")
        for ticket, slug, ciphertext, digest in rows
    ]


def quotas_of(panel, *, with_source: bool = False, typed: Typed | None = None) -> list[dict]:
    """Quotas and reserved seats as plain values; a list without reserved seats takes what is left.

    ``with_source`` adds where the census figure was read, for the file that is published. ``typed`` are bounds that
    somebody tries.
    """
    rows = quotas_as_typed(panel, typed)
    found = [
        {
            "feature": one.value.criterion.key, "value": one.value.key, "minimum": one.minimum,
            "maximum": one.maximum, "protected": one.is_protected,
        }
        for one in rows
    ]  # fmt: skip
    for slug, seats in panel.source_lists.order_by("slug").values_list("slug", "seats"):
        least, most = (0, panel.seats) if seats is None else (seats, seats)
        # Seats kept for a list are what was promised to it: no advice touches them.
        found.append({"feature": LIST, "value": slug, "minimum": least, "maximum": most, "protected": True})
    if with_source:
        sources = {
            (one.value.criterion.key, one.value.key): f"{one.source} {one.source_year}" if one.source else ""
            for one in rows
        }
        found = [{**one, "source": sources.get((one["feature"], one["value"]), "")} for one in found]
    return sorted(found, key=lambda one: (one["feature"], one["value"]))


def crossed_of(panel) -> list[dict]:
    """Crossed quotas as plain values."""
    rows = CrossQuota.objects.filter(panel=panel).select_related("first__criterion", "second__criterion")
    return sorted(
        (
            {
                "values": tuple(sorted((one.criterion.key, one.key) for one in (row.first, row.second))),
                "minimum": row.minimum,
                "maximum": row.maximum,
            }
            for row in rows
        ),
        key=lambda one: one["values"],
    )


def shuffled(people, seed: bytes):
    """The same tickets under the profiles of others: what a trial is computed on, so that it tells of nobody."""
    dice = random.Random(seed)  # noqa: S311 - a trial decides nothing
    profiles = [(values, household) for _ticket, values, household in people]
    dice.shuffle(profiles)
    return [(ticket, values, home) for (ticket, *_own), (values, home) in zip(people, profiles, strict=True)]


def lottery_pool(panel, people, *, typed: Typed | None = None):
    """The engine's pool of these people, under the quotas of the panel, or those that somebody tries."""
    return engine_pool(people, quotas_of(panel, typed=typed), crossed_of(panel), panel.seats)


def engine_pool(people, quotas, crossed, seats: int):
    """The engine's pool of these people under these rules, as plain values."""
    from .lottery import CrossQuota as Crossed  # numpy and the solver load when somebody asks for a draw
    from .lottery import Person, Pool
    from .lottery import Quota as Asked

    return Pool(
        tuple(Person(ticket, values, household) for ticket, values, household in people),
        tuple(Asked(**{name: value for name, value in one.items() if name in ASKED}) for one in quotas),
        tuple(Crossed(tuple(map(tuple, one["values"])), one["minimum"], one["maximum"]) for one in crossed),
        seats,
    )
