"""The opinion of the panel « Premier accueil »: city content, in the city's language. Days count from today."""

from dataclasses import dataclass

from .enums import Outcome

# Days before today.
RULE, DRAFTED, AMENDED, VOTED, ADOPTED, HANDED_OVER = 150, 130, 123, 109, 106, 102
# The opinion was owed its replies for this day.
REPLIED = {1: 40, 2: 33, 3: 26, 4: 20}
GRADED = 12
PRESENT = 54
INTRODUCTION = (
    "Quatre samedis, nous avons écouté des agentes et des agents d’accueil, des associations et des personnes qui ont "
    "renoncé à une démarche. Nous demandons que chacun soit accueilli, compris et orienté dès sa première visite."
)
HELENE = ("Hélène Duroc-Amari", "Adjointe chargée de l’accueil")


@dataclass(frozen=True)
class Told:
    """One recommendation: its words, its vote in the room, what the city answered, what members think of it."""

    title: str
    text: str
    votes: tuple[int, int, int]
    outcome: str = ""
    reply: str = ""
    change: str = ""
    would_change: str = ""
    study: int = 0
    # Grades by the first members: yes, partly, no.
    grades: tuple[int, int, int] = ()
    first_words: str = ""


RECOMMENDATIONS = (
    Told(
        "Une personne debout à l’entrée",
        "Dans chaque mairie de quartier, une personne debout accueille à l’entrée, sans guichet, et reste avec "
        "celles et ceux qui sont perdus.",
        (49, 3, 2),
        Outcome.ACCEPTED,
        "Oui. Trois mairies commencent dans un mois, les cinq autres dans l’année. L’accueil debout est tenu à tour "
        "de rôle, deux heures au plus, pour ménager les équipes.",
        grades=(24, 6, 1),
        first_words="Dans chaque mairie de quartier, une personne accueille à l’entrée, sans guichet.",
    ),
    Told(
        "Le soir et le samedi",
        "Ouvrir un soir par semaine jusqu’à 20 h et le samedi matin.",
        (44, 8, 2),
        Outcome.CHANGED,
        "Oui, en partie. Les mairies ouvrent un soir par semaine, après concertation avec les équipes.",
        change="Le soir, c’est le jeudi jusqu’à 19 h 30. Le samedi matin, d’abord dans deux mairies, avec un bilan de "
        "fréquentation publié.",
        grades=(11, 15, 5),
    ),
    Told(
        "Un papier déjà donné",
        "Ne plus demander un papier que la Ville possède déjà.",
        (52, 1, 1),
        Outcome.STUDY,
        "Plus tard. Nous comptons 41 pièces concernées. Pour 12, c’est possible tout de suite ; pour les autres, il "
        "faut l’accord d’autres administrations. La liste sera publiée ligne par ligne.",
        study=60,
        grades=(9, 17, 5),
    ),
    Told(
        "Un prénom et une ligne directe",
        "Donner à chaque personne le prénom et la ligne directe de qui suit sa demande.",
        (31, 20, 3),
        Outcome.REFUSED,
        "Non, sous cette forme. Une ligne directe par personne s’arrête quand elle est absente et expose les équipes "
        "les plus sollicitées. Nous proposons un numéro par équipe, un rappel sous deux jours, et le prénom sur le "
        "courrier.",
        would_change="Un essai du panel avec deux équipes volontaires.",
        grades=(5, 14, 12),
    ),
    Told(
        "Des formulaires essayés d’abord",
        "Faire tester chaque nouveau formulaire par six habitantes et habitants, dont deux peu à l’aise avec l’écrit.",
        (46, 4, 4),
    ),
    Told("Sans rendez-vous", "Supprimer la prise de rendez-vous.", (26, 24, 4)),
)
AMENDMENT_WHY = (
    "Debout et présente : la personne doit rester avec celles et ceux qui sont perdus, pas seulement orienter."
)
AMENDMENT_REASON = "Les huit tables sont d’accord : rester avec les personnes change tout."
TABLE = "Table {}"
MINORITY = (
    "Allonger les horaires sans embaucher fera peser l’effort sur les mêmes agentes et agents. Nous demandons que "
    "l’ouverture du soir attende des postes."
)
# The second recommendation; signed by seven, two of them by name.
MINORITY_ON, SIGNED, NAMES = 2, 7, ("Karim B.", "Odile Vasseur")
# Measures of the city that come of a recommendation, by their title.
MEASURES = {
    1: "Une personne debout à l'entrée des mairies de quartier",
    2: "Ouvrir le jeudi jusqu'à 19 h 30",
}
