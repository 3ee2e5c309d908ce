"""The ballots of the demo city. Invented, like everything in it."""

from dataclasses import dataclass

from .enums import Majority, Method, Secrecy

OPEN, WAITING, COUNTED, PREPARED = "open", "waiting", "counted", "prepared"


@dataclass(frozen=True)
class Told:
    """One ballot: its words and rules, when it opened, how far it went, and how much each proposal pleases (in a
    hundred people, or the middle of the grades it gets)."""

    slug: str
    title: str
    question: str
    introduction: str
    # (label, description, cost, how much it pleases)
    options: tuple = ()
    method: str = Method.APPROVAL
    secrecy: str = Secrecy.SIMPLE
    stage: str = COUNTED
    opened_ago: int = 12
    days: int = 8
    unit: str = ""
    most_choices: int = 1
    seats: int = 1
    budget: int | None = None
    majority: str = Majority.MOST
    quorum: int | None = None
    # In a hundred people on the list.
    turnout: int = 60
    blank: int = 4


TOGETHER = "votes-des-equipes"
SOBRES = "services-sobres"

SHOES = Told(
    slug=TOGETHER,
    title="Le modèle des chaussures de sécurité",
    question="Quels modèles garder pour la prochaine commande ?",
    introduction="Quarante personnes ont porté les cinq modèles pendant trois semaines. Le marché en prend deux. "
    "Votez pour ceux que vous porteriez toute la journée.",
    options=(
        ("Montante, semelle souple", "La plus légère ; elle sèche en une nuit.", None, 58),
        ("Montante, renfort latéral", "Tient la cheville sur les marches des bennes.", None, 44),
        ("Basse, aérée", "Pour l'été ; non admise sous la pluie.", None, 31),
        ("Basse, semelle dure", "La moins chère ; solide.", None, 12),
        ("Botte courte", "Pour le lavage et la mécanique.", None, 22),
    ),
    stage=OPEN,
    opened_ago=4,
    days=14,
    unit="PRO",
    most_choices=2,
    seats=2,
    turnout=45,
)

HOURS = Told(
    slug=TOGETHER,
    title="Faut-il essayer la semaine en quatre jours ?",
    question="Êtes-vous d'accord pour un essai de six mois, dans les équipes volontaires ?",
    introduction="Le même temps de travail, sur quatre jours au lieu de cinq. L'essai ne commence que si la moitié "
    "des personnes votent et si le oui l'emporte. Les horaires d'accueil ne changent pas.",
    method=Method.YES_NO,
    secrecy=Secrecy.SECRET,
    stage=OPEN,
    opened_ago=3,
    days=15,
    majority=Majority.HALF,
    quorum=50,
    turnout=38,
)

BREAK_ROOM = Told(
    slug=TOGETHER,
    title="Comment aménager les salles de pause",
    question="Que pensez-vous de chacune de ces façons de faire ?",
    introduction="Quatre façons de faire ont été dessinées avec les équipes. Une seule sera suivie, dans les "
    "trente-deux salles de pause de la Ville.",
    options=(
        ("Une grande table et une cuisine", "On mange ensemble ; le reste est dans le couloir.", None, 1),
        ("Des coins séparés", "Un pour manger, un pour le calme, un pour téléphoner.", None, 2),
        ("Des fauteuils et une petite table", "On se repose ; on mange à la cantine.", None, 4),
        ("Laisser chaque équipe choisir", "Un budget par salle, à dépenser avant l'été.", None, 2),
    ),
    method=Method.GRADES,
    opened_ago=24,
    days=9,
    turnout=57,
)

YARD = Told(
    slug=TOGETHER,
    title="Cent mille euros pour le centre du Halage",
    question="Quels projets valent leur coût ?",
    introduction="Les équipes du Halage et leurs voisins ont proposé huit projets. Le budget ne les paie pas tous : "
    "les parts égales font que chaque groupe pèse selon sa taille.",
    options=(
        ("Un abri pour quarante vélos", "Fermé, avec des prises.", 38_000, 47),
        ("Des vestiaires refaits côté femmes", "Quatre douches au lieu d'une.", 52_000, 44),
        ("De l'ombre dans la cour", "Six arbres et des bancs.", 18_000, 39),
        ("Une salle de réunion isolée du bruit", "Vingt places.", 30_000, 21),
        ("Un quai couvert", "Charger au sec.", 45_000, 26),
        ("Une fontaine à eau par étage", "Trois fontaines.", 4_500, 52),
        ("Des panneaux clairs à l'entrée", "Pour les livreurs.", 3_000, 18),
        ("Une borne de recharge de plus", "Pour les fourgons.", 12_000, 16),
    ),
    method=Method.EQUAL_SHARES,
    budget=100_000,
    opened_ago=33,
    days=10,
    turnout=52,
)

