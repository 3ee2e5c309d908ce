"""What moderation shows in the demo city: a text hidden by its reports, a reported comment, an objection, a return."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A report: which reason, and a word."""

    reason: str
    text: str = ""


# Beginning of an idea's title → the reports that hid it, by people of three units.
WITHHELD = (
    "Afficher au vestiaire",
    (
        Told("personnes", "On y reconnaîtrait deux collègues tout de suite."),
        Told("personnes"),
        Told("injure", "Une idée se discute, une liste de noms blesse."),
    ),
)
# Beginning of the title of its idea, beginning of the comment, the report that waits.
REPORTED_COMMENT = ("Des assises", "Encore une idée de bureau", Told("injure", "Le ton est blessant pour la crèche."))
# A removal its author objects to.
OBJECTED = (
    "Changer de responsable",
    "Je ne cite aucun nom et je parle d'une organisation, pas d'une personne. Dites-moi quelle phrase gêne.",
)
# Removed, then shown again: why, what its author objected, what was answered.
RESTORED = (
    "Remplacer la cireuse",
    "personnes",
    "Votre texte semble se moquer d'une personne appelée Gaston. Décrivez la panne sans la nommer.",
    "Gaston est le surnom de la machine : il est peint dessus depuis vingt ans. Personne ne porte ce nom ici.",
    "Vous avez raison, Gaston est une machine. Votre idée revient à sa place, et une nouvelle date est promise.",
)
