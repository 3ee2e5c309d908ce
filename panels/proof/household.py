"""Whether two people give the same home: an address written one way, then hashed under a key.

A mistake here costs somebody their seat, or seats two people of one home. So an address matches another only when
number, street, town and what tells a flat agree once spelling is set aside; one too vague, or of an institution,
matches nobody and has no key.
"""

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .canonical import needed

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_SIGNS = 16
LEAST_SECRET = 16
# Kinds of streets, then words of their names: as the post abbreviates them (NF Z 10-011), and as people do.
STREETS = {
    "ALL": "ALLEE", "AV": "AVENUE", "AVE": "AVENUE", "BD": "BOULEVARD", "BLD": "BOULEVARD", "BLVD": "BOULEVARD",
    "BOUL": "BOULEVARD", "BVD": "BOULEVARD", "CHE": "CHEMIN", "CHEM": "CHEMIN", "CRS": "COURS", "CR": "COURS",
    "ESP": "ESPLANADE", "FBG": "FAUBOURG", "FG": "FAUBOURG", "IMP": "IMPASSE", "PAS": "PASSAGE", "PASS": "PASSAGE",
    "PL": "PLACE", "PROM": "PROMENADE", "Q": "QUAI", "R": "RUE", "RTE": "ROUTE", "SQ": "SQUARE", "VLA": "VILLA",
}  # fmt: skip
KINDS = frozenset(STREETS.values()) | {
    "CITE",
    "COUR",
    "MAIL",
    "PARVIS",
    "RESIDENCE",
    "ROND",
    "RUELLE",
    "SENTE",
    "SENTIER",
}
WORDS = {
    "CDT": "COMMANDANT", "COL": "COLONEL", "DR": "DOCTEUR", "GAL": "GENERAL", "GEN": "GENERAL", "MAL": "MARECHAL",
    "PDT": "PRESIDENT", "PROF": "PROFESSEUR", "RES": "RESIDENCE", "ST": "SAINT", "STE": "SAINTE", "LOT": "LOTISSEMENT",
}  # fmt: skip
# What tells a flat from another of the same number: kept, in whatever order it is given.
PARTS = {
    "APP": "APPARTEMENT", "APPT": "APPARTEMENT", "APT": "APPARTEMENT", "APPART": "APPARTEMENT", "BAT": "BATIMENT",
    "BT": "BATIMENT", "IMMEUBLE": "BATIMENT", "IMM": "BATIMENT", "ENT": "ENTREE", "ESC": "ESCALIER", "ETG": "ETAGE",
    "PTE": "PORTE", "LGT": "LOGEMENT", "BTE": "BOITE", "BAL": "BOITE",
}  # fmt: skip
FLATS = frozenset(PARTS.values())
REPEATED = {"B": "BIS", "T": "TER", "Q": "QUATER"}
SUFFIXES = frozenset(REPEATED.values())
ARTICLES = frozenset({"A", "AU", "AUX", "D", "DE", "DES", "DU", "L", "LA", "LE", "LES"})
# Words of places where people live without being one household, or receive their post without living there.
INSTITUTIONS = (
    "AIRE D ACCUEIL", "BOITE POSTALE", "BP", "CADA", "CASERNE", "CCAS", "CENTRE D ACCUEIL", "CENTRE D HEBERGEMENT",
    "CENTRE PENITENTIAIRE", "CHRS", "CIAS", "CITE UNIVERSITAIRE", "COUVENT", "CROUS", "CS", "DOMICILIATION",
    "DOMICILIE", "DOMICILIEE", "EHPA", "EHPAD", "FJT", "FOYER", "FOYERS", "HOTEL SOCIAL", "HUDA", "MAISON D ARRET",
    "MAISON DE RETRAITE", "MAISON RELAIS", "PENSION DE FAMILLE", "POSTE RESTANTE", "RESIDENCE AUTONOMIE",
    "RESIDENCE ETUDIANTE",
    "RESIDENCE SENIORS", "RESIDENCE SOCIALE", "RESIDENCE UNIVERSITAIRE", "SAMU SOCIAL", "TSA", "USLD",
)  # fmt: skip


@dataclass(frozen=True)
class Address:
    """An address as somebody gave it; ``lines``: everything but the postcode and the town."""

    lines: str
    postcode: str
    town: str = ""


class Households:
    """Keys of homes, under a ``secret`` that is kept apart; the same secret for the whole of a panel.

    ``institutions``: addresses where nobody is anybody's household, whatever flat is told.
    """

    def __init__(self, secret: bytes, institutions: Iterable[Address] = ()):
        needed(isinstance(secret, bytes) and len(secret) >= LEAST_SECRET, "a secret has 16 bytes or more")
        self._secret = secret
        self._institutions = frozenset(place[:3] for place in map(_place, institutions) if place)

    def key_of(self, address: Address) -> str:
        """Sixteen signs, the same for the same home; empty for what is nobody's home, too vague or blank."""
        place = _place(address)
        if place is None or place[:3] in self._institutions or _is_institution(_words(address.lines)):
            return ""
        text = json.dumps(["terrain-household-v1", *place], ensure_ascii=False, separators=(",", ":"))
        number = int.from_bytes(hmac.new(self._secret, text.encode(), hashlib.sha256).digest()) >> 256 - 5 * KEY_SIGNS
        return "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(KEY_SIGNS)))


