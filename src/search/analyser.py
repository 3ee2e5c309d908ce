"""The French analyser: one for both databases, for what is indexed and for what is asked.

Accents are folded before stemming, so that "interprete" finds "interprète"; the endings whose accent the stemmer
needs are given back ("decidees" → "decidées" → "decid").
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

MAX_WORD = 40
MAX_CHARACTERS = 60_000

_stemmer = snowballstemmer.stemmer("french")
# It keeps the word it works on in itself: two threads at once would stem one another's.
_stemming = threading.Lock()
_WORDS = re.compile(r"[^\W_]+")
_ELISIONS = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ′](?=\w)", re.IGNORECASE)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "đ": "d"})
# Endings whose accent carries the meaning the stemmer looks for.
_ACCENTED_ENDINGS = (
    (re.compile(r"(?<=[bcdfghjklmnpqrstvwxyz])ee(s?)$"), r"ée\1"),
    (re.compile(r"iere(s?)$"), r"ière\1"),
    # The stemmer leaves the plural of "vélos" and "cargos" alone.
    (re.compile(r"(?<=..[aiou])s$"), ""),
)
# Plurals no rule gives.
_IRREGULAR = {
    "travaux": "travail",
    "vitraux": "vitrail",
    "baux": "bail",
    "emaux": "email",
    "coraux": "corail",
    "yeux": "oeil",
    "aieux": "aieul",
    "cieux": "ciel",
    "messieurs": "monsieur",
    "mesdames": "madame",
}
_STOP_WORDS = """
    a ai aie aient aies ait alors as au aucun aucune aura aurai auraient aurais aurait auras aurez auriez
    aurions aurons auront aussi autre autres aux avaient avais avait avec avez aviez avions avoir avons ayant
    ayez ayons bien c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment d
    dans de des donc dont du elle elles en encore entre est et etaient etais etait etant etc ete etes etiez
    etions etre eu eue eues eurent eus eut eux faire fait faut fois font furent fus fut hors ici il ils j je l
    la le les leur leurs lors lui m ma mais me meme memes mes moi moins mon n ne ni nos notre nous on ont or
    ou par parce pas peu peut plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se
    sera serai seraient serais serait seras serez seriez serions serons seront ses si sien soi soient sois
    soit sommes son sont sous soyez soyons suis sur t ta tandis te tel telle telles tels tes toi ton tous tout
    toute toutes tres trop tu un une vers voici voila vont vos votre vous vu y
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def fold(text: str) -> str:
    """Lower case, without accents or ligatures; NUL and other controls are gone."""
    text = unicodedata.normalize("NFKD", text[:MAX_CHARACTERS].translate(_LIGATURES))
    return "".join(letter for letter in text if not unicodedata.combining(letter)).casefold()


def words(text: str) -> Iterator[str]:
    """The folded words of a text that say something: no articles before an apostrophe, no stop words."""
    for word in _WORDS.findall(_ELISIONS.sub(" ", fold(text).replace("’", "'"))):
        if word not in STOP_WORDS:
            yield word[:MAX_WORD]


@lru_cache(maxsize=50_000)
def stem_word(word: str) -> str:
    """The stem of one folded word; words with a digit are kept whole, for references and street numbers."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    word = _IRREGULAR.get(word, word)
    for ending, accented in _ACCENTED_ENDINGS:
        word = ending.sub(accented, word)
    with _stemming:
        stemmed = _stemmer.stemWord(word)
    return fold(stemmed) or word


def stems(text: str) -> list[str]:
    """The stems of a text, in order, with repetitions."""
    return [stem_word(word) for word in words(text)]


def stem(text: str) -> str:
    """The stems of a text joined by single spaces: what the index holds and what a query becomes."""
    return " ".join(stems(text))
