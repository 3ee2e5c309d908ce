"""What the demo city asks: one questionnaire open, one closed. In French: it is the city's own text."""

from dataclasses import dataclass, field

# Kind, words, settings, other columns, and how people answer: value → how many in a hundred; what is left is blank.
CHOICE, SCALE, SEVERAL, RANKING, TEXT = "single", "scale", "multiple", "ranking", "short_text"


@dataclass(frozen=True)
class AskedQuestion:
    """One question, and how the crowd answers it."""

    kind: str
    text: str
    choices: tuple[str, ...] = ()
    settings: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)
    weights: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def columns(self) -> dict:
        """The columns of the question."""
        lines = [{"key": f"c{n}", "label": label} for n, label in enumerate(self.choices, start=1)]
        settings = {**self.settings, **({"choices": lines} if lines else {})}
        return {"kind": self.kind, "text": self.text, "settings": settings, **self.fields}


@dataclass(frozen=True)
class Asked:
    """A questionnaire: its space, its dates in days from today, its questions, how many answered."""

    slug: str
    name: str
    title: str
    introduction: str
    minutes: int
    opened_ago: int
    days: int
    answers: int
    questions: tuple[AskedQuestion, ...]
    units: tuple[str, ...] = ()
    is_closed: bool = False
    # Code of a direction → people asked, of whom in contact with the public; then how many of a hundred answers.
    people: dict = field(default_factory=dict)
    # What was done about the gaps, before it closed.
    reached: str = ""
    axes: tuple[str, ...] = ()


ROSTERS = Asked(
    slug="plannings",
    name="Mieux prévoir nos plannings",
    title="Mieux prévoir nos plannings",
    introduction=(
        "La charte des plannings va être réécrite. Avant, nous voulons savoir comment cela se passe chez vous : "
        "quand vous connaissez vos horaires, ce qui change, ce que cela bouscule.\n\n"
        "Répondez sur votre temps de travail. Les totaux seront montrés ici ; le projet de charte dira "
        "ce qui en vient. "
        "Le comité social territorial est saisi, il en parle dans sa séance du mois prochain."
    ),
    minutes=4,
    opened_ago=20,
    days=28,
    answers=212,
    units=("PRO", "PEN", "BCS", "TRA"),
    axes=("direction",),
    people={"PRO": (2150, 0, 48), "PEN": (1900, 0, 9), "BCS": (1620, 0, 28), "TRA": (540, 0, 15)},
    questions=(
        AskedQuestion(
            CHOICE,
            "Aujourd'hui, combien de temps à l'avance connaissez-vous votre planning ?",
            ("Moins d'une semaine", "Une à deux semaines", "Trois semaines ou plus", "Cela change tout le temps"),
            fields={"is_required": True, "is_personal": True},
            weights=(38, 30, 14, 18),
        ),
        AskedQuestion(
            SCALE,
            "Votre planning change-t-il après avoir été affiché ?",
            settings={
                "least": 1,
                "most": 5,
                "least_label": "jamais",
                "most_label": "très souvent",
                "no_opinion": True,
            },
            weights=(8, 18, 26, 28, 16, 4),
        ),
        AskedQuestion(
            SEVERAL,
            "Quand il change, qu'est-ce qui vous gêne le plus ?",
            (
                "La garde d'enfants",
                "Les transports",
                "Les rendez-vous médicaux",
                "La fatigue",
                "La vie de famille",
                "Autre chose",
            ),
            settings={"most": 3},
            fields={"condition": {"question": "q2", "values": ["3", "4", "5"]}, "is_personal": True},
            weights=(42, 36, 28, 51, 47, 9),
        ),
        AskedQuestion(
            RANKING,
            "Que faut-il améliorer d'abord ?",
            (
                "Le délai d'annonce",
                "Les échanges entre collègues",
                "Le partage des week-ends",
                "La façon d'être prévenu",
            ),
            weights=(48, 20, 22, 10),
        ),
        AskedQuestion(
            TEXT,
            "Racontez une fois où le planning a bien marché. Qu'est-ce qui avait aidé ?",
            settings={"most": 600},
            texts=(
                "En juin, la feuille était affichée quinze jours avant et personne ne l'a touchée.",
                "Deux collègues ont échangé leur samedi par un simple mot signé, le jour même.",
                "On nous avait demandé nos contraintes avant de faire le tableau, pas après.",
                "Un message la veille au soir plutôt qu'une surprise à l'embauche.",
            ),
        ),
    ),
)

