"""The plan that came of « Parlons services publics »: seventy measures in four chapters. City content."""

# ruff: noqa: E501 - one measure a line reads better than four

from dataclasses import dataclass

TITLE = "Parlons services publics : 70 mesures pour simplifier"
SUMMARY = (
    "Ce que 6 214 réponses ont demandé, en quatre chapitres. Chaque mesure a une direction, une personne responsable et "
    "des nouvelles au moins tous les quatre-vingt-dix jours. Celles qui s'arrêtent disent pourquoi."
)
FOLLOWED_BY, FOLLOWER, ADOPTED, ENDS = "ACC", "accueil", -195, 900
ORIGIN = "Grande consultation « Parlons services publics »"
THEME = "Accueil et démarches"

# Where a measure stands: confirmed, done, under way (studied, ordered, being done), to come, stopped.
CONFIRMED, DONE, STUDIED, ORDERED, BEING_DONE, TO_COME, STOPPED = "c", "d", "s", "o", "w", "p", "x"
RUNNERS = {
    "ACC": "accueil", "BCS": "bcs.direction", "ECO": "eco.direction", "PAR": "jury", "PEN": "pen.direction",
    "PRO": "decideur", "RES": "decideur2", "RUE": "rue.direction", "SOL": "sol.direction", "TRA": "tra.direction",
}  # fmt: skip
SEEN = (
    "Je suis allé sur place sans prévenir : c'est fait, et cela sert.",
    "Vu au guichet et demandé à trois collègues : c'est en place.",
    "J'ai refait la démarche moi-même de bout en bout : c'est bien le cas.",
    "Deux visites à un mois d'écart : c'est toujours là.",
)


@dataclass(frozen=True)
class Short:
    """One measure: where it stands, who does it, what it changes, and the last thing said of it.

    ``said``: the proof, the news, or why it stops (then ``reason`` is a code of the closed list).
    """

    state: str
    direction: str
    title: str
    changes: str
    said: str = ""
    reason: str = ""


