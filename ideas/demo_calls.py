"""The calls of the demo city: two that collect, study and choose, one with a jury. Invented, like everything in it."""

from dataclasses import dataclass

from .demo_ideas import Tale


@dataclass(frozen=True)
class Call:
    """A call of the demo city: its words, how many it chooses, since when it is open, and its ideas."""

    slug: str
    name: str
    summary: str
    introduction: str
    chosen: int
    opened_ago: int
    days: int
    is_announced: bool
    tales: tuple
    kind: str = "choose-together"
    # Who scores, where there is a jury.
    jury: tuple = ()


def _kept(first: str, owner: str, step: str, days: int) -> dict:
    """A complete "yes" of a choice."""
    return {
        "outcome": "accepted",
        "answer": f"{first} Elle fait partie des propositions choisies : le service commence ce trimestre, publie un "
        "premier bilan dans six mois, et dira ce qui n'a pas marché autant que le reste.",
        "measure": (owner, step, days),
    }


def _left(first: str, condition: str, code: str = "budget") -> dict:
    """A complete "no" of a choice."""
    return {
        "outcome": "declined",
        "answer": f"{first} Le choix portait sur un nombre fixé d'avance, et d'autres propositions faisaient gagner "
        "plus avec les mêmes moyens. L'étude est gardée : elle resservira si la situation change.",
        "reason_code": code,
        "condition": condition,
    }


