"""The barometer of the demo city, « Nous au travail »: city content, in the city's language. Days count from today."""

TITLE = "Nous au travail"
INTRODUCTION = (
    "Cinq phrases, les mêmes à chaque édition, posées à toutes les agentes et tous les agents. Ce que vous dites est "
    "lu à côté de ce qui a été décidé depuis."
)
# « Tout à fait d'accord » and « Plutôt d'accord ».
COUNTED = ["c1", "c2"]
CORE = ("q1", "q2", "q3", "q4")
# Days ago, people asked, people who answered, where the figures come from, then share and how many by question.
PAST = (
    (
        790,
        13_860,
        4_632,
        "Rapport de la première édition, Direction du personnel, page 4",
        {"q1": ("72", None), "q2": ("41", None), "q4": ("52", 4_218)},
    ),
    (
        425,
        14_040,
        5_108,
        "Rapport de la deuxième édition, Direction du personnel, page 6",
        {"q1": ("74", None), "q2": ("46", None), "q3": ("57", None), "q4": ("50", 4_655)},
    ),
)
# Edition, question, what it calls for, titles of the measures that answer it.
FINDINGS = (
    (
        2,
        "q2",
        "Plus d'une personne sur deux n'a pas de réponse quand elle signale un problème.",
        ("Répondre par écrit à chaque problème signalé par une équipe",),
    ),
    (
        2,
        "q3",
        "Le matériel manque surtout dans les dépôts : des casiers qui ne ferment plus, des vestiaires trop petits.",
        ("Remplacer les casiers de trois dépôts",),
    ),
    (
        3,
        "q2",
        "C'est mieux, et presque une personne sur deux attend encore une réponse.",
        ("Répondre par écrit à chaque problème signalé par une équipe",),
    ),
    (
        3,
        "q4",
        "Une personne sur deux n'ose pas parler d'une injustice, comme aux deux premières éditions.",
        (),
    ),
)
# A theme of the synthesis of the third edition.
THEME = (
    "Horaires et remplacements",
    "Les horaires connus tard reviennent dans tous les métiers décalés, et les contraintes se redisent à chaque fois.",
    ("Un site pour déclarer soi-même ses contraintes d'horaires",),
)
NEXT = {
    "title": "Quatrième édition de Nous au travail",
    "in_days": 270,
    "days": 28,
    "reworded": ("q3", "J'ai le matériel et les vêtements qu'il me faut pour bien travailler."),
    "added": "Je connais mon planning au moins trois semaines à l'avance.",
}
