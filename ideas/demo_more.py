"""More ideas of the demo city, so that lists, filters and queues look alive. Invented, like everything in it."""

from .demo_ideas import Said, Tale

SIGNATURES = (
    "Pour un achat de draps ou de petit matériel, quatre personnes signent et le délai atteint onze jours. Sous "
    "100 euros, la signature de la personne responsable de l'établissement suffirait."
)

MORE = (
    # ------------------------------------------------------------------------------------------ received, to screen
    Tale(
        "gourdes", "Des points d'eau pour remplir les gourdes en tournée",
        "L'été, nous achetons des bouteilles parce que les fontaines sont loin. Une carte des robinets ouverts aux "
        "équipes, mise à jour par secteur, suffirait.",
        "agent", 0, "submitted", "PRO", "PRO-TAN", channel="phone", tags=("chaleur",),
    ),
    Tale(
        "bruit", "Le bruit du compresseur pendant les rendez-vous",
        "Le compresseur du local voisin démarre pendant les entretiens. Les personnes reçues n'entendent plus et "
        "répètent leur histoire à voix haute.",
        "nord", 1, "submitted", "SOL", "SOL-NOR", named=False, kind="pain_point", supports=2, tags=("locaux",),
    ),
    Tale(
        "retours", "Une boîte de retour pour les livres à la piscine",
        "Beaucoup de familles passent de la bibliothèque à la piscine. Une boîte de retour dans le hall éviterait un "
        "détour, et des livres en retard.",
        "roseaux", 1, "submitted", "BCS", "BCS-ROS", supports=4, tags=("bibliothèques",),
    ),
    Tale(
        "clefs", "Un tableau des clés que l'on comprend",
        "Les clés portent des numéros que personne ne connaît plus. Des étiquettes de couleur par étage, avec le nom "
        "du local, feraient gagner du temps à chaque ouverture.",
        "lea", 6, "submitted", "RES", supports=11, tags=("locaux",),
    ),
    Tale(
        "agenda", "Rappeler les rendez-vous par message la veille",
        "Un rendez-vous sur cinq n'est pas honoré. Un message la veille, dans la langue de la personne, libérerait "
        "des créneaux pour celles qui attendent.",
        "agent2", 3, "asked_screening", "ACC", "ACC-BUS", supports=5, tags=("accueil", "numérique"),
        question="Votre texte cite une adresse de courriel : pouvons-nous la remplacer par « l'accueil » ?",
    ),
    # ------------------------------------------------------------------------------------------------ to orient
    Tale(
        "tri", "Trier les gobelets dans les salles de réunion",
        "Les gobelets et le café partent dans le même sac. Deux bacs et une affiche suffisent, nous l'avons essayé à "
        "notre étage pendant un mois.",
        "lea", 4, "open", "RES", supports=29, tags=("déchets",),
    ),
    Tale(
        "balais", "Des balais de rechange à mi-tournée",
        "Un manche cassé en début de tournée, et c'est un retour au dépôt. Un petit coffre avec deux balais, à "
        "mi-parcours, éviterait une heure de trajet.",
        "agent", 5, "open", "PRO", "PRO-TAN", channel="phone", supports=24, tags=("matériel",),
    ),
    Tale(
        "bancs", "Des assises pour les familles devant la crèche",
        "Le soir, les familles attendent debout avec les plus petits. Trois assises devant la porte rendraient "
        "l'attente plus calme, pour elles et pour nous.",
        "peupliers", 5, "open", "PEN", "PEN-PEU", supports=18, tags=("accueil",),
        comments=(
            Said("", 2, "Encore une idée de bureau. Venez tenir la porte un soir d'hiver, on en reparlera."),
        ),
    ),
    Tale(
        "radio", "Une radio de rechange par brigade",
        "Quand une radio tombe en panne, l'équipage sort à une seule. Une radio de rechange chargée, au poste, "
        "éviterait de repartir sans liaison.",
        "egalite", 14, "open", "TRA", "TRA-CEN", named=False, supports=33, tags=("sécurité", "matériel"),
    ),
    Tale(
        "compost", "Donner le compost des serres aux écoles",
        "Nous jetons deux bennes de compost mûr par an. Les écoles qui ont un jardin pourraient venir le chercher un "
        "mercredi par mois.",
        "serres", 3, "open", "PAR", "PAR-CLO", team="Équipe des Serres", supports=46, tags=("déchets", "école"),
        comments=(Said("vieuxfour", 1, "Notre cuisine en prendrait volontiers pour le potager des enfants."),),
    ),
    # ----------------------------------------------------------------------------- to answer at once, to countersign
    Tale(
        "lampe", "Une lampe au-dessus du tableau d'affichage",
        "À 5 h 40, le tableau d'affichage est dans le noir. Une lampe simple permettrait de lire le planning sans "
        "sortir son téléphone.",
        "agent", 12, "oriented", "PRO", "PRO-TAN", supports=21, scale="quick_fix", tags=("locaux",),
    ),
    Tale(
        "formulaire", "Supprimer la photocopie du livret de famille",
        "Nous demandons une copie que l'état civil possède déjà. Une simple consultation du registre suffirait, et la "
        "personne repartirait avec sa réponse.",
        "agent2", 20, "oriented", "ACC", "ACC-QUA", supports=64, scale="quick_fix", tags=("simplification",),
    ),
    Tale(
        "gants", "Commander des gants à la bonne taille",
        "Les petites tailles manquent à chaque livraison. Une commande par équipe, avec les tailles cochées, "
        "éviterait de porter des gants trop grands.",
        "rive", 22, "countersign", "PRO", "PRO-RIV", named=False, supports=27, scale="quick_fix",
        tags=("tenues", "sécurité"), outcome="accepted", answered_ago=2,
        answer="La prochaine commande de gants se fait par équipe, avec une fiche où chacune et chacun coche "
        "sa taille. "
        "La fiche part avec le bon de commande de la fin du mois. Les tailles manquantes sont remplacées sous dix "
        "jours par le magasin.",
        measure=("Magasin central", "Fiche de tailles jointe au bon de commande", 25),
    ),
    Tale(
        "parking", "Rendre le stationnement gratuit dans toute la ville",
        "Tout le monde se plaint du stationnement. S'il était gratuit partout, nous passerions moins de temps à "
        "expliquer les tarifs au téléphone.",
        "bruno", 19, "countersign", "RUE", "RUE-HAL", supports=12, scale="out_of_scope", tags=("stationnement",),
        outcome="declined", answered_ago=1, reason_code="competence",
        answer="Le prix du stationnement est voté par le conseil municipal, pas par les services. Nous ne "
        "pouvons donc "
        "pas en décider ici. En revanche, la page des tarifs est réécrite ce mois-ci pour répondre aux questions les "
        "plus posées au téléphone.",
        condition="un nouveau vote du conseil municipal sur les tarifs.",
    ),
    # --------------------------------------------------------------------------------------------------- transferred
    Tale(
        "bancs-cour", "De l'ombre dans la cour des cuisines",
        "Pendant la livraison, les cagettes restent au soleil. Deux arbres ou une toile éviteraient de jeter des "
        "légumes et de travailler en plein soleil.",
        "vieuxfour", 10, "transferred", "ECO", "ECO-VFO", supports=15, tags=("chaleur", "école"), to="PAR",
        reason="Il s'agit de planter dans la cour : c'est votre métier.",
    ),
    # --------------------------------------------------------------------------------------------------------- study
    Tale(
        "vestiaires", "Des vestiaires qui ferment pour les équipes mixtes",
        "Le vestiaire des femmes ne ferme pas depuis le départ de l'ancienne équipe. Une porte et un verrou "
        "permettraient de se changer tranquillement.",
        "agent", 35, "studied", "PRO", "PRO-TAN", named=False, supports=72, tags=("locaux", "égalité"),
    ),
    Tale(
        "repas", "Proposer un repas sans viande deux fois par semaine",
        "Les enfants le demandent et les cuisines savent le faire. Deux jours fixes simplifieraient les commandes et "
        "les explications aux familles.",
        "vieuxfour", 40, "studied", "ECO", "ECO-VFO", supports=118, tags=("école", "alimentation"),
        comments=(
            Said("", 30, "À condition de ne pas changer les effectifs en cuisine le jeudi."),
            Said("", 28, "Nous l'avons fait deux ans dans mon ancienne école, cela marchait bien."),
        ),
    ),
    Tale(
        "tablettes", "Des tablettes lisibles en plein soleil",
        "L'écran des tablettes est illisible dehors. Un film antireflet, ou un modèle prévu pour l'extérieur, "
        "éviterait de tout ressaisir au bureau.",
        "bruno", 28, "study_answered", "RUE", "RUE-HAL", supports=44, tags=("numérique", "matériel"),
        question="Combien de tablettes utilisez-vous dehors, et sur quels trajets ?",
        reply="Neuf tablettes, surtout pour les relevés de panneaux le long du quai, le matin.",
    ),
    Tale(
        "interpretes", "Un créneau d'interprète fixe le mardi",
        "Les familles reviennent plusieurs fois faute d'interprète. Un créneau fixe, le mardi matin, affiché dans la "
        "salle d'attente, éviterait des allers-retours.",
        "nord", 45, "studied", "SOL", "SOL-NOR", named=False, supports=93, tags=("langues", "accueil"),
    ),
    # ------------------------------------------------------------------------------------------- to decide, prepared
    Tale(
        "depot-nuit", "Un local de repos pour l'équipe de nuit",
        "Entre deux tournées, l'équipe de nuit attend dans les camions. Le local du fond est vide : un radiateur et "
        "quatre chaises suffiraient.",
        "agent", 50, "decision_pending", "PRO", "PRO-TAN", named=False, supports=104, tags=("locaux", "nuit"),
    ),
    Tale(
        "signature", "Une seule signature pour les petits achats",
        SIGNATURES,
        "peupliers", 52, "prepared", "RES", "PEN-PEU", named=False, supports=168, tags=("simplification", "achats"),
        outcome="accepted", signed_by="finances",
        answer="À partir du mois prochain, les responsables d'établissement signent seuls jusqu'à 100 euros, dans la "
        "limite de 600 euros par trimestre. La direction des ressources internes vérifie après coup, par sondage. "
        "Nous ferons le point dans six mois avec dix crèches.",
        measure=("Direction des finances", "Note aux établissements", 30),
    ),
    Tale(
        "arrosage", "Arroser la nuit plutôt qu'en fin de matinée",
        "L'eau s'évapore et les allées sont mouillées quand le public arrive. Un programmateur par serre permettrait "
        "d'arroser à quatre heures.",
        "serres", 58, "decision_pending", "PAR", "PAR-CLO", team="Équipe des Serres", supports=39, tags=("eau",),
    ),
    # ---------------------------------------------------------------------------------------------------------- late
    Tale(
        "chauffage", "Le chauffage du hall s'arrête à 16 heures",
        "En hiver, le hall est à treize degrés dès la fin de l'après-midi. Le public garde son manteau, et "
        "nous aussi. "
        "L'horloge de la chaudière date de l'ancien horaire.",
        "agent2", 66, "oriented", "RES", "ACC-QUA", kind="pain_point", supports=77, tags=("locaux", "chaleur"),
        reminders=(4,),
    ),
    Tale(
        "bacs", "Des bacs roulants qui tiennent la pente",
        "Dans la rue du Port, les bacs descendent tout seuls et bloquent le trottoir. Une cale simple sous la roue "
        "suffirait, l'atelier de la Rive sait la faire.",
        "rive", 64, "oriented", "PRO", "PRO-RIV", supports=49, tags=("matériel", "sécurité"), reminders=(2,),
    ),
    Tale(
        "remplacements", "Une liste de remplaçants par quartier",
        "Le matin d'une absence, on appelle vingt personnes. Une liste par quartier, tenue par la direction, avec les "
        "disponibilités de la semaine, éviterait de fermer une section.",
        "peupliers", 75, "studied", "PEN", "PEN-PEU", supports=151, tags=("horaires",), reminders=(14, 7, 1),
    ),
    # ------------------------------------------------------------------------------------------------------- answered
    Tale(
        "fiche", "Une fiche de consignes lisible pour les saisonniers",
        "Chaque été, nous expliquons dix fois les mêmes consignes. Une fiche d'une page, avec des dessins, remise le "
        "premier jour, rassurerait les nouveaux collègues.",
        "roseaux", 80, "answered", "BCS", "BCS-ROS", named=False, supports=88, tags=("accueil", "été"),
        outcome="accepted", answered_ago=24,
        answer="Une fiche d'une page, avec des dessins, sera remise à chaque personne saisonnière dès son "
        "premier jour. "
        "Elle est écrite avec deux maîtres-nageurs et deux saisonniers de l'an dernier. Une version imprimée sera "
        "affichée dans chaque vestiaire.",
        measure=("Service des piscines", "Première version relue par les équipes", 20),
    ),
    Tale(
        "eau-cour", "Un point d'eau fraîche dans la cour du Halage",
        "L'été, nous remplissons nos gourdes au lavabo des vestiaires, à l'autre bout du centre. Un point d'eau dans "
        "la cour, à l'ombre, servirait aux équipes qui partent et à celles qui rentrent.",
        "fatou", 75, "answered", "RUE", "RUE-HAL", supports=52, tags=("été", "locaux"),
        outcome="accepted", answered_ago=12,
        answer="Un point d'eau fraîche sera posé dans la cour, contre le mur nord, à l'ombre toute l'après-midi. Le "
        "service Bâtiments a vérifié l'arrivée d'eau : les travaux durent deux jours. Les gobelets resteront à "
        "l'intérieur, pour ne pas laisser de déchets dehors.",
        measure=("Service Bâtiments", "Pose du point d'eau", 25),
    ),
    Tale(
        "interprete-tel", "Un numéro à appeler quand on ne se comprend pas",
        "Quand une personne ne parle pas français, on cherche un collègue dans les étages. Il faudrait un numéro "
        "affiché au guichet.",
        "bus", 60, "answered", "ACC", "ACC-BUS", supports=97, scale="already_done", tags=("langues", "accueil"),
        outcome="already_done", answered_ago=15, signed_by="accueil", reason_code="deja",
        answer="Mais vous ne pouviez pas le savoir, et c'est notre faute. Une ligne d'interprétation fonctionne "
        "depuis deux ans dans les maisons des solidarités, et elle est ouverte aux mairies de quartier. Le numéro "
        "arrive cette semaine, en autocollant sur chaque téléphone de guichet.",
    ),
    Tale(
        "impression", "Imprimer en recto verso par défaut",
        "Les imprimantes sortent tout en recto simple. Changer le réglage par défaut économiserait la moitié du "
        "papier, sans rien demander à personne.",
        "mentor", 55, "answered", "RES", supports=62, scale="quick_fix", tags=("achats", "numérique"),
        outcome="accepted", answered_ago=30,
        answer="Le réglage par défaut passe au recto verso sur toutes les imprimantes de l'immeuble, puis dans les "
        "autres sites avant la fin du trimestre. Chacune et chacun peut toujours choisir le recto simple pour un "
        "document précis. Nous publierons la consommation de papier dans six mois.",
        measure=("Service informatique", "Réglage changé dans l'immeuble du Marché-Couvert", 10),
    ),
    Tale(
        "caméras", "Filmer les guichets en continu",
        "Après deux agressions, certains voudraient une caméra au-dessus de chaque guichet, pour pouvoir montrer ce "
        "qui s'est passé.",
        "agent2", 90, "answered", "ACC", "ACC-QUA", named=False, supports=23, tags=("sécurité",),
        outcome="declined", answered_ago=40, signed_by="accueil", reason_code="vie_privee",
        answer="Filmer en continu toutes les personnes reçues ne respecterait pas leur vie privée, et "
        "n'empêcherait pas "
        "une agression. Nous préférons un bouton d'appel à chaque guichet et un temps de parole après chaque "
        "incident. "
        "Les boutons sont posés dans trois mairies ce mois-ci.",
        condition="un bilan des boutons d'appel qui montrerait qu'ils ne suffisent pas.",
    ),
    Tale(
        "grilles", "Réparer le portail du parc avant l'été",
        "Le portail ne ferme plus et les équipes font un tour de plus chaque soir. Le ferronnier de la ville pourrait "
        "passer avant la saison.",
        "serres", 70, "answered", "PAR", "PAR-CLO", supports=31, scale="quick_fix", tags=("locaux",),
        outcome="deferred", answered_ago=28, signed_by="jury", reason_code="budget", revisit_in=120,
        answer="La réparation demande de refaire les deux gonds et le pilier. Le budget d'entretien de cette "
        "année est "
        "engagé pour les aires de jeux. En attendant, une chaîne et un cadenas sont posés, et la tournée du soir est "
        "raccourcie d'autant.",
        condition="un reste de budget à la fin de l'automne, ou un danger nouveau.",
    ),
    # ------------------------------------------------------------------------------------------------------ moderation
    Tale(
        "retards", "Afficher au vestiaire les noms des personnes en retard",
        "Le matin, nous attendons toujours les deux mêmes. Un tableau à l'entrée, avec les noms et les minutes de "
        "retard, réglerait la question en une semaine.",
        "bruno", 3, "open", "RUE", "RUE-HAL", supports=4, tags=("horaires",),
    ),
    Tale(
        "cireuse", "Remplacer la cireuse du hall",
        "Gaston tombe en panne chaque lundi et fait plus de bruit que le public. Une machine plus légère permettrait "
        "de finir avant l'ouverture.",
        "agent2", 6, "open", "RES", "ACC-QUA", supports=19, tags=("matériel",),
    ),
    # --------------------------------------------------------------------------------------------------------- removed
    Tale(
        "chef", "Changer de responsable au plus vite",
        "Tout le monde sait de qui je parle, et cela ne peut plus durer. Il faut que la direction fasse quelque chose "
        "rapidement.",
        "rive", 8, "removed", "PRO", "PRO-RIV", named=False, reason_code="personnes",
        reason="Votre texte désigne une personne. La médiation interne peut vous recevoir en confidence.",
    ),
)  # fmt: skip
