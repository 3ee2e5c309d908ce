"""What the demo city asks: of agents, of residents, in secret, and what is told. In French: the city's own text."""

from dataclasses import dataclass, field

from .demo_answers import ANSWERS

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
    # What its drawing shows (``services.demo_drawings``); empty without one.
    drawing: str = ""

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
    is_secret: bool = False
    # By anybody, without an account.
    is_open_link: bool = False
    # Code of a direction → people asked, of whom in contact with the public; then how many of a hundred answers.
    people: dict = field(default_factory=dict)
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
    answers=5612,
    is_closed=True,
    is_secret=True,
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
        "TRA": (540, 430, 0.1),
        "RES": (710, 60, 9),
    },
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
            weights=(16, 34, 26, 17, 6),
        ),
        AskedQuestion(
            TEXT,
            "S'il fallait changer une seule chose cette année, ce serait quoi ?",
            settings={"most": 600},
            texts=tuple(one.text for one in ANSWERS),
        ),
    ),
)

IN_TEAMS = Asked(
    slug="se-parler-en-equipe",
    name="Se parler dans l'équipe",
    title="Se parler dans l'équipe",
    introduction=(
        "Peut-on dire, dans son équipe, qu'on est débordé ou qu'une parole a blessé ? Trois questions pour savoir où "
        "nous en sommes avant d'écrire la formation des responsables d'équipe.\n\n"
        "Répondez à l'écart, quand vous voulez : vos réponses sont secrètes."
    ),
    minutes=2,
    opened_ago=6,
    days=21,
    answers=38,
    is_secret=True,
    questions=(
        AskedQuestion(
            CHOICE,
            "Dans votre équipe, peut-on dire qu'on est débordé ?",
            ("Oui, sans crainte", "Oui, à certaines personnes", "Plutôt non", "Non"),
            fields={"is_required": True},
            weights=(34, 31, 22, 13),
        ),
        AskedQuestion(
            CHOICE,
            "Depuis un an, avez-vous renoncé à signaler une parole ou un geste blessant ?",
            ("Jamais", "Une fois", "Plusieurs fois", "Cela ne s'est pas présenté"),
            fields={"is_personal": True, "is_sensitive": True},
            weights=(26, 17, 12, 45),
        ),
        AskedQuestion(
            TEXT,
            "Qu'est-ce qui vous aiderait à en parler ?",
            settings={"most": 600},
            texts=(
                "Savoir à qui m'adresser en dehors de mon service.",
                "Que la personne qui écoute réponde, même pour dire qu'elle ne peut rien faire.",
                "Un moment prévu, pas entre deux portes.",
            ),
        ),
    ),
)

ON_THE_BUS = Asked(
    slug="bus-des-demarches",
    name="Les passages du Bus des démarches",
    title="Où et quand le Bus des démarches doit-il passer ?",
    introduction=(
        "Le Bus des démarches change ses tournées au printemps. Dites-nous quand il vous serait utile, et pour quoi. "
        "Trois questions, sans compte."
    ),
    minutes=2,
    opened_ago=10,
    days=28,
    answers=86,
    is_open_link=True,
    questions=(
        AskedQuestion(
            CHOICE,
            "Quel moment vous conviendrait le mieux ?",
            ("Un matin de semaine", "Un après-midi de semaine", "Le soir, jusqu'à 20 heures", "Le samedi"),
            fields={"is_required": True},
            weights=(18, 21, 27, 34),
        ),
        AskedQuestion(
            SEVERAL,
            "Pour quelles démarches viendriez-vous ?",
            (
                "État civil, papiers",
                "École, crèche, cantine",
                "Aides et santé",
                "Logement",
                "Apprendre à faire en ligne",
            ),
            settings={"most": 3},
            weights=(44, 31, 38, 22, 27),
        ),
        AskedQuestion(
            TEXT,
            "Un arrêt à ajouter, ou autre chose à nous dire ?",
            settings={"most": 600},
            texts=(
                "Devant le marché du Vieux-Four, le samedi matin.",
                "Annoncer les passages sur la porte de l'immeuble, tout le monde n'a pas internet.",
                "Un banc pour attendre, s'il vous plaît.",
            ),
            drawing=(
                "Plan de la tournée : quatre arrêts le long de la rivière. De gauche à droite : place de la Gare, "
                "les Tanneurs, le pont Neuf, les Serres. Rien au nord de la rivière."
            ),
        ),
    ),
)

ALL = (ROSTERS, AT_WORK, IN_TEAMS, ON_THE_BUS)


# A survey that a depot had run by itself: its own columns, its own words, a file of an old spreadsheet.
FILE_SOURCE = "Enquête du dépôt des Tanneurs, au printemps"
WAITING_SOURCE = "Enquête des Serres, en été"
_FILE_COLUMNS = ("Horodateur", "Planning connu combien de temps avant ?", "Changements (1 à 5)", "Gênes")
_FILE_LINES = (
    ("moins de 7 jours", "4", "fatigue, transports"),
    ("moins de 7 jours", "5", "garde d'enfants, vie de famille"),
    ("1 à 2 semaines", "3", "fatigue"),
    ("1 à 2 semaines", "2", ""),
    ("ça change", "4", "rendez-vous médicaux, fatigue"),
    ("moins de 7 jours", "4", "transports, vie de famille"),
    ("3 semaines", "1", ""),
    ("1 à 2 semaines", "3", "garde d'enfants"),
    ("ça change", "5", "fatigue, vie de famille"),
    ("moins de 7 jours", "NSP", ""),
    ("1 à 2 semaines", "3", "transports"),
    ("moins de 7 jours", "4", "fatigue, garde d'enfants"),
    ("3 semaines", "2", ""),
)
FILE_WORDS = {
    "columns": {"q1": 1, "q2": 2, "q3": 3},
    "values": {
        "q1": {"moins de 7 jours": "c1", "1 a 2 semaines": "c2", "3 semaines": "c3", "ca change": "c4"},
        "q2": {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "nsp": "no_opinion"},
        "q3": {
            "garde d enfants": "c1",
            "transports": "c2",
            "rendez vous medicaux": "c3",
            "fatigue": "c4",
            "vie de famille": "c5",
        },
    },
}


def file_of_answers() -> str:
    """The depot's file, as its tool wrote it."""
    lines = [";".join(_FILE_COLUMNS)]
    lines += [";".join(("", known, change, trouble)) for known, change, trouble in _FILE_LINES]
    return "\r\n".join(lines)
