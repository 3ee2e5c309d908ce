"""The panels of the demo city. Invented, like everything in it; days are working days before the loading."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .enums import CallOutcome, Ineligibility, ListKind, PanelKind, TeamRole


@dataclass(frozen=True)
class ListTold:
    """One origin: its letters, who answered them, how."""

    slug: str
    label: str
    kind: str
    seats: int | None
    letters: int = 0
    # Of those who registered, in this order: by their code, by telephone, on paper.
    registered: tuple[int, int, int] = (0, 0, 0)
    returned: int = 0


@dataclass(frozen=True)
class Told:
    """One panel: its words, its people, what became of it."""

    slug: str
    title: str
    question: str
    outside: str
    unit: str
    seats: int
    contact: tuple[str, str, str]
    # (user name, role, name shown, capacity)
    team: tuple[tuple[str, str, str, str], ...]
    lists: tuple[ListTold, ...]
    # The file of quotas; ``{year}`` is that of the last census.
    quotas: str = ""
    # criterion → value → weight among those who come.
    answers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    # Working days ago: begun, posted; days on which people register, the last one first.
    begun: int = 3
    posted: int = 0
    registering: tuple[int, int] = (0, 0)
    # Days from today: end of registration (in working days ago when it is over), draw, first session, end.
    registration_ends: int = 20
    drawn: int = 30
    starts: int = 50
    ends: int = 240
    # Why some can't take part, one each; how many decided on nobody looked at yet, and how many withdrew.
    refused: tuple[str, ...] = ()
    undecided: int = 0
    withdrew: int = 0
    # Days before the loading on which its story stops being told here: the days above are counted from there.
    ago: int = 0
    kind: str = PanelKind.SINGLE


HOURS = "tous les jours de 9 h à 18 h"
PHONE = "04 65 71 20 30"
MALIKA = ("Malika Soares", PHONE, HOURS)
GUARANTOR = ("garant", TeamRole.GUARANTOR, "Mᵉ Lucile Andrieu", "Garante extérieure à la Ville")
CORE = (
    ("moderation", TeamRole.ORGANISER, "", ""),
    ("facilitation", TeamRole.FACILITATOR, "", ""),
    ("facilitation2", TeamRole.FACILITATOR, "", ""),
    ("dpo", TeamRole.PROFILE_KEEPER, "", ""),
)

RECEPTION = Told(
    slug="premier-accueil",
    title="Premier accueil",
    question="À quelles conditions toute personne peut-elle être accueillie, comprise et orientée dès sa première "
    "visite, avec ou sans internet ?",
    outside="Les effectifs d’un service précis et les cas personnels.",
    unit="ACC",
    seats=60,
    contact=MALIKA,
    team=(*CORE, GUARANTOR),
    lists=(
        ListTold("listes-electorales", "Listes électorales", ListKind.ELECTORS, 45, 4250, (225, 45, 30), 65),
        ListTold(
            "residents-etrangers", "Résidentes et résidents étrangers", ListKind.FOREIGN_RESIDENTS, 9, 750,
            (46, 12, 7), 18,
        ),
        ListTold(
            "associations", "Avec les associations, pour les personnes éloignées des services", ListKind.PARTNERS, 6,
            registered=(0, 36, 11),
        ),
    ),
    quotas="""critère;valeur;min;max;protégé;part;source;année
