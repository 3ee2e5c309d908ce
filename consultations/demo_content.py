"""The three dossiers of the demo city: city content, in French. Days count from today."""

# ruff: noqa: E501 - sentences people read stay whole

ROSTERS = {
    "title": "Mieux prévoir nos plannings",
    "slug": "plannings",
    "space": "plannings",
    "summary": "La charte des plannings va être réécrite. Dites comment cela se passe chez vous avant que les règles ne changent.",
    "text": (
        "<p>Environ 2 900 collègues travaillent en horaires décalés : propreté, petite enfance, piscines, tranquillité "
        "publique. La charte actuelle a neuf ans. Elle promet un planning « dès que possible » : chacun l'entend à sa façon.</p>"
        "<p>Nous posons cinq questions. Vos réponses servent à écrire le projet de charte, qui passera ensuite devant le "
        "comité social territorial. Ce qui sera retenu, et ce qui ne le sera pas, sera écrit ici avec la raison.</p>"
    ),
    "phases": (
        ("inform", -27, -21, "Deux réunions par dépôt, sur le temps de travail"),
        ("collect", -20, 7, "Cinq questions, quatre minutes"),
        ("deliberate", 8, 39, "Le projet de charte est écrit avec les équipes"),
        ("choose", 40, 46, "Avis du comité social territorial"),
        ("restitute", 60, None, "Ce qui est retenu, ce qui ne l'est pas, et pourquoi"),
    ),
    "documents": (
        (
            "La charte des plannings en vigueur",
            "charte-en-vigueur.odt",
            (
                "Charte des plannings, texte en vigueur.",
                "1. Le planning est affiché dès que possible sur le lieu de travail.",
                "2. Un changement est annoncé par la personne responsable de l'équipe.",
                "3. Les échanges entre collègues sont soumis à l'accord de la personne responsable.",
            ),
        ),
    ),
    "works": (
        (
            "research",
            "Connaître ses horaires : ce que change le délai d'annonce",
            "Observatoire du travail de nuit",
            2024,
            "Enquête dans six collectivités. Au-delà de trois semaines de délai, les gardes d'enfants s'organisent et les absences de dernière minute baissent ; en dessous d'une semaine, la fatigue augmente même sans heure de plus.",
            "https://exemple.invalid/delai-annonce",
        ),
        (
            "agents",
            "Un carnet de nos échanges de service",
            "Équipe de collecte du matin, dépôt des Tanneurs",
            2025,
            "Un an d'échanges notés au jour le jour : 212 demandes, 190 acceptées, et la même réponse à celles qui ont échoué, « personne ne savait qui devait dire oui ».",
            "",
        ),
        (
            "law",
            "Temps de travail dans la fonction publique territoriale : ce que dit le droit",
            "Service juridique de la Ville",
            2026,
            "Huit pages sans jargon : repos entre deux services, repos de la semaine, délai de prévenance, ce qu'une charte peut ajouter et ce qu'elle ne peut pas enlever.",
            "",
        ),
    ),
    "bodies": (
        ("Comité social territorial", "planned", 40, "", ()),
        ("Formation santé et sécurité", "seized", None, "", ()),
    ),
    "contributions": (
        (
            "union",
            "Intersyndicale des horaires décalés",
            -9,
            "Trois demandes : le planning affiché trois semaines avant, un décompte des week-ends visible par toute l'équipe, et une indemnité quand un changement arrive après l'affichage.",
            (
                "Contribution de l'intersyndicale des horaires décalés.",
                "Nous demandons un délai de trois semaines, écrit dans la charte.",
                "Nous demandons un décompte commun des week-ends, des nuits et des jours fériés.",
                "Nous demandons qu'un changement tardif soit compensé.",
            ),
        ),
        (
            "collective",
            "Auxiliaires de la crèche des Peupliers",
            -4,
            "Nous avons essayé le planning à trois semaines pendant deux mois. Il tient, à une condition : une personne volante pour les absences du matin.",
            (),
        ),
    ),
    "news": (
        (
            -20,
            "Les questions sont ouvertes",
            "Vous avez jusqu'à la fin de la semaine prochaine. Cinq questions, quatre minutes, sur votre temps de travail. Des feuilles sont dans chaque dépôt.",
        ),
        (
            -11,
            "Une borne au dépôt des Tanneurs",
            "Elle est dans le couloir du vestiaire, allumée dès 4 h 30. Personne ne voit ce que vous répondez.",
        ),
        (
            -2,
            "Deux réunions de plus pour les équipes de nuit",
            "Mardi à 5 h 30 au Halage et jeudi à 21 h au poste du Centre. Le compte rendu sera publié ici.",
        ),
    ),
    "figures": (),
    "note": "",
}

