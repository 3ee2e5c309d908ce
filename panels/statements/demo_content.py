"""Words and numbers of the rounds of statements of the demo city, invented."""

FIRST = {
    "title": "Le premier accueil, vu par chacun",
    "question": "Qu’est-ce qui compte, la première fois que l’on pousse la porte d’un service de la ville ?",
}
# Each with how likely two ways of thinking agree: people first and time for each, or quick and at a distance.
STATEMENTS = (
    ("Toute personne devrait être reçue par quelqu’un dès sa première visite.", 0.95, 0.85),
    ("On devrait pouvoir poser sa question sans prendre rendez-vous.", 0.95, 0.25),
    ("Les démarches simples devraient se faire seulement en ligne.", 0.05, 0.75),
    ("Il faut un guichet ouvert le samedi matin.", 0.85, 0.8),
    ("Une borne à l’entrée suffit pour orienter les gens.", 0.05, 0.7),
    ("L’attente devrait être annoncée dès l’arrivée.", 0.9, 0.95),
    ("Je préfère attendre plus longtemps et parler à une personne.", 0.9, 0.15),
    ("Un rendez-vous par téléphone peut remplacer une visite.", 0.25, 0.9),
    ("Les courriers de la ville devraient tenir en une page de mots simples.", 0.95, 0.9),
    ("On demande trop de papiers que la ville a déjà.", 0.9, 0.95),
    ("Chaque accueil devrait avoir quelqu’un qui aide à remplir les formulaires.", 0.95, 0.6),
    ("Les horaires devraient être les mêmes dans tous les accueils.", 0.45, 0.55),
    ("Il vaut mieux peu d’accueils bien tenus que beaucoup de petits.", 0.15, 0.8),
    ("Un accueil devrait se trouver à moins de quinze minutes à pied.", 0.9, 0.3),
    ("Les enfants devraient avoir un coin à eux dans chaque salle d’attente.", 0.7, 0.6),
    ("La ville devrait rappeler quand personne n’a pu répondre.", 0.9, 0.9),
    ("L’agent d’accueil devrait suivre le dossier jusqu’au bout.", 0.85, 0.35),
    ("Un message qui dit où en est sa demande vaut mieux qu’une visite.", 0.2, 0.9),
    ("Il faut pouvoir parler à l’abri des oreilles des autres.", 0.95, 0.85),
    ("Ceux qui ont un rendez-vous devraient passer avant les autres.", 0.2, 0.8),
    ("Une place de traduction par semaine et par accueil serait un bon début.", 0.6, 0.55),
    ("Fermer l’accueil à midi est acceptable.", 0.05, 0.1),
    ("On devrait noter l’accueil à la sortie, en un geste.", 0.4, 0.6),
    ("La signalétique devrait être testée par des habitants avant d’être posée.", 0.8, 0.75),
)
# How many answered; the last of them by thought alike. One in six leaves a sentence out, one in twelve passes.
VOTERS, SEEN, PASSES = 52, 0.84, 0.08

SECOND = {
    "title": "Ce que l’on vient chercher",
    "question": "Que devrait-on toujours obtenir avant de ressortir d’un accueil ?",
}
SECOND_STATEMENTS = (
    "Une réponse, même si c’est non.",
    "Un papier qui dit la suite et la date.",
    "Le nom de la personne qui suit la demande.",
    "Une liste de ce qui manque au dossier, en une fois.",
    "Un numéro où rappeler sans refaire la queue.",
    "La possibilité de finir plus tard sans tout recommencer.",
    "Quelqu’un qui vérifie que l’on a bien compris.",
    "Un rendez-vous déjà pris si l’on doit revenir.",
)
SECOND_ANSWERED = 9
PROPOSED = "Un endroit où s’asseoir et relire avant de partir."
ASIDE = (
    "Que ce soit mieux qu’à la mairie annexe, et qu’on ouvre le soir.",
    "Deux idées dans une phrase : proposez-en deux.",
)

# Of the standing panel: prepared, members don't know of it yet.
THIRD = {
    "title": "Un formulaire, c’est quoi au juste ?",
    "question": "Qu’est-ce qui fait qu’un formulaire se remplit sans peur et sans aide ?",
}
THIRD_STATEMENTS = (
    "Il tient sur deux pages.",
    "Il dit au début quels papiers préparer.",
    "Il n’emploie aucun mot que l’on ne dit pas à table.",
    "Il explique ce qui arrive si l’on se trompe.",
    "Il se remplit aussi bien à la main qu’à l’écran.",
)
