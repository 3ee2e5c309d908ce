"""What the sessions of the demo panel hold: words alone, in French, as people of the city would write them."""

from datetime import time

from .enums import Audience, DocumentKind, ItemKind, Proposer, Stance

PLACE = "Salle du Halage, 3 quai du Halage. Entrée sans marche côté cour, tram Halage."

# Title, agenda (hour, kind, title, words).
SESSIONS = (
    (
        "Se connaître, comprendre la question",
        (
            (time(9, 30), ItemKind.WELCOME, "Café et badges", "Chacun écrit le prénom qu’il veut sur son badge."),
            (time(10, 0), ItemKind.TOGETHER, "La question, et ce qui n’en fait pas partie", ""),
            (time(11, 0), ItemKind.TABLES, "La dernière fois que j’ai poussé une porte", "À six, un récit chacun."),
            (time(12, 30), ItemKind.BREAK, "Repas", "Préparé par la cuisine de l’école du Vieux-Four."),
            (
                time(14, 0),
                ItemKind.LEARNING,
                "Une journée dans une mairie de quartier",
                "Avec deux agentes.",
            ),
            (time(16, 0), ItemKind.TOGETHER, "Ce qu’il nous manque pour la prochaine fois", ""),
        ),
    ),
    (
        "Entendre celles et ceux qui ne sont pas d’accord",
        (
            (time(9, 30), ItemKind.WELCOME, "Café", ""),
            (time(10, 0), ItemKind.HEARING, "Trois voix sur l’accueil sans rendez-vous", "Vingt minutes chacune."),
            (time(12, 30), ItemKind.BREAK, "Repas", ""),
            (time(14, 0), ItemKind.TABLES, "Ce qui nous a fait changer d’avis", "Trois tours, trois tables."),
            (time(16, 0), ItemKind.TOGETHER, "Qui manque encore ?", "Les demandes d’audition se font ici."),
        ),
    ),
    (
        "Écrire à plusieurs mains",
        (
            (time(9, 30), ItemKind.WELCOME, "Café", ""),
            (time(10, 0), ItemKind.HEARING, "Trois voix demandées par le panel", ""),
            (time(12, 30), ItemKind.BREAK, "Repas", ""),
            (time(14, 0), ItemKind.TABLES, "Premiers brouillons", "Une recommandation par table."),
        ),
    ),
    (
        "Décider",
        (
            (time(9, 30), ItemKind.WELCOME, "Café", ""),
            (time(10, 0), ItemKind.TOGETHER, "Lire chaque recommandation à voix haute", ""),
            (time(12, 30), ItemKind.BREAK, "Repas", ""),
            (time(14, 0), ItemKind.VOTE, "Le vote", "Adoptée à partir de 60 % des suffrages exprimés."),
        ),
    ),
)

# Session, title, kind, source, audience, words.
DOCUMENTS = (
    (
        1,
        "L’accueil aujourd’hui, en deux pages",
        DocumentKind.SUMMARY,
        "Mission Écoute, relue par les deux garants",
        Audience.EVERYBODY,
        "Huit mairies de quartier, un bus, un numéro d’appel. Sur cent personnes qui viennent, trente-huit repartent "
        "sans avoir fini : il leur manque un papier, ou le bon guichet.\n\nLe lundi matin, l’attente dépasse "
        "quarante minutes. Le jeudi après-midi, elle tombe à huit.\n\nCe que nous ne savons pas : combien de "
        "personnes n’essaient plus. Personne ne les compte.",
    ),
    (
        1,
        "Qui renonce, et pourquoi",
        DocumentKind.STUDY,
        "Observatoire social de Marvenne",
        Audience.MEMBERS,
        "Cent vingt entretiens dans la rue, aux arrêts de tram et à la sortie des écoles. Trois raisons reviennent : "
        "les horaires, la peur de mal s’exprimer, et l’idée que « tout se fait sur internet maintenant ».",
    ),
    (
        2,
        "Réponse de la direction de l’accueil à vos onze questions",
        DocumentKind.ANSWER,
        "Direction de l’accueil",
        Audience.EVERYBODY,
        "Vous demandiez ce que coûterait une soirée d’ouverture par semaine : deux postes et demi pour huit mairies. "
        "Vous demandiez si la Ville peut cesser de réclamer un papier qu’elle a déjà : pour douze papiers, oui.",
    ),
)

