"""The rest of the demo city: units with their head-counts, and the people who make each direction work."""

from .enums import Role
from .personas import Person

# (acronym, name, head-count, services: (code, name, head-count), sites: (code, name, head-count, service code))
DIRECTIONS = (
    ("PRO", "Propreté et ressources", 2150,
     (("PRO-COL", "Collecte", 980), ("PRO-NET", "Nettoiement", 1010), ("PRO-MEC", "Mécanique", 160)),
     (("PRO-TAN", "Dépôt des Tanneurs", 64, "PRO-COL"), ("PRO-RIV", "Atelier de la Rive", 7, "PRO-MEC"))),
    ("ECO", "Écoles et temps de l'enfant", 3400,
     (("ECO-ECO", "Écoles", 1480), ("ECO-PER", "Périscolaire", 1220), ("ECO-CUI", "Cuisines", 700)),
     (("ECO-VFO", "École du Vieux-Four et sa cuisine", 18, "ECO-ECO"),)),
    ("PEN", "Petite enfance", 1900,
     (("PEN-CRE", "Crèches", 1760), ("PEN-REL", "Relais parents", 140)),
     (("PEN-PEU", "Crèche des Peupliers", 22, "PEN-CRE"),)),
    ("PAR", "Parcs et jardins", 980,
     (("PAR-JAR", "Jardins", 610), ("PAR-ARB", "Arbres", 230), ("PAR-SER", "Serres", 140)),
     (("PAR-CLO", "Serres du Clos", 41, "PAR-SER"),)),
    ("RUE", "Rues et mobilités", 760,
     (("RUE-VOI", "Voirie", 390), ("RUE-SIG", "Signalisation", 150), ("RUE-STA", "Stationnement", 220)),
     (("RUE-HAL", "Centre technique du Halage", 88, "RUE-VOI"),)),
    ("SOL", "Solidarités et santé", 1450,
     (("SOL-MDS", "Maisons des solidarités", 720), ("SOL-SAN", "Santé", 310), ("SOL-AGE", "Grand âge", 420)),
     (("SOL-NOR", "Maison des solidarités Nord", 53, "SOL-MDS"),)),
    ("BCS", "Bibliothèques, culture et sports", 1620,
     (("BCS-BIB", "Bibliothèques", 640), ("BCS-PIS", "Piscines et gymnases", 790), ("BCS-MUS", "Musée", 190)),
     (("BCS-ROS", "Piscine des Roseaux", 26, "BCS-PIS"),)),
    ("ACC", "Accueil des habitantes et habitants", 690,
     (("ACC-MAI", "Mairies de quartier", 410), ("ACC-CIV", "État civil", 170), ("ACC-STA", "Standard", 110)),
     (("ACC-QUA", "Mairie de quartier des Quais", 34, "ACC-MAI"), ("ACC-BUS", "Bus des démarches", 6, "ACC-MAI"))),
    ("TRA", "Tranquillité publique", 540,
     (("TRA-BCE", "Brigade du Centre", 160), ("TRA-BNO", "Brigade Nord", 150), ("TRA-BFL", "Brigade du Fleuve", 140),
      ("TRA-MED", "Médiation de nuit", 90)),
     (("TRA-CEN", "Poste du Centre", 47, "TRA-BCE"),)),
    ("RES", "Ressources internes", 710,
     (("RES-PER", "Personnel", 220), ("RES-FIN", "Finances", 150), ("RES-INF", "Informatique", 160),
      ("RES-BAT", "Bâtiments", 180)),
     (("RES-MAR", "Immeuble du Marché-Couvert", 210, ""),)),
)  # fmt: skip

HEADCOUNT = 14_200


def _team(acronym, head, correspondent, assessors, deputy=None):
    """The people one direction needs to answer: a decision-maker, a correspondent, two assessors."""
    slug = acronym.lower()
    people = []
    if head:
        roles = ((Role.DECISION_MAKER, acronym), (Role.DELEGATE, acronym))
        people.append(
            Person(f"{slug}.direction", *head, acronym, roles, is_manager=True, deputies=(f"{slug}.adjoint",))
        )
    if deputy:
        people.append(Person(f"{slug}.adjoint", *deputy, acronym))
    if correspondent:
        people.append(Person(f"{slug}.correspondant", *correspondent, acronym, ((Role.IDEA_CORRESPONDENT, acronym),)))
    for number, assessor in enumerate(assessors, start=1):
        people.append(Person(f"{slug}.etude{number}", *assessor, acronym, ((Role.INSTRUCTOR, acronym),)))
    return people


