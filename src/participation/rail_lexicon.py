"""The words of the safe rail: what a testimony sounds like in French, by theme. Data, read by ``safe_rail``.

A line is a pattern over the folded text (no accents, no apostrophes, small letters):
``harcel~`` is a stem with any ending · ``a|b`` one or the other · ``_`` up to three words · ``__`` up to eight.
``TOLD`` notices alone. ``SAID`` notices unless the same sentence proposes something (``PROPOSES``).
"""

from django.utils.translation import gettext_lazy as _

HARASSMENT, SEXUAL, RACISM = "harassment", "sexual", "racism"
DISCRIMINATION, DANGER, SELF_HARM, ALERT = "discrimination", "danger", "self_harm", "alert"

THEMES = (
    (DISCRIMINATION, _("Discrimination")),
    (HARASSMENT, _("Harassment")),
    (SEXUAL, _("Sexist or sexual violence")),
    (RACISM, _("Racism, antisemitism, hatred")),
    (DANGER, _("Serious danger")),
    (SELF_HARM, _("Suffering, risk of suicide")),
    (ALERT, _("Alert on a fraud or an offence")),
)

# Somebody with a hold over others, or beside them.
WHO = (
    "chef|cheffe|chefs|responsable|responsables|superieur|superieure|superieurs|directeur|directrice|encadrant|"
    "encadrante|encadrants|manager|hierarchie|collegue|collegues|formateur|formatrice|binome|tuteur|tutrice|agent|"
    "agente|equipe|patron|patronne|usager|usagere|elu|elue"
)
# What one is, and is reproached with.
IS = (
    "enceinte|grossesse|age|origine|origines|handicap|handicape|handicapee|accent|prenom|couleur|religion|voile|"
    "voilee|maladie|malade|syndicat|syndique|syndiquee|maternite|parental|homosexuel|homosexuelle|gay|lesbienne|"
    "trans|juif|juive|musulman|musulmane|arabe|noir|noire|femme|femmes|etranger|etrangere|peau"
)
BODY = "poitrine|seins|fesses|cuisse|cuisses|jambes|corps|physique|decollete|levres|epaule|epaules|genou|hanches"
HURTS = (
    "harcel~|humili~|rabaiss~|insult~|hurl~|menac~|gifl~|frapp~|persecut~|denigr~|terroris~|intimid~|brutalis~|"
    "injuri~|ridiculis~|maltrait~"
)

