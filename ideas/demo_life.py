"""Ideas of the demo city answered together, merged or opened again, and the ready-made answers. Invented."""

from typing import NamedTuple

from .demo_ideas import Tale

# Unit's code (empty: the whole city), name, answer, text, reason, what could change the answer.
TEMPLATES = (
    (
        "PRO", "Cela existe déjà", "already_done",
        "Cela existe déjà, et nous aurions dû mieux le dire. Vous le trouverez à cet endroit : … . La personne à "
        "qui le demander est : … .",
        "deja", "",
    ),
    (
        "PRO", "Réparation courte", "accepted",
        "L'équipe de l'atelier passe cette semaine. Le matériel est commandé, et la date des travaux est affichée au "
        "dépôt. Dites-nous si cela ne suffit pas.",
        "", "",
    ),
    (
        "", "Ce n'est pas à la Ville d'en décider", "declined",
        "Ce n'est pas à la Ville d'en décider : cela revient à … . Nous lui avons transmis votre idée le … . En "
        "attendant, voici ce que nous pouvons faire de notre côté : … .",
        "competence", "Une décision de l'organisme compétent.",
    ),
)  # fmt: skip

PLANNING = {
    "outcome": "already_done",
    "reason": "deja",
    "text": "Cela existe déjà, et nous aurions dû mieux le dire. Le planning des camions et des bennes est tenu à "
    "jour chaque soir par l'atelier. Il est maintenant affiché à trois endroits : au vestiaire, près de la "
    "pointeuse et à l'entrée sud. Signalez un oubli à l'atelier : il est corrigé le jour même.",
}
EARS = {
    "outcome": "accepted",
    "text": "Des bouchons d'oreilles sont posés cette semaine près des deux compacteurs et à l'entrée de l'atelier. "
    "La médecine de prévention vient mesurer le bruit avant la fin du mois, et ses mesures seront affichées au dépôt.",
    "measure_owner": "Service Mécanique",
    "first_milestone": "Poser trois distributeurs de bouchons d'oreilles",
}
# Answered together today; drafted together, to countersign.
ANSWERED_TOGETHER, DRAFTED_TOGETHER = ("planning-camions", "planning-bennes"), ("oreilles", "compacteur")

