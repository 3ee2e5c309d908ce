"""What the demo city's pages say. Everything here is invented."""

SECTION = {
    "title": "Sujets et bilans",
    "slug": "sujets",
    "summary": "Ce dont on parle en ce moment, et ce que les idées ont changé.",
    "body": [],
}

WELCOME_BODY = [
    (
        "text",
        "<h2>Comment cela se passe</h2>"
        "<ol><li>Vous proposez une idée. Une personne la lit dans les sept jours.</li>"
        "<li>Vos collègues la soutiennent et la commentent.</li>"
        "<li>La direction concernée l’étudie.</li>"
        "<li>Une personne, dont le nom est écrit, répond : oui, essai, plus tard, non, déjà en place.</li></ol>",
    )
]

_SIMPLER = {
    "page": {
        "title": "Plus simple au dépôt",
        "slug": "plus-simple-au-depot",
        "summary": "Carnet des camions, casiers, pointeuse : ce que les équipes de collecte ont proposé.",
        "body": [
            (
                "text",
                "<p>Les équipes de la direction Propreté et ressources connaissent leurs outils mieux que personne. "
                "Voici ce qu’elles ont proposé, et ce que la direction en a fait.</p>",
            ),
        ],
        "quoted": "Un carnet d'entretien partagé pour chaque camion",
        "measure_of": "Un carnet d'entretien partagé pour chaque camion",
        "calendar": [
            (-70, "L’essai du carnet est décidé."),
            (40, "Une seconde pointeuse est posée à l’entrée sud."),
            (65, "Le bilan de l’essai est publié."),
        ],
    },
    "outcomes": [
        {
            "title": "Un carnet d’entretien partagé : l’essai commence",
            "slug": "carnet-entretien-partage",
            "summary": "Deux dépôts testent un carnet commun pendant quatre mois, sur douze camions.",
            "idea_title": "Un carnet d'entretien partagé pour chaque camion",
            "said": "<p>Trois feuilles par jour pour une même inspection, et une sangle qui lâche sans que l’atelier "
            "le sache. Un carnet commun par véhicule éviterait les oublis.</p>",
            "decided": "<p>Oui, on essaie. Le carnet tient sur une page, papier ou téléphone de service, "
            "au choix de l’équipe.</p>",
            "changes": "<ul><li>Une seule inspection par tour, lue par l’équipe suivante.</li>"
            "<li>L’atelier reçoit les anomalies le jour même.</li></ul>",
            "measure": "<p>Nous comptons les pannes signalées à temps et le temps passé. Si les pannes imprévues ne "
            "baissent pas d’un cinquième, nous arrêtons et nous disons pourquoi.</p>",
            "measure_in_days": 65,
            "signed_by": "Sophie Lantier, cheffe du service technique",
        },
        {
            "title": "Des casiers à la bonne hauteur, confirmés sur place",
            "slug": "casiers-confirmes",
            "summary": "190 places remplacées dans trois dépôts ; 21 personnes sur 24 disent que cela convient.",
            "idea_title": "Des casiers assez hauts pour les bottes",
            "said": "<p>Les casiers étaient trop bas. Les bottes séchaient par terre et des collègues glissaient.</p>",
            "decided": "<p>Oui. Les équipes ont choisi le modèle après deux semaines d’essai sur place.</p>",
            "changes": "<p>190 places neuves dans trois dépôts. Les anciens casiers servent aux serres.</p>",
            "measure": "<p>31 personnes ont été tirées au sort pour constater. 24 ont répondu, 21 disent : c’est fait "
            "et cela convient. Une remarque est gardée : il manque quatre clés au vestiaire nord.</p>",
            "measure_in_days": -8,
            "signed_by": "Sophie Lantier, cheffe du service technique",
        },
    ],
}

_WELCOMING = {
    "page": {
        "title": "Accueillir chaque personne",
        "slug": "accueillir-chaque-personne",
        "summary": "Langues, affiches, propos racistes au guichet : mieux accueillir, et ne pas rester seul.",
        "body": [
            (
                "text",
                "<p>Comprendre et être compris dès la première visite : voilà ce que demandent les équipes d’accueil. "
                "Plusieurs idées vont dans ce sens.</p>",
            ),
            (
                "notice",
                {
                    "tone": "info",
                    "title": "Une ligne d’interprétation existe déjà",
                    "text": "Elle fonctionne en 30 langues et elle est ouverte aux mairies de quartier.",
                },
            ),
        ],
    },
    "outcomes": [
        {
            "title": "Face aux propos racistes : une fiche derrière chaque guichet",
            "slug": "fiche-propos-racistes",
            "summary": "Trois phrases prêtes, ce qu’il faut noter, et qui appeler.",
            "idea_title": "Une fiche pour répondre aux propos racistes au guichet",
            "said": "<p>Quand quelqu’un tient des propos racistes devant le guichet, chacun improvise.</p>",
            "decided": "<p>Oui. Une fiche d’une page est posée derrière chaque guichet avant la fin du trimestre.</p>",
            "changes": "<ul><li>Trois phrases à dire, et le droit d’interrompre l’échange.</li>"
            "<li>Qui appeler : la personne responsable sur place, puis la référente ou le référent égalité.</li></ul>",
            "measure": "<p>Nous comptons les guichets équipés, sur 112. Six agentes et agents d’accueil et le panel "
            "relisent la fiche avant impression.</p>",
            "measure_in_days": 70,
            "signed_by": "Claire Morvan, directrice de l’accueil",
        }
    ],
}

SUBJECTS = [_SIMPLER, _WELCOMING]