TOLD = {
    HARASSMENT: (
        "me|m (a|ont|avait|avaient)? (encore|toujours|aussi|deja)? " + HURTS,
        "me|m (a|ont|avait)? (crach~|enferm~|bouscul~|coinc~|isole~|gueul~|plaqu~|pousse~)",
        "me traite~ d|de|comme",
        "m (a|ont) (traite|traitee) d|de|comme",
        "je|j _ (victime|victimes) d|de",
        "(est|sont|etait) victime~ d|de _ (harcel~|violence~|brimade~|agression~) _ " + WHO,
        "je|j _ (subis|subi|subir) _ (harcel~|brimade~|humiliation~|insulte~|violence~|pression~|menace~|remarque~)",
        "me|m _ (fait|font|fais) subir",
        "harcelement _ de la part",
        "harcele~ par mon|ma|mes|le|la|son|sa|un|une " + WHO,
        "boule au ventre",
        "je n en peux plus",
        "mis|mise au placard",
        "mis|mise a l ecart _ par",
        "(je|m|me) __ (mis|mise) (a l ecart|de cote)",
        "je _ (crise|crises) d angoisse",
        "je pleure (tous|toutes|chaque|souvent|le|en)",
        "(a|as|ai) craque _ (rabaiss~|humili~|pression|cause|force)",
        "je me sens (persecut~|humili~|harcel~|menac~|en danger|rabaiss~|isole~)",
        "je|j _ (brimade|brimades)",
        "rire|rient|parlent|moquent dans mon dos",
        "personne __ (droit de me parler|me parle plus)",
        "me faire (muter|virer|renvoyer|licencier) si",
        "(" + WHO + ") _ (insulte|insultent|humilie|frappe|frappent|gifle|harcele|rabaisse|terrorise|maltraite) "
        "(les|l|un|une|des|mon|ma|mes|ses|son|sa|tout)",
    ),
    SEXUAL: (
        "mains? aux fesses",
        "remarque~|commentaire~|blague~|allusion~|choses|mots __ sur (ma|mon|mes|sa|ses|nos) (" + BODY + ")",
        "touche~|caress~|pelot~|frol~|tripot~ (la|les|l|ma|mon|mes|sa|son|ses) (" + BODY + ")",
        "de force _ (embrass~|touch~|desha~)",
        "embrass~ de force",
        "coucher avec (lui|elle|moi|eux)",
        "(j|je) _ (avais|ai|aurais) couche",
        "(touche|touchee|touchees|embrassee|caressee|filmee|photographiee) sans (son|mon|leur) (accord|consentement)",
        "me|m __ pornographi~",
        "pornographi~ __ (me|m|moi)",
        "(me|m|ete|est|suis) (a|ont)? (agresse|agressee) (sexuellement|dans|par)",
        "agresse~ sexuellement par",
        "blague~|remarque~|propos|insulte~ (sexist~|salace~|grivois~|sexuel~) (sur|contre) (moi|elle|ma|nous)",
        "m a viole|violee",
        "(ete|suis|est) violee?s?",
        "faveur~ sexuel~",
        "(me|m) _ des avances",
        "me suit _ (jusqu|chez|apres|dans)",
        "attouchement~",
        "(il|chef|collegue|responsable) _ (me|m) a (touche|touchee|embrasse|embrassee|coince|coincee|caresse~)",
    ),
    RACISM: (
        "sale (arabe|noir|noire|juif|juive|race|negre|negresse|etranger|etrangere|gouine|pede|pd|gitan|chinois)",
        "croix gammee~",
        "(bamboula|bougnoule|youpin|youpine|negro|tapette|gouine|bicot|niakoue|macaque)",
        "rentrer|retourner|rentre|retourne dans (mon|ton|son) pays",
        "les (noirs|arabes|juifs|musulmans|roms|asiatiques|homosexuels) sont (tous|faits|bons|des|trop)",
        "(je|j|elle|il|collegue) _ (recoit|recois|entends|entend|subis|subit) _ (raciste~|antisemite~|homophob~|"
        "sexist~|islamophob~|transphob~)",
        "(insulte~|propos|blague~|remarque~|injure~) (raciste~|antisemite~|homophob~|islamophob~|transphob~) "
        "(contre|sur|envers|a) (moi|elle|lui|mon|ma)",
        "travaill~ (pas|plus|jamais) avec (un|une|des|les) (" + IS + ")",
    ),
    DISCRIMINATION: (
        "(me|m) __ (cause|parce|depuis|raison) __ (" + IS + ")",
        "(cause|parce|depuis|raison) __ (" + IS + ") __ (on|il|elle|ils|chef|cheffe) (ne)? (me|m)",
        "depuis que je (porte|suis) __ on (ne)? (me|m)",
        "(titularise|titularisee|promu|promue|retenu|retenue|embauche|embauchee|augmente|augmentee) (a|en) "
        "(cause|raison) d|de",
        "je|j _ (subis|subi|vis|suis) _ discrimin~",
        "m _ (fait comprendre|laisse entendre) __ (" + IS + ")",
        "moque~ de (mon|ma) (" + IS + "|poids|taille|voix|foi|nom)",
        "seul|seule (femme|noir|noire|homme|juif|juive|arabe|etranger|etrangere) __ (on|il|ils|elle) (ne)? (m|me)",
        "je suis (noir|noire|arabe|juif|juive|musulman|musulmane|voilee|handicape|handicapee|gay|lesbienne|etranger|"
        "etrangere|trans) et (on|ils|il|elle|le|la|mon|ma)",
        "(voilee|homosexuel|homosexuelle|handicape|handicapee|juif|juive|noir|noire|arabe) __ (a l ecart|refuse|"
        "ecarte~|rejet~)",
        "traite|traitee (differemment|moins bien|comme un chien|comme une moins)",
        "conge (maternite|parental) __ (placard|poste|mutation|retire~|ecart~)",
    ),
    DANGER: (
        "(oblige~|force~|fait|font|demande~|contraint~|ordonne~) __ (sans (harnais|masque~|gant~|protection~|casque~|"
        "formation)|amiante|alarme|toxique|a nu)",
        "(monter|travailler|descendre|conduire|entrer) __ sans (harnais|masque~|protection~|casque~|frein~)",
        "failli (tomber|mourir|etre|se tuer|y passer|bruler|s electrocuter|nous)",
        "(quelqu un|collegue|on|il|elle) va (mourir|se tuer|y passer|finir par mourir|finir par se tuer)",
        "plus de frein~ __ (force~|oblige~|quand meme|continuer)",
        "menac~ de mort",
        "(couteau|arme|machette|pistolet) __ (m a|nous a|menac~)",
        "boit|bois|ivre|saoul|drogue|bourre _ (au volant|en conduisant|benne|camion)",
        "conduit (ivre|saoul|bourre|drogue|sans permis)",
        "peur qu (il|elle|ils) (tue~|se tue~|blesse~|nous tue~|s en prenne~)",
        "danger (grave|imminent|de mort)",
        "j ai cru mourir",
        "frapp~|batt~|secou~|attach~ (les|un|une|des) (enfant|enfants|resident|residents|bebe|bebes|personnes agees)",
    ),
    SELF_HARM: (
        "(plus|pas) envie de vivre",
        "envie (de mourir|d en finir|de disparaitre|de me tuer)",
        "(pense|penser|penses|pensees?|idees?) (au|de|a|du) suicide",
        "idee~ (noires|suicidaire~)",
        "(me|se|s) (suicid~|pendre|tuer|foutre en l air|ouvrir les veines|defenestr~)",
        "fin a (mes|ses) jours",
        "mieux sans moi",
        "(me|se) jeter (sous|du|par|dans|d)",
        "(parle|veut|veux|voudrais|envie|pense) (d|a)? en finir(?! avec)",
        "me faire du mal",
        "me scarifi~",
        "je __ (autre solution|issue) que _ (disparaitre|mourir|partir pour toujours)",
    ),
    ALERT: (
        "(touch~|recoit|recoivent|prend|prennent|accept~|empoch~) _ "
        "(argent|pot de vin|commission~|enveloppe~|cadeau~) (d|de|du|des|pour|contre)",
        "pots? de vin",
        "detourn~ _ (argent|fonds|subvention~|materiel|caisse|stock~)",
        "fausses? facture~",
        "falsifi~",
        "maquill~ (les|des|l|ses|le)",
        "(" + WHO + ") _ (vole|volent|pique|piquent|revend|revendent) (du|de|des|le|les|l)",
        "paye~ a des gens qui",
        "disparaitre _ (dossier~|preuve~|document~|papiers)",
        "(embauche|recrute|place|favorise) (sa|son|ses) (famille|femme|mari|fils|fille|cousin~|amis|frere|soeur)",
        "(nous|m) (interdit|interdisent|defend) d en parler",
        "etouff~ l affaire",
        "emplois? fictifs?",
        "(pour qu|pour que) _ (se taise|taisions|me taise|parle pas)",
        "j en ai ete (temoin|complice)",
        "(corromp~|corruption) _ (" + WHO + "|marche)",
        "se fait livrer chez (lui|elle)",
    ),
}

