"""Codes one can say aloud, « POMME 47 RIVE », by which somebody without an account goes on with what they began.

The code is kept nowhere: the draft is filed under a keyed hash of it, and holds it, encrypted, for its own pages.
"""

import re
import unicodedata
from datetime import timedelta
from random import SystemRandom
from uuid import UUID

from django.conf import settings

from src.foundations import clock, ratelimit, sealing
from src.participation.services import drafts

PURPOSE = sealing.register_purpose("questionnaire-code")
# Our own list: everyday words, without accents once typed, at least two letters apart.
_LISTED = """
abeille abricot accord adresse agneau aigle aiguille ajonc album algue allumette alouette amande ampoule ananas
ancre animal antilope arbre ardoise argile armoire arrosoir artichaut asperge assiette atelier automne avenue avion
avoine azur bagage balcon bambou banane barque barrage bassin bateau beffroi berger beurre biche bijou billet
biscuit bison bobine bocal bouchon boucle bougie boulon bouquet boussole branche brebis brioche brique brise
brouette brume buffet buisson bureau cabane cactus cadran cahier calcul camion canard canoe canyon capsule caramel
carotte carton cascade castor cerise chalet chameau chariot chemin cheval chouette cidre cigale citron clairon
clavier cloche clou colline colombe compas concert coquille corail corbeau corde costume coton couleur coussin
crayon crocus cube cuillere cygne damier danse dauphin dentelle dessin digue dimanche dindon domino dragon drapeau
echarpe echelle ecluse ecole ecorce ecran ecureuil edredon elephant enclume entree epice epingle erable escalier
espoir estrade etoile eventail facade faisan falaise fanfare farine fenetre ferme feuille ficelle filet flamme
fleuve flocon flute foin fontaine foret fourmi fraise frelon fromage fruit fumee galet galop garage gazon genou
girafe glacier globe gomme gorge goudron grange graine grenier grillon groseille grotte guitare guidon hamac hangar
haricot harpe herbe herisson heron hibou hiver horloge huile hutte igloo iguane image insecte ivoire jardin jasmin
jeton jonque journal juillet jumelle jungle kayak kimono kiosque kiwi koala lagune laine lampe langouste lapin
lavande legume lettre levain levier lezard libellule lierre lilas limace linge livre loutre lucarne lumiere lundi
lynx magasin maison mandarine manege manteau mardi marelle marmite marron matin melodie melon menthe merle meteo
meuble miel mimosa miroir moineau montagne mosaique moteur mouette moulin mousse mouton muguet mural musique
myrtille nacre nageur navire neige noisette nomade nougat nuage oasis ocean olive ombre omelette opale orage
orchidee oreiller orgue ortie otarie ourson outil paille palette palmier panda panier papillon parasol parquet
passage pastel patate peinture pelican pelouse pendule perroquet persil phare piano pigeon pilote pinceau pingouin
pivoine planche platane plume poireau poisson poivre pont portail poterie poulain prairie prune puits pupitre
puzzle quai quartz quille radeau radis raisin ravin recolte refuge reglisse renard requin ressort riviere rocher
roman ronde roseau rosee route ruban ruche ruisseau sable safran salade samedi sardine savane savon scarabee
serrure soleil sommet sorbet source souris stylo sucre tableau tabouret talus tambour tapis tartine tasse temple
tente terrasse theatre tilleul timbre tisane toboggan tomate tonneau torrent tortue totem toucan tracteur trefle
tresse triangle trompette tulipe tunnel turquoise vague valise vallee vanille vapeur velours vendange vestiaire
viaduc vigne village violon virgule vitrine voile voiture volcan voyage wagon zebre zephyr zigzag
"""
WORDS = tuple(_LISTED.split())
_SAID = re.compile(r"([A-Z]+)[^A-Z0-9]*([0-9]{2})[^A-Z0-9]*([A-Z]+)")
# Wrong codes: by network in ten minutes, in memory; by questionnaire in an hour, whatever the network.
NETWORK_TRIES, QUESTIONNAIRE_TRIES = 10, 60
_draw = SystemRandom()


def new_code() -> str:
    """A code drawn among sixteen million."""
    return f"{_draw.choice(WORDS)} {_draw.randint(10, 99)} {_draw.choice(WORDS)}".upper()


def read_code(typed: str) -> str:
    """The code as it is written, however it was typed; empty when it isn't one."""
    plain = unicodedata.normalize("NFKD", typed).upper().encode("ascii", "ignore").decode()
    said = _SAID.fullmatch(plain.strip())
    return " ".join(said.groups()) if said else ""


def draft_of(questionnaire, code: str) -> UUID:
    """Under what the draft of this code is filed."""
    return UUID(sealing.keyed_hash(f"{questionnaire.reference}:{code}", PURPOSE))


def find(questionnaire, kind: str, typed: str) -> UUID | None:
    """The draft of a code, while it may be resumed; None for one that is unknown, sent, or too old, alike."""
    code = read_code(typed)
    draft = draft_of(questionnaire, code) if code else None
    day = drafts.touched_on(draft, kind)
    if day is None or day < clock.today() - timedelta(days=settings.TERRAIN_RESUME_DAYS):
        return None
    return draft


def may_guess(questionnaire, network: str) -> bool:
    """Whether one more code may be tried: each try of a network counts, and each wrong one of all networks."""
    return ratelimit.hit_in_memory("questionnaires.code", network, NETWORK_TRIES, 600) and ratelimit.hit(
        "questionnaires.code", questionnaire.reference, QUESTIONNAIRE_TRIES, 3600
    )


def was_right(questionnaire) -> None:
    """A code that opened something wasn't a guess: it doesn't count against the others."""
    ratelimit.give_back("questionnaires.code", questionnaire.reference)