WRITERS = ("admin", "edition")
# Who writes it, whether it waits for its review, the page.
DRAFTS = [
    (
        "admin",
        True,
        {
            "title": "Les gants d’hiver arrivent avant l’hiver",
            "slug": "gants-avant-hiver",
            "summary": "La commande part en septembre : trois dépôts sont servis avant les premiers froids.",
            "said": "<p>Les gants chauds arrivaient en janvier. On finissait novembre avec ceux de l’été.</p>",
            "decided": "<p>Oui. La commande part en septembre, avec les tailles relevées au printemps.</p>",
            "changes": "<ul><li>Chaque équipe relève ses tailles avant l’été.</li>"
            "<li>Le magasin garde dix paires d’avance par dépôt.</li></ul>",
            "measure": "<p>Nous comptons les équipes servies au premier novembre.</p>",
            "measure_in_days": 90,
            "signed_by": "Sophie Lantier, cheffe du service technique",
        },
    ),
    (
        "edition",
        False,
        {
            "title": "Un plan du quartier derrière chaque guichet",
            "slug": "plan-derriere-guichet",
            "summary": "Montrer le chemin plutôt que l’expliquer : ce que l’essai a donné.",
            "said": "<p>On explique dix fois par jour le chemin de la mairie, parfois sans langue commune.</p>",
            "decided": "<p>Oui, à l’essai dans quatre accueils.</p>",
            "changes": "<ul><li>Un plan plastifié derrière chaque guichet.</li></ul>",
            "measure": "<p>À compléter avec les chiffres des quatre accueils.</p>",
            "measure_in_days": 60,
            "signed_by": "Claire Morvan, directrice de l’accueil",
        },
    ),
]

# Passages an editor asked for: the idea, its words, what for, and whether its author said yes.
QUOTES = [
    (
        "Un carnet d'entretien partagé pour chaque camion",
        "Chaque équipe refait la même inspection trois fois par jour, sur trois feuilles.",
        "La page du sujet « Plus simple au dépôt », que tout le monde lit sur internet.",
        True,
    ),
    (
        "Des affiches d'accueil en dessins et en cinq langues",
        "Traduire les trois affiches les plus lues, avec des dessins, ferait gagner du temps à tout le monde.",
        "La page du sujet « Accueillir chaque personne », que tout le monde lit sur internet.",
        False,
    ),
]

LIBRARY = {
    "title": "Ressources",
    "slug": "ressources",
    "summary": "Guides, modèles et formulaires que les équipes ont faits, et que vous pouvez reprendre.",
    "body": [],
}

# Each resource, its subjects, and its document (name, content) when it has one.
RESOURCES = [
    (
        {
            "title": "Essayer avant de décider : le guide en une page",
            "slug": "essayer-avant-de-decider",
            "summary": "Choisir ce que l’on compte, dire quand on arrête, publier le bilan.",
            "kind": "guide",
            "audience": "teams",
            "body": [
                (
                    "text",
                    "<h2>Avant l’essai</h2><ul><li>Écrivez ce qui doit aller mieux, et de combien.</li>"
                    "<li>Choisissez deux lieux qui ne se ressemblent pas.</li>"
                    "<li>Dites dès le début ce qui ferait arrêter.</li></ul>"
                    "<h2>Pendant l’essai</h2><p>Comptez une chose, toujours la même, une fois par semaine.</p>"
                    "<h2>Après l’essai</h2><p>Publiez le bilan, même s’il déçoit. Dites ce que vous gardez.</p>",
                )
            ],
        },
        ["essai", "mesure"],
        None,
    ),
    (
        {
            "title": "Grille pour compter les pannes d’un essai",
            "slug": "grille-pannes",
            "summary": "Une ligne par semaine : véhicules, pannes signalées à temps, pannes imprévues.",
            "kind": "template",
            "audience": "all",
            "body": [],
        },
        ["essai", "véhicules"],
        (
            "grille-pannes.csv",
            "semaine;véhicules suivis;pannes signalées à temps;pannes imprévues;minutes passées\n"
            "1;12;;;\n2;12;;;\n3;12;;;\n4;12;;;\n",
        ),
    ),
    (
        {
            "title": "Feuille de tournée pour recueillir des idées",
            "slug": "feuille-de-tournee",
            "summary": "Qui passe, où, quand, et combien de feuilles sont revenues.",
            "kind": "form",
            "audience": "facilitators",
            "body": [],
        },
        ["papier"],
        ("feuille-de-tournee.csv", "lieu;jour;prise de poste;feuilles données;feuilles revenues\n;;;;\n;;;;\n"),
    ),
]

ENGLISH_SECTION = {
    "title": "Subjects and outcomes",
    "slug": "subjects",
    "summary": "What is being talked about, and what ideas have changed.",
    "body": [],
}
# The translation of an outcome, below the section, and the French page it translates.
ENGLISH_OUTCOME = (
    "casiers-confirmes",
    {
        "title": "Lockers of the right height, confirmed on the ground",
        "slug": "lockers-confirmed",
        "summary": "190 places replaced in three depots; 21 people out of 24 say that it suits them.",
        "said": "<p>The lockers were too low. Boots dried on the floor, and colleagues slipped.</p>",
        "decided": "<p>Yes. The teams chose the model after two weeks of trial on the ground.</p>",
        "changes": "<p>190 new places in three depots. The old lockers are used in the greenhouses.</p>",
        "measure": "<p>31 people were drawn by lot to see for themselves. 24 answered, and 21 say: it is done and it "
        "suits us. One remark is kept: four keys are missing in the northern changing room.</p>",
        "signed_by": "Sophie Lantier, head of the technical service",
    },
)
