"""The first wording of the pages every site has: content in French, which each city completes in /gestion/."""

WELCOME_TITLE = "Une idée, une réponse"
WELCOME_TEXT = (
    "<p>Terrain est l’endroit où les agentes et les agents proposent, et où la Ville répond par écrit, "
    "même quand c’est non.</p>"
)

ACCESSIBILITY = {
    "title": "Accessibilité",
    "summary": "Ce que nous savons de l’accessibilité de Terrain, et à qui écrire en cas de difficulté.",
    "contact": "La personne qui administre Terrain dans votre Ville, par la messagerie interne.",
    "body": [
        (
            "text",
            "<h2>Ce qui n’est pas encore conforme</h2>"
            "<p>Aucun audit n’a encore été fait. Nous vérifions chaque page avec des outils automatiques, au clavier "
            "et à fort grossissement. Ces essais ne remplacent pas un audit.</p>"
            "<h2>Ce que nous avons essayé</h2>"
            "<ul><li>Contrastes des couleurs, en clair et en sombre.</li>"
            "<li>Navigation au clavier et ordre de lecture.</li>"
            "<li>Affichage sur un écran de 320 pixels et avec un texte agrandi.</li>"
            "<li>Pages sans JavaScript.</li></ul>"
            "<h2>Si quelque chose vous empêche de participer</h2>"
            "<p>Dites-le-nous : nous vous répondons et nous proposons un autre moyen, par exemple le papier.</p>"
            "<p>Si vous ne recevez pas de réponse satisfaisante, vous pouvez saisir le Défenseur des droits. "
            "Il répond gratuitement au 39 28, du lundi au vendredi.</p>",
        )
    ],
}

LEGAL = {
    "donnees-personnelles": {
        "title": "Mes données et mon anonymat",
        "summary": "Ce que Terrain garde de vous, pourquoi, combien de temps, et qui peut le lire.",
        "body": [
            (
                "text",
                "<h2>Ce que les autres savent de vous</h2>"
                "<p>Vous le choisissez avant d’envoyer, et cela ne change plus ensuite.</p>"
                "<ul><li><b>Avec mon nom.</b> Vos collègues voient votre prénom et votre métier. "
                "Ils peuvent vous répondre.</li>"
                "<li><b>Nom protégé.</b> Votre nom n’est affiché à personne, ni à vos chefs, ni à l’équipe qui "
                "étudie. Il reste sous clé. Deux personnes ensemble peuvent l’ouvrir, seulement pour un motif prévu "
                "par la loi ou la charte, et vous en seriez averti, sauf si un juge l’interdit.</li>"
                "<li><b>Anonyme.</b> Nous n’enregistrons pas qui vous êtes. Gardez le code secret : c’est le seul "
                "moyen de lire la réponse.</li></ul>"
                "<p>Si vous décrivez votre équipe ou votre lieu, vos collègues pourraient vous reconnaître.</p>"
                '<p><a href="/nom-protege/">Comment votre nom est protégé, et combien de fois il a été ouvert</a></p>'
                "<h2>Combien de temps</h2>"
                "<p>Le lien entre une idée au nom protégé et vous est détruit 24 mois après la décision.</p>"
                "<h2>Vos droits</h2>"
                "<p>Vous pouvez demander une copie de vos données, les faire corriger ou effacer. Écrivez à la "
                "personne déléguée à la protection des données de votre Ville. Vous pouvez aussi saisir la CNIL.</p>",
            )
        ],
    },
    "charte": {
        "title": "Charte de participation",
        "summary": "Ce à quoi la Ville s’engage, et ce qui est attendu de chaque participante et participant.",
        "body": [
            (
                "text",
                "<h2>La Ville s’engage</h2>"
                "<ul><li>À lire chaque idée, et à dire qui l’a lue.</li>"
                "<li>À répondre par écrit avant la date promise, même si c’est non.</li>"
                "<li>À dire pourquoi, et ce qui pourrait changer la réponse.</li>"
                "<li>À signer : le nom de la personne qui décide est écrit sous la réponse.</li>"
                "<li>À ne jamais chercher qui se cache derrière un nom protégé.</li></ul>"
                "<h2>Nous vous demandons</h2>"
                "<ul><li>De parler du travail et du service, pas des personnes.</li>"
                "<li>De ne nommer aucune personne reconnaissable, habitante ou collègue.</li>"
                "<li>De rester courtois, même dans le désaccord.</li></ul>"
                "<h2>Quand un texte n’a pas sa place</h2>"
                "<ul><li>Chaque agente, chaque agent peut le signaler. Une personne le lit, puis décide.</li>"
                "<li>Retiré, il l’est avec un motif, dit à son auteur, qui peut contester : une autre personne relit."
                "</li></ul>"
                '<p><a href="/idees/moderation/">La modération en chiffres</a></p>'
                "<h2>Sur votre temps de travail</h2>"
                "<p>Participer fait partie du travail. Personne ne peut vous le reprocher.</p>",
            )
        ],
    },
    "aide": {
        "title": "Aide",
        "summary": "Proposer, soutenir, suivre : comment faire, avec ou sans ordinateur.",
        "body": [
            (
                "text",
                "<h2>Proposer une idée</h2>"
                "<p>Un texte, un titre, et un choix : avec mon nom, au nom de mon équipe, ou nom protégé. "
                "Comptez deux minutes. Votre brouillon est gardé pendant que vous écrivez.</p>"
                "<h2>Soutenir et suivre</h2>"
                "<p>Soutenir, c’est dire « moi aussi ». Le total se voit, votre nom non. Ce n’est pas un vote. "
                "Suivre, c’est recevoir les nouvelles de l’idée.</p>"
                "<h2>Recevoir moins de messages</h2>"
                "<p>Dans « Mes messages », choisissez ce que vous recevez. Les messages sur vos droits arrivent "
                "toujours.</p>"
                "<h2>Sans adresse électronique</h2>"
                "<p>Votre matricule et le code imprimé sur votre lettre suffisent pour vous connecter. Code perdu ? "
                "Une facilitatrice ou un facilitateur vous en remet un nouveau.</p>",
            )
        ],
    },
    "mentions-legales": {
        "title": "Mentions légales",
        "summary": "Qui publie ce site, qui l’héberge, et à qui écrire.",
        "body": [
            (
                "text",
                "<h2>Éditeur</h2><p>La Ville, représentée par la personne qui en dirige l’administration.</p>"
                "<h2>Hébergement</h2><p>La direction chargée de l’informatique de la Ville.</p>"
                "<h2>Images et textes</h2><p>Chaque image porte son crédit. Les mots d’une contribution ne sont cités "
                "qu’avec l’accord de leur auteur, qui peut le reprendre.</p>"
                "<h2>Logiciel</h2><p>Terrain est un logiciel libre, sous licence EUPL 1.2.</p>",
            )
        ],
    },
}