SERVICES_SOBRES = Call(
    slug="services-sobres",
    name="Services sobres",
    summary="Moins d'énergie, d'eau et de déchets : sept propositions choisies et annoncées le même jour.",
    introduction="Six semaines pour proposer, puis l'étude. Sept propositions sont choisies ; toutes celles qui ont "
    "été étudiées reçoivent leur réponse le même jour.",
    chosen=7,
    opened_ago=110,
    days=42,
    is_announced=True,
    tales=(
        Tale(
            "sobre-chauffage", "Baisser le chauffage des halls le vendredi soir",
            "Les halls restent à vingt degrés tout le week-end alors que personne n'y passe. Une consigne à quatorze "
            "degrés du vendredi soir au lundi matin suffirait.",
            "lea", 100, "prepared", "RES", supports=88, tags=("énergie",), signed_by="finances",
            **_kept("Oui. La consigne passe à quatorze degrés dans onze halls.", "Service Bâtiments",
                    "Réglage des onze horloges", 20),
        ),
        Tale(
            "sobre-eau", "Récupérer l'eau de pluie des serres",
            "Le toit des serres envoie toute la pluie à l'égout, et nous arrosons avec l'eau potable. Deux cuves "
            "derrière la serre froide couvriraient une bonne part de l'été.",
            "serres", 98, "prepared", "PAR", "PAR-CLO", supports=71, tags=("eau",), signed_by="finances",
            **_kept("Oui. Deux cuves sont posées derrière la serre froide.", "Service Jardins",
                    "Commande des cuves", 35),
        ),
        Tale(
            "sobre-eclairage", "Des minuteries dans les couloirs du sous-sol",
            "Au sous-sol du centre technique, la lumière reste allumée jour et nuit : personne ne sait où est "
            "l'interrupteur. Des minuteries à chaque porte régleraient la question.",
            "bruno", 97, "prepared", "RUE", "RUE-HAL", supports=54, tags=("énergie",), signed_by="finances",
            **_kept("Oui. Les couloirs reçoivent des minuteries à chaque porte.", "Service Bâtiments",
                    "Pose du premier couloir", 30),
        ),
        Tale(
            "sobre-vaisselle", "De la vaisselle lavable pour les réunions",
            "Chaque réunion du conseil laisse un sac de gobelets. Une caisse de vaisselle par étage, lavée à la "
            "cantine, reviendrait moins cher dès la première année.",
            "lea", 95, "prepared", "RES", supports=47, named=False, tags=("déchets",), signed_by="finances",
            **_kept("Oui. Chaque étage reçoit une caisse de vaisselle.", "Moyens généraux",
                    "Achat des caisses", 25),
        ),
        Tale(
            "sobre-tournee", "Regrouper deux tournées du mardi",
            "Le mardi, deux camions à moitié vides font presque le même trajet. En décalant un ramassage au "
            "mercredi, une seule tournée suffit.",
            "agent", 94, "prepared", "PRO", "PRO-TAN", supports=63, tags=("carburant",), signed_by="finances",
            **_kept("Oui. Les deux tournées n'en font plus qu'une.", "Service Collecte",
                    "Nouveau plan de tournée", 15),
        ),
        Tale(
            "sobre-papier", "Imprimer les dossiers d'inscription à la demande",
            "Nous jetons chaque année trois cartons de dossiers périmés. Les imprimer au guichet, à la demande, "
            "éviterait le gâchis et les erreurs de version.",
            "agent2", 93, "prepared", "ACC", "ACC-BUS", supports=52, tags=("papier",), signed_by="finances",
            **_kept("Oui. Les dossiers s'impriment au guichet, à la demande.", "Service Accueil",
                    "Réglage des imprimantes", 18),
        ),
        Tale(
            "sobre-produits", "Deux produits d'entretien au lieu de onze",
            "Onze bidons différents dans le local, dont six ouverts pour un seul usage. Deux produits concentrés, "
            "avec une fiche claire, suffisent dans les crèches qui l'ont essayé.",
            "peupliers", 92, "prepared", "PEN", "PEN-PEU", supports=58, tags=("achats",), signed_by="finances",
            **_kept("Oui. Les crèches passent à deux produits concentrés.", "Petite enfance",
                    "Essai dans six crèches", 28),
        ),
        Tale(
            "sobre-solaire", "Des panneaux solaires sur la piscine",
            "Le toit de la piscine est plat et sans ombre. Des panneaux fourniraient une partie de l'eau chaude des "
            "douches pendant huit mois de l'année.",
            "roseaux", 99, "prepared", "BCS", "BCS-ROS", supports=90, tags=("énergie",), signed_by="finances",
            **_left("Non, pas dans ce choix : le toit doit d'abord être refait.", "La réfection du toit, prévue dans "
                    "deux ans.", "technique"),
        ),
        Tale(
            "sobre-velos", "Remplacer six voitures de service par des vélos",
            "Six voitures font moins de quatre kilomètres par jour. Des vélos à assistance coûteraient le prix d'un "
            "an d'entretien.",
            "lea", 96, "prepared", "RES", supports=44, tags=("carburant",), signed_by="finances",
            **_left("Non, pas dans ce choix : il manque un local fermé.", "Un local à vélos fermé au "
                    "Marché-Couvert."),
        ),
        Tale(
            "sobre-ampoules", "Changer toutes les ampoules des écoles",
            "Beaucoup de classes ont encore des tubes. Les changer tous pendant l'été ferait baisser la facture "
            "partout à la fois.",
            "peupliers", 91, "prepared", "PEN", supports=39, named=False, tags=("énergie",), signed_by="finances",
            **_left("Non, pas d'un coup : les tubes sont changés à chaque panne.", "Une aide de l'État pour un "
                    "changement complet.\nLa fin du contrat d'entretien, l'été prochain."),
            terms=(("budget", 0), ("annee", 240)),
        ),
    ),
)  # fmt: skip

