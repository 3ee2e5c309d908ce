"""What one asks of the page of results, read from the address; anything unknown is simply not asked."""

import re
import unicodedata
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from . import registry

MAX_CHARACTERS = 200
MAX_PAGES = 50
SORTS = ("", "recents")
# Trait of the index → its name in the address.
NAMES = {"genre": "genre", "step": "etape", "direction": "direction", "space": "boite", "year": "annee"}
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def readable(text: str, limit: int = MAX_CHARACTERS) -> str:
    """The words as a person typed them, without what no page can show, cut at ``limit`` characters."""
    clear = _UNWRITABLE.sub(" ", text[: limit * 4])
    return " ".join(unicodedata.normalize("NFC", clear).split())[:limit].strip()


@dataclass(frozen=True)
class Asked:
    """One question: its words, what narrows it, its order and its page."""

    q: str = ""
    genre: str = ""
    step: str = ""
    direction: str = ""
    space: str = ""
    year: str = ""
    sort: str = ""
    page: int = 1
    # The words as they are written, without forgiving a slip.
    exact: bool = False

    @classmethod
    def read(cls, data) -> "Asked":
        """The question of an address. A value nobody offers counts as not asked."""

        def word(name: str) -> str:
            return readable(str(data.get(name, "")), 64)

        genre, step, year, sort, page = word("genre"), word("etape"), word("annee"), word("tri"), word("page")
        return cls(
            q=readable(str(data.get("q", ""))),
            genre=genre if genre in registry.genres() else "",
            step=step if step in registry.steps() else "",
            direction=word("direction"),
            space=word("boite"),
            year=year if re.fullmatch("[12][0-9]{3}", year) else "",
            sort=sort if sort in SORTS else "",
            page=min(int(page), MAX_PAGES) if re.fullmatch("[1-9][0-9]{0,3}", page) else 1,
            exact=word("exact") == "1",
        )

    @property
    def narrowed(self) -> dict[str, str]:
        """The traits asked for."""
        return {trait: getattr(self, trait) for trait in NAMES if getattr(self, trait)}

    def query(self, **changes) -> str:
        """The address' question with some parts changed; a change goes back to the first page."""
        asked = replace(self, **{"page": 1, **changes})
        pairs = {
            "q": asked.q,
            **{NAMES[trait]: value for trait, value in asked.narrowed.items()},
            "tri": asked.sort,
            "exact": "1" if asked.exact else "",
            "page": str(asked.page) if asked.page > 1 else "",
        }
        return urlencode({name: value for name, value in pairs.items() if value})
