"""What agents of the demo city wrote, how it was read, and what was understood: the city's own text, in French.

Each answer with the keys of its themes; ``other`` is how a second reader took it, where it differs.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One answer and its themes."""

    text: str
    themes: str
    other: str | None = None


THEMES = (
    ("e", "Être entendu", "Dire un problème ou une idée, et savoir qui lit, quand on répond, ce qui en est fait."),
    ("p", "Horaires et remplacements", "Connaître ses horaires à l’avance, être remplacé, pouvoir échanger un jour."),
    ("l", "Locaux", "Vestiaires, chauffage, salles, endroits pour manger ou se changer ; pas les outils de travail."),
    ("m", "Matériel et tenues", "Outils, véhicules, vêtements de travail : leur taille, leur état, leur réparation."),
    ("i", "Informatique et papiers", "Logiciels, codes, formulaires et listes ; ce qu’on saisit plusieurs fois."),
    ("c", "Équipe et encadrement", "La vie de l’équipe, les réunions, la façon de décider, la reconnaissance."),
    ("a", "Arrivée et formation", "Accueillir une personne nouvelle, se former, être remplacé pendant ce temps."),
)

ANSWERS = (
    # The sixteen first are those of the questionnaire itself.
    Said("Savoir qui lit ce qu'on signale, et quand on aura une réponse.", "e"),
    Said("Des vestiaires chauffés le matin.", "l"),
    Said("Une réunion d'équipe par mois, courte, à la même heure.", "c"),
    Said("Du matériel réparé dans la semaine, ou remplacé.", "m"),
    Said("Des plannings connus trois semaines avant.", "p"),
    Said("Moins de logiciels différents pour la même chose.", "i"),
    Said("Que le guichet ferme un quart d'heure avant nous, pour finir les dossiers.", "p", ""),
    Said("Un endroit pour manger assis quand il pleut.", "l"),
    Said("Être remplacé quand on part en formation.", "pa", "a"),
    Said("Savoir à qui demander quand le chef est absent.", "c"),
    Said("Des gants à la bonne taille, tout simplement.", "m"),
    Said("Que les nouvelles recrues soient accompagnées plus de deux jours.", "a"),
    Said("Une seule liste des numéros utiles, et à jour.", "i"),
    Said("Fermer les portes du hangar l'hiver : on y travaille.", "l"),
    Said("Dire merci quand un chantier est bien fait.", "c"),
    Said("Ne plus découvrir les travaux en arrivant le matin.", "e", "c"),
    # Being heard
    Said("J'ai signalé la fuite trois fois. Personne ne m'a répondu, ni oui ni non.", "el", "e"),
    Said("Qu'on nous dise non s'il le faut, mais qu'on nous le dise.", "e"),
    Said("Un cahier des signalements que tout le monde peut lire, avec la suite donnée.", "e"),
    Said("Quand on propose quelque chose, avoir une réponse dans le mois.", "e"),
    Said("Que Malika reste : c'est la seule qui fait remonter nos demandes.", "ec", "e"),
    Said("Être consultés avant l'achat d'un engin, pas après.", "em"),
    Said("Une réponse écrite aux problèmes de sécurité, sous dix jours.", "e"),
    Said("Savoir où en sont les demandes de l'équipe du matin.", "e"),
    Said("Que les idées des agents ne finissent pas au fond d'un tiroir.", "e"),
    Said("Qu'on demande l'avis de ceux qui font le travail avant de changer les tournées.", "ep", "e"),
    Said("Un seul endroit pour signaler, au lieu de trois adresses.", "ei"),
    Said("Que la direction vienne voir le dépôt une fois par trimestre.", "ec"),
    Said("Des réponses, même courtes.", "e"),
    Said("Pouvoir dire qu'une consigne ne marche pas sans être mal vu.", "ec", "c"),
    Said("Qu'on nous rende compte de ce que devient ce questionnaire.", "e"),
    # Hours and replacements
    Said("Connaître mes week-ends un mois avant, pour la garde de ma fille.", "p"),
    Said("Ne plus changer les horaires la veille au soir.", "p"),
    Said("Pouvoir échanger un samedi entre collègues sans passer par trois signatures.", "p"),
    Said("Remplacer vraiment les absents, pas répartir leur travail.", "p"),
    Said("Une vraie coupure le midi quand on commence à cinq heures.", "p"),
    Said("Que les congés d'été soient fixés en mars.", "p"),
    Said("Prévenir par message quand le planning bouge.", "p"),
    Said("Un planning affiché au même endroit pour tout le monde.", "p", "pi"),
    Said("Arrêter les remplacements au pied levé dans une autre école.", "p"),
    Said("Avoir deux jours de repos de suite, une semaine sur deux.", "p"),
    Said("Des horaires qui tombent juste avec le premier bus.", "p"),
    Said("Qu'on remplace les départs à la retraite avant le départ, pas un an après.", "pa", "p"),
    Said("Tenir compte des rendez-vous médicaux dans le tableau.", "p"),
    Said("Partager les soirées entre tous, pas toujours les mêmes.", "pc", "p"),
    # Premises
    Said("Une douche qui marche au dépôt.", "l"),
    Said("Réparer le chauffage de la salle de pause avant décembre.", "l"),
    Said("Des toilettes séparées sur le site, nous sommes quatre femmes dans l'équipe.", "l"),
    Said("Un casier qui ferme à clé pour chacun.", "l"),
    Said("Moins de bruit dans la salle de cantine, des panneaux au plafond suffiraient.", "l"),
    Said("Un local pour se sécher quand on rentre trempés.", "l"),
    Said("De la lumière sur le parking l'hiver.", "l"),
    Said("Une salle où recevoir les familles sans que tout le monde entende.", "l"),
    Said("Repeindre le vestiaire, il n'a pas bougé depuis vingt ans.", "l"),
    Said("Un réfrigérateur assez grand pour toute l'équipe.", "l", "lm"),
    Said("Ouvrir les fenêtres du bureau : elles sont bloquées depuis l'été.", "l"),
    Said("Un coin calme pour les pauses de nuit.", "l", "lp"),
    # Equipment and clothes
    Said("Des chaussures de sécurité pour les petites pointures.", "m"),
    Said("Recevoir les parkas avant l'hiver, pas en février.", "m"),
    Said("Un deuxième chariot : on passe une heure par jour à l'attendre.", "m"),
    Said("Des camions nettoyés et révisés à date fixe.", "m"),
    Said("Que les tondeuses en panne ne restent pas six semaines à l'atelier.", "m"),
    Said("Des balais moins lourds, mes épaules n'en peuvent plus.", "m"),
    Said("Un téléphone de service pour l'équipe, je donne mon numéro personnel.", "m", "mi"),
    Said("Choisir les tenues avec nous, par un essai d'une semaine.", "me", "m"),
    Said("Des vélos cargos pour les petites interventions.", "m"),
    Said("Du savon et des masques sans devoir les réclamer.", "m"),
    Said("Remplacer les escabeaux cassés.", "m"),
    Said("Des pantalons coupés pour les femmes.", "m"),
    Said("Un stock de pièces au dépôt pour ne pas attendre la commande.", "m"),
    # Computing and forms
    Said("Ne plus saisir la même demande dans deux logiciels.", "i"),
    Said("Un seul mot de passe au lieu de sept.", "i"),
    Said("Un ordinateur en état pour l'équipe, le nôtre met dix minutes à s'allumer.", "im", "i"),
    Said("Des formulaires qu'on peut remplir sur le téléphone.", "i"),
    Said("Supprimer le bon papier en trois exemplaires.", "i"),
    Said("Que le logiciel du guichet ne tombe pas tous les lundis.", "i"),
    Said("Savoir où trouver les notes de service.", "i", "ie"),
    Said("Une adresse électronique pour ceux qui n'ont pas de bureau.", "i"),
    Said("Arrêter les tableaux à remplir que personne ne lit.", "i", "ie"),
    Said("Moins de courriels, plus d'affiches au dépôt.", "i"),
    Said("Une formation courte au nouveau logiciel des interventions.", "ia"),
    Said("Que les listes d'élèves arrivent avant la rentrée.", "i"),
    Said("Des codes qui marchent dès le premier jour.", "ia", "i"),
    # Team and management
    Said("Une chef qui vient sur le terrain une fois par semaine.", "c"),
    Said("Que les règles soient les mêmes pour toutes les équipes.", "c"),
    Said("Du temps pour se passer les consignes entre l'équipe du matin et celle du soir.", "cp", "c"),
    Said("Fêter les départs : on part sans un mot.", "c"),
    Said("Décider ensemble de l'ordre des chantiers.", "c", "ce"),
    Said("Un chef d'équipe à plein temps, il gère deux sites.", "c"),
    Said("Moins de réunions, mais avec un compte rendu.", "c"),
    Said("Qu'on arrête de comparer les équipes devant tout le monde.", "c"),
    Said("Un entretien où l'on parle aussi de ce qui va bien.", "c"),
    Said("Reconnaître le travail de nuit.", "c", "cp"),
    Said("Pouvoir travailler avec l'équipe d'à côté quand c'est plus simple.", "c"),
    # Arrivals
    Said("Un livret d'une page pour les nouveaux, avec les numéros.", "a", "ai"),
    Said("Des formations près du site, pas à une heure de trajet.", "a"),
    Said("Qu'une collègue soit nommée pour accueillir chaque arrivant.", "a"),
    # Neither
    Said("Rien, cela me va.", ""),
    Said("Je ne sais pas.", ""),
    Said("Que ça change !", ""),
    Said("Que Didier, au dépôt, arrête d'insulter les nouvelles.", ""),
    Said("Voir question 2.", "", "e"),
)

