"""The questionnaire of the large consultation, « Parlons services publics », and how six thousand people answered it.

City content, in French.
"""

SLUG, NAME = "parlons-services-publics", "Parlons services publics"
INTRODUCTION = (
    "Mairies, crèches, écoles, piscines, rues, aides : dites comment cela se passe, et ce qu'il faut simplifier. "
    "Sans compte, en ligne, sur papier ou au Bus des démarches.\n\n"
    "Réponses volontaires : elles ne représentent pas toute la ville."
)
STEERING = "ACC"
# Opened and closed so many days ago.
OPENED, CLOSED = 380, 300
ANSWERS, FREE_ANSWERS, MINUTES = 6_214, 3_487, 4

SERVICES = (
    "Mairie de quartier",
    "Crèche ou école",
    "Bibliothèque, piscine ou gymnase",
    "Maison des solidarités",
    "Rue et propreté",
    "Aucun",
)
GRADES = ("Très bien", "Bien", "Moyen", "Mal", "Très mal")
WAYS = ("Sur place", "Par téléphone", "En ligne", "Avec l'aide de quelqu'un", "J'ai renoncé")
WHY = (
    "Trop loin",
    "Les horaires",
    "Trop de papiers",
    "Pas d'internet",
    "Je n'ai pas compris",
    "Je n'ai pas osé",
    "Personne ne répondait",
)

# In a hundred: who uses each service; the grades given to it; how the last time went; why one gave up.
USES = (64, 41, 47, 18, 55)
JUDGED = ((21, 38, 24, 11, 6), (24, 41, 22, 9, 4), (35, 42, 15, 6, 2), (16, 31, 28, 15, 10), (12, 30, 33, 17, 8))
WENT = (46, 14, 24, 9, 7)
GAVE_UP = (22, 38, 41, 19, 27, 14, 33)


def _lines(labels, letter: str) -> list[dict]:
    return [{"key": f"{letter}{number}", "label": label} for number, label in enumerate(labels, start=1)]


QUESTIONS = (
    {
        "kind": "multiple",
        "text": "Quels services avez-vous utilisés depuis un an ?",
        "settings": {"choices": _lines(SERVICES, "c")},
        "is_required": True,
    },
    {
        "kind": "grades",
        "text": "Comment cela s'est-il passé ?",
        "help": "Répondez seulement pour les services que vous avez utilisés.",
        "settings": {"choices": _lines(GRADES, "c"), "rows": _lines(SERVICES[:-1], "r")},
    },
    {
        "kind": "single",
        "text": "La dernière fois, comment avez-vous fait ?",
        "settings": {"choices": _lines(WAYS, "c")},
    },
    {
        "kind": "multiple",
        "text": "Pourquoi avez-vous renoncé ?",
        "settings": {"choices": _lines(WHY, "c")},
        "condition": {"question": "q3", "values": ["c5"]},
        "is_personal": True,
    },
    {
        "kind": "long_text",
        "text": "Quelle démarche faut-il simplifier en premier, et comment ?",
        "settings": {"most": 2000},
    },
)