TEAMS = (
    *_team("PRO", None, None, (), ("Hugo", "Vernet", "Adjoint à la cheffe du service technique")),
    *_team(
        "ECO",
        ("Catherine", "Lebrun", "Directrice des écoles"),
        ("Mathieu", "Garnier", "Correspondant des idées"),
        (("Leïla", "Mansouri", "Équipe d'étude"), ("Xavier", "Colin", "Équipe d'étude")),
        ("Awa", "Traoré", "Directrice adjointe des écoles"),
    ),
    *_team(
        "PEN",
        ("Isabelle", "Nguyen", "Directrice de la petite enfance"),
        ("Coralie", "Baudry", "Correspondante des idées"),
        (("Sandra", "Oliveira", "Équipe d'étude"), ("Rémi", "Chauvin", "Équipe d'étude")),
        ("Pascal", "Imbert", "Directeur adjoint de la petite enfance"),
    ),
    *_team(
        "PAR",
        None,
        ("Solène", "Le Gall", "Correspondante des idées"),
        (("Bastien", "Moulin", "Équipe d'étude"), ("Rachida", "Amrani", "Équipe d'étude")),
    ),
    *_team(
        "RUE",
        ("Philippe", "Carrère", "Directeur des rues"),
        ("Estelle", "Fabre", "Correspondante des idées"),
        (("Youssef", "Belkacem", "Équipe d'étude"), ("Marion", "Tissot", "Équipe d'étude")),
        ("Anne-Laure", "Pichon", "Directrice adjointe des rues"),
    ),
    *_team(
        "SOL",
        ("Brigitte", "Cazenave", "Directrice des solidarités"),
        ("Émilie", "Faure", "Correspondante des idées"),
        (("Amadou", "Sylla", "Équipe d'étude"), ("Clémence", "Rivière", "Équipe d'étude")),
        ("Laurent", "Meyer", "Directeur adjoint des solidarités"),
    ),
    *_team(
        "BCS",
        ("Olivier", "Tanguy", "Directeur de la culture et des sports"),
        ("Nathalie", "Prévost", "Correspondante des idées"),
        (("Samir", "Khelifi", "Équipe d'étude"), ("Agathe", "Lemoine", "Équipe d'étude")),
        ("Delphine", "Costa", "Directrice adjointe des sports"),
    ),
    *_team(
        "ACC",
        None,
        ("Jérôme", "Blin", "Correspondant des idées"),
        (("Ludivine", "Hamel", "Équipe d'étude"), ("Mourad", "Saïdi", "Équipe d'étude")),
        ("Vincent", "Leroux", "Chef du service État civil"),
    ),
    *_team(
        "TRA",
        ("Christophe", "Maillard", "Directeur de la tranquillité publique"),
        ("Fanny", "Delcourt", "Correspondante des idées"),
        (("Kevin", "Rousselin", "Équipe d'étude"), ("Sarah", "Benhamou", "Équipe d'étude")),
        ("Valérie", "Jourdan", "Directrice adjointe de la tranquillité publique"),
    ),
    *_team(
        "RES",
        None,
        ("Gaëlle", "Morin", "Correspondante des idées"),
        (("Adrien", "Picard", "Équipe d'étude"), ("Hawa", "Camara", "Équipe d'étude")),
    ),
)

NAMED = (
    Person(
        "accueil", "Claire", "Morvan", "Directrice de l'accueil", "ACC",
        ((Role.DECISION_MAKER, "ACC"), (Role.DELEGATE, "ACC")), is_manager=True, deputies=("acc.adjoint",),
    ),
    Person(
        "finances", "Farid", "Oudin", "Directeur des finances", "RES-FIN",
        ((Role.DECISION_MAKER, "RES"),), is_manager=True,
    ),
    Person("tournees", "Samir", "Lebon", "Facilitateur, tournées papier", "ACC", ((Role.FACILITATOR, ""),)),
    Person("bruno", "Bruno", "Thibaud", "Agent de signalisation", "RUE-HAL", has_email=False),
    Person("fatou", "Fatou", "Dembélé", "Magasinière", "RUE-HAL", has_email=False),
    Person("lea", "Léa", "Perrot", "Gestionnaire de bâtiments", "RES-BAT"),
    Person("rive", "Yann", "Guivarch", "Mécanicien", "PRO-RIV", has_email=False),
    Person("bus", "Nour", "El Amrani", "Conductrice-conseillère", "ACC-BUS", in_contact=True),
    Person("serres", "Élodie", "Barbier", "Jardinière", "PAR-CLO", has_email=False),
    Person("roseaux", "Mickaël", "Ferreira", "Hôte de caisse", "BCS-ROS", in_contact=True, has_email=False),
    Person("peupliers", "Virginie", "Lambert", "Auxiliaire de puériculture", "PEN-PEU", in_contact=True),
    Person("vieuxfour", "Karine", "Dubreuil", "Cuisinière", "ECO-VFO", has_email=False),
    Person("nord", "Bintou", "Keita", "Assistante sociale", "SOL-NOR", in_contact=True),
    Person(
        "egalite2", "Maud", "Rivoire", "Référente égalité", "TRA-BNO",
        ((Role.EQUALITY_REFERENT, "TRA-BNO"),), in_contact=True,
    ),
    # Above every direction: the last to be reminded, and who answers where one person alone decides.
    Person("secretariat", "Anne", "Villard", "Secrétaire générale de la Ville", "", ((Role.DECISION_MAKER, ""),)),
)  # fmt: skip

OTHERS = (*TEAMS, *NAMED)
