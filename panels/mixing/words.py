"""What keeps a plan from being made, in sentences of a report; the screens have their own words."""

from .setup import Clash

CLASHES = {
    "person_twice": "« {people} » est dans la liste {times} fois.",
    "table_twice": "La table « {tables} » est donnée {times} fois.",
    "no_seat_at_table": "La table « {tables} » n’a aucune place.",
    "no_round": "Il faut au moins un tour de table.",
    "nobody": "Il n’y a personne à placer.",
    "no_table": "Il n’y a aucune table.",
    "together_with_oneself": "« {people} » est à placer avec soi-même.",
    "apart_with_oneself": "« {people} » est à tenir à l’écart de soi-même.",
    "unknown_person": "« {people} » n’est pas dans la liste des personnes.",
    "unknown_table": "{people} : la table « {tables} » n’existe pas.",
    "unknown_round": "{people} : le tour demandé n’existe pas.",
    "apart_and_together": "{people} sont à tenir à l’écart, et d’autres demandes les placent ensemble : {rules}.",
    "no_table_offers": "Aucune table n’offre à la fois {labels}, dont {people} ont besoin ensemble.",
    "group_too_large": "{people} sont à placer ensemble : {number} personnes, pour une table de {seats} places.",
    "pins_differ": "{people} sont à placer ensemble, et sont attendus à des tables différentes : {tables}.",
    "pin_without_need": "{people} : la table « {tables} » n’offre pas {labels}.",
    "pins_over_seats": "La table « {tables} » a {seats} places, et {number} personnes y sont attendues : {people}.",
    "pinned_and_apart": "{people} sont à tenir à l’écart, et sont attendus à la même table, « {tables} ».",
    "too_few_seats": "{number} personnes ne peuvent aller qu’à ces tables : {tables}. Elles ont {seats} places ; "
    "il en manque {missing}.",
    "rules_clash": "Ces demandes ne peuvent pas être tenues toutes à la fois : {rules}.",
    "undecided": "Aucun plan n’a été trouvé, sans qu’il soit prouvé qu’il n’en existe pas : allégez les demandes.",
}
RULES = {
    "together": "{0} avec {1}",
    "apart": "{0} à l’écart de {1}",
    "need": "{0} a besoin de « {1} »",
    "pin": "{0} à la table « {2} »",
}


def of_clash(clash: Clash) -> str:
    """One clash, in a sentence, with its round when it is of one round."""
    sentence = CLASHES[clash.code].format(
        people=listed(clash.people),
        tables=listed(clash.tables),
        labels=listed(clash.labels),
        rules=", ".join(RULES[rule[0]].format(*rule[1:]) for rule in clash.rules if rule[0] in RULES and rule[1:]),
        number=clash.figures.get("people", ""),
        **{name: value for name, value in clash.figures.items() if name != "people"},
    )
    return sentence if clash.round is None else f"Tour {clash.round + 1} : {sentence}"


def listed(names) -> str:
    """Names as a sentence says them."""
    names = list(names)
    return " et ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
