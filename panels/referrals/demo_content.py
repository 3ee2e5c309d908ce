"""The referrals of the demo city. Invented, like everything in it."""

CANTEEN = {
    "title": "Le formulaire de première inscription à la cantine",
    "question": (
        "Nous voulons remplacer notre formulaire de quatre pages. Pouvez-vous le remplir sans aucune aide ? "
        "Nous corrigerons ce qui bloque avant de le mettre en service."
    ),
    "tasks": (
        "Trouver quels papiers il faut joindre",
        "Remplir la rubrique sur vos revenus",
        "Dire que votre enfant ne mange pas de tel aliment",
        "Savoir quand vous aurez la réponse",
    ),
    "link": "https://demarches.marvenne.example/cantine",
}
# Of each tester: how the four tasks went, minutes, where they got stuck. The last two wrote on paper, with help.
TESTERS = (
    (("alone", "alone", "alone", "alone"), 9, ""),
    (("alone", "helped", "alone", "not_done"), 14, "« Quotient » : je ne sais pas ce que c’est."),
    (("alone", "not_done", "alone", "not_done"), 16, "Il demande l’avis d’impôt de l’an dernier, je n’ai pas le bon."),
    (("helped", "helped", "alone", "alone"), 15, "La liste des papiers est à la fin, après les questions."),
    (("helped", "helped", "helped", "not_done"), 27, "Les cases sont trop petites pour écrire à la main."),
    (("not_done", "helped", "helped", "not_done"), 31, "Trop de mots par page. J’ai arrêté à la troisième."),
)
ON_PAPER = 2
CANTEEN_ANSWER = (
    "Le formulaire ne peut pas encore être mis en service. Six membres l’ont essayé : une personne l’a rempli seule "
    "jusqu’au bout. Deux d’entre nous, peu à l’aise avec l’écrit, ont eu besoin d’aide à chaque page. Ce qui bloque "
    "n’est pas la longueur : c’est l’ordre, et trois mots que personne n’explique."
)
CANTEEN_CHANGES = (
    "Mettre la liste des papiers sur la première page",
    "Expliquer le quotient en une phrase, avec un exemple",
    "Agrandir les cases de la version papier",
    "Dire sur la dernière page quand et comment arrive la réponse",
)
CANTEEN_DONE = (
    "Nous avons refait le formulaire avec vos quatre demandes en main. Trois sont faites. La nouvelle version sert "
    "depuis lundi dans deux écoles, et nous comptons les appels à l’aide."
)
# By the place of each change: done, or why not.
CANTEEN_OUTCOMES = {
    1: ("done", ""),
    2: ("done", ""),
    3: ("not_done", "L’imprimeur change au printemps : les cases seront agrandies avec le nouveau marché."),
    4: ("done", ""),
}

EVENINGS = {
    "title": "Les horaires du soir de la mairie des Quais",
    "question": (
        "Nous pouvons ouvrir deux soirs par semaine. Lesquels, jusqu’à quelle heure, et pour quelles démarches ? "
        "Nous fixerons les horaires de l’année à partir de votre réponse."
    ),
}
EVENING_WORDS = (
    "Le mardi et le jeudi. Le mercredi, je garde mes petits-enfants.",
    "Jusqu’à 20 heures. À 19 heures je sors seulement du travail, à l’autre bout de la ville.",
    "Pour les papiers d’identité surtout : c’est le seul rendez-vous qu’on ne peut pas faire en ligne.",
    "19 h 30 suffit si on peut prendre rendez-vous pour le dernier créneau.",
    "Sans rendez-vous le soir, sinon ceux qui n’ont pas internet n’auront rien.",
    "Le jeudi, c’est le soir du marché : il y a du monde et des bus.",
    "Je préfère le samedi matin, mais si c’est le soir, alors le mardi.",
)
EVENING_ANSWER = (
    "Le mardi et le jeudi, jusqu’à 19 h 30. D’abord pour les papiers d’identité et l’état civil. La moitié des "
    "créneaux reste sans rendez-vous. Le jeudi a été cité le plus souvent : c’est le soir du marché, avec des bus "
    "jusqu’à 21 heures."
)
EVENING_DISAGREEMENT = "19 h 30, c’est encore trop tôt pour qui finit à 19 heures. Il faut un soir jusqu’à 20 h 30."

SORTING = {
    "title": "Les consignes de tri écrites sur les bacs",
    "question": (
        "Nous allons recoller une étiquette sur chaque bac. Que doit-elle dire, en combien de mots, pour que personne "
        "n’ait à deviner ?"
    ),
}
SORTING_WORDS = (
    "Des dessins, pas des phrases. Et les mêmes couleurs que dans l’immeuble.",
    "Dire ce qui n’y va pas. C’est là que l’on se trompe.",
    "Écrire gros : la nuit, on ne lit rien.",
    "Un numéro où demander quand on ne sait pas.",
)
SORTING_ANSWER = (
    "Quatre dessins de ce qui va dans le bac, deux de ce qui n’y va pas, barrés d’un trait. Aucune phrase de plus de "
    "six mots. Le numéro d’appel en gros caractères, en bas."
)

