"""What is found: always joined by callers with what the viewer may see, never trusted for rights."""

import logging
from collections import Counter
from itertools import combinations
from math import log, prod, sqrt

from django.db import DatabaseError, transaction

from . import question, vendor
from .analyser import stems
from .models import KnownStem, SearchDocument
from .vendor import Term

logger = logging.getLogger(__name__)

SIMILAR_THRESHOLD = 0.25
SIMILAR_CHARACTERS = 3_000
# Work bounds of ``similar``: rarest stems looked at, documents expected from the index, documents compared.
_RAREST = 6
_ALTERNATIVES = 6
_EXPECTED = 2_000
_COMPARED = 30
TITLE_WEIGHT = 2.0


def matching(kind: str, query: str, among=None):
    """Ids of the documents of a kind that answer a question, to use as ``.filter(pk__in=matching(...))``.

    All the words must be found, by their stem; the last one may be a beginning. With ``among`` (the queryset the
    viewer may see), one slip a word is forgiven when nothing there answers exactly: what is hidden from the viewer
    decides nothing. A question without any word finds nothing. Never fails on what is typed.
    """
    asked = question.asked_words(query)
    if not asked:
        return SearchDocument.objects.none().values("object_id")
    found = _holding(kind, question.exact(asked))
    if among is None or among.order_by().filter(pk__in=found).exists():
        return found
    return _holding(kind, question.forgiving(asked, known_stems([kind], question.slips(asked))))


def known_stems(kinds: list[str], slips: dict[str, set[str]]) -> dict[str, set[str]]:
    """Of all the slips, those that are words of the index."""
    tried = set().union(*slips.values())
    rows = KnownStem.objects.filter(kind__in=kinds, stem__in=tried) if tried else KnownStem.objects.none()
    known = set(rows.values_list("stem", flat=True))
    return {word: stems & known for word, stems in slips.items()}


def similar(kind: str, text: str, queryset, limit: int = 5) -> list:
    """The objects of ``queryset`` nearest to a text being typed, the nearest first, each with its ``similarity``.

    Likeness is the cosine between stems, rare words weighing more and titles twice; under 0.25 nothing is said.
    Three statements at most; never raises, because a suggestion must not keep anybody from writing.
    """
    asked = Counter(stems(text[:SIMILAR_CHARACTERS]))
    if not asked:
        return []
    try:
        with transaction.atomic():
            return _similar(kind, set(asked), queryset, limit)
    except DatabaseError:
        logger.exception("similar failed", extra={"kind": kind})
        return []


def _holding(kind: str, groups):
    return SearchDocument.objects.filter(vendor.holding(groups), kind=kind).values("object_id")


def _similar(kind: str, asked: set[str], queryset, limit: int) -> list:
    frequencies, total = _frequencies(kind, asked)
    if not frequencies:
        return []
    # A word no document holds weighs as much as the rarest: it says that the text speaks of something else.
    weights = {stem: log(1 + total / frequencies.get(stem, 1)) for stem in asked}
    rarest = sorted(frequencies, key=lambda stem: (frequencies[stem], -len(stem), stem))[:_RAREST]
    heaviest = sorted(frequencies, key=lambda stem: (-weights[stem], stem))[:12]
    rows = (
        SearchDocument.objects.filter(
            vendor.holding(_cheapest(rarest, frequencies, total)),
            kind=kind,
            object_id__in=queryset.order_by().values("pk"),
        )
        .annotate(weight=vendor.weight({stem: weights[stem] for stem in heaviest}))
        .order_by("-weight", "object_id")
        .values_list("object_id", "title_text", "search_text")[:_COMPARED]
    )
    scores = {pk: _likeness(asked, weights, title.split(), words.split()) for pk, title, words in rows}
    near = sorted((pk for pk, score in scores.items() if score >= SIMILAR_THRESHOLD), key=lambda pk: -scores[pk])
    objects = queryset.in_bulk(near[:limit]) if near else {}
    found = [objects[pk] for pk in near[:limit] if pk in objects]
    for one in found:
        one.similarity = round(scores[one.pk], 3)
    return found


def _frequencies(kind: str, asked: set[str]) -> tuple[dict[str, int], int]:
    """In how many documents each known stem appears, and how many documents there are."""
    known = dict(KnownStem.objects.filter(kind=kind, stem__in=[*asked, ""]).values_list("stem", "documents"))
    total = max(known.pop("", 0), 10)
    return {stem: min(count, total) for stem, count in known.items()}, total


def _cheapest(rarest: list[str], frequencies: dict[str, int], total: int):
    """The combinations of stems that bring the fewest documents, as alternatives, until enough are expected."""
    candidates = sorted(
        (
            (total * prod(frequencies[stem] / total for stem in combination), size, combination)
            for size in (1, 2, 3)
            for combination in combinations(rarest, size)
        ),
    )
    chosen: list[frozenset] = []
    expected = 0.0
    for count, _size, combination in candidates:
        if chosen and expected + count > _EXPECTED:
            break
        expected += count
        wider = frozenset(combination)
        if not any(known <= wider for known in chosen):
            chosen = [known for known in chosen if not wider <= known] + [wider]
    return _alternatives(chosen[-_ALTERNATIVES:])


def _alternatives(chosen: list[frozenset]):
    """(a and b) or c … as the groups the index reads: all groups found, each by any of its terms."""
    return vendor.AnyOf([[Term(stem) for stem in sorted(combination)] for combination in chosen])


def _likeness(asked: set[str], weights: dict[str, float], title: list[str], words: list[str]) -> float:
    """Cosine between what is typed and a document, or its title alone if that is nearer."""
    heaviest = max(weights.values())
    in_title = set(title)
    document = {
        stem: weights.get(stem, heaviest) * (TITLE_WEIGHT if stem in in_title else 1.0)
        for stem in set(words) | in_title
    }
    bare_title = {stem: weights.get(stem, heaviest) for stem in in_title}
    mine = {stem: weights[stem] for stem in asked}
    return max(_cosine(mine, document), _cosine(mine, bare_title))


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    lengths = sqrt(sum(w * w for w in one.values())) * sqrt(sum(w * w for w in other.values()))
    return sum(w * other[stem] for stem, w in one.items() if stem in other) / lengths if lengths else 0.0
