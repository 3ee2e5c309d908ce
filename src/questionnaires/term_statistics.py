"""What words tell of a pile of short texts: which come back, which go together, which texts are alike. Without Django.

A text is a list of terms (stems, with repetitions). Nothing here decides: people read, name and code.

- Log-likelihood ratio of a 2 × 2 table: Dunning 1993, « Accurate Methods for the Statistics of Surprise and
  Coincidence », in the form of Rayson and Garside 2000 for two corpora.
- Class-based TF-IDF: Grootendorst 2022, « BERTopic », W(t, c) = tf(t, c) × ln(1 + A / f(t)), A the mean number of
  terms a class.
- TF-IDF with smoothed idf, ln((1 + N) / (1 + df)) + 1, vectors of length one; nearest by their cosine (Salton 1975).
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

# A word in more than half of the texts says what the question is, not what an answer is about.
MOST_SHARE = 0.5


@dataclass(frozen=True)
class Term:
    """A term that comes back: in how many texts, how surprising, and the terms that go with it."""

    term: str
    texts: int
    score: float
    beside: tuple[str, ...] = ()


def log_likelihood(a: int, b: int, c: int, d: int) -> float:
    """Rayson and Garside's G² of a word seen ``a`` times in a corpus of ``c`` and ``b`` times in one of ``d``.

    G² = 2 (a ln(a / E1) + b ln(b / E2)), E1 = c (a + b) / (c + d), E2 = d (a + b) / (c + d). Never under zero.
    """
    if not c + d or not a + b:
        return 0.0
    first, second = c * (a + b) / (c + d), d * (a + b) / (c + d)
    return max(0.0, 2 * (_part(a, first) + _part(b, second)))


def association(both: int, one: int, other: int, texts: int) -> float:
    """Dunning's G² of two terms in ``texts`` texts: how far from chance they are found in the same ones.

    Zero where they meet less often than chance would have them.
    """
    if not texts or both * texts <= one * other:
        return 0.0
    cells = (both, one - both, other - both, texts - one - other + both)
    rows, columns = (one, texts - one), (other, texts - other)
    expected = (
        rows[0] * columns[0] / texts,
        rows[0] * columns[1] / texts,
        rows[1] * columns[0] / texts,
        rows[1] * columns[1] / texts,
    )
    return max(0.0, 2 * sum(_part(seen, wanted) for seen, wanted in zip(cells, expected, strict=True)))


def _part(seen: int, expected: float) -> float:
    return seen * log(seen / expected) if seen and expected else 0.0


def recurrent(texts: Sequence[Sequence[str]], *, least: int = 3, most: int = 40, beside: int = 3) -> list[Term]:
    """Terms found in at least ``least`` texts and not in most of them, the most frequent first.

    Each with the terms that go with it further than chance (``association``).
    """
    seen = [frozenset(text) for text in texts]
    found = Counter(term for text in seen for term in text)
    kept = [
        (term, count)
        for term, count in found.items()
        if count >= least and count <= max(least, MOST_SHARE * len(seen))
    ]
    kept.sort(key=lambda pair: (-pair[1], pair[0]))
    kept = kept[:most]
    together: dict[str, Counter] = {term: Counter() for term, _count in kept}
    for text in seen:
        for term in text & together.keys():
            together[term].update(text)
    return [
        Term(term, count, float(count), _beside(term, together[term], found, len(seen), least, beside))
        for term, count in kept
    ]


def _beside(term: str, met: Counter, found: Counter, texts: int, least: int, most: int) -> tuple[str, ...]:
    scored = [
        (association(both, found[term], found[other], texts), other)
        for other, both in met.items()
        if other != term and both >= least
    ]
    return tuple(other for score, other in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:most] if score > 0)


def peculiar(
    left: Sequence[Sequence[str]], read: Sequence[Sequence[str]], *, least: int = 3, most: int = 40
) -> list[Term]:
    """Terms that the texts ``left`` have more than those already ``read``, the most surprising first."""
    here, there = Counter(t for text in left for t in text), Counter(t for text in read for t in text)
    size, other = here.total(), there.total()
    in_texts = Counter(term for text in left for term in frozenset(text))
    scored = [
        Term(term, in_texts[term], log_likelihood(count, there[term], size, other))
        for term, count in here.items()
        if in_texts[term] >= least and count * other > there[term] * size
    ]
    return sorted(scored, key=lambda one: (-one.score, one.term))[:most]


def characteristic(classes: Mapping[Hashable, Sequence[Sequence[str]]], *, most: int = 5) -> dict[Hashable, list[str]]:
    """The terms that tell each class from the others, by class-based TF-IDF."""
    counts = {name: Counter(term for text in texts for term in text) for name, texts in classes.items()}
    everywhere: Counter = Counter()
    for one in counts.values():
        everywhere.update(one)
    filled = [one.total() for one in counts.values() if one]
    mean = sum(filled) / len(filled) if filled else 0.0
    found = {}
    for name, one in counts.items():
        weights = {term: tf / one.total() * log(1 + mean / everywhere[term]) for term, tf in one.items()}
        found[name] = sorted(weights, key=lambda term: (-weights[term], term))[:most]
    return found


class Neighbours:
    """Texts by name, as vectors of length one, to be asked which are nearest."""

    def __init__(self, texts: Mapping[Hashable, Iterable[str]]):
        terms = {name: Counter(text) for name, text in texts.items()}
        found = Counter(term for one in terms.values() for term in one)
        self._idf = {term: log((1 + len(terms)) / (1 + count)) + 1 for term, count in found.items()}
        self.vectors = {name: self._unit(one) for name, one in terms.items()}
        self._holding: dict[str, list[Hashable]] = defaultdict(list)
        for name, vector in self.vectors.items():
            for term in vector:
                self._holding[term].append(name)

    def _unit(self, counts: Mapping[str, float]) -> dict[str, float]:
        weights = {term: tf * self._idf[term] for term, tf in counts.items() if term in self._idf}
        length = sqrt(sum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()} if length else {}

    def centre(self, names: Iterable[Hashable]) -> dict[str, float]:
        """The mean direction of these texts."""
        total: Counter = Counter()
        for name in names:
            for term, weight in self.vectors.get(name, {}).items():
                total[term] += weight
        length = sqrt(sum(weight * weight for weight in total.values()))
        return {term: weight / length for term, weight in total.items()} if length else {}

    def nearest(
        self, vector: Mapping[str, float], *, among: Iterable[Hashable] | None = None, most: int = 5
    ) -> list[tuple[Hashable, float]]:
        """The texts whose cosine with ``vector`` is greatest, nearest first; those without a word in common aren't."""
        scores: dict[Hashable, float] = defaultdict(float)
        allowed = None if among is None else set(among)
        for term, weight in vector.items():
            for name in self._holding.get(term, ()):
                if allowed is None or name in allowed:
                    scores[name] += weight * self.vectors[name][term]
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], str(pair[0])))
        return [(name, min(score, 1.0)) for name, score in ranked[:most]]