LIFE = (
    Tale(
        "planning-camions", "Savoir la veille quel camion nous aurons",
        "Le matin, chaque équipe cherche son camion dans la cour. Si le planning était affiché la veille, nous "
        "partirions dix minutes plus tôt.",
        "encadrement", 9, "oriented", "PRO", "PRO-TAN", supports=17, scale="already_done", tags=("camions",),
    ),
    Tale(
        "planning-bennes", "Afficher le planning des bennes au vestiaire",
        "Nous découvrons le changement de benne au moment de partir. Une feuille au vestiaire, à jour, éviterait des "
        "allers-retours.",
        "agent", 8, "oriented", "PRO", "PRO-TAN", named=False, supports=9, scale="already_done", tags=("camions",),
    ),
    Tale(
        "oreilles", "Des bouchons d'oreilles près des compacteurs",
        "Les bouchons sont au magasin, à l'autre bout du dépôt. Un distributeur près des compacteurs, et tout le "
        "monde en mettrait.",
        "encadrement", 11, "oriented", "PRO", "PRO-TAN", supports=22, scale="quick_fix", tags=("santé",),
    ),
    Tale(
        "compacteur", "Se protéger du bruit à l'atelier",
        "Le compacteur tourne pendant nos réparations et l'on rentre avec les oreilles qui sifflent. Il faudrait de "
        "quoi se protéger, à portée de main.",
        "rive", 10, "oriented", "PRO", "PRO-RIV", named=False, supports=8, scale="quick_fix", tags=("santé",),
    ),
    Tale(
        "parkas", "Reprendre les parkas trop petites",
        "Dans ma brigade, trois parkas trop petites dorment dans un placard. Il suffirait de pouvoir les rendre et "
        "d'en prendre une à sa taille.",
        "egalite", 12, "open", "RUE", "TRA-CEN", supports=31, tags=("tenues",),
    ),
    Tale(
        "cafe", "Un bac pour les gobelets près de la machine à café",
        "Au dépôt aussi, les gobelets partent avec le reste. Un bac à part, près de la machine, et le tri se ferait "
        "tout seul.",
        "agent", 6, "open", "RES", "PRO-TAN", supports=14, tags=("déchets",),
    ),
    Tale(
        "paie", "Recevoir sa fiche de paie en grands caractères",
        "Avec mes yeux, je ne lis plus la fiche de paie. Une version en grands caractères, sur demande, me rendrait "
        "la lecture possible sans l'aide d'un collègue.",
        "agent2", 40, "answered", "RES", "ACC-QUA", supports=26, tags=("accessibilité",),
        outcome="declined", answered_ago=16, signed_by="finances", reason_code="technique",
        answer="Le logiciel de paie n'imprime qu'un seul modèle, et le changer pour toutes les fiches coûterait trop "
        "cher cette année. En attendant, l'équipe de la paie reçoit sans rendez-vous, le mardi matin, pour lire la "
        "fiche avec vous.",
        condition="un logiciel de paie qui propose plusieurs modèles.",
    ),
    Tale(
        "crochets", "Des crochets pour faire sécher les gants",
        "Le soir, les gants mouillés restent en tas sur le radiateur. Des crochets le long du mur, et ils seraient "
        "secs le matin.",
        "encadrement", 3, "open", "PRO", "PRO-TAN", tags=("tenues",),
    ),
    Tale(
        "local-velos", "Ouvrir le local à vélos du dépôt avant 5 heures",
        "Le local à vélos ouvre à 6 heures, et nous prenons notre poste à 5 h 40. Nos vélos restent dehors, et deux "
        "ont été volés cet hiver.",
        "agent", 130, "answered", "RES", "PRO-TAN", supports=44, tags=("vélo",),
        outcome="declined", answered_ago=84, signed_by="finances", reason_code="budget",
        answer="Ouvrir plus tôt demande une serrure à badge, car personne n'est au dépôt à cette heure. Le budget de "
        "cette année est déjà engagé pour les vestiaires. En attendant, l'atelier pose deux arceaux sous la caméra "
        "de l'entrée.",
        condition="un budget pour une serrure à badge au dépôt.",
    ),
    Tale(
        "ascenseurs", "Signaler une panne d'ascenseur depuis un téléphone",
        "Les pannes d'ascenseur se notent sur un cahier, à l'accueil. Depuis un téléphone, l'équipe technique le "
        "saurait tout de suite, et le public aussi.",
        "lea", 190, "answered", "RES", "ACC-QUA", supports=52, tags=("bâtiments", "numérique"),
        outcome="declined", answered_ago=140, signed_by="finances", reason_code="technique",
        answer="Aucun de nos outils ne permet de signaler une panne depuis un téléphone sans passer par le standard. "
        "En acheter un pour les seuls ascenseurs coûterait trop cher. Le standard prend vos signalements jusqu'à "
        "19 heures.",
        condition="un outil de signalement qui marche sur téléphone.",
    ),
    Tale(
        "fontaines", "Une fontaine à eau à chaque étage",
        "Il y a une seule fontaine pour trois étages. On remplit sa bouteille en faisant la queue avec le public, "
        "souvent à l'heure d'affluence.",
        "agent2", 150, "answered", "RES", "ACC-QUA", supports=38, tags=("bâtiments",),
        outcome="declined", answered_ago=110, signed_by="finances", reason_code="priorite",
        answer="Amener l'eau à chaque étage oblige à ouvrir les cloisons, que nous refaisons dans deux ans. Nous ne "
        "voulons pas faire deux fois les travaux. D'ici là, une seconde fontaine est posée au rez-de-chaussée, du "
        "côté du personnel.",
        condition="la rénovation des étages, prévue dans deux ans.",
    ),
    Tale(
        "rendez-vous-paie", "Prendre rendez-vous en ligne avec l'équipe de la paie",
        "Pour voir l'équipe de la paie, il faut appeler entre deux tournées, et la ligne est occupée. Un rendez-vous "
        "en ligne nous ferait gagner une demi-journée.",
        "encadrement", 150, "answered", "RES", "PRO-TAN", supports=29, tags=("paie", "numérique"),
        outcome="deferred", answered_ago=110, signed_by="finances", reason_code="technique", revisit_in=18,
        answer="Les directions choisissent ensemble un outil de rendez-vous au début de l'année. Nous attendons ce "
        "choix, pour ne pas en avoir deux. D'ici là, l'équipe de la paie rappelle sous deux jours qui laisse un "
        "message.",
        condition="un outil de rendez-vous choisi par toutes les directions.",
    ),
)  # fmt: skip
# The idea its author corrected before anybody supported it, and what it says after each time.
CORRECTED = (
    "Des crochets pour faire sécher les gants",
    (
        "Le soir, les gants mouillés restent en tas sur le radiateur. Une trentaine de crochets le long du mur, près "
        "de la pointeuse, et ils seraient secs le matin.",
        "Le soir, les gants et les bonnets mouillés restent en tas sur le radiateur du vestiaire. Une trentaine de "
        "crochets le long du mur, près de la pointeuse, et tout serait sec le matin.",
    ),
)


class Reopening(NamedTuple):
    """A condition said to be met so many days ago, and what its supporters wish: counted once their days are over."""

    title: str
    met_ago: int
    what: str
    yes: int
    no: int
    author: str