def _place(address: Address) -> tuple[str, str, str, tuple[str, ...]] | None:
    """Postcode, town, number with its street, and what tells the flat; None when there is no postcode or no number."""
    postcode = "".join(re.findall("[0-9]", unicodedata.normalize("NFKC", address.postcode)))
    street, flat = _parted(_words(address.lines))
    start = next((at for at in range(len(street)) if _begins(street, at)), None)
    if len(postcode) != 5 or not postcode.isascii() or start is None:
        return None
    # A name before the number (of a residence, of a business) is kept after it.
    numbered = [*street[start:], *street[:start]]
    return postcode, " ".join(_town(address.town)), " ".join(numbered), flat


def _words(text: str) -> list[str]:
    """Capital words without accents nor punctuation: ``12bis, r. de l’Église`` is 12 BIS RUE DE L EGLISE."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    plain = plain.replace("œ", "oe").replace("æ", "ae").replace("№", " ").replace("n°", " ")
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    plain = re.sub(r"\b(?:[a-z]\.){2,}", lambda spelt: spelt[0].replace(".", "") + " ", plain)
    found = [word.upper() for word in re.findall(r"[^\W_]+", plain)]
    found = [part for word in found for part in _cut(word)]
    return [_written(found, at) for at in range(len(found))]


def _cut(word: str) -> list[str]:
    """``12BIS`` and ``12B`` are a number and what repeats it; ``007`` is 7; ``3EME`` and ``1ER`` are ranks."""
    shape = re.fullmatch(r"([0-9]+)([A-Z]*)", word)
    if not shape or not shape[1].isascii():
        return [word]
    number = shape[1].lstrip("0") or "0"
    if shape[2] in ("E", "EME", "ER", "ERE", "ND", "NDE"):
        return [f"{number}E"]
    return [number, shape[2]] if shape[2] else [number]


def _written(words: list[str], at: int) -> str:
    """A word in full; one letter is short for a street or a repeated number only beside its number."""
    word, before = words[at], words[at - 1] if at else ""
    if before.isdigit() and word in REPEATED and (at + 1 < len(words)):
        after = words[at + 1]
        if word != "Q" or after in STREETS or after in KINDS:
            return REPEATED[word]
    if word in ("R", "Q"):
        return STREETS[word] if before.isdigit() or before in SUFFIXES or before in REPEATED else word
    return PARTS.get(word) or STREETS.get(word) or WORDS.get(word) or word


def _parted(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The words of the street, and those of the flat by kind: ``ETAGE 3E`` and ``3E ETAGE`` are the same."""
    street, flat, at = [], [], 0
    while at < len(words):
        word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
        if word in FLATS and after and after not in KINDS:
            flat.append(f"{word} {after.removesuffix('E') if after[:1].isdigit() else after}")
            at += 2
        elif after == "ETAGE" and re.fullmatch("[0-9]+E?", word):
            flat.append(f"ETAGE {word.removesuffix('E')}")
            at += 2
        else:
            street.append(word)
            at += 1
    return street, tuple(sorted(set(flat)))


def _begins(words: list[str], at: int) -> bool:
    """Whether the number of a house is there, with a name after it: the 4 of ``rue du 4 septembre`` is none."""
    named = any(not word.isdigit() and word not in SUFFIXES for word in words[at + 1 :])
    return words[at].isdigit() and named and (at == 0 or words[at - 1] not in ARTICLES | KINDS)


def _town(text: str) -> list[str]:
    """A town without its arrondissement nor its distribution: ``Paris 3e arrondissement``, ``PARIS CEDEX 03``."""
    dropped = {"CEDEX", "ARRONDISSEMENT", "ARR", "ARDT", "EME"}
    return [word for word in _words(text) if word not in dropped and not re.fullmatch("[0-9]+E?", word)]


def _is_institution(words: list[str]) -> bool:
    """Whether the words name an institution; a street named after one (``rue du Foyer``) doesn't."""
    for phrase in INSTITUTIONS:
        sought = phrase.split()
        for at in range(len(words) - len(sought) + 1):
            if words[at : at + len(sought)] == sought and not _names_a_street(words, at):
                return True
    return False


def _names_a_street(words: list[str], at: int) -> bool:
    before = at - 1
    while before >= 0 and words[before] in ARTICLES:
        before -= 1
    return before >= 0 and words[before] in KINDS - {"RESIDENCE", "CITE"}