Genre;Femme;27;35;;52 %;Recensement de la population;{year}
Genre;Homme;25;33;;48 %;Recensement de la population;{year}
Âge;18 à 29 ans;9;17;;22 %;Recensement de la population;{year}
Âge;30 à 44 ans;12;20;;27 %;Recensement de la population;{year}
Âge;45 à 64 ans;14;22;;30 %;Recensement de la population;{year}
Âge;65 ans et plus;9;17;;21 %;Recensement de la population;{year}
Logement;Propriétaire;15;25;;34 %;Recensement de la population;{year}
Logement;Locataire du parc privé;19;30;;41 %;Recensement de la population;{year}
Logement;Logement social;12;18;oui;23 %;Recensement de la population;{year}
Logement;Hébergement, ou sans domicile;1;4;oui;2 %;Recensement de la population;{year}
Démarches en ligne;Sans aide;31;43;;62 %;Enquête municipale sur les démarches;{year}
Démarches en ligne;Avec de l’aide;10;19;;23 %;Enquête municipale sur les démarches;{year}
Démarches en ligne;Jamais;7;13;oui;15 %;Enquête municipale sur les démarches;{year}
""",
    answers={
        "age": {"18-a-29-ans": 15, "30-a-44-ans": 24, "45-a-64-ans": 34, "65-ans-et-plus": 27},
        "logement": {
            "proprietaire": 44, "locataire-du-parc-prive": 36, "logement-social": 17,
            "hebergement-ou-sans-domicile": 3,
        },
        "demarches-en-ligne": {"sans-aide": 68, "avec-de-laide": 20, "jamais": 12},
    },
    begun=48,
    posted=44,
    registering=(43, 17),
    registration_ends=-16,
    drawn=-5,
    starts=16,
    ends=210,
    refused=(
        Ineligibility.RESIDENCE, Ineligibility.RESIDENCE, Ineligibility.RESIDENCE, Ineligibility.COMMISSIONER,
        Ineligibility.COMMISSIONER, Ineligibility.ELECTED, Ineligibility.TWICE,
    ),
    withdrew=4,
    ago=250,
)  # fmt: skip

# Drawn this week: its seats are being confirmed by telephone.
WITHOUT_INTERNET = replace(
    RECEPTION,
    slug="demarches-sans-internet",
    title="Vivre sans internet",
    question="Quels services la Ville doit-elle toujours garder sans internet, et comment aider les personnes qui n’y "
    "arrivent pas seules ?",
    outside="Les démarches de l’État, et le choix des logiciels.",
    unit="SOL",
    lists=(
        ListTold("listes-electorales", "Listes électorales", ListKind.ELECTORS, 45, 1700, (90, 18, 12), 26),
        ListTold(
            "residents-etrangers", "Résidentes et résidents étrangers", ListKind.FOREIGN_RESIDENTS, 9, 300,
            (19, 4, 3), 7,
        ),
        ListTold(
            "associations", "Avec les associations, pour les personnes éloignées des services", ListKind.PARTNERS, 6,
            registered=(0, 15, 4),
        ),
    ),
    ago=0,
)  # fmt: skip

SUMMER = Told(
    slug="bien-vivre-l-ete",
    title="Bien vivre l’été en ville",
    question="Que faut-il changer dans les logements, les rues et les services pour que chacune et chacun, quel que "
    "soit son âge, traverse les fortes chaleurs sans danger ?",
    outside="Le tarif de l’eau, déjà débattu cette année, et les travaux du tramway.",
    unit="SOL",
    seats=30,
    contact=MALIKA,
    team=(*CORE, GUARANTOR),
    lists=(
        ListTold("listes-electorales", "Listes électorales", ListKind.ELECTORS, 20, 450, (26, 5, 2), 6),
        ListTold("residents-etrangers", "Résidentes et résidents étrangers", ListKind.FOREIGN_RESIDENTS, 4),
        ListTold("seize-dix-sept-ans", "Jeunes de 16 et 17 ans", ListKind.MINORS, 4, 60, (4, 2, 0), 1),
        ListTold("associations", "Avec les associations", ListKind.PARTNERS, 2, 0, (0, 5, 2)),
    ),
    quotas="""critère;valeur;min;max;protégé;part;source;année