CARERS = {
    "title": "La demande d’aide pour garder un proche à la maison",
    "question": (
        "Ce formulaire sert dans trois mois. Pouvez-vous le remplir avec les papiers que vous avez chez vous ? Dites-"
        "nous où vous vous arrêtez."
    ),
    "tasks": (
        "Comprendre à qui sert cette aide",
        "Dire combien d’heures par semaine il faut",
        "Trouver ce qui se passe si l’on se trompe",
    ),
    "link": "https://demarches.marvenne.example/aide-a-domicile",
}
CARERS_TESTERS = (
    (("alone", "helped", "not_done"), 18, "On ne dit nulle part ce qui arrive si l’on se trompe."),
    (("alone", "alone", "alone"), 11, ""),
    (("helped", "not_done", "not_done"), 25, "« Heures par semaine » : les nuits comptent-elles ?"),
)

OVERDUE = {
    "title": "La lettre pour les livres rendus en retard",
    "question": (
        "Cette lettre fait peur, et des lectrices ne reviennent plus. Que faut-il y changer pour revoir les livres et "
        "les personnes ?"
    ),
}
OVERDUE_WORDS = (
    "Enlever « mise en demeure ». Personne ne sait ce que cela veut dire.",
    "Commencer par « bonjour », et dire que l’on peut rendre les livres à n’importe quelle bibliothèque.",
    "Dire tout de suite que c’est gratuit si l’on revient dans le mois.",
)
OVERDUE_ANSWER = (
    "Une lettre de huit lignes. Elle dit bonjour, le titre des livres, où les rendre, et qu’il n’y a rien à payer "
    "pendant un mois. Les mots de droit passent au dos."
)

SHUTTLE = {
    "title": "Les nouveaux arrêts de la navette des quais",
    "question": ("Deux arrêts changent de place à la rentrée. Lequel manquerait le plus, à qui, et à quelle heure ?"),
}
SHUTTLE_WORDS = (
    "Celui de la maison de santé : à pied, la côte est trop raide.",
    "Le dernier du soir. Après, il n’y a plus rien.",
    "Gardez celui de l’école, même s’il fait un détour.",
)

NURSERY = {
    "title": "Quand une crèche doit fermer une journée",
    "question": (
        "Que doit-on vous dire, par quel moyen et combien de temps avant ? Et que proposer à qui n’a personne ?"
    ),
}
NURSERY_WORDS = (
    "Un message la veille avant 18 heures, et un appel pour qui n’a pas répondu.",
    "Dire pourquoi, simplement. On accepte mieux.",
)

POOL = {
    "title": "Les horaires d’été de la piscine",
    "question": (
        "Nous pouvons ouvrir plus tôt ou plus tard, pas les deux. Répondez en trois minutes au questionnaire : nous "
        "fixerons les horaires à partir de là."
    ),
}
POOL_ASKED = {
    "title": "Les horaires d’été de la piscine",
    "introduction": "Quatre questions, trois minutes. Vos réponses sont secrètes : l’équipe ne lit que les totaux.",
}
POOL_QUESTIONS = (
    ("single", "Si l’on ne peut en ouvrir qu’un, lequel ?", ("Le matin, dès 7 heures", "Le soir, jusqu’à 21 heures")),
    ("single", "À quel moment iriez-vous le plus ?", ("En semaine", "Le samedi", "Le dimanche", "Je n’irai pas")),
    ("single", "Un couloir réservé à qui nage lentement ?", ("Oui", "Non", "Cela m’est égal")),
    ("short_text", "Ce qui vous retient d’y aller, en une phrase", ()),
)
# Of each member who answered: the place of their choices, and their sentence.
POOL_ANSWERS = (
    (2, 1, 1, "Le vestiaire est trop petit avec des enfants."),
    (2, 2, 1, ""),
    (1, 1, 3, "Le bus ne passe pas avant 8 heures."),
    (2, 3, 1, "Le prix, à quatre."),
    (2, 1, 2, ""),
    (1, 2, 1, "L’eau est froide."),
    (2, 1, 1, ""),
)

VISIT = {
    "title": "Une matinée à bord du Bus des démarches",
    "question": (
        "Montez avec nous une matinée, puis parlons-en, membres et équipe ensemble : que faut-il changer dans ce bus, "
        "et où devrait-il s’arrêter ?"
    ),
}
VISIT_PLACE = "Bus des démarches, place du Marché-Couvert"

UNIFORM = {
    "title": "La couleur des véhicules de la médiation de nuit",
    "question": "Laquelle de ces trois couleurs préférez-vous pour nos véhicules ?",
}
UNIFORM_NOT = (
    "Nous ne choisissons pas des couleurs : notre mandat est de dire ce que valent les services. Demandez-nous plutôt "
    "comment vous trouver la nuit."
)

BOARDS = {
    "title": "Des écrans ou des affiches pour les réunions publiques",
    "question": (
        "Nous avons de quoi acheter dix écrans ou imprimer mille affiches par mois. Où regardez-vous, et que retenez-"
        "vous ?"
    ),
}

COUNTER = {
    "title": "Un atelier sur l’attente au guichet",
    "question": (
        "Nos équipes d’accueil et vous ne voyez pas l’attente de la même façon. Voulez-vous en parler ensemble, une "
        "demi-journée, dans la salle d’attente elle-même ?"
    ),
}
COUNTER_PLACE = "Salle d’attente de la mairie des Quais, 12 quai du Halage"
# Seats of members and of agents; who of the first members said that they come.
COUNTER_SEATS = (8, 6)
COUNTER_COMES = (True, True, False, True, True)
