"""The rating points of the demo city, in every state worth seeing. Our own words; nothing comes from a real city."""

# key, name, kind, unit, opened (days ago)
POINTS = (
    ("quais", "Mairie de quartier des Quais", "counter", "ACC-QUA", 500),
    ("bus", "Bus des démarches", "mobile", "ACC-BUS", 45),
    ("civil", "Demander un acte de naissance", "procedure", "ACC-CIV", 500),
    ("piscine", "Piscine des Roseaux", "site", "BCS-ROS", 300),
    ("solidarites", "Maison des solidarités Nord", "site", "SOL-NOR", 300),
)
# key → ratings a month (very good first) for the months gone by, the latest first. Under eleven: waits for the next.
MONTHS = {
    "quais": tuple((38 + n % 5, 24 + n % 3, 11, 6 + n % 2, 4) for n in range(14)),
    "bus": ((4, 2, 1, 0, 0),),
    "civil": tuple((30, 22 - n % 4, 9, 4, 2) for n in range(14)),
    "piscine": tuple((14, 15 + n % 3, 12, 9, 6 + n % 3) for n in range(9)),
    "solidarites": tuple((19, 12, 6, 3, 2 + n % 2) for n in range(9)),
}
# Words added to ratings of last month.
WORDS = {
    "quais": (
        "Accueil patient, on m’a tout réexpliqué.",
        "Trop d’attente le lundi matin.",
        "La porte automatique est lourde avec une poussette.",
        "Merci pour l’aide avec le formulaire.",
        "Il manque des chaises près du guichet 3.",
    ),
    "piscine": ("L’eau était froide.", "Vestiaires à nettoyer plus souvent."),
}
# key, text, days ago, (answer, days after) or None
REPORTS = (
    (
        "quais",
        "La borne à tickets ne marche plus depuis mardi. On ne sait pas qui passe avant.",
        30,
        (
            "Vous avez raison. Un câble était coupé. La borne marche de nouveau depuis jeudi. "
            "En cas de panne, une collègue donne maintenant des numéros à la main.",
            9,
        ),
    ),
    (
        "quais",
        "Personne ne pouvait me recevoir sans rendez-vous alors que le site dit le contraire.",
        26,
        None,
    ),
    ("bus", "Le bus n’était pas à son arrêt vendredi à 14 h. J’ai attendu une heure.", 4, None),
    (
        "piscine",
        "La douche des femmes est brûlante, un enfant a failli se brûler.",
        40,
        (
            "Merci de l’avoir dit. Le mitigeur a été changé le lendemain. La température est vérifiée chaque matin "
            "avant l’ouverture.",
            3,
        ),
    ),
)
SUGGESTIONS = (
    ("quais", "Mettre un banc dehors : le matin, on attend debout sous la pluie avant l’ouverture.", 5, ""),
    ("bus", "Afficher l’heure de passage du bus à l’arrêt, avec un numéro à appeler.", 12, ""),
    ("quais", "Une caisse pour les chiens devant la porte.", 20, "Dit ailleurs : l’abri à vélos prévu en tient lieu."),
)
# key, evaluator, grid, days ago, result, label, days of validity, summary, criteria
EVALUATIONS = (
    (
        "quais",
        "Bureau Veridal, organisme extérieur",
        "Grille « Accueil clair », version 3",
        120,
        "obtained",
        "Accueil clair",
        600,
        "Accueil attentif et horaires bien affichés. Le formulaire papier reste difficile à lire.",
        (
            ("Les horaires sont lisibles de la rue", "yes"),
            ("Une personne est saluée en moins d’une minute", "yes"),
            ("Les formulaires existent en facile à lire", "partly"),
            ("Un lieu calme permet de parler sans être entendu", "no"),
        ),
    ),
    (
        "piscine",
        "Collectif Usages, association",
        "Grille « Accueil clair », version 2",
        800,
        "reserved",
        "Accueil clair",
        -70,
        "Accueil souriant. La signalétique des vestiaires était à revoir.",
        (("Les tarifs sont lisibles à l’entrée", "yes"), ("Les vestiaires se trouvent sans demander", "partly")),
    ),
)