AT_WORK = {
    "title": "Nous au travail, troisième édition",
    "slug": "nous-au-travail",
    "space": "nous-au-travail-3",
    "summary": "Cinq phrases, les mêmes qu'aux deux premières éditions. Ce que vous avez dit, ce que nous en faisons.",
    "text": (
        "<p>Chaque agente, chaque agent a reçu les mêmes cinq phrases qu'aux deux premières éditions, pour voir ce qui bouge. "
        "Sur « quand je signale un problème, on me répond », vous étiez 41 % à être d'accord, puis 46 %, puis 54 %. Sur "
        "« je peux parler d'une injustice sans craindre pour moi », la courbe est plate : 52, 50, 51 %. Nous le disons aussi.</p>"
    ),
    "phases": (
        ("inform", -67, -61, "Une affiche et une lettre dans chaque équipe"),
        ("collect", -60, -33, "Cinq phrases, trois minutes"),
        ("deliberate", -32, -16, "Les résultats lus dans quatorze réunions d'équipe"),
        ("choose", -15, -8, "Trois actions arrêtées par le comité de direction"),
        ("restitute", -7, None, "Ce qui est décidé, et ce qui change"),
    ),
    "documents": (),
    "works": (
        (
            "report",
            "Deux éditions de « Nous au travail » : ce qui a été promis, ce qui a été fait",
            "Direction du personnel",
            2025,
            "Neuf engagements pris après la deuxième édition : six tenus, deux en retard, un abandonné. Chacun avec sa date et sa raison.",
            "",
        ),
    ),
    "bodies": (
        (
            "Comité social territorial",
            "given",
            -12,
            "Avis favorable sur les trois actions, avec une demande : que la réponse écrite aux signalements soit datée, même quand c'est non. La demande est reprise.",
            (
                "Avis du comité social territorial sur le plan d'action « Nous au travail ».",
                "Favorable, sous réserve que la réponse écrite soit datée, même quand elle est négative.",
            ),
        ),
    ),
    "contributions": (),
    "news": (
        (
            -32,
            "C'est fermé : merci",
            "Les résultats sont publiés, question par question, avec ce qui ne peut pas l'être et pourquoi.",
        ),
        (
            -7,
            "Ce qui est décidé",
            "Trois actions, chacune avec une personne responsable et une date. Elles sont suivies dans les engagements.",
        ),
    ),
    "figures": (),
    "note": "",
    "reported": -7,
    "introduction": "Vous avez répondu, quatorze équipes ont lu les résultats avec nous. Voici ce qui en vient, et ce que nous n'avons pas encore su changer.",
    "report": (
        (
            "« Quand je signale un problème, on me répond » : 54 % d'accord. C'est mieux qu'avant, et presque une personne sur deux attend encore.",
            "Chaque problème signalé par une équipe reçoit une réponse écrite et datée, même si c'est non.",
            "La personne responsable répond sous quinze jours. Sans réponse, le signalement monte d'un niveau et la date reste visible.",
            ("Répondre par écrit à chaque problème signalé par une équipe",),
        ),
        (
            "Des plannings connus trop tard, et des contraintes que l'on redit à chaque fois.",
            "Nous avons essayé un site pour déclarer soi-même ses contraintes d'horaires, puis nous l'avons arrêté.",
            "La règle passe avant l'outil : la charte des plannings est réécrite, et la consultation est ouverte.",
            ("Un site pour déclarer soi-même ses contraintes d'horaires",),
        ),
        (
            "« Je peux parler d'une injustice sans craindre pour moi » : 51 %, comme il y a deux ans.",
            "Nous n'avons pas de mesure dont nous sommes sûrs. Une fiche réflexe et deux référentes de plus ne suffiront pas.",
            "Un groupe de vingt personnes tirées au sort propose quelque chose avant l'été ; cette page dira quoi.",
            ("Une fiche réflexe derrière chaque guichet face aux propos racistes",),
        ),
    ),
    "plan": "",
}

