"""The plan of the demo city, « Une administration plus écologique »: city content. Days count from today."""

from dataclasses import dataclass

TITLE = "Une administration plus écologique"
SUMMARY = (
    "Consommer moins d'énergie, d'eau et d'objets, dans nos bâtiments, nos achats et nos trajets. Douze mesures "
    "choisies avec les agentes et les agents, chacune avec une personne responsable."
)
FOLLOWED_BY, ADOPTED, ENDS = "RES", -470, 625


@dataclass(frozen=True)
class Told:
    """One measure of the plan. ``news``: (day, step, text), in order; ``steps``: (title, planned, done).

    ``done``: (day, proof); ``seen``: (day, who, text); ``stopped``: (day, reason, text).
    """

    title: str
    changes: str
    direction: str
    runner: str
    news: tuple = ()
    steps: tuple = ()
    done: tuple = ()
    seen: tuple = ()
    stopped: tuple = ()
    is_trial: bool = False
    born: int = -460


AXES = (
    ("Des bâtiments qui consomment moins", (
        ("Chauffer moins, et mieux", (
            Told(
                "Baisser le chauffage d'un degré à l'immeuble du Marché-Couvert",
                "19 °C dans les bureaux, 17 °C dans les couloirs ; un réglage par étage, expliqué à l'entrée.",
                "RES", "decideur2",
                news=((-440, "works", "Les sondes sont posées aux trois premiers étages."),
                      (-420, "works", "Tous les étages sont réglés. Deux bureaux au nord gardent un radiateur.")),
                steps=(("Sondes posées", None, -440), ("Réglage de tous les étages", None, -420)),
                done=(-400, "Les dix étages sont réglés ; les relevés du premier mois sont affichés à l'entrée."),
                seen=(-385, "res.correspondant", "J'ai fait les dix étages, un thermomètre en main : 19 °C partout."),
            ),
            Told(
                "Couper le chauffage des bureaux vides le soir et le week-end",
                "Une programmation par bâtiment, et un bouton pour prolonger de deux heures quand on travaille tard.",
                "RES", "decideur2",
                news=((-350, "procedure", "Le marché des programmateurs est lancé."),
                      (-80, "works", "Six bâtiments sur quatorze sont programmés."),
                      (-21, "works", "Neuf bâtiments sur quatorze. Les écoles suivent pendant les congés.")),
                steps=(("Six bâtiments", None, -80), ("Quatorze bâtiments", 60, None)),
            ),
        )),
        ("Éclairer juste", (
            Told(
                "Remplacer l'éclairage des quatre dépôts",
                "Des lampes qui s'allument au passage : on y voit mieux à 5 heures, et la facture baisse.",
                "PRO", "decideur",
                news=((-380, "studies", "Deux équipes ont essayé trois lampes dans un atelier."),
                      (-120, "works", "Trois dépôts sont équipés.")),
                done=(-12, "Les quatre dépôts sont équipés. L'ancien matériel est parti au recyclage."),
            ),
            Told(
                "Éteindre les grands bassins une heure après la fermeture",
                "L'éclairage et la ventilation des piscines suivent les horaires du public et du ménage.",
                "BCS", "bcs.direction", born=-60,
                steps=(("Essai à la piscine des Roseaux", 45, None), ("Les cinq piscines", 200, None)),
            ),
        )),
    )),
    ("Des achats et des repas sobres", (
        ("Réparer avant de racheter", (
            Told(
                "Une réserve de meubles de bureau à réemployer",
                "On y cherche avant de commander : un catalogue avec des photos, une livraison par semaine.",
                "RES", "finances",
                news=((-390, "works", "Le local est ouvert, 210 meubles sont photographiés."),
                      (-35, "works", "Un meuble sur trois demandés vient maintenant de la réserve.")),
                steps=(("Local ouvert", None, -390), ("Un meuble sur deux", 150, None)),
            ),
            Told(
                "Réparer les outils à main à l'Atelier de la Rive",
                "Les équipes déposent un outil cassé le lundi et le reprennent le vendredi.",
                "PRO", "decideur",
                news=((-300, "studies", "La liste des outils qui valent une réparation est faite."),
                      (-128, "studies", "Le devis des pièces est demandé.")),
                steps=(("Devis des pièces", None, -128), ("Premier lundi de dépôt", -20, None)),
            ),
        )),
        ("Des cuisines sans gaspillage", (
            Told(
                "Peser les restes dans les cantines et ajuster les commandes",
                "Une pesée par semaine, affichée dans la cuisine ; les commandes suivent.",
                "ECO", "eco.direction", is_trial=True,
                news=((-370, "works", "Douze cantines pèsent. La cuisine du Vieux-Four a ouvert la marche."),
                      (-16, "works", "Trente et une cantines pèsent. Les restes baissent d'abord sur le pain.")),
                steps=(("Douze cantines", None, -370), ("Soixante cantines", 120, None)),
            ),
            Told(
                "Des bacs en inox à la place du plastique",
                "Les plats chauds voyagent en inox, du dépôt des cuisines aux cantines.",
                "ECO", "eco.direction", born=-400,
                news=((-70, "procedure", "Le marché est attribué. Les chariots supportent le poids, essai fait."),),
                steps=(("Première livraison", 40, None),),
            ),
        )),
    )),
    ("Des trajets plus simples", (
        ("Venir au travail", (
            Told(
                "Un abri à vélos fermé dans chaque dépôt",
                "Avec une pompe et une prise, près de l'entrée et éclairé.",
                "PRO", "decideur",
                news=((-360, "procedure", "Les emplacements sont choisis avec les équipes."),
                      (-44, "works", "Deux abris sur quatre sont posés.")),
                steps=(("Tanneurs et Quai Nord", None, -44), ("Les deux autres dépôts", 75, None)),
            ),
            Told(
                "Partager les voitures de service entre directions voisines",
                "Un seul calendrier de réservation pour les voitures d'un même parking.",
                "RES", "finances",
                news=((-355, "studies", "Quatre directions ont donné leurs relevés de six mois."),),
                stopped=(-150, "effet",
                         "Les relevés montrent que les voitures sortent aux mêmes heures : le partage n'en aurait "
                         "épargné que trois sur quatre-vingts. Nous réduisons plutôt le nombre de trajets."),
            ),
        )),
        ("Travailler dehors", (
            Told(
                "Récupérer l'eau de pluie aux Serres du Clos",
                "Deux cuves de vingt mètres cubes arrosent les jeunes plants d'avril à octobre.",
                "PAR", "jury",
                news=((-385, "works", "La première cuve est posée."), (-260, "works", "La seconde cuve est pleine.")),
                done=(-210, "Les deux cuves arrosent tous les jeunes plants ; les compteurs sont relevés le lundi."),
                seen=(-190, "par.correspondant", "Les cuves servent : j'ai vu l'arrosage du matin et le relevé."),
            ),
            Told(
                "Des souffleurs électriques dans les jardins proches des écoles",
                "Moins de bruit et plus de fumée : d'abord huit jardins, puis les autres si les batteries tiennent.",
                "PAR", "jury", born=-30,
                steps=(("Huit jardins équipés", 110, None),),
            ),
        )),
    )),
)  # fmt: skip

# The report of last year, frozen in January, and this year's, being written: (introduction, words by axis).
LAST_YEAR = (
    "La première année a surtout servi à mesurer : des relevés dans les bâtiments, des pesées dans les cantines, des "
    "essais de lampes avec les équipes de nuit. Les bâtiments avancent bien ; les trajets, moins vite que prévu. Les "
    "mesures sans nouvelles sont dites comme telles, ci-dessous.",
    {
        1: "Le chauffage de l'immeuble du Marché-Couvert est réglé. Les dépôts viennent ensuite.",
        2: "La réserve de meubles a ouvert plus tôt que prévu, grâce à l'équipe du magasin.",
        3: "Les emplacements des abris à vélos sont choisis. Le partage des voitures est à l'étude.",
    },
)
THIS_YEAR = (
    "L'éclairage des dépôts est posé et attend d'être confirmé. Le partage des voitures est arrêté, avec sa raison. "
    "La réparation des outils est sans nouvelles : nous disons pourquoi avant la fin de l'année.",
    {2: "Trente et une cantines pèsent leurs restes ; le but est de soixante."},
)
