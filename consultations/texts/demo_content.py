"""The texts the demo city submits to its agents, and what they say of them. In French: the city's own text."""

CHARTER = "Charte des plannings"
CHARTER_INTRODUCTION = (
    "Six règles pour que chacune et chacun connaisse ses horaires à temps.\n\n"
    "La version 2 reprend une partie de vos contributions. Dites ce que vous en pensez."
)
CHARTER_V1 = (
    "1. **Prévenir.** Le planning est affiché au moins deux semaines avant, sur le lieu de travail et par "
    "le moyen choisi par chacun.\n"
    "2. **Changer le moins possible.** Un changement après affichage a une raison, écrite sur le "
    "planning. La personne concernée est prévenue directement, pas seulement par l'affichage.\n"
    "3. **Échanger.** Deux collègues de même métier peuvent échanger un service. La personne responsable "
    "répond dans les deux jours ; sans réponse, l'échange est accepté.\n"
    "4. **Partager.** Les week-ends, les jours fériés et les nuits sont répartis à égalité sur l'année "
    "dans chaque équipe. Le décompte est visible par toute l'équipe.\n"
    "5. **Dire ses contraintes.** Chacun peut signaler une contrainte durable, sans donner le détail de "
    "sa vie privée. Elle est réexaminée chaque année.\n"
    "6. **Regarder ce que cela donne.** Chaque trimestre, une réunion d'équipe fait le point sur les "
    "changements tardifs. Les chiffres par service sont publiés, jamais par personne."
)
# What the second version says instead, by article.
CHARTER_V2 = {
    "1": (
        "Le planning est affiché au moins trois semaines avant, sur le lieu de travail "
        "et par le moyen choisi par chacun."
    ),
    "3": (
        "Deux collègues de même métier peuvent échanger un service. La personne responsable répond dans les deux "
        "jours ouvrés ; sans réponse, l'échange est accepté si le repos entre deux services est respecté."
    ),
}
CHARTER_NOTE = (
    "Deux articles changent. Le délai d'affichage passe à trois semaines. "
    "L'échange reste simple, à condition que le repos soit respecté."
)
EARLIER, EXCHANGE = "Prévenir plus tôt", "Échanger sans perdre le repos"
# (article, words, wording proposed): the first ones are read as they are, the others come back in turn.
EARLIER_SAID = (
    "Deux semaines, c'est trop court pour la nourrice.",
    "Il me faut trois semaines pour faire garder les enfants.",
    "Avec deux semaines, impossible de prendre un rendez-vous chez le médecin.",
    "Le bus du matin se réserve trois semaines avant.",
    "On s'organise à deux : il faut trois semaines.",
)
EARLIER_WORDING = (
    "Le planning est affiché au moins trois semaines avant, sur le lieu de travail et par le moyen choisi par chacun."
)
EXCHANGE_SAID = (
    "Deux jours, mais pas le samedi et le dimanche.",
    "La responsable n'est pas là le week-end : comptez les jours ouvrés.",
    "Oui aux échanges, tant que chacun garde ses onze heures de repos.",
)
EXCHANGE_WORDING = (
    "Deux collègues de même métier peuvent échanger un service. La personne responsable répond dans les deux jours "
    "ouvrés ; sans réponse, l'échange est accepté."
)
EXCHANGE_REASON = (
    "Les jours ouvrés sont repris. L'accord sans réponse reste, si le repos entre deux services est respecté."
)
SET_ASIDE = (
    (
        "3",
        "Accepter tous les échanges sans contrôle.",
        "Deux collègues de même métier échangent un service sans rien demander.",
        "Non : le repos entre deux services protège la santé. Sans contrôle, il ne serait pas garanti.",
    ),
    (
        "2",
        "Donner une prime à chaque changement.",
        "Chaque changement après affichage donne droit à une prime.",
        "La rémunération se décide par d'autres règles. La demande est transmise à la direction du personnel.",
    ),
)
ON_VERSION_2 = (
    ("support", "4", "Enfin un décompte que tout le monde voit.", ""),
    ("question", "6", "Qui prépare les chiffres pour la réunion ?", ""),
    (
        "amend",
        "5",
        "Une fois par an, c'est long quand la vie change.",
        "Chacun peut signaler une contrainte durable, sans donner le détail de sa vie privée. "
        "Elle est réexaminée chaque année, ou dès que la personne le demande.",
    ),
)

BIKES = "Règle de prêt des vélos de service"
BIKES_TEXT = """# Emprunter
1. **Réserver.** Un vélo se réserve la veille, à l'accueil du site ou par téléphone.
2. **Rendre.** Le vélo est rendu le soir même, avec sa clé et son antivol.
# Prendre soin
3. **Signaler.** Une panne se signale au retour, sur la fiche attachée au guidon.
4. **Réparer.** L'atelier répare dans les cinq jours. Un vélo en panne ne sort pas."""
BIKES_SAID = (
    ("amend", "1", "La veille, c'est trop tôt pour une course imprévue.", "Un vélo se réserve le jour même."),
    ("question", "4", "Que faire si tous les vélos sont en panne ?", ""),
    ("support", "3", "", ""),
    ("amend", "2", "On rentre parfois après la fermeture.", "Le vélo est rendu le lendemain matin au plus tard."),
)
BIKES_V2 = {"1": "Un vélo se réserve la veille ou le jour même, à l'accueil du site ou par téléphone."}

MEETINGS = "Note sur les réunions du matin"
MEETINGS_TEXT = """Article 1. Durée. Une réunion du matin dure quinze minutes.
Article 2. Compte rendu. Les décisions sont écrites au tableau."""

WELCOME = "Charte de l'accueil des nouvelles et des nouveaux"
WELCOME_TEXT = """Article 1. Premier jour. Une personne de l'équipe accueille et fait visiter.
Article 2. Premier mois. Un point a lieu chaque semaine."""
WELCOME_SAID = (("question", "2", "Qui fait le point quand la personne responsable est absente ?", ""),)
WELCOME_ANSWER = "Une personne de l'équipe, nommée le premier jour."
# Removed before the closing, contested, brought back after it: it waits for its outcome.
WELCOME_BACK = "Et quand la cheffe d'équipe n'a pas le temps, qui accueille ? Chez nous, c'est arrivé deux fois."
WELCOME_REMOVED = "Cette contribution semble viser une cheffe d'équipe que ses collègues reconnaîtraient."
WELCOME_OBJECTION = "Je parlais d'une fonction, pas d'une personne : la question se pose dans toutes les équipes."
WELCOME_RESTORED = "Vos mots parlent du travail, et de personne en particulier : votre contribution est rétablie."
