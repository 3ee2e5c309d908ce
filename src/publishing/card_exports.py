"""A card to take to the intranet: what a visitor may read of an object, and nothing else, whoever asks."""

import hashlib
import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from src.directory.viewer import as_viewer

from . import cards
from .languages import default_language
from .models import OutcomePage

# Word of the address → kind of object.
KINDS = {"idee": "idea", "mesure": "measure", "bilan": "outcome", "chiffres": "figures"}
FEED = 20


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What is taken of an object: in French, with absolute addresses."""

    word: str
    reference: str
    label: str
    title: str
    url: str
    text: str = ""
    state: str = ""
    figures: tuple = ()

    @property
    def fingerprint(self) -> str:
        """Changes with anything that is shown."""
        stored = json.dumps([asdict(self), settings.CITY_NAME], sort_keys=True)
        return hashlib.sha256(stored.encode()).hexdigest()[:32]

    @property
    def in_words(self) -> str:
        """What the picture says, for who doesn't see it."""
        said = [f"{figure.value} {figure.label}" for figure in self.figures] or [self.text]
        parts = (part.strip().rstrip(".") for part in (self.label, self.title, *said, self.state))
        return ". ".join(part for part in parts if part) + "."


def take(word: str, reference: str) -> Taken | None:
    """The object as a visitor reads it; None when there is none, or when it isn't everybody's."""
    kind = KINDS.get(word)
    visitor = as_viewer(None)
    with override("fr"):
        if kind == "figures":
            return _figures(reference, visitor)
        card = cards.load(kind, reference.upper(), visitor) if kind else None
        if card is None:
            return None
        state = ". ".join(part.rstrip(".") for part in (card.badge_label, card.meta) if part)
        labels = {"idea": _("Idea"), "measure": _("Measure"), "outcome": _("Outcome of an idea")}
        return Taken(
            word=word,
            reference=reference,
            label=labels[kind],
            title=card.title,
            url=absolute(card.url),
            text=card.text,
            state=state,
        )


def offered() -> list[tuple[str, str, str]]:
    """Cards anybody may take: word, reference and title of the newest outcomes and of each set of figures."""
    found = [("bilan", str(page.pk), page.title) for page in newest_outcomes()]
    return found + [("chiffres", key, str(label)) for key, label in cards.figures_choices()]


def newest_outcomes() -> list[OutcomePage]:
    """The outcomes that everybody reads, in the language of the city, the newest first."""
    found = OutcomePage.objects.visible_to(as_viewer(None)).in_language(default_language())
    return list(found.order_by("-first_published_at", "-pk")[:FEED])


def outcome_card(reference: str, viewer) -> cards.Card | None:
    """An outcome as a card, when its page is open to the viewer."""
    if not (reference.isascii() and reference.isdecimal() and len(reference) < 16):
        return None
    page = OutcomePage.objects.visible_to(viewer).filter(pk=int(reference)).first()
    if page is None:
        return None
    return cards.Card(title=page.title, url=page.get_url() or "/", text=page.summary, meta=page.signed_by)


def absolute(url: str) -> str:
    """An address of the site as another site needs it."""
    return f"{settings.SITE_URL.rstrip('/')}{url}"


def _figures(key: str, visitor) -> Taken | None:
    labels = dict(cards.figures_choices())
    rows = cards.figures(key, visitor) if key in labels else []
    if not rows:
        return None
    return Taken(
        word="chiffres",
        reference=key,
        label=_("Figures"),
        title=str(labels[key]),
        url=absolute(rows[0].url or "/"),
        figures=tuple(cards.Figure(value=row.value, label=str(row.label)) for row in rows),
    )