AGREES = ("Tout à fait d'accord", "Plutôt d'accord", "Plutôt pas d'accord", "Pas du tout d'accord", "Sans opinion")

AT_WORK = Asked(
    slug="nous-au-travail-3",
    name="Nous au travail, troisième édition",
    title="Nous au travail, troisième édition",
    introduction=(
        "Cinq phrases, les mêmes qu'aux deux premières éditions : dites si vous êtes d'accord. "
        "Le plan d'action de l'année répondra à ce que vous avez dit."
    ),
    minutes=3,
    opened_ago=60,
    days=28,
    answers=1240,
    is_closed=True,
    axes=("direction", "contact"),
    people={
        "PRO": (2150, 1310, 15),
        "ECO": (3400, 2750, 13),
        "PEN": (1900, 1620, 12),
        "PAR": (980, 240, 9),
        "RUE": (760, 190, 6),
        "SOL": (1450, 1120, 13),
        "BCS": (1620, 1210, 16),
        "ACC": (690, 610, 9),
        "TRA": (540, 430, 0.5),
        "RES": (710, 60, 9),
    },
    reached=(
        "Trois passages dans des écoles à l'heure du goûter, avec des feuilles et une tablette : on répond "
        "sans adresse professionnelle. Ce qui retenait : personne n'avait dit que c'était sur le temps de travail."
    ),
    questions=(
        AskedQuestion(
            CHOICE,
            "Je sais ce qu'on attend de moi dans mon travail.",
            AGREES,
            fields={"is_required": True},
            weights=(34, 41, 14, 7, 4),
        ),
        AskedQuestion(
            CHOICE,
            "Quand je signale un problème, on me répond.",
            AGREES,
            fields={"is_required": True},
            weights=(17, 37, 26, 15, 5),
        ),
        AskedQuestion(
            CHOICE,
            "J'ai le matériel qu'il me faut pour bien travailler.",
            AGREES,
            fields={"is_required": True},
            weights=(22, 36, 24, 16, 2),
        ),
        AskedQuestion(
            CHOICE,
            "Je peux parler d'une injustice sans craindre pour moi.",
            AGREES,
            fields={"is_personal": True, "is_sensitive": True},
            weights=(16, 34, 24, 17, 6),
        ),
        AskedQuestion(
            TEXT,
            "S'il fallait changer une seule chose cette année, ce serait quoi ?",
            settings={"most": 600},
            texts=(
                "Savoir qui lit ce qu'on signale, et quand on aura une réponse.",
                "Des vestiaires chauffés le matin.",
                "Une réunion d'équipe par mois, courte, à la même heure.",
                "Du matériel réparé dans la semaine, ou remplacé.",
                "Des plannings connus trois semaines avant.",
                "Moins de logiciels différents pour la même chose.",
                "Que le guichet ferme un quart d'heure avant nous, pour finir les dossiers.",
                "Un endroit pour manger assis quand il pleut.",
                "Être remplacé quand on part en formation.",
                "Savoir à qui demander quand le chef est absent.",
                "Des gants à la bonne taille, tout simplement.",
                "Que les nouvelles recrues soient accompagnées plus de deux jours.",
                "Une seule liste des numéros utiles, et à jour.",
                "Fermer les portes du hangar l'hiver : on y travaille.",
                "Dire merci quand un chantier est bien fait.",
                "Ne plus découvrir les travaux en arrivant le matin.",
            ),
        ),
    ),
)

ALL = (ROSTERS, AT_WORK)
