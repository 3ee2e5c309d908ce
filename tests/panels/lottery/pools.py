"""Pools to draw from: made people, always the same for the same numbers."""

import random

from panels.lottery import Person, Pool, Quota

# Each criterion: its values, how often volunteers hold them, and the city's shares. Volunteers don't look like the city.
CRITERIA = {
    "age": (("16-29", "30-44", "45-59", "60+"), (0.17, 0.27, 0.28, 0.28), (0.24, 0.28, 0.24, 0.24)),
    "diploma": (("bac", "none", "sup"), (0.27, 0.17, 0.56), (0.3, 0.3, 0.4)),
    "gender": (("F", "M"), (0.55, 0.45), (0.52, 0.48)),
    "sector": (tuple(f"S{number:02}" for number in range(1, 18)), None, (1 / 17,) * 17),
    "tenure": (("owner", "private", "social"), (0.43, 0.36, 0.21), (0.35, 0.38, 0.27)),
    "transport": (("car", "other", "public"), (0.25, 0.2, 0.55), (0.3, 0.2, 0.5)),
}
LISTS = (("electors", 80, 0.83), ("minors", 5, 0.05), ("non-eu", 15, 0.12))


def mirror(people: int, seats: int, *, lists=(), tolerance: int = 1, number: int = 1, shared: float = 0.06) -> Pool:
    """Six criteria of 32 values, three lists if asked, one person in seventeen sharing an address."""
    dice = random.Random(number)
    weights = {
        name: seen or [dice.uniform(0.6, 1.4) for _v in values] for name, (values, seen, _s) in CRITERIA.items()
    }
    made = [
        {name: dice.choices(values, weights[name])[0] for name, (values, _w, _s) in CRITERIA.items()}
        for _one in range(people)
    ]
    homes, order = [""] * people, dice.sample(range(people), people)
    for home in range(int(people * shared / 2)):
        homes[order[2 * home]] = homes[order[2 * home + 1]] = f"home-{home}"
    quotas = [Quota("list", name, kept, kept, protected=True) for name, kept, _often in lists]
    for values in made if lists else ():
        values["list"] = dice.choices([one[0] for one in lists], [one[2] for one in lists])[0]
    for name, (values, _weights, shares) in CRITERIA.items():
        for value, share in zip(values, shares, strict=True):
            held = sum(one[name] == value for one in made)
            least = max(0, min(int(seats * share) - tolerance, held))
            quotas.append(Quota(name, value, least, int(seats * share) + 1 + tolerance))
    tickets = [f"P-{number:05}" for number in range(people)]
    return Pool(tuple(map(Person, tickets, made, homes)), tuple(quotas), (), seats)


def balanced(people: int, seats: int) -> Pool:
    """Two balanced criteria that are nearly one: half, but for a person, are of one value of both.

    The shape of the example instances of "Fair algorithms for selecting citizens' assemblies" (Nature 596, 2021).
    """
    half = people // 2
    made = [{"gender": "F", "leaning": "left" if place else "right"} for place in range(half)]
    made += [{"gender": "M", "leaning": "right"}] * (people - half)
    pairs = (("gender", "F"), ("gender", "M"), ("leaning", "left"), ("leaning", "right"))
    quotas = tuple(Quota(*pair, seats // 2 - 1, seats) for pair in pairs)
    return Pool(tuple(Person(f"{place:05}", values) for place, values in enumerate(made)), quotas, (), seats)


def exclusive(seats: int = 5) -> Pool:
    """Three people of whom two never sit together, and ten others: parts of people pass where whole people don't."""
    people = [
        Person(f"A{place}", {f"f{rule}": "x" if place in (rule, (rule + 1) % 3) else "-" for rule in range(3)})
        for place in range(3)
    ]
    people += [Person(f"B{place}", {"f0": "-", "f1": "-", "f2": "-"}) for place in range(10)]
    return Pool(tuple(people), tuple(Quota(f"f{rule}", "x", 0, 1) for rule in range(3)), (), seats)


def broken_rules(pool: Pool, row) -> list[str]:
    """What a row breaks, counted by hand: shares no line with the engine nor with its own check."""
    seated = set(row)
    members = [person for person in pool.people if person.ticket in seated]
    broken = [] if len(members) == len(row) == len(set(row)) == pool.seats else ["size"]
    for rule in [*pool.quotas, *pool.cross_quotas]:
        pairs = [(rule.feature, rule.value)] if isinstance(rule, Quota) else rule.values
        held = len([one for one in members if not [1 for name, value in pairs if one.values[name] != value]])
        if held < rule.minimum or held > rule.maximum:
            broken.append(f"{pairs}: {held}")
    homes = sorted(one.household for one in members if one.household != "")
    broken += [home for home, after in zip(homes, homes[1:], strict=False) if home == after]
    return broken
