"""How far two people who coded the same texts agree. Without Django.

- By theme: Cohen 1960, « A coefficient of agreement for nominal scales », κ = (po − pe) / (1 − pe).
- Over all themes: Krippendorff's alpha (Content Analysis, 2004, chapter 11), α = 1 − Do / De, on sets of themes whose
  distance is MASI (Passonneau 2006): δ = 1 − J × M, J the Jaccard index, M = 1 for equal sets, 2/3 when one holds the
  other, 1/3 when they meet, 0 else. « Aucun » is the empty set: at 0 from itself and at 1 from any other.

Krippendorff's own marks: .800 and above can be relied on, between .667 and .800 only tentative conclusions.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

RELIABLE, TENTATIVE = 0.8, 0.667

Themes = frozenset
Pair = tuple[frozenset, frozenset]


@dataclass(frozen=True)
class ThemeAgreement:
    """One theme in the texts that both read; ``kappa`` is None where chance alone would always agree."""

    theme: Hashable
    both: int
    first_only: int
    second_only: int
    neither: int

    @property
    def kappa(self) -> float | None:
        return kappa(self.both, self.first_only, self.second_only, self.neither)


def kappa(both: int, first_only: int, second_only: int, neither: int) -> float | None:
    """Cohen's kappa of a yes or no given twice; None when the agreement expected by chance is whole."""
    read = both + first_only + second_only + neither
    if not read:
        return None
    first, second = both + first_only, both + second_only
    expected = first * second + (read - first) * (read - second)
    if expected == read * read:
        return None
    return ((both + neither) * read - expected) / (read * read - expected)


def by_theme(pairs: Sequence[Pair], themes: Iterable[Hashable]) -> list[ThemeAgreement]:
    """The agreement on each theme, in the order given."""
    found = []
    for theme in themes:
        cells = Counter((theme in first, theme in second) for first, second in pairs)
        found.append(
            ThemeAgreement(theme, cells[True, True], cells[True, False], cells[False, True], cells[False, False])
        )
    return found


def distance(first: frozenset, second: frozenset) -> float:
    """MASI: 0 for the same themes, 1 for none in common."""
    if first == second:
        return 0.0
    common = first & second
    if not common:
        return 1.0
    nested = 2 / 3 if first < second or second < first else 1 / 3
    return 1 - len(common) / len(first | second) * nested


def alpha(pairs: Sequence[Pair]) -> float | None:
    """Krippendorff's alpha of two readings without a gap; None when everything read is the same."""
    values = Counter(value for pair in pairs for value in pair)
    read = values.total()
    if read < 4:
        return None
    observed = sum(distance(*pair) for pair in pairs) / len(pairs)
    kinds = list(values.items())
    expected = sum(
        count * other_count * distance(value, other)
        for place, (value, count) in enumerate(kinds)
        for other, other_count in kinds[place + 1 :]
    )
    if not expected:
        return None
    return 1 - observed / (2 * expected / (read * (read - 1)))


def identical(pairs: Sequence[Pair]) -> int:
    """How many texts were given exactly the same themes."""
    return sum(1 for first, second in pairs if first == second)