CHARTER = Told(
    slug=TOGETHER,
    title="La charte des messages du soir",
    question="Adoptez-vous la charte qui met fin aux messages de travail après 19 h ?",
    introduction="Le texte a été écrit à douze, puis relu par les directions. Il ne s'applique que s'il est adopté.",
    method=Method.YES_NO,
    secrecy=Secrecy.SECRET,
    stage=PREPARED,
    majority=Majority.TWO_THIRDS,
    quorum=30,
    days=9,
)

ROOM = Told(
    slug=TOGETHER,
    title="Le nom de la nouvelle salle de formation",
    question="Quel nom lui donner ?",
    introduction="Trois noms ont été proposés par les équipes. Le plus choisi sera peint sur la porte.",
    options=(
        ("La salle des Quais", "Parce qu'on les voit de la fenêtre.", None, 40),
        ("La salle Marthe-Collin", "La première conductrice de benne de la Ville.", None, 45),
        ("L'Atelier", "Le nom que tout le monde lui donne déjà.", None, 30),
    ),
    stage=PREPARED,
    days=9,
)

SEMINAR = Told(
    slug=TOGETHER,
    title="Le lieu du prochain séminaire des équipes",
    question="Où se retrouver au printemps ?",
    introduction="Trois lieux peuvent nous recevoir. Le vote est secret, pour que personne ne vote comme son équipe.",
    options=(
        ("Le moulin de la Varenne", "Accessible en train ; quatre-vingts couchages.", None, 41),
        ("Le gymnase des Roseaux", "En ville, sans nuit sur place.", None, 22),
        ("La ferme du Plateau", "En car ; la moins chère.", None, 33),
    ),
    secrecy=Secrecy.SECRET,
    stage=WAITING,
    opened_ago=12,
    days=10,
    turnout=63,
)

# The ten that the demo city tells, then eleven that were studied too.
SOBER_IDEAS = (
    ("Baisser le chauffage des halls le vendredi soir", 66),
    ("Récupérer l'eau de pluie des serres", 61),
    ("Des minuteries dans les couloirs du sous-sol", 58),
    ("De la vaisselle lavable pour les réunions", 55),
    ("Regrouper deux tournées du mardi", 51),
    ("Imprimer les dossiers d'inscription à la demande", 49),
    ("Deux produits d'entretien au lieu de onze", 47),
    ("Des panneaux solaires sur la piscine", 34),
    ("Remplacer six voitures de service par des vélos", 31),
    ("Changer toutes les ampoules des écoles", 29),
    ("Éteindre les écrans des halls la nuit", 36),
    ("Réparer avant de remplacer les chaises", 33),
    ("Du café en grains plutôt qu'en capsules", 26),
    ("Des tontes moins fréquentes au bord de l'eau", 30),
    ("Une armoire commune de fournitures par étage", 24),
    ("Des robinets qui s'arrêtent seuls", 27),
    ("Un seul camion pour les trois cuisines", 22),
    ("Garder les arbres coupés comme bancs", 21),
    ("Des rideaux épais au centre technique", 18),
    ("Peser les restes des cantines", 28),
    ("Partager les outils entre les dépôts", 25),
)

SOBER = Told(
    slug=SOBRES,
    title="Services sobres : sept propositions à choisir",
    question="Quelles propositions mettre en œuvre cette année ?",
    introduction="Soixante-quatre propositions ont été envoyées, vingt et une ont été étudiées. Sept sont retenues "
    "par ce vote ; toutes celles qui ont été étudiées ont reçu leur réponse le même jour.",
    options=tuple((label, "", None, liking) for label, liking in SOBER_IDEAS),
    secrecy=Secrecy.SECRET,
    opened_ago=34,
    days=12,
    most_choices=7,
    seats=7,
    quorum=25,
    turnout=71,
    blank=2,
)

ALL = (SOBER, YARD, BREAK_ROOM, SEMINAR, SHOES, HOURS, CHARTER, ROOM)