OBJETS_QUI_DURENT = Call(
    slug="objets-qui-durent",
    name="Objets qui durent",
    summary="Réparer, prêter, réemployer : trois propositions seront choisies.",
    introduction="On propose, la cellule retient, des collègues étudient, puis trois propositions sont choisies et "
    "annoncées avec les réponses à toutes les autres.",
    chosen=3,
    opened_ago=40,
    days=60,
    is_announced=False,
    tales=(
        Tale(
            "dure-atelier", "Un après-midi de réparation par mois",
            "Des chaises, des lampes et des diables partent à la benne pour une vis. Un après-midi par mois à "
            "l'atelier, avec deux volontaires, en sauverait la moitié.",
            "lea", 36, "prepared", "RES", supports=61, tags=("réemploi",), signed_by="finances",
            **_kept("Oui. L'atelier ouvre un après-midi par mois.", "Service Bâtiments", "Premier après-midi", 30),
        ),
        Tale(
            "dure-outils", "Prêter les outils entre dépôts",
            "Chaque dépôt achète la même tronçonneuse pour trois jours par an. Un cahier de prêt commun suffirait.",
            "agent", 35, "prepared", "PRO", "PRO-TAN", supports=42, tags=("réemploi",), signed_by="finances",
            **_kept("Oui. Les dépôts partagent un cahier de prêt.", "Service Collecte", "Cahier posé", 21),
        ),
        Tale(
            "dure-ecrans", "Garder les écrans un an de plus",
            "Les écrans sont changés tous les quatre ans, même quand ils marchent. Cinq ans ne gênerait personne.",
            "bus", 34, "prepared", "ACC", "ACC-BUS", supports=17, tags=("numérique",), signed_by="finances",
            **_left("Non, pas dans ce choix : le contrat fixe quatre ans.", "Le prochain contrat, dans un an.",
                    "regle"),
        ),
        Tale(
            "dure-mobilier", "Une réserve de meubles ouverte à tous",
            "Quand un service déménage, ses meubles partent au dépôt et personne ne sait lesquels. Une liste avec "
            "des photos éviterait des achats.",
            "agent2", 33, "decision_pending", "ACC", supports=38, named=False, tags=("réemploi",),
        ),
        Tale(
            "dure-tenues", "Recoudre les tenues au lieu de les jeter",
            "Une couture défaite et la parka est réformée. Une couturière deux matins par semaine en remettrait "
            "beaucoup en service.",
            "fatou", 30, "studied", "RUE", "RUE-HAL", supports=55, tags=("tenues",),
        ),
        Tale(
            "dure-jouets", "Échanger les jouets entre crèches",
            "Les jouets des grands ne servent plus chez les petits. Une caisse qui tourne entre crèches, chaque "
            "trimestre, renouvellerait tout sans acheter.",
            "peupliers", 26, "oriented", "PEN", "PEN-PEU", supports=33, tags=("réemploi",),
        ),
        Tale(
            "dure-livres", "Donner les livres retirés des rayons",
            "Les livres retirés attendent des mois dans des cartons. Une étagère à l'entrée, libre, leur trouverait "
            "des lecteurs le jour même.",
            "roseaux", 12, "open", "BCS", "BCS-ROS", supports=21, tags=("bibliothèques",),
        ),
        Tale(
            "dure-cables", "Une boîte à câbles par étage",
            "Nous rachetons des câbles que nous avons déjà. Une boîte par étage, avec une étiquette, suffirait.",
            "lea", 2, "submitted", "RES", supports=4, tags=("numérique",),
        ),
    ),
)  # fmt: skip

