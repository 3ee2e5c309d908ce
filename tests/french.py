"""French that the interface's catalogues know: found in a page that should speak English, it came from a wrong place.

Written in a column by the code, kept by a cache, read when the module was loaded: whatever the way, a sentence of our
own catalogue in a page in English is a fault. What people wrote isn't in the catalogues, or is listed in ``CONTENT``.
"""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import polib
from django.apps import apps

from src.foundations.personal_data import is_ours

# Words of the demo city's content that happen to be in a catalogue: answers, profiles, names of pages and of people.
CONTENT = frozenset(
    {
        "Accueil", "Administration du site", "Aide", "Aucun", "Ce que dit la loi", "Ce qui a changé",
        "Ce qui se passe", "Charte de participation", "Comment cela se passe", "En ligne", "Genre", "Les horaires",
        "Listes électorales", "Mentions légales", "Mes données et mon anonymat", "Oui.", "Oui, on essaie.", "C'est déjà là.",
        "Résidentes et résidents étrangers", "Sans opinion", "agentes et agents.", "formation", "français", "matricule",
        "personne concernée", "terminée le", "Avant de commencer", "Type", "Images", "le jour même",
        "Ce que la Ville demande, ce que vous répondez, ce qui est décidé et ce qui change.",
        "Très bien", "Bien", "Moyen", "Très mal",
        "Réponses volontaires : elles ne représentent pas toute la ville.",
    }
)  # fmt: skip
# Shorter, a fragment between two values says nothing.
LONG_ENOUGH = 24
_HELD = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>")
_READ_ALOUD = ("aria-label", "title", "alt", "placeholder")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_NOT_READ = frozenset({"script", "style", "textarea"})


def folder_of(language: str):
    """Each room's catalogue of a language: (label, path)."""
    for config in apps.get_app_configs():
        path = Path(config.path) / "locale" / language / "LC_MESSAGES" / "django.po"
        if is_ours(config) and path.exists():
            yield config.label, path


@cache
def catalogues(language: str) -> dict:
    """The parsed catalogue of each room."""
    return {label: polib.pofile(str(path)) for label, path in folder_of(language)}


def plain(text: str) -> str:
    """One kind of space, one kind of apostrophe."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).replace("’", "'").strip()


def forms(entry) -> list[str]:
    """The translations of an entry: one, or one a plural."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@cache
def french() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole sentences, and the longest fragment of those that hold a value; none of them is English too."""
    english = {plain(text) for one in catalogues("en").values() for entry in one for text in forms(entry)}
    whole, parts = set(), set()
    for entry in (entry for one in catalogues("fr").values() for entry in one):
        for text in forms(entry):
            if _HELD.search(text):
                longest = max(map(plain, _HELD.split(text)), key=len)
                if len(longest) >= LONG_ENOUGH and not any(longest in said for said in english):
                    parts.add(longest)
            elif len(plain(text)) > 3 and plain(text) not in english:
                whole.add(plain(text))
    return frozenset(whole - CONTENT), tuple(sorted(parts))


class _Reader(HTMLParser):
    """Texts and names read aloud, outside what says that it is French."""

    def __init__(self):
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        spoken = given.get("lang") or ""
        inside = self.open[-1][1] if self.open else False
        is_french = spoken.startswith("fr") if spoken else inside
        if not is_french:
            self.found += [given[name] for name in _READ_ALOUD if given.get(name)]
        if tag not in _VOID:
            self.open.append((tag, is_french))

    def handle_endtag(self, tag):
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data):
        if self.open and not self.open[-1][1] and self.open[-1][0] not in _NOT_READ:
            self.found.append(data)


def french_in(html: str) -> list[str]:
    """The French of our catalogues that a page shows or has read aloud, outside ``lang="fr"``."""
    reader = _Reader()
    reader.feed(html)
    whole, parts = french()
    texts = [plain(text) for text in reader.found]
    return [text for text in texts if text and (text in whole or any(part in text for part in parts))]
