"""The cohorts of the demo city: one whose seats are being given, one that ends. Invented, like everything in it."""

from dataclasses import dataclass, field

from .demo_ideas import Tale


@dataclass(frozen=True)
class Applied:
    """An application and its people: who is named, who hasn't said yes, whose managers haven't answered."""

    tale: Tale
    team: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    mentor: str = ""
    # What the mentor noted: milestone → (validated, words), in order.
    notes: dict = field(default_factory=dict)
    graduated_ago: int | None = None


@dataclass(frozen=True)
class Cohort:
    """A cohort of the demo city; its days are counted from today."""

    slug: str
    name: str
    summary: str
    introduction: str
    seats: int
    direction_seats: int | None
    opened_ago: int
    days: int
    # (days from today, name), and the day of the presentation.
    milestones: tuple
    demo_day: int
    applied: tuple[Applied, ...]


_IN_ESCALE = (
    "Oui. Une place vous est donnée dans L'Escale. Les huit séances sont sur votre temps de travail, votre service a "
    "donné son accord, et une ou un mentor vous sera présenté avant la première."
)
_IN_FABRIQUE = (
    "Oui. Votre projet entre à La Fabrique. Vous avez six mois, une personne pour vous accompagner et un jour par "
    "semaine sur votre temps de travail. La présentation finale est ouverte à tout le monde."
)

ESCALE = Cohort(
    slug="escale",
    name="L'Escale",
    summary="Vingt agentes et agents de toutes les directions essaient d'autres façons de travailler.",
    introduction="Vingt places, deux par direction, huit séances. On candidate seul ou à deux. Chacun dit oui "
    "pour soi-même, et sa hiérarchie dit à partir de quel jour son temps est libéré.",
    seats=20,
    direction_seats=2,
    opened_ago=34,
    days=42,
    milestones=(
        (25, "Séance 1 : dire ce qui bloque"),
        (46, "Séance 2 : regarder le travail des autres"),
        (67, "Séance 3 : choisir une question"),
        (88, "Séance 4 : dessiner un premier essai"),
        (109, "Séance 5 : essayer dans son équipe"),
        (130, "Séance 6 : écouter le public"),
        (151, "Séance 7 : corriger"),
        (172, "Séance 8 : raconter ce qui a changé"),
    ),
    demo_day=190,
    applied=(
        Applied(
            Tale(
                "escale-signalisation", "Préparer les chantiers avec les riverains",
                "Nous posons des panneaux que personne ne comprend. Je voudrais apprendre à préparer un chantier avec "
                "les riverains, une semaine avant, et le montrer à mon équipe.",
                "bruno", 32, "answered", "RUE", "RUE-HAL", outcome="accepted", answered_ago=9, signed_by="finances",
                answer=_IN_ESCALE,
            ),
            mentor="mentor",
        ),
        Applied(
            Tale(
                "escale-magasin", "Un magasin où l'on trouve ce que l'on cherche",
                "Au magasin, chacun range à sa façon. Je voudrais voir comment font les autres directions et essayer "
                "un rangement décidé par celles et ceux qui se servent.",
                "fatou", 31, "answered", "RUE", "RUE-HAL", outcome="accepted", answered_ago=9, signed_by="finances",
                answer=_IN_ESCALE,
            ),
        ),
        Applied(
            Tale(
                "escale-voirie", "Décider à plusieurs l'ordre des réparations",
                "L'ordre des réparations change chaque matin sans que l'on sache pourquoi. Je voudrais essayer un "
                "tableau où l'équipe et le secteur décident ensemble.",
                "@RUE", 28, "decision_pending", "RUE",
            ),
        ),
        Applied(
            Tale(
                "escale-jardins", "Le jardin expliqué par celles qui le font",
                "Le public nous questionne toute la journée. Je voudrais préparer avec des collègues des visites "
                "courtes, le midi, faites par les jardinières.",
                "serres", 27, "prepared", "PAR", "PAR-CLO", outcome="accepted", signed_by="finances",
                answer=_IN_ESCALE,
            ),
        ),
        Applied(
            Tale(
                "escale-accueil-social", "Une première rencontre sans dossier",
                "La première rencontre commence par un formulaire. Je voudrais apprendre à commencer par une écoute, "
                "et mesurer ce que cela change pour la suite.",
                "nord", 24, "studied", "SOL", "SOL-NOR",
            ),
        ),
        Applied(
            Tale(
                "escale-bus", "Le bus et la mairie, une seule file",
                "Les mêmes personnes viennent au bus puis à la mairie. À deux, nous voudrions essayer une prise de "
                "rendez-vous commune pendant un mois.",
                "bus", 12, "open", "ACC", "ACC-BUS",
            ),
            team=("agent2",),
            silent=("agent2",),
            bound=("bus",),
        ),
        Applied(
            Tale(
                "escale-tournee", "La tournée dessinée par l'équipe",
                "Les tournées sont dessinées loin du camion. Je voudrais apprendre à les dessiner avec l'équipe, sur "
                "une carte, et comparer.",
                "agent", 6, "open", "PRO", "PRO-TAN",
            ),
            bound=("agent",),
        ),
        Applied(
            Tale(
                "escale-cuisine", "Des menus décidés avec les enfants",
                "Ce qui revient dans les assiettes finit à la poubelle. Je voudrais essayer un menu par mois décidé "
                "avec une classe.",
                "vieuxfour", 1, "submitted", "ECO", "ECO-VFO",
            ),
            bound=("vieuxfour",),
        ),
    ),
)  # fmt: skip