# Session, name, quality, stance, interests, proposed by.
HEARINGS = (
    (
        2,
        "Yamina Belkacem",
        "Agente d’accueil à la mairie des Quais",
        Stance.FOR,
        "Son poste dépend de la décision.",
        Proposer.ORGANISERS,
    ),
    (
        2,
        "Gérard Pons",
        "Représentant du personnel",
        Stance.AGAINST,
        "Élu d’un syndicat, opposé à l’ouverture du soir sans embauche.",
        Proposer.MEMBERS,
    ),
    (
        2,
        "Louise Hamon",
        "Sociologue, université de l’Ouest",
        Stance.NEUTRAL,
        "Son laboratoire a été payé par la Ville pour une enquête il y a quatre ans.",
        Proposer.GUARANTOR,
    ),
    (3, "Ibrahim Sané", "Écrivain public bénévole", Stance.FOR, "aucun", Proposer.MEMBERS),
    (
        3,
        "Hélène Caradec",
        "Directrice d’une société de prise de rendez-vous en ligne",
        Stance.AGAINST,
        "Sa société a un marché avec la Ville jusqu’à l’an prochain.",
        Proposer.COMMISSIONER,
    ),
    (3, "Nour Daoud", "Locataire, a renoncé deux fois à une démarche", Stance.FOR, "aucun", Proposer.MEMBERS),
)

# Who, why, whether it was accepted (None: waits), the answer.
REQUESTS = (
    (
        "Quelqu’un qui a renoncé",
        "On parle d’eux depuis ce matin et aucun n’est dans la salle.",
        True,
        "Nour Daoud vient à la troisième séance.",
    ),
    (
        "Le maire d’une ville qui a tout mis en ligne",
        "Pour savoir ce qu’ils ont perdu.",
        False,
        "Il n’est pas libre avant le vote. Son rapport est dans vos documents.",
    ),
    ("Une conductrice du Bus des démarches", "Elle voit ceux que les mairies ne voient pas.", None, ""),
)
CORRECTED = "Une signature lue sur la mauvaise ligne."

# The next meetings of the standing panel: one that members were told of, one that the team prepares.
NEXT_TITLE = "Le point de la saison"
NEXT_AGENDA = (
    (time(9, 30), ItemKind.WELCOME, "Café", "Les nouvelles et les nouveaux membres se présentent."),
    (time(9, 50), ItemKind.TOGETHER, "Ce que les directions ont fait de nos réponses", "Saisine par saisine."),
    (time(10, 40), ItemKind.HEARING, "Une voix sur les guichets du soir", ""),
    (time(11, 20), ItemKind.TABLES, "Que regarder la saison prochaine ?", "Deux tours de table."),
)
NEXT_DOCUMENT = (
    "Nos réponses de la saison, en deux pages",
    "Mission Écoute, relue par la garante",
    "Le panel a répondu à trois saisines. Une direction n’a pas encore dit ce qu’elle en a fait : sa date est passée."
    "\n\nPour le formulaire de la cantine, trois de nos quatre demandes sont faites. La quatrième attend un marché.",
)
NEXT_HEARING = (
    "Awa Thiam", "Responsable de l’accueil, mairie des Quais", Stance.FOR,
    "Ses horaires changent si l’on ouvre le soir.",
)  # fmt: skip
NEXT_REQUEST = ("Un chauffeur de la navette", "Il sait qui descend où, et qui ne monte plus.")
LATER_TITLE = "Accueillir celles et ceux qui arrivent"
LATER_AGENDA = (
    (time(9, 30), ItemKind.WELCOME, "Café et badges", ""),
    (time(10, 0), ItemKind.TOGETHER, "Ce que le panel a appris, raconté par les plus anciens", ""),
)