Genre;Femme;14;17;;52 %;Recensement de la population;{year}
Genre;Homme;13;16;;48 %;Recensement de la population;{year}
Âge;16 à 29 ans;7;10;;25 %;Recensement de la population;{year}
Âge;30 à 64 ans;13;17;;54 %;Recensement de la population;{year}
Âge;65 ans et plus;6;9;oui;21 %;Recensement de la population;{year}
Logement;Maison ou rez-de-chaussée;5;9;;22 %;Recensement de la population;{year}
Logement;Étage, avec volets;9;16;;45 %;Recensement de la population;{year}
Logement;Dernier étage, ou sans volets;9;12;oui;33 %;Enquête municipale sur la chaleur;{year}
""",
    answers={
        "age": {"16-a-29-ans": 9, "30-a-64-ans": 60, "65-ans-et-plus": 31},
        "logement": {"maison-ou-rez-de-chaussee": 38, "etage-avec-volets": 54, "dernier-etage-ou-sans-volets": 8},
    },
    begun=22,
    posted=15,
    registering=(14, 1),
    registration_ends=17,
    drawn=26,
    starts=47,
    ends=260,
    refused=(Ineligibility.RESIDENCE, Ineligibility.AGE),
    undecided=6,
    withdrew=1,
)

CANTEENS = Told(
    slug="a-table-a-l-ecole",
    title="À table, à l’école",
    question="Que voulons-nous que les enfants mangent à l’école, d’où cela doit-il venir, et combien de temps pour "
    "le manger ?",
    outside="Les menus d’une école précise.",
    unit="ECO",
    seats=40,
    contact=("Gérard Pons", PHONE, HOURS),
    team=CORE,
    lists=(
        ListTold("listes-electorales", "Listes électorales", ListKind.ELECTORS, 30),
        ListTold("parents-rencontres", "Parents rencontrés devant les écoles", ListKind.PARTNERS, 10),
    ),
    begun=3,
    registration_ends=40,
    drawn=52,
    starts=75,
    ends=300,
)

# A standing panel: at work since last year, asked things between two sittings, a third of it renewed this season.
STANDING = Told(
    slug="panel-representatif",
    title="Panel représentatif des usagères et usagers",
    question="Que valent, pour celles et ceux qui s’en servent, les services, les formulaires et les projets de la "
    "Ville, avant comme après leur mise en place ?",
    outside="Les cas personnels, et l’évaluation d’une équipe ou d’une personne.",
    unit="ACC",
    seats=24,
    contact=MALIKA,
    team=(*CORE, GUARANTOR),
    lists=(
        ListTold("listes-electorales", "Listes électorales", ListKind.ELECTORS, 18, 420, (38, 6, 4), 9),
        ListTold(
            "residents-etrangers", "Résidentes et résidents étrangers", ListKind.FOREIGN_RESIDENTS, 4, 90,
            (8, 2, 1), 3,
        ),
        ListTold(
            "associations", "Avec les associations, pour les personnes éloignées des services", ListKind.PARTNERS, 2,
            registered=(0, 5, 2),
        ),
    ),
    quotas="""critère;valeur;min;max;protégé;part;source;année
Genre;Femme;11;14;;52 %;Recensement de la population;{year}
Genre;Homme;10;13;;48 %;Recensement de la population;{year}
Âge;18 à 29 ans;3;7;;22 %;Recensement de la population;{year}
Âge;30 à 44 ans;4;8;;27 %;Recensement de la population;{year}
Âge;45 à 64 ans;5;9;;30 %;Recensement de la population;{year}
Âge;65 ans et plus;3;7;;21 %;Recensement de la population;{year}
Démarches en ligne;Sans aide;12;17;;62 %;Enquête municipale sur les démarches;{year}
Démarches en ligne;Avec de l’aide;4;8;;23 %;Enquête municipale sur les démarches;{year}
Démarches en ligne;Jamais;2;5;oui;15 %;Enquête municipale sur les démarches;{year}
""",
    answers={
        "age": {"18-a-29-ans": 18, "30-a-44-ans": 25, "45-a-64-ans": 31, "65-ans-et-plus": 26},
        "demarches-en-ligne": {"sans-aide": 62, "avec-de-laide": 23, "jamais": 15},
    },
    begun=48,
    posted=44,
    registering=(43, 17),
    registration_ends=-16,
    drawn=-5,
    starts=16,
    ends=1090,
    refused=(Ineligibility.RESIDENCE, Ineligibility.ELECTED),
    withdrew=1,
    ago=380,
    kind=PanelKind.STANDING,
)  # fmt: skip
# Those who follow a third of it: their letters went out two months ago, the dice are thrown today.
RENEWAL = replace(
    STANDING,
    slug="panel-representatif-releve-1",
    title="Panel représentatif : première relève",
    lists=(
        replace(STANDING.lists[0], letters=160, registered=(17, 3, 2), returned=4),
        replace(STANDING.lists[1], letters=40, registered=(5, 1, 0), returned=1),
        replace(STANDING.lists[2], registered=(0, 3, 2)),
    ),
    registration_ends=-7,
    drawn=0,
    starts=12,
    ends=740,
    refused=(Ineligibility.RESIDENCE,),
    ago=0,
    kind=PanelKind.RENEWAL,
)
# Members whose term ends, by the rest of their number divided by three.
TERM_ENDS = 2
ALL = (RECEPTION, WITHOUT_INTERNET, SUMMER, CANTEENS, STANDING)


@dataclass(frozen=True)
class CommitteeTold:
    """A users' committee: its words and its people."""

    slug: str
    title: str
    question: str
    unit: str
    site: str
    contact: tuple[str, str, str]
    team: tuple[tuple[str, str, str, str], ...]


