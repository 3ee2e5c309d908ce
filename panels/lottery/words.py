"""What the engine finds, in the sentences of its command line; the screens have their own words."""

from .advising import Advice
from .pool import Label, Problem
from .relaxing import Relaxation, Volunteers

PROBLEMS = {
    "no_seat": "Le nombre de places doit être d’au moins 1.",
    "fewer_people_than_seats": "Il y a {people} personnes pour {seats} places.",
    "ticket_twice": "L’identifiant « {ticket} » est porté par {times} personnes.",
    "empty_ticket": "Une personne n’a pas d’identifiant.",
    "value_missing": "La personne « {ticket} » n’a pas de valeur pour « {name} ».",
    "quota_twice": "Le quota {name} est donné {times} fois.",
    "minimum_over_maximum": "Le quota {name} a un minimum ({minimum}) plus grand que son maximum ({maximum}).",
    "crossing_of_one_feature": "Le quota croisé {name} croise moins de deux critères.",
    "too_few_people": "{name} : il faut au moins {minimum} personnes, il y en a {people} ; il en manque {missing}.",
    "minimums_over_seats": "« {name} » : les minimums font {sum} en tout, pour {seats} places.",
    "maximums_under_seats": "« {name} » : les maximums ne permettent que {sum} personnes, pour {seats} places.",
}
SIDES = {"minimum": "le minimum", "maximum": "le maximum"}


def named(label: Label) -> str:
    """A quota as people read it."""
    return " × ".join(f"« {feature} : {value} »" if value else feature for feature, value in label)


def of_problem(problem: Problem) -> str:
    """One problem of a pool, in a sentence."""
    return PROBLEMS[problem.code].format(name=named(problem.label), **problem.figures)


def of_bound(label: Label, side: str) -> str:
    """One bound of one quota."""
    return f"{SIDES[side]} de {named(label)}"


def of_relaxation(one: Relaxation) -> str:
    """What would change, and what the least chance would then be."""
    changes = " ; ".join(
        f"{of_bound(change.label, change.side)} passe de {change.before} à {change.after}"
        + (" (quota protégé)" if change.protected else "")
        for change in one.changes
    )
    chance = f"chance minimale possible : {percent(one.bound)}"
    if one.without_chance:
        chance += f", mais {one.without_chance} personne(s) sans aucune chance"
    return f"{changes} ({chance})."


def of_volunteers(one: Volunteers) -> str:
    """How many more people, and of whom."""
    needs = ", ".join(f"{number} {named(label)}" for label, number in one.needs)
    people = f"{one.people} personne{'s' if one.people > 1 else ''} de plus"
    return f"Sans toucher aux quotas, il faudrait {people}" + (f", dont au moins : {needs}." if needs else ".")


def of_infeasible(found: Advice) -> list[str]:
    """Why no panel exists and what could be done, in order."""
    lines = ["Aucun panel ne respecte tous ces quotas à la fois.", *map(of_problem, found.problems)]
    if found.conflict:
        lines.append("Ces bornes se contredisent : " + ", ".join(of_bound(*one) for one in found.conflict) + ".")
    elif not found.problems:
        lines.append("Les quotas sont possibles avec des parts de personnes, mais pas avec des personnes entières.")
    lines += [f"Proposition {rank} : {of_relaxation(one)}" for rank, one in enumerate(found.relaxations, 1)]
    if found.volunteers:
        lines.append(of_volunteers(found.volunteers))
    return lines


def of_warnings(found: Advice) -> list[str]:
    """What is told before a draw that is possible."""
    lines = []
    if found.certain:
        lines.append(f"Seront dans tous les panels, et doivent le savoir avant : {', '.join(found.certain)}.")
    for one in found.without_chance:
        reasons = ", ".join(of_bound(*reason) for reason in one.reasons) or "l’ensemble des quotas"
        lines.append(f"N’ont aucune chance, à cause de {reasons} : {', '.join(one.tickets)}.")
    lines += [
        f"{named(one.label)} prend {one.minimum} de ses {one.people} volontaires : une personne qui renonce manquera."
        for one in found.eaten
    ]
    return lines


def percent(chance: float) -> str:
    """A chance as a percentage, three decimals, cut and never rounded up."""
    thousandths = int(chance * 100_000 + 1e-6)
    return f"{thousandths // 1000},{thousandths % 1000:03d} %"
