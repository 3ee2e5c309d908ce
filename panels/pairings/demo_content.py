"""What the panel « Premier accueil » was asked before and after: city content, in the city's language.

Of each question, how many gave one answer before and one after.
"""

# Days before today: paired, answered, closed; the second opened, answered, closed.
LINKED, ANSWERED, CLOSED, AGAIN, ANSWERED_AGAIN, CLOSED_AGAIN = 207, 206, 200, 108, 107, 100
TITLE = "Ce que je pense de l’accueil, avant de commencer"
AGAIN_TITLE = "Ce que je pense de l’accueil, à la fin du panel"
INTRODUCTION = (
    "Cinq questions, posées avant la première séance et après la dernière. Il n’y a pas de bonne réponse : dites ce "
    "que vous pensez aujourd’hui."
)
ENDS = {"least": 1, "most": 5, "least_label": "Pas du tout d’accord", "most_label": "Tout à fait d’accord"}
FIRST = (
    ("horaires", "Ouvrir plus tard ou le samedi"),
    ("personne", "Mettre une personne à l’entrée"),
    ("papiers", "Demander moins de papiers"),
    ("site", "Refaire le site"),
)
QUESTIONS = (
    (
        "Au guichet, une demande est comprise dès la première fois.",
        {(2, 3): 16, (3, 4): 12, (2, 2): 5, (4, 4): 9, (4, 3): 7, (5, 4): 5},
    ),
    (
        "La Ville devrait ouvrir un soir par semaine, même si cela coûte plus cher.",
        {(3, 4): 15, (2, 3): 6, (4, 5): 9, (4, 4): 8, (5, 5): 5, (4, 3): 6, (5, 4): 5},
    ),
    (
        "Faire une démarche sur internet suffit, si le site est bien fait.",
        {(4, 3): 13, (3, 2): 12, (5, 3): 4, (2, 2): 8, (3, 3): 5, (1, 2): 5, (2, 3): 7},
    ),
    (
        "La Ville tiendra compte de ce que dira le panel.",
        {(2, 3): 10, (3, 4): 7, (3, 3): 12, (4, 4): 8, (4, 3): 9, (3, 2): 8},
    ),
)
CHOICE = (
    "Que faut-il faire en premier ?",
    {
        ("horaires", "horaires"): 8, ("horaires", "personne"): 8, ("personne", "personne"): 9,
        ("personne", "papiers"): 3, ("papiers", "papiers"): 8, ("papiers", "personne"): 4, ("site", "site"): 11,
        ("site", "horaires"): 3,
    },
)  # fmt: skip
# Who answered one of the two alone.
BEFORE_ALONE, AFTER_ALONE = 3, 2
