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

COUNTER = {
    "title": "Un atelier sur l’attente au guichet",
    "question": (
        "Nos équipes d’accueil et vous ne voyez pas l’attente de la même façon. Voulez-vous en parler ensemble, une "
        "demi-journée, dans la salle d’attente elle-même ?"
    ),
}