FABRIQUE = Cohort(
    slug="la-fabrique",
    name="La Fabrique",
    summary="Trois personnes, six mois, un accompagnement, une présentation finale.",
    introduction="Trois places. Un projet utile au public ou aux collègues, un jour par semaine pour le faire, une "
    "personne pour l'accompagner, et une présentation finale ouverte à tout le monde.",
    seats=3,
    direction_seats=None,
    opened_ago=250,
    days=42,
    milestones=(
        (-120, "La question est posée"),
        (-70, "Premier essai avec le public"),
        (-21, "Ce que l'essai a appris"),
    ),
    demo_day=-6,
    applied=(
        Applied(
            Tale(
                "fabrique-file", "Savoir avant de venir s'il y a du monde",
                "Les habitants attendent deux heures le lundi et personne le jeudi. À deux, nous voulons afficher "
                "l'attente en ligne et sur la porte, sans compter les personnes une à une.",
                "agent2", 240, "answered", "ACC", outcome="accepted", answered_ago=170, signed_by="finances",
                answer=_IN_FABRIQUE,
            ),
            team=("roseaux",),
            mentor="mentor",
            notes={
                "La question est posée": (True, "Vingt personnes écoutées dans deux mairies et à la piscine."),
                "Premier essai avec le public": (True, "Un écran à l'entrée pendant trois semaines : il est regardé."),
                "Ce que l'essai a appris": (True, "Le lundi se vide d'un quart quand l'attente est affichée dehors."),
                "Présentation finale": (True, "Présenté devant cent dix collègues, avec le code ouvert à tous."),
            },
            graduated_ago=3,
        ),
        Applied(
            Tale(
                "fabrique-goutte", "Signaler une fuite d'eau en une photo",
                "Une fuite se voit longtemps avant d'être réparée, parce que personne ne sait qui appeler. Une photo "
                "et un lieu suffiraient, sans créer de compte.",
                "peupliers", 236, "answered", "PEN", "PEN-PEU", outcome="accepted", answered_ago=170,
                signed_by="finances", answer=_IN_FABRIQUE,
            ),
            mentor="mentor",
            notes={
                "La question est posée": (True, "Les trois services qui réparent se sont mis d'accord sur le lieu."),
                "Premier essai avec le public": (True, "Quarante photos en un mois, dont trente et une réparées."),
                "Ce que l'essai a appris": (False, "Il manque le retour des équipes de nuit : bilan la semaine qui "
                                                   "vient."),
            },
        ),
        Applied(
            Tale(
                "fabrique-carte", "Une carte des ombres pour l'été",
                "Une carte des rues à l'ombre aiderait les personnes âgées à sortir. Les données existent déjà.",
                "vieuxfour", 232, "answered", "ECO", "ECO-VFO", outcome="declined", answered_ago=170,
                signed_by="finances", reason_code="priorite", condition="Une nouvelle promotion, dans un an.",
                answer="Non, pas dans cette promotion : les trois places sont données à deux projets plus avancés. "
                "Votre carte intéresse le service des parcs, qui vous appelle ce mois-ci ; candidatez à nouveau.",
            ),
        ),
    ),
)  # fmt: skip

COHORTS = (ESCALE, FABRIQUE)
