"""Ideas of the demo city: city content, in the city's language. Nothing here comes from a real city.

Each ``Tale`` says who wrote an idea, when (days before today), how far it walked and what was answered. Everything
else (references, counters, promised dates, journal) is computed when it is loaded.
"""

from dataclasses import dataclass, field

# Sections of the demo page whose state, mode or channel comes with a later issue, and why.
LEFT_FOR_LATER = {
    "6. Une fiche pour répondre aux propos racistes au guichet": "sent from a training: trainings come later",
    "Réglée sur place : La lampe du local à vélos": "answers by a site come later",
}
# Kinds of stages no idea of this version can be in, and why.
STATES_NOBODY_SHOWS = {}


@dataclass(frozen=True)
class Said:
    """A comment: who (a username), how many days ago, what; ``role`` when it is said for the team."""

    who: str
    ago: int
    text: str
    role: str = ""


@dataclass(frozen=True)
class Tale:
    """One idea and its way."""

    key: str
    title: str
    body: str
    author: str
    ago: int
    way: str
    direction: str
    site: str = ""
    service: str = ""
    named: bool = True
    # Written signed out, at a kiosk: nobody is its author.
    anonymous: bool = False
    team: str = ""
    channel: str = "web"
    kind: str = "idea"
    supports: int = 0
    comments: tuple = ()
    tags: tuple = ()
    scale: str = "project"
    question: str = ""
    reply: str = ""
    reason: str = ""
    reason_code: str = ""
    outcome: str = ""
    answered_ago: int = 0
    signed_by: str = ""
    answer: str = ""
    condition: str = ""
    # Of each condition, a line: what has to change, and in how many days to look at it again (0: no day).
    terms: tuple = ()
    revisit_in: int = 0
    measure: tuple = ()
    to: str = ""
    reminders: tuple = field(default=())


CARNET = (
    "Oui, et la sangle droite du 14 lâche depuis un mois.",
    "On pourrait le garder dans la cabine, sous le pare-soleil.",
    "Une case « vu par l'atelier » éviterait d'écrire trois fois la même chose.",
    "D'accord si une page suffit.",
    "Chez nous, la feuille du matin disparaît avant midi.",
    "Le plus utile serait de voir la dernière réparation.",
    "Il faut aussi le carnet pour les remorques.",
    "Je préfère le papier : les écrans ne tiennent pas l'hiver.",
    "Et moi le téléphone de service : je l'ai toujours sur moi.",
    "Alors au choix de l'équipe, non ?",
    "L'atelier est partant, nous perdons une heure par jour à chercher les feuilles.",
    "Trois inspections pour rien, c'est vrai aussi au dépôt nord.",
    "Pensez aux équipes de nuit : il faut une petite lampe dans la cabine.",
    "Un modèle plastifié tiendrait mieux la pluie.",
    "Qui relit le carnet le vendredi ?",
    "Chez nous c'était le chef d'équipe, cela prenait cinq minutes.",
    "Une couleur pour ce qui est urgent, s'il vous plaît.",
    "Pareil pour les balayeuses.",
    "J'ai vu un carnet comme celui-là dans mon ancien garage : cela marche.",
    "Il ne faut pas que cela serve à chercher un coupable.",
    "Tout à fait d'accord : on note la panne, pas la personne.",
    "Un numéro de camion bien lisible sur la couverture.",
    "On commence quand ?",
    "Notre équipe est volontaire pour l'essai.",
    "La nôtre aussi.",
    "Et les véhicules de prêt ?",
    "Une ligne pour les pneus, ils sont toujours oubliés.",
    "Merci Nadia, c'est simple et utile.",
    "À condition de supprimer les trois feuilles d'aujourd'hui.",
    "Oui, sinon cela fera quatre feuilles.",
    "L'idée est bonne, le format reste à trouver.",
    "Le carnet doit suivre le camion, pas l'équipe.",
    "Je veux bien tester le modèle sur mon secteur.",
    "Les dates de contrôle technique pourraient y figurer.",
    "Avec une photo quand c'est possible.",
    "Pas de photo obligatoire, nous avons les mains prises.",
    "Vivement l'essai.",
)

# The text of a group, with its document.
COOKS = {
    "name": "Collectif des cuisines scolaires",
    "title": "Douze demandes pour les cuisines des écoles",
    "body": "Nous sommes trente cuisinières et cuisiniers de neuf écoles. Depuis deux ans, nous notons ce qui nous "
    "use : les bacs trop lourds, les portes de four à hauteur d'épaule, les livraisons pendant le service. Nos douze "
    "demandes tiennent en deux pages, de la moins chère à la plus chère.",
    "document_title": "Nos douze demandes, de la moins chère à la plus chère",
    "document": "<html lang='fr'><head><meta charset='utf-8'><title>Nos douze demandes</title></head><body>"
    "<h1>Nos douze demandes</h1><p>Collectif des cuisines scolaires de Marvenne.</p><ol>"
    "<li>Des bacs de douze litres au lieu de vingt.</li><li>Un chariot à hauteur réglable par cuisine.</li>"
    "<li>Les livraisons avant sept heures trente.</li><li>Un tapis antifatigue devant chaque plonge.</li>"
    "<li>Un second jeu de couteaux, affûté chaque mois.</li><li>Une réunion par trimestre entre cuisines.</li>"
    "<li>Une personne remplaçante connue d'avance.</li><li>Des portes de four basses au prochain achat.</li>"
    "<li>Une hotte moins bruyante dans les trois plus petites cuisines.</li><li>Un lave-linge pour les torchons.</li>"
    "<li>Un vestiaire fermé à l'école du Vieux-Four.</li><li>Une visite de l'ergonome chaque année.</li>"
    "</ol></body></html>",
}