# One is running, one was reopened and is answered by somebody else, one stays as it was.
REOPENINGS = (
    Reopening(
        "Ouvrir le local à vélos du dépôt avant 5 heures", 4,
        "Le budget voté ce mois-ci comprend dix serrures à badge, dont une pour le dépôt des Tanneurs.",
        9, 2, "",
    ),
    Reopening(
        "Signaler une panne d'ascenseur depuis un téléphone", 40,
        "L'outil acheté pour les écoles marche sur téléphone, et son contrat couvre tous les bâtiments de la Ville.",
        26, 12, "yes",
    ),
    Reopening(
        "Une fontaine à eau à chaque étage", 30,
        "Les étages sont rénovés plus tôt que prévu : les travaux commencent au printemps.",
        7, 14, "no",
    ),
)  # fmt: skip
AFTER_THE_REOPENING = {
    "outcome": "pilot",
    "text": "La condition est remplie : l'outil des écoles convient aussi aux ascenseurs. Nous l'ouvrons pour trois "
    "immeubles pendant quatre mois, avec une affichette dans chaque cabine. Nous compterons les signalements et le "
    "temps de réparation, puis nous dirons si tous les immeubles suivent.",
    "measure_owner": "Service Bâtiments",
    "first_milestone": "Poser l'affichette dans les cabines de trois immeubles",
}
# The title of the idea that would join, that of the other, and why; the first is agreed, the second is asked.
MERGED = (
    "Reprendre les parkas trop petites", "Une armoire pour échanger les tenues qui ne vont pas",
    "Les deux demandent la même chose : rendre une tenue qui ne va pas, et en prendre une autre sans formulaire.",
)  # fmt: skip
PROPOSED = (
    "Un bac pour les gobelets près de la machine à café", "Trier les gobelets dans les salles de réunion",
    "Même question, à deux endroits : une seule réponse vaudrait pour les salles et pour les machines à café.",
)  # fmt: skip
# The idea whose author appealed, what is new, and the answer of somebody else.
APPEALED = "Recevoir sa fiche de paie en grands caractères"
WHAT_IS_NEW = (
    "Je ne demande pas de changer le logiciel : la fiche existe en fichier. L'imprimerie de la ville peut l'agrandir, "
    "je lui ai posé la question."
)
AFTER_THE_APPEAL = {
    "outcome": "pilot",
    "text": "Vous avez raison : il suffit d'agrandir le fichier, sans toucher au logiciel. L'imprimerie le fait "
    "pendant trois mois pour toute personne qui le demande, sous enveloppe fermée. Nous compterons les demandes, "
    "puis nous dirons si cela devient la règle.",
    "measure_owner": "Imprimerie de la ville",
    "first_milestone": "Un formulaire d'une ligne à l'accueil du personnel",
}
# One person alone decides for the parks: the appeal waits for whoever decides for the whole City.
APPEAL_ABOVE = (
    "Réparer le portail du parc avant l'été",
    "Le danger nouveau est là : mardi, le portail est tombé sur un vélo de service. Personne n'a été blessé, mais les "
    "enfants de l'école passent par cette entrée deux fois par jour.",
)
# Internal notes: the idea, who writes, how many hours ago, the note, and what it said at first when it changed.
NOTES = (
    (
        "Une lampe au-dessus du tableau d'affichage", "correspondant", 50,
        "Vu avec l'atelier : une applique à détecteur est en stock. Il reste à choisir la hauteur, pour que le "
        "tableau se lise aussi de loin.", "Vu avec l'atelier : une applique est en stock.",
    ),
    (
        "Une lampe au-dessus du tableau d'affichage", "instructeur", 3,
        "Je passe jeudi matin mesurer. L'électricien demande une coupure de dix minutes, hors prise de poste.", "",
    ),
    (
        "Des vestiaires qui ferment pour les équipes mixtes", "correspondant", 120,
        "Le verrou a été commandé deux fois sans suite. Demander le numéro du bon de commande avant de répondre.", "",
    ),
)  # fmt: skip
# The idea whose author drew it: what each file shows or holds, and the lines of the list.
FILES = (
    "Des crochets pour faire sécher les gants",
    (
        "Croquis du mur : trente crochets sur deux rangs, entre la pointeuse et la porte",
        "Plan du vestiaire vu de dessus : les crochets en haut, quatre bancs au milieu",
        "Liste du matériel et prix : 46 euros en tout",
    ),
    (
        "Matériel pour trente crochets",
        "Deux tasseaux de bois, 3,40 m : 18 euros",
        "Trente crochets vissés : 22 euros",
        "Vis et chevilles : 6 euros",
        "Pose : une heure à deux, un mardi après la tournée",
    ),
)
# Authors who thank those who answered: the idea, its author, and their word.
THANKS = (
    (
        "Savoir la veille quel camion nous aurons", "encadrement",
        "Merci. Le planning est affiché aux trois endroits depuis hier, et l'équipe du matin part à l'heure.",
    ),
    (
        "Afficher le planning des bennes au vestiaire", "agent",
        "Merci d'avoir répondu aussi vite, et d'avoir dit à qui signaler un oubli.",
    ),
    (
        "Recevoir sa fiche de paie en grands caractères", "agent2",
        "Merci d'avoir appelé l'imprimerie. J'ai lu ma fiche moi-même pour la première fois depuis deux ans.",
    ),
)  # fmt: skip
