"""Measures of the demo city (M1 to M6): city content, in the city's language. Days count from today."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A milestone: planned for, or done on, so many days from today (before it when negative)."""

    title: str
    planned: int | None = None
    done: int | None = None


@dataclass(frozen=True)
class Followed:
    """One measure that isn't born of an idea of the city, as it stands today."""

    key: str
    title: str
    changes: str
    direction: str
    runner: str
    owner_label: str
    status: str
    born: int
    news: tuple = ()
    origins: tuple = ()
    steps: tuple = ()
    figure: tuple = ()
    is_trial: bool = False
    stop: tuple = ()


FROM_THE_PAGE = (
    Followed(
        "M1",
        "Répondre par écrit à chaque problème signalé par une équipe",
        "Quand une équipe signale un problème, elle reçoit une réponse écrite et datée, même si c'est non.",
        "RES", "decideur2", "", "works", -160,
        news=((-30, "Quatre directions sur dix répondent maintenant par écrit.", "works"),
              (-14, "Deux directions de plus préparent leur modèle. Les équipes de nuit sont les suivantes.",
               "works")),
        origins=("Nous au travail, question 2",),
        steps=(Step("Modèle de réponse", done=-120), Step("Quatre directions sur dix", done=-30),
               Step("Toutes les directions", planned=90)),
        figure=("Personnes qui disent « on me répond »", "%", "Baromètre Nous au travail", 41, 65, 54, -32),
    ),
    Followed(
        "M2",
        "Une fiche réflexe derrière chaque guichet face aux propos racistes",
        "Une page derrière chaque guichet : trois phrases à dire, ce qu'il faut noter, qui appeler. Plus personne "
        "n'improvise seul.",
        "ACC", "accueil", "", "planned", -20,
        origins=("Une idée d'agents, depuis la formation",),
        steps=(Step("Relecture par l'accueil et le panel", planned=15), Step("112 guichets équipés", planned=70)),
        figure=("Guichets équipés", "guichets", "Compte des mairies de quartier", 0, 112, 0, -20),
    ),
    Followed(
        "M4",
        "Une personne debout à l'entrée des mairies de quartier",
        "Une personne accueille à l'entrée, sans guichet, et reste avec celles et ceux qui sont perdus. Les équipes "
        "se relaient, deux heures au plus.",
        "ACC", "accueil", "Hélène Duroc-Amari, adjointe chargée de l'accueil", "works", -40,
        news=((-9, "Les équipes des trois premières mairies ont choisi leurs tours de deux heures.", "works"),),
        origins=("Panel « Premier accueil », recommandation 1",),
        steps=(Step("Trois mairies", planned=30), Step("Bilan de l'essai", planned=150),
               Step("Huit mairies", planned=330)),
        figure=("Personnes reparties sans solution", "", "À mesurer avant l'essai", None, None, None, None),
        is_trial=True,
    ),
    Followed(
        "M5",
        "Ouvrir le jeudi jusqu'à 19 h 30",
        "Les mairies de quartier reçoivent le jeudi soir, pour celles et ceux qui travaillent en journée.",
        "ACC", "accueil", "", "studies", -140,
        news=((-104, "La concertation avec les équipes est finie. La décision suivra dans le trimestre.", "studies"),),
        origins=("Parlons services publics, n° 23", "Panel « Premier accueil », recommandation 2"),
        steps=(Step("Concertation avec les équipes", done=-104), Step("Décision", planned=-10)),
        figure=("Passages après 17 h 30", "", "Compteur d'entrée des mairies", None, None, None, None),
    ),
    Followed(
        "M6",
        "Un site pour déclarer soi-même ses contraintes d'horaires",
        "Chaque personne aurait déclaré ses contraintes d'horaires sur un site, sans passer par sa hiérarchie.",
        "RES", "decideur2", "", "studies", -200,
        news=((-60,
               "L'étude compare trois façons de faire, avec le délégué à la protection des données.", "studies"),),
        origins=("Nous au travail, texte libre", "Mieux prévoir nos plannings"),
        steps=(Step("Étude", done=-160),),
        stop=(-18, "vie_privee",
              "Trop de données personnelles pour un petit gain. Remplacé par l'article 5 de la charte."),
    ),
)  # fmt: skip