LARGE = {
    "title": "Parlons services publics",
    "slug": "parlons-services-publics",
    "space": "parlons-services-publics",
    "summary": "Plus de six mille réponses, quatorze thèmes, quatre chapitres, soixante-dix mesures : ce que vous avez demandé et où cela en est.",
    "text": (
        "<p>Pendant onze semaines, chacune et chacun a pu dire comment se passent ses démarches : sans compte, en ligne, "
        "sur papier, ou au Bus des démarches qui s'est arrêté dans douze quartiers. Deux équipes ont lu toutes les réponses "
        "libres et les ont rangées par thème, chacune de son côté, avant de comparer.</p>"
        "<p>Une chose reste à mesurer : combien de personnes renoncent encore à une démarche. Nous le dirons quand nous "
        "le saurons, par une enquête, et pas avant.</p>"
    ),
    "phases": (
        ("inform", -402, -381, "Une lettre dans chaque boîte, douze réunions de quartier"),
        ("collect", -380, -301, "Cinq questions, en ligne, sur papier et au Bus des démarches"),
        ("deliberate", -300, -241, "3 487 réponses libres lues par deux équipes"),
        ("choose", -240, -196, "Soixante-dix mesures arrêtées, dix écartées avec leur raison"),
        ("restitute", -195, None, "Un plan suivi mesure par mesure"),
    ),
    "documents": (
        (
            "La synthèse en quatre pages",
            "synthese.odt",
            (
                "Parlons services publics : la synthèse.",
                "6 214 réponses : 4 871 en ligne, 904 sur papier, 439 au Bus des démarches.",
                "3 487 réponses libres, rangées en quatorze thèmes.",
                "Réponses volontaires : elles ne représentent pas toute la ville.",
            ),
        ),
        (
            "Comment les réponses libres ont été lues",
            "methode.odt",
            (
                "Deux équipes, le même livret de thèmes, deux cents réponses lues par les deux.",
                "Elles étaient d'accord huit fois sur dix ; les autres réponses ont été relues ensemble.",
                "Une réponse peut parler de plusieurs thèmes.",
            ),
        ),
    ),
    "works": (
        (
            "research",
            "Renoncer à une démarche : qui, et pourquoi",
            "Laboratoire Villes et guichets",
            2023,
            "Quarante entretiens et un questionnaire. On renonce moins par manque d'internet que par peur de se tromper ; une personne debout à l'entrée fait plus qu'un site refait.",
            "https://exemple.invalid/renoncer",
        ),
        (
            "research",
            "Le courrier administratif lu à voix haute",
            "Groupe de recherche Langage et accueil",
            2024,
            "Cent vingt personnes lisent dix courriers réels. La réponse est trouvée deux fois plus vite quand elle est dans la première phrase.",
            "https://exemple.invalid/courrier",
        ),
        (
            "agents",
            "Trois semaines à compter les pas perdus",
            "Équipe d'accueil de la mairie des Quais",
            2025,
            "Les agentes et agents d'accueil ont noté pourquoi les gens revenaient : une fois sur trois, pour un papier que la Ville avait déjà.",
            "",
        ),
        (
            "agents",
            "Ce que l'on nous demande dans le Bus",
            "Conductrices-conseillères du Bus des démarches",
            2025,
            "Six mois de questions, quartier par quartier, et les réponses qui manquent le plus souvent.",
            "",
        ),
        (
            "report",
            "Accueillir sans rendez-vous : ce que font sept villes",
            "Mission d'étude, direction de l'accueil",
            2024,
            "Horaires, effectifs, attente : un tableau comparé, et ce qui ne marche pas non plus ailleurs.",
            "",
        ),
    ),
    "bodies": (
        (
            "Conseil des aînés",
            "given",
            -262,
            "Le téléphone et le guichet doivent rester aussi rapides qu'internet, pour tout. Repris dans le chapitre 3.",
            (),
        ),
        (
            "Comité des usagers des maisons des solidarités",
            "given",
            -250,
            "Un lieu pour parler sans être entendu vaut mieux qu'une salle neuve. Repris dans le chapitre 1.",
            (),
        ),
        (
            "Comité social territorial",
            "given",
            -221,
            "Avis favorable. Les horaires du soir sont sur volontariat et compensés ; un bilan est fait après un an.",
            (),
        ),
    ),
    "contributions": (
        (
            "association",
            "Collectif des écrivains publics du Fleuve",
            -318,
            "Nous aidons trente personnes par semaine. Sept fois sur dix, le courrier était incompréhensible, pas la démarche.",
            (),
        ),
        (
            "association",
            "Parents d'élèves des écoles du Nord",
            -309,
            "Une seule inscription pour l'école, la cantine et le périscolaire, et un calcul du tarif sans donner son nom.",
            (),
        ),
        (
            "service",
            "Brigade du standard",
            -305,
            "On nous passe les appels dont personne ne sait quoi faire. Donnez-nous la liste des démarches et un nom par service.",
            (
                "Contribution des agentes et agents du standard.",
                "Une liste à jour des démarches, un nom par service, et le droit de dire « je vous rappelle ».",
            ),
        ),
    ),
    "news": (
        (
            -300,
            "6 214 réponses",
            "4 871 en ligne, 904 sur papier, 439 au Bus des démarches. Merci. La lecture commence.",
        ),
        (
            -240,
            "Quatorze thèmes, quatre chapitres",
            "La synthèse est en ligne, avec la façon dont les réponses ont été lues.",
        ),
        (
            -195,
            "Soixante-dix mesures",
            "Chacune a une direction, une personne responsable et une page où suivre où elle en est.",
        ),
        (
            -60,
            "Vingt-neuf mesures confirmées ou faites",
            "Trente et une sont en cours, six à venir, quatre arrêtées : la raison est écrite sur leur page.",
        ),
    ),
    "figures": (
        ("channel", "En ligne", 4_871),
        ("channel", "Sur papier", 904),
        ("channel", "Au Bus des démarches", 439),
        ("theme", "Les horaires d'ouverture", 612),
        ("theme", "Les papiers demandés plusieurs fois", 587),
        ("theme", "L'attente et l'accueil", 541),
        ("theme", "Les courriers que l'on ne comprend pas", 498),
        ("theme", "Joindre quelqu'un au téléphone", 455),
        ("theme", "L'école, la cantine, le périscolaire", 402),
        ("theme", "Les démarches en ligne", 377),
        ("theme", "La crèche", 268),
        ("theme", "Savoir à quoi l'on a droit", 251),
        ("theme", "La propreté et les encombrants", 233),
        ("theme", "L'accès des personnes handicapées", 196),
        ("theme", "La langue et la traduction", 158),
        ("theme", "Le stationnement et la voirie", 149),
        ("theme", "Savoir ce que devient sa demande", 141),
    ),
    "note": "Réponses volontaires : elles ne représentent pas toute la ville. Une réponse libre peut parler de plusieurs thèmes.",
    "reported": -195,
    "introduction": "Quatre chapitres, soixante-dix mesures. Nous n'avons pas tout repris : dix demandes sont écartées, chacune avec sa raison dans la synthèse. La baisse des renoncements reste à mesurer ; nous ne l'affirmons pas.",
    "report": (
        (
            "« Je travaille, vous êtes fermés. » Et une fois entré, on attend sans savoir combien de temps.",
            "Des horaires du soir et du samedi, l'attente affichée, une personne debout près de la porte.",
            "Chapitre 1, Être accueilli : dix-neuf mesures.",
            (
                "Ouvrir les mairies de quartier un soir par semaine",
                "Afficher le temps d'attente à l'entrée",
                "Des bornes à ticket dans toutes les mairies",
            ),
        ),
        (
            "« Votre lettre, je l'ai lue trois fois. »",
            "Les courriers les plus envoyés sont réécrits avec des habitantes et habitants ; aucun formulaire ne sort sans être relu par cinq personnes.",
            "Chapitre 2, Comprendre : dix-sept mesures.",
            (
                "Réécrire les vingt courriers les plus envoyés",
                "Un rendez-vous « mes droits » d'une heure",
                "Traduire le site entier en huit langues",
            ),
        ),
        (
            "« On me redemande toujours le même papier. » « Sur internet, je suis perdu. »",
            "La Ville ne redemande plus ce qu'elle a déjà ; aucune démarche n'est seulement sur internet.",
            "Chapitre 3, Faire en ligne ou au guichet : vingt mesures.",
            (
                "Ne plus demander un papier que la Ville a déjà",
                "Chaque démarche en ligne existe aussi au guichet et sur papier",
                "Un compte unique obligatoire pour toutes les démarches",
            ),
        ),
        (
            "« J'ai écrit, personne ne m'a répondu. »",
            "Une réponse sous quinze jours avec un nom, et des comités d'usagers tirés au sort.",
            "Chapitre 4, Être entendu : quatorze mesures.",
            (
                "Une réponse sous quinze jours à chaque réclamation",
                "Un comité d'usagers dans chaque mairie de quartier",
                "Mesurer l'abandon des démarches, service par service",
            ),
        ),
    ),
    "plan": "Parlons services publics : 70 mesures pour simplifier",
}

ALL = (ROSTERS, AT_WORK, LARGE)