FROM_THE_PAGE = (
    Tale(
        "eau-chaude", "Prévenir la veille quand l'eau chaude sera coupée",
        "Le matin, nous découvrons la coupure en même temps que le public. Un message la veille nous éviterait la "
        "file, la colère et les remboursements.",
        "roseaux", 16, "asked", "BCS", "BCS-ROS", team="Équipe d'accueil des Roseaux", channel="phone", supports=41,
        tags=("accueil", "horaires"),
        question="Qui devrait recevoir le message : toute l'équipe ou seulement la personne qui ouvre ? "
        "Un SMS conviendrait-il ?",
    ),
    Tale(
        "armoire", "Une armoire pour échanger les tenues qui ne vont pas",
        "Quand la taille ne va pas, il faut refaire un formulaire et attendre trois semaines. Une armoire d'échange "
        "au magasin, avec un cahier, réglerait la plupart des cas.",
        "bruno", 9, "oriented", "RUE", "RUE-HAL", supports=86, tags=("tenues",),
        comments=(
            Said("fatou", 6, "D'accord, si le cahier dit qui a pris quoi. Sinon c'est moi qui cherche."),
            Said("bruno", 5, "Oui, une ligne par échange, signée."),
            Said(
                "rue.etude1", 3,
                "Les équipements de protection doivent rester contrôlés : on peut commencer par les polos et les "
                "parkas ?", "instructor",
            ),
        ),
    ),
    Tale(
        "affiches", "Des affiches d'accueil en dessins et en cinq langues",
        "Chaque semaine, des personnes repartent parce qu'elles n'ont pas compris quel papier apporter. Traduire les "
        "trois affiches les plus lues, avec des dessins, ferait gagner du temps à tout le monde.",
        "agent2", 72, "studied", "ACC", "ACC-QUA", service="ACC-CIV", supports=132, tags=("accueil", "langues"),
        reminders=(12, 5),
    ),
    Tale(
        "signature-100", "Une seule signature sous 100 euros",
        "À la crèche, il faut quatre signatures et onze jours pour un lot de draps. Sous 100 euros, celle de la "
        "directrice suffirait.",
        "", 40, "prepared", "RES", anonymous=True, channel="kiosk", supports=168, tags=("achats",),
        outcome="accepted", signed_by="finances",
        answer="À partir du mois prochain, les responsables d'établissement signent seuls jusqu'à 100 euros, dans la "
        "limite de 600 euros par trimestre. La direction des ressources internes vérifie après coup, par sondage. "
        "Nous ferons le point dans six mois avec dix crèches.",
        measure=("Direction des finances", "Nouvelle règle de signature envoyée aux établissements", 30),
    ),
    Tale(
        "interprete-guichet", "Un interprète au téléphone pour le guichet",
        "Quand une personne ne parle pas français, on cherche un collègue dans les étages. Il faudrait un numéro "
        "d'interprète à appeler depuis le guichet.",
        "", 50, "answered", "ACC", anonymous=True, channel="kiosk", supports=97, tags=("accueil", "langues"),
        scale="already_done", outcome="already_done", answered_ago=15, signed_by="accueil", reason_code="deja",
        answer="C'est déjà là, mais vous ne pouviez pas le savoir. Une ligne d'interprétation fonctionne depuis deux "
        "ans dans les maisons des solidarités, en 30 langues. Elle est ouverte aux mairies de quartier, et personne "
        "ne vous l'avait dit : c'est notre faute. Le numéro et le mode d'emploi arrivent cette semaine, en "
        "autocollant sur chaque téléphone de guichet. Dites-nous dans un mois si vous l'utilisez.",
    ),
    Tale(
        "carnet", "Un carnet d'entretien partagé pour chaque camion",
        "Chaque équipe refait la même inspection trois fois par jour, sur trois feuilles. Un carnet commun par "
        "véhicule éviterait les oublis, et l'atelier saurait tout de suite quand une sangle lâche.",
        "agent", 112, "answered", "PRO", "PRO-TAN", channel="phone", supports=214, tags=("véhicules", "sécurité"),
        outcome="pilot", answered_ago=70, signed_by="decideur",
        answer="Deux dépôts testent le carnet pendant quatre mois, sur douze camions. Il tient sur une page, "
        "papier ou "
        "téléphone de service, au choix de l'équipe. Nous compterons les pannes signalées à temps et le temps passé. "
        "Si le nombre de pannes imprévues ne baisse pas d'un cinquième, nous arrêterons et nous dirons pourquoi. Le "
        "bilan sera publié ici.",
        measure=("Atelier mécanique", "Bilan de l'essai sur douze camions", 65),
        comments=tuple(Said("", 110 - number, text) for number, text in enumerate(CARNET)),
    ),
    Tale(
        "velos", "Des vélos-cargos partagés entre les équipes de jardiniers",
        "Le mardi, cinq vélos dorment ici pendant que l'équipe du quai prend un camion pour deux sacs. Un planning "
        "commun permettrait d'en acheter moins et d'en utiliser plus.",
        "serres", 92, "answered", "PAR", "PAR-CLO", team="Équipe des Serres", supports=81, tags=("véhicules",),
        outcome="deferred", answered_ago=45, signed_by="jury", reason_code="regle", revisit_in=230,
        answer="L'idée est bonne et peu coûteuse, mais nos vélos ne sont assurés que pour leur équipe. Le contrat "
        "d'assurance se renégocie au printemps : nous avons demandé d'y inscrire le partage. Nous vous répondrons de "
        "nouveau à la date écrite ici, quoi qu'il arrive.",
        condition="l'accord de l'assureur pour un essai à deux équipes.",
    ),
    Tale(
        "pointer", "Pointer avec son téléphone personnel",
        "La pointeuse est à l'autre bout du dépôt et on y fait la queue. Si chacun pouvait pointer sur son téléphone "
        "en arrivant, on gagnerait dix minutes.",
        "encadrement", 78, "answered", "RES", "PRO-TAN", named=False, channel="phone", supports=58,
        tags=("horaires", "numérique"), outcome="declined", answered_ago=33, signed_by="decideur2",
        reason_code="vie_privee",
        answer="Pointer sur un téléphone personnel obligerait à y installer un outil de l'employeur, parfois à le "
        "localiser. Nous ne voulons pas l'imposer, et tout le monde n'a pas un téléphone récent. Mais le problème est "
        "réel : une seconde pointeuse sera posée à l'entrée sud le mois prochain.",
        condition="des téléphones de service pour toute l'équipe.",
    ),
    Tale(
        "casiers", "Des casiers assez hauts pour les bottes",
        "Les casiers sont trop bas : les bottes sèchent par terre et les collègues glissent. Des casiers hauts et "
        "ajourés régleraient les deux problèmes.",
        "agent", 190, "answered", "PRO", "PRO-TAN", team="Équipe de nuit des Tanneurs", channel="paper", supports=73,
        tags=("tenues", "sécurité"), outcome="accepted", answered_ago=150, signed_by="decideur",
        answer="Les casiers de trois dépôts seront remplacés avant l'hiver, soit 190 places. Le modèle a été choisi "
        "par les équipes, après deux semaines d'essai sur place. Les anciens casiers iront aux serres.",
        measure=("Service technique", "Commande des 190 casiers", 20),
    ),
    Tale(
        "salles", "Une application pour réserver les salles",
        "On perd vingt minutes par semaine à chercher une salle libre. Une petite application avec les salles et "
        "leurs horaires nous simplifierait la vie.",
        "lea", 250, "answered", "RES", "RES-MAR", supports=66, tags=("locaux", "numérique"),
        outcome="pilot", answered_ago=210, signed_by="finances",
        answer="Nous essayons. Pendant six mois, une application d'essai montre les salles de l'immeuble du "
        "Marché-Couvert et leurs horaires. Nous compterons les demandes et le temps passé, puis nous dirons ici si "
        "nous continuons.",
        measure=("Direction des finances", "Application d'essai sur un étage", 20),
    ),
    Tale(
        "passage", "Un passage piéton devant l'école du Vieux-Four",
        "Le matin, les familles traversent entre deux voitures garées. Un passage piéton à la sortie, bien éclairé, "
        "protégerait les enfants et les collègues.",
        "vieuxfour", 18, "transfer_accepted", "ECO", "ECO-VFO", supports=37, tags=("sécurité", "école"), to="RUE",
        reason="La voirie et la signalisation dépendent de votre direction.",
    ),
    Tale(
        "pause", "Changer l'heure de la pause",
        "La pause tombe au moment où le public arrive. La décaler d'une demi-heure permettrait à toute l'équipe de la "
        "prendre vraiment.",
        "nord", 24, "withdrawn", "SOL", "SOL-NOR", supports=6, tags=("horaires",),
        reason="Réglée en réunion d'équipe.",
    ),
    Tale(
        "fete", "Fête des métiers",
        "Une journée où chaque service montre son métier aux autres, dans un parc, avec un repas partagé. On "
        "travaille ensemble sans savoir ce que fait le voisin.",
        "lea", 96, "dormant", "RES", supports=0, tags=("vie d'équipe",),
        question="Quel mois proposez-vous, et combien de services pensez-vous réunir la première année ?",
    ),
)  # fmt: skip
