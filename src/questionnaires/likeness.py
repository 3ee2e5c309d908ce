"""How alike two wordings are, without Django: proposals for whoever maps a file of answers, never a decision."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# A wording that denies is never proposed for one that doesn't, however alike they are.
_DENIES = frozenset(
    ["pas", "non", "aucun", "aucune", "jamais", "peu", "ni", "rien", "sans", "moins", "mal", "no", "not", "never"]
)
# Nor one that counts otherwise; "un" is an article too, and says nothing.
_COUNTS = {"deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8", "neuf": "9"}
_WORDS = re.compile(r"[a-z0-9]+")
ENOUGH = 0.5
# Between the two best, there must be this much: otherwise nobody is proposed.
APART = 0.05


def fold(text: str) -> str:
    """The words alone, small, without accents."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold()).encode("ascii", "ignore").decode()
    return " ".join(_WORDS.findall(plain))


def alike(one: str, other: str) -> float:
    """From 0 to 1, the share of the groups of three letters that two folded texts have in common (Dice, 1945)."""
    if one == other:
        return 1.0 if one else 0.0
    mine, theirs = _threes(one), _threes(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


@lru_cache(maxsize=8192)
def _threes(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[n : n + 3] for n in range(len(padded) - 2)}


def _facts(folded: str) -> set[str]:
    """What two wordings have to share to mean the same: what they deny, and what they count."""
    said = folded.split()
    counts = {_COUNTS.get(word, word) for word in said if word in _COUNTS or word.isdigit()}
    return _DENIES & set(said) | counts - {"1"}


def nearest(text: str, known: Mapping[str, str]) -> str:
    """The key of the wording nearest to ``text``; empty when none is near enough, or two are as near."""
    said = fold(text)
    facts = _facts(said)
    scores = []
    for key, words in known.items():
        meant = fold(words)
        if said == meant and said:
            return key
        if _facts(meant) == facts:
            scores.append((alike(said, meant), key))
    scores.sort(reverse=True)
    if not scores or scores[0][0] < ENOUGH or len(scores) > 1 and scores[0][0] - scores[1][0] < APART:
        return ""
    return scores[0][1]