# Left to read, in the order of this list.
UNREAD = 7
# Set aside before anybody codes it: it names and accuses somebody.
SET_ASIDE = "Que Didier, au dépôt, arrête d'insulter les nouvelles."
# How many are drawn for two readers.
SAMPLE = 30
# Words hidden in what the circle may read.
NAMES = ("Malika",)
# Themes whose answers may be read.
SHOWN = "epl"

# A quote reported: how it begins, by whom, why.
REPORTED = ("Que Malika reste", "agent2", "personnes", "Même sans son prénom, tout le dépôt sait de qui l’on parle.")

TITLE = "Nous au travail : ce que vous avez dit"
INTRODUCTION = (
    "Une question se répondait avec ses propres mots : s’il fallait changer une seule chose cette année, ce serait "
    "quoi ? Deux personnes ont lu vos réponses. Voici ce qu’elles ont compris, et les réponses elles-mêmes quand "
    "elles peuvent être montrées."
)
CHAPTERS = (
    (
        "Être entendu",
        (
            (
                "Le reproche n’est pas qu’on vous dise non, c’est qu’on ne vous dise rien. Vous demandez qui lit, "
                "quand la réponse arrive, et ce qu’elle change. Plusieurs d’entre vous proposent un cahier commun, "
                "lisible par tout le monde.",
                "e",
            ),
            (
                "Dans les équipes, il est question de présence plus que de réunions : une personne qui encadre et qui "
                "vient, des règles pareilles pour tous, un mot quand le travail est bien fait.",
                "c",
            ),
        ),
    ),
    (
        "Savoir quand on travaille",
        (
            (
                "Les horaires connus tard reviennent dans tous les métiers décalés. Ce qui pèse n’est pas le "
                "changement, c’est la veille au soir. Les remplacements suivent : une absence se partage entre les "
                "présents.",
                "p",
            ),
        ),
    ),
    (
        "Travailler dans de bonnes conditions",
        (
            (
                "Le froid, l’eau, la place : les locaux se disent en peu de mots, toujours très concrets. Le matériel "
                "manque moins qu’il n’attend : une pièce, une taille, une réparation.",
                "lm",
            ),
            (
                "L’informatique prend du temps par petits bouts : deux saisies, sept mots de passe, un formulaire en "
                "trois exemplaires. Personne ne demande un nouveau logiciel ; vous en demandez moins.",
                "i",
            ),
        ),
    ),
)