SAID = {
    HARASSMENT: (
        "(" + WHO + ") _ (" + HURTS + ")",
        "harcelement (moral|sexuel)",
        "(" + WHO + ") __ (contre|sur|envers) moi",
        "(" + WHO + ") __ (poing|coup|coups|gifle|gifles)",
    ),
    SEXUAL: (
        "agression~ sexuel~",
        "(fait|font|faisait) des (blague~|remarque~) (sexist~|salace~|raciste~)",
        "caress~ (les|l|la|une|un|des) (epaule~|jeune~|stagiaire~|apprenti~|recrue~|collegue~)",
    ),
    RACISM: ("(" + WHO + ") __ (raciste~|antisemite~|homophobe~)",),
    DANGER: ("on nous (fait|force|oblige) (travailler|manipuler|monter|descendre|continuer)",),
    SELF_HARM: ("suicid~",),
}

# A sentence that says what could be done, rather than what happened.
PROPOSES = (
    "propos~ (de|d|que|a|des|une|un)",
    "faudrait",
    "pourr(ait|aient|ions)",
    "(aid|evit|rassur|suffi|regl|serv)(erait|eraient|rait|raient)",
    "afficher|affiche|affiches|affichage",
    "form(er|ation|ations)",
    "sensibilis~",
    "prevenir|prevention",
    "fiche|guide|charte|procedure|atelier|campagne|reseau|numero|module|exposition|concours|protocole",
    "(creer|organiser|mettre|installer|prevoir|diffuser|rappeler|ouvrir|ajouter) (un|une|des|le|la|les|en|a)",
)
