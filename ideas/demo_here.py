"""Ideas of the demo city that a site may settle itself: one waits, one is settled, one went up. Invented."""

# Key, title, text, days ago.
WAITING = (
    "thermos", "Une étagère pour les thermos au vestiaire",
    "Les thermos restent par terre, près des bottes. Une étagère à hauteur de main, au-dessus du banc, suffirait.", 2,
)  # fmt: skip
SETTLED = (
    "tuyau", "Ranger le tuyau qui barre la porte du lavage",
    "Chaque soir, le tuyau traverse le passage et quelqu'un trébuche. Un enrouleur au mur le libérerait.", 6,
)  # fmt: skip
GONE_UP = (
    "eclairage-cour", "Éclairer le fond de la cour le matin",
    "À 5 h 40, le fond de la cour est dans le noir et l'on cherche son camion à tâtons. Un projecteur suffirait.", 13,
)  # fmt: skip
YES = {
    "outcome": "accepted",
    "text": "Oui. L'enrouleur est pris sur le budget du dépôt et posé jeudi après la tournée. D'ici là, le tuyau est "
    "roulé chaque soir contre le mur, par la dernière équipe qui lave.",
    "measure_owner": "Dépôt des Tanneurs",
    "first_milestone": "Poser l'enrouleur près de la porte du lavage",
}
TALES = (WAITING, SETTLED, GONE_UP)