COMMITTEE = CommitteeTold(
    slug="comite-de-la-piscine-des-roseaux",
    title="Comité de la piscine des Roseaux",
    question="Que changer à la piscine, des horaires aux vestiaires, pour que tout le quartier s’y sente chez soi ?",
    unit="BCS",
    site="BCS-ROS",
    contact=MALIKA,
    team=(("moderation", TeamRole.ORGANISER, "", ""), ("facilitation", TeamRole.FACILITATOR, "", "")),
)
COMMITTEE_SEATS = 15
ASSOCIATIONS = ("Les Palmes du quartier", "Nager sans barrières", "Parents d’élèves du Vieux-Four")

# The draws of the panel drawn this week.
BEACON = "Loterie nationale, six numéros dans l’ordre du tirage"
VOID_BECAUSE = (
    "Le scellé n’est arrivé chez la garante qu’après la publication des numéros : il ne prouvait plus que le tableau "
    "avait été fait avant. Un autre tirage est préparé, aux dés, devant témoins."
)
DICE_AT = "Trois dés, mairie de quartier des Quais, en public"
DICE = "472"
PLACE = "Mairie de quartier des Quais"
WITNESSES = (
    ("Mᵉ Lucile Andrieu", "garante"),
    ("Mᵉ Basile Ormond", "commissaire de justice"),
    ("Inès Rocher", "organisatrice"),
)
NO_CHANCE = "Leur réponse est déjà celle de beaucoup d’autres volontaires, et les places de ce profil sont comptées."
CHECKED_BECAUSE = "Relire chaque panel du tableau scellé, sur place, avant les dés."
READ_BECAUSE = "La personne a rappelé : elle pense s’être trompée de case en s’inscrivant."
# What came of the first calls, by their place in the queue; everybody else said yes.
OUTCOMES = {
    6: CallOutcome.NO_ANSWER,
    23: CallOutcome.NO_ANSWER,
    41: CallOutcome.CALL_AGAIN,
    52: CallOutcome.NO_ANSWER,
}
# From these places on, the first person whom the reserve can replace leaves their seat.
LEAVING = {11: CallOutcome.NO, 29: CallOutcome.WRONG_NUMBER}

# The panel at work: who asks for everything by post, by their number; names are those of badges.
BY_POST = (3, 8, 17, 22, 31, 46)
WITHOUT_BADGE = 7

# The panel that recruits: what waits.
RELAXED = ("logement", "dernier-etage-ou-sans-volets", 6)
RELAXED_BECAUSE = (
    "Très peu de personnes de ces logements se sont inscrites, malgré deux relances. Nous demandons six places "
    "au lieu de neuf, et nous continuons à frapper aux portes d’ici la clôture."
)
FOREIGN_LETTERS = 140
PAPERS_WAITING = 3