CHAPTERS = (
    ("Être accueilli", (
        ("Des horaires qui vont avec la vie des gens", (
            Short("c", "ACC", "Ouvrir les mairies de quartier un soir par semaine", "Le jeudi jusqu'à 20 heures, dans les huit mairies.", "Les huit mairies ouvrent le jeudi soir depuis quatre mois."),
            Short("c", "ACC", "Un samedi matin par mois pour l'état civil", "Sans rendez-vous, à la mairie du Centre.", "Cinq samedis tenus, 240 dossiers reçus."),
            Short("d", "BCS", "Les bibliothèques ouvertes le dimanche après-midi en hiver", "De novembre à mars, dans quatre bibliothèques.", "Quatre bibliothèques ont ouvert dès le premier dimanche de novembre."),
            Short("w", "SOL", "Un accueil du soir à la maison des solidarités Nord", "Le mardi jusqu'à 19 heures, pour celles et ceux qui travaillent.", "Le premier mois d'essai est plein ; un second agent d'accueil arrive."),
            Short("o", "PEN", "Inscrire son enfant à la crèche en dehors des heures de bureau", "Un rendez-vous par téléphone entre 18 et 20 heures.", "Le planning des appels est accordé avec les équipes du relais."),
            Short("p", "BCS", "Des créneaux de nage tôt le matin dans chaque piscine", "Dès 7 heures deux jours par semaine, après les travaux de chauffage."),
        )),
        ("Des lieux où l'on attend moins, et mieux", (
            Short("c", "ACC", "Afficher le temps d'attente à l'entrée", "Un écran à l'entrée et la même information en ligne.", "Les écrans marchent dans les huit mairies ; l'heure est juste à cinq minutes près."),
            Short("c", "ACC", "Un accueil debout pour les questions de moins d'une minute", "Une personne près de la porte oriente et répond.", "L'accueil debout est tenu chaque matin ; la file a diminué de moitié."),
            Short("c", "SOL", "Un coin pour parler sans être entendu", "Une cabine ou un bureau fermé dans chaque maison des solidarités.", "Les six maisons ont leur coin fermé."),
            Short("d", "ACC", "Des sièges avec accoudoirs dans toutes les salles d'attente", "Pour se relever plus facilement, et de la place pour une poussette.", "Quatre-vingt-dix sièges sont posés."),
            Short("d", "RES", "Des toilettes ouvertes au public dans chaque bâtiment d'accueil", "Indiquées dès l'entrée, avec une table à langer.", "Les onze bâtiments sont équipés et fléchés."),
            Short("w", "ACC", "Le Bus des démarches passe dans chaque quartier deux fois par mois", "Un calendrier fixe, affiché aux arrêts et dans les commerces.", "Neuf quartiers sur douze ont leur jour fixe."),
            Short("w", "RES", "Rendre l'entrée de la mairie des Quais accessible", "Une rampe et une porte qui s'ouvre seule.", "La rampe est coulée ; la porte est attendue le mois prochain."),
            Short("w", "TRA", "Une présence rassurante aux abords des accueils fermés tard", "La médiation de nuit passe à l'heure de la fermeture.", "Les passages sont quotidiens autour de trois mairies."),
            Short("s", "ECO", "Un seul accueil pour l'école, la cantine et le périscolaire", "Une personne qui voit les trois dossiers.", "Deux écoles essaient le guichet commun depuis la rentrée."),
            Short("o", "BCS", "Des casiers à livres ouverts jour et nuit", "Rendre et retirer un livre réservé sans attendre l'ouverture.", "Le marché est lancé pour cinq casiers."),
            Short("w", "PAR", "Des gardiennes et gardiens joignables dans chaque grand jardin", "Un numéro sur le panneau d'entrée, décroché de 8 à 19 heures.", "Le numéro est posé dans sept jardins sur onze."),
            Short("p", "RES", "Une signalétique commune à tous les bâtiments d'accueil", "Les mêmes mots et les mêmes pictogrammes partout."),
            Short("x", "ACC", "Des bornes à ticket dans toutes les mairies", "Prendre un numéro par motif de visite.", "L'essai aux Quais a allongé l'attente : les gens se trompaient de motif. L'accueil debout fait mieux, nous le gardons.", "effet"),
        )),
    )),
    ("Comprendre", (
        ("Des mots que tout le monde lit", (
            Short("c", "ACC", "Réécrire les vingt courriers les plus envoyés", "Une page, la réponse dans la première phrase, un nom et un numéro.", "Les vingt courriers sont réécrits et relus par des habitantes et habitants."),
            Short("c", "SOL", "Une version facile à lire pour chaque aide sociale", "Relue par des personnes concernées avant d'être publiée.", "Les quatorze fiches sont publiées."),
            Short("c", "RES", "Fin des sigles dans les courriers de la Ville", "Un correcteur le rappelle à qui écrit.", "Le correcteur est installé sur tous les postes."),
            Short("d", "ECO", "Le menu de la cantine avec des images", "Pour les enfants et les parents qui ne lisent pas le français.", "Les menus illustrés sont affichés dans toutes les écoles."),
            Short("w", "ACC", "Relire chaque formulaire avec cinq personnes avant de le publier", "Un comité de lecture ouvert à qui veut.", "Onze formulaires relus, trois renvoyés à leur direction."),
            Short("w", "RUE", "Annoncer les travaux de rue en une phrase et un plan", "Ce qui change pour vous, jusqu'à quand, qui appeler.", "Les vingt derniers chantiers ont leur affichette simple."),
            Short("s", "RES", "Expliquer sur chaque facture de la Ville comment elle est calculée", "Trois lignes au dos, avec un exemple.", "Trois maquettes sont essayées auprès de familles."),
            Short("x", "ACC", "Traduire le site entier en huit langues", "Une traduction tenue à jour de chaque page.", "La traduction à jour coûterait chaque année plus que l'interprétariat par téléphone, qui aide davantage. Les trente pages les plus lues sont traduites.", "budget"),
        )),
        ("Savoir à quoi l'on a droit", (
            Short("c", "SOL", "Un rendez-vous « mes droits » d'une heure", "On regarde ensemble toutes les aides, pas une seule.", "Six cents rendez-vous tenus depuis l'ouverture."),
            Short("c", "ACC", "L'interprétariat par téléphone à tous les guichets", "Trente langues, un autocollant avec le numéro sur chaque téléphone.", "Tous les téléphones de guichet ont leur autocollant."),
            Short("d", "PEN", "Dire à l'avance ses chances d'avoir une place en crèche", "Les critères et le nombre de places, quartier par quartier.", "Les critères et les chiffres de l'année sont en ligne."),
            Short("d", "BCS", "Une page unique des tarifs réduits", "Piscines, bibliothèques, musée, conservatoire : qui y a droit, avec quel papier.", "La page est en ligne et imprimée aux accueils."),
            Short("w", "SOL", "Prévenir quand un droit va s'arrêter", "Un message deux mois avant, avec ce qu'il faut renvoyer.", "Les messages partent pour trois aides sur sept."),
            Short("w", "ECO", "Calculer son tarif de cantine en deux minutes", "Un calcul anonyme, sans compte.", "Le calcul est juste ; la version sur papier suit."),
            Short("o", "TRA", "Une fiche claire après un procès-verbal", "Ce que l'on peut contester, comment et avant quand.", "Le texte est validé par le service juridique, l'impression est commandée."),
            Short("w", "ACC", "Former les accueils aux droits des personnes étrangères", "Une journée par an, avec une association.", "Soixante agentes et agents formés sur cent dix."),
            Short("p", "SOL", "Un carnet de route pour les aidantes et aidants", "Les lieux de répit, les aides, les numéros."),
        )),
    )),
    ("Faire en ligne ou au guichet", (
        ("Moins de papiers", (
            Short("c", "ACC", "Ne plus demander un papier que la Ville a déjà", "L'état civil et le domicile ne sont plus redemandés d'un service à l'autre.", "Onze pièces ne sont plus demandées dans neuf démarches."),
            Short("c", "ECO", "Une seule inscription pour l'école et la cantine", "Un formulaire, en ligne ou sur papier.", "La rentrée s'est faite avec le formulaire unique."),
            Short("d", "PEN", "Renouveler la crèche sans refaire le dossier", "On confirme ce qui n'a pas changé.", "Huit familles sur dix ont renouvelé en moins de cinq minutes."),
            Short("w", "SOL", "Une attestation sur l'honneur à la place de trois justificatifs", "Contrôlée ensuite, au hasard, par sondage.", "Deux aides sur cinq acceptent l'attestation."),
            Short("w", "RUE", "Le stationnement résidant sans passage au guichet", "Le domicile est vérifié avec l'accord de la personne.", "Le renouvellement se fait en ligne ; la première demande suit."),
            Short("o", "BCS", "Une carte unique pour les bibliothèques et les piscines", "La même carte, le même compte, ou un carton.", "Le marché de la carte est attribué."),
            Short("s", "RES", "Payer en espèces chez les buralistes", "Pour la cantine, la crèche et les amendes de bibliothèque.", "La convention est à la relecture."),
            Short("s", "ACC", "Un coffre où garder ses papiers d'une démarche à l'autre", "Facultatif, effaçable à tout moment.", "L'étude compare deux solutions ; la protection des données est consultée."),
            Short("x", "RES", "Un compte unique obligatoire pour toutes les démarches", "Une seule connexion pour tout.", "Rendre un compte obligatoire écarterait celles et ceux qui n'ont pas d'adresse électronique. Le compte reste possible, jamais obligé.", "egalite"),
        )),
        ("Toujours une personne au bout", (
            Short("c", "ACC", "Chaque démarche en ligne existe aussi au guichet et sur papier", "Aucune n'est seulement sur internet.", "La liste des quarante démarches est contrôlée chaque trimestre."),
            Short("c", "ACC", "Un numéro écrit sur chaque page de démarche", "Une personne répond aux heures d'ouverture.", "Le numéro est sur les quarante pages ; neuf appels sur dix sont décrochés."),
            Short("d", "BCS", "De l'aide pour faire ses démarches à la bibliothèque", "Deux demi-journées par semaine, sans rendez-vous.", "Dix bibliothèques tiennent la permanence."),
            Short("d", "ACC", "Prendre rendez-vous par téléphone aussi vite qu'en ligne", "Les mêmes créneaux pour tous.", "La moitié des créneaux est réservée au téléphone et au guichet."),
            Short("w", "ACC", "Suivre son dossier avec un simple code", "Sans compte : le code est sur le reçu.", "Le suivi par code marche pour douze démarches."),
            Short("w", "PRO", "Demander l'enlèvement d'un encombrant par message", "Une photo, une adresse, une date en retour.", "L'essai dans deux quartiers donne une date en moins d'une heure."),
            Short("w", "PAR", "Réserver un jardin partagé sans dossier", "Une page, une réponse sous quinze jours.", "Les premières réponses sont parties en neuf jours."),
            Short("w", "SOL", "Une équipe mobile pour celles et ceux qui ne se déplacent plus", "Les démarches à domicile, sur appel.", "Deux conseillères se déplacent dans six quartiers."),
            Short("w", "TRA", "Déclarer un objet perdu et savoir s'il est retrouvé", "Au téléphone, en ligne ou au poste.", "La liste est commune aux quatre postes depuis septembre."),
            Short("p", "ACC", "Un conseiller qui finit la démarche avec vous à l'écran", "Partage d'écran au guichet, jamais à distance sans accord."),
            Short("p", "RUE", "Demander une place de livraison en une fois", "Un formulaire pour les commerces, une visite sur place."),
        )),
    )),
    ("Être entendu", (
        ("Dire ce qui ne va pas", (
            Short("c", "ACC", "Une réponse sous quinze jours à chaque réclamation", "Avec un nom, et la date écrite sur le reçu.", "Le délai est tenu neuf fois sur dix ce trimestre."),
            Short("c", "ACC", "Noter le service en sortant, en trois secondes", "Cinq visages, sans nom, aux guichets et dans le Bus.", "Six points de notation tournent ; les résultats sont affichés."),
            Short("d", "PRO", "Signaler un dépôt sauvage et savoir ce qu'il devient", "Un message quand c'est ramassé.", "Le message part dans la journée du ramassage."),
            Short("w", "RUE", "Dire pourquoi une demande de voirie est refusée", "La raison et ce qui pourrait changer la réponse.", "Les refus des trois derniers mois sont motivés."),
            Short("w", "SOL", "Un médiateur que l'on peut saisir sans avocat", "Une lettre ou un appel suffit.", "La permanence ouvre le mercredi."),
            Short("s", "TRA", "Rendre publics les délais de réponse aux riverains", "Par quartier et par motif.", "Les motifs sont arrêtés avec deux conseils de quartier."),
            Short("x", "ACC", "Une réunion publique par mois dans chaque mairie", "Pour parler des démarches et des horaires.", "Après quatre réunions, sept personnes en moyenne. Nous allons plutôt là où les gens sont : marchés, écoles, résidences.", "effet"),
        )),
        ("Participer à ce qui change", (
            Short("c", "RES", "Publier chaque année ce qui est fait de ces soixante-dix mesures", "Un rapport, avec ce qui a pris du retard.", "Le premier point est publié, retards compris."),
            Short("c", "ACC", "Un comité d'usagers dans chaque mairie de quartier", "Douze personnes tirées au sort, pour un an.", "Les huit comités se sont réunis deux fois."),
            Short("d", "BCS", "Choisir les horaires des bibliothèques avec leur public", "Une consultation par bibliothèque.", "Neuf bibliothèques ont changé leurs horaires après le vote."),
            Short("w", "ECO", "Des conseils d'enfants sur la cantine", "Deux fois par an, avec la cuisine.", "Vingt-deux écoles ont tenu leur premier conseil."),
            Short("w", "ACC", "Faire essayer chaque nouveau formulaire aux agentes et agents d'accueil", "Avant les habitants, pendant deux semaines.", "Quatre formulaires essayés, deux corrigés."),
            Short("o", "PEN", "Un cahier de liaison entre familles et crèches", "Ce qui va, ce qui gêne, et la réponse.", "Les cahiers sont commandés pour onze crèches."),
            Short("p", "RES", "Mesurer l'abandon des démarches, service par service", "Combien renoncent, et pourquoi, par une enquête chaque année."),
        )),
    )),
)  # fmt: skip