MENAGER_SON_DOS = Call(
    slug="menager-son-dos",
    name="Ménager son dos",
    summary="Outils et gestes contre les douleurs au travail : un jury, quatre lauréats annoncés ensemble.",
    introduction="On propose un outil ou un geste. Un jury de cinq collègues note sans se voir, et personne ne note "
    "la proposition de son propre service. Quatre lauréats sont annoncés le même jour.",
    chosen=4,
    opened_ago=75,
    days=42,
    is_announced=False,
    kind="jury-call",
    jury=("bruno", "bus", "nord", "roseaux", "vieuxfour"),
    tales=(
        Tale(
            "dos-chariot", "Un chariot à hauteur réglable pour le linge",
            "Nous soulevons les sacs de linge du sol trente fois par matin. Un chariot dont le plateau monte et "
            "descend existe ; une crèche voisine l'a essayé et ne le rend plus.",
            "peupliers", 70, "prepared", "PEN", "PEN-PEU", supports=83, tags=("santé",), signed_by="finances",
            **_kept("Oui. Six crèches reçoivent un chariot réglable.", "Petite enfance", "Commande des chariots", 40),
        ),
        Tale(
            "dos-sangle", "Une sangle pour porter les bacs à deux",
            "À deux, les bacs se portent sans se pencher si la sangle passe sous le fond. Nous l'avons cousue "
            "nous-mêmes, elle tient depuis un an.",
            "agent", 68, "prepared", "PRO", "PRO-TAN", supports=64, tags=("santé",), signed_by="finances",
            **_kept("Oui. Les sangles sont cousues pour tous les dépôts.", "Magasin central", "Cent sangles", 45),
        ),
        Tale(
            "dos-siege", "Des sièges massants dans les cabines",
            "Après cinq heures de conduite, le bas du dos est bloqué. Des sièges massants existent pour les poids "
            "lourds.",
            "agent2", 66, "prepared", "ACC", "ACC-BUS", supports=29, tags=("santé",), signed_by="finances",
            **_left("Non : le jury a préféré ce qui sert à plus de monde.", "Le remplacement des véhicules, dans "
                    "trois ans.", "priorite"),
        ),
        Tale(
            "dos-caisse", "Une caisse d'accueil où l'on peut être debout",
            "À la caisse, nous sommes assis de travers toute la journée. Un plan plus haut, avec un appui, laisserait "
            "changer de position.",
            "roseaux", 64, "studied", "BCS", "BCS-ROS", supports=37, tags=("santé",),
        ),
        Tale(
            "dos-marmites", "Des roulettes sous les grandes marmites",
            "Les marmites pleines se tirent sur le carrelage. Un socle à roulettes, avec un frein, coûterait moins "
            "qu'un arrêt de travail.",
            "lea", 62, "studied", "ECO", supports=58, named=False, tags=("santé",),
        ),
        Tale(
            "dos-gestes", "Dix minutes d'échauffement avant la tournée",
            "Une collègue a été kiné. Le matin, elle nous montre trois gestes avant de partir : les douleurs du soir "
            "ont diminué dans toute l'équipe.",
            "bus", 50, "oriented", "ACC", "ACC-BUS", supports=71, tags=("santé",),
        ),
        Tale(
            "dos-echelles", "Des marchepieds à la place des échelles",
            "Pour changer une ampoule, l'échelle est trop lourde à porter seul. Un marchepied stable suffit dans la "
            "plupart des salles.",
            "lea", 41, "open", "RES", supports=18, tags=("santé",),
        ),
    ),
)  # fmt: skip

# What was chosen has two authors, and the measure it became names both.
SIGNED_TOGETHER = ("Regrouper deux tournées du mardi", "agent", "encadrement")
# Refused by the choice, looked at again by the author's appeal: one waits, one was given a yes besides those chosen.
APPEAL_WAITING = (
    "Des panneaux solaires sur la piscine",
    "La toiture sera refaite ce printemps, et non dans deux ans : le chantier vient d'être voté. Poser les panneaux "
    "en même temps éviterait de monter deux fois l'échafaudage.",
)
APPEAL_ANSWERED = (
    "Remplacer six voitures de service par des vélos",
    "Un local fermé s'est libéré au rez-de-chaussée du Marché-Couvert : l'ancienne réserve de papier. Il y entre huit "
    "vélos, et la porte a déjà une serrure à badge.",
)
AFTER_THE_APPEAL = {
    "outcome": "accepted",
    "text": "Oui, en plus des sept propositions choisies : le local qui manquait existe, et nous sommes allés le voir "
    "avec vous. Quatre vélos remplacent quatre voitures dès ce trimestre, et les deux dernières suivront si le local "
    "suffit. Nous dirons dans six mois combien de trajets se font à vélo, et ce que les équipes en pensent.",
    "measure_owner": "Moyens généraux",
    "first_milestone": "Vider et éclairer le local du rez-de-chaussée",
}

CALLS = (SERVICES_SOBRES, OBJETS_QUI_DURENT, MENAGER_SON_DOS)
