"""The table against the people themselves, by code that shares nothing with what made it."""

from collections import Counter
from dataclasses import dataclass

from .pool import Pool


@dataclass(frozen=True)
class Fault:
    """What one row breaks: ``size``, ``twice``, ``unknown``, ``minimum``, ``maximum`` or ``household``."""

    row: int
    code: str
    what: tuple = ()


def faults(pool: Pool, rows) -> list[Fault]:
    """Every rule that some row of tickets breaks; an empty list for a table that may be sealed."""
    known = {person.ticket: person for person in pool.people}
    wanted = [(quota.feature, quota.value, quota.minimum, quota.maximum) for quota in pool.quotas]
    crossed = [(dict(cross.values), cross.minimum, cross.maximum) for cross in pool.cross_quotas]
    found = []
    for number, row in enumerate(rows):
        strangers = [ticket for ticket in row if ticket not in known]
        if strangers:
            found.append(Fault(number, "unknown", tuple(strangers)))
            continue
        if len(row) != pool.seats:
            found.append(Fault(number, "size", (len(row), pool.seats)))
        if len(set(row)) != len(row):
            found.append(Fault(number, "twice"))
        members = [known[ticket] for ticket in row]
        tally = Counter(pair for member in members for pair in member.values.items())
        for feature, value, least, most in wanted:
            found.extend(_outside(number, ((feature, value),), tally[feature, value], least, most))
        for values, least, most in crossed:
            together = sum(values.items() <= dict(member.values).items() for member in members)
            found.extend(_outside(number, tuple(values.items()), together, least, most))
        homes = Counter(member.household for member in members if member.household.strip())
        found.extend(Fault(number, "household", (home,)) for home, many in homes.items() if many > 1)
    return found


def _outside(number: int, what: tuple, seated: int, least: int, most: int):
    if seated < least:
        yield Fault(number, "minimum", what)
    if seated > most:
        yield Fault(number, "maximum", what)
