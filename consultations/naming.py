"""Measures named in a line of the report: by their reference, or by words of their title that only one of them has."""

import re
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from src.accountability.models import Measure

MOST_PROPOSED, MOST_TERMS, MOST_NAMED = 6, 8, 20
_REFERENCES = re.compile(r"[0-9A-Za-z]{6}(?:[\s,]+[0-9A-Za-z]{6})*")
_BEGINS = re.compile(r"([0-9A-Za-z]{6})\b")


@dataclass
class Named:
    """What a text names: references in its order, each once; a sentence for each line that names none, or several."""

    references: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, references) -> None:
        self.references += [one for one in references if one not in self.references]


def named(text: str) -> Named:
    """Read one line after another: references, a reference before its title, or words of one title.

    Published measures alone are found. A statement for all the references, one more for each line of words.
    """
    lines = [line.strip() for line in re.split(r"[\n;]", text) if line.strip()]
    known = _published({code for line in lines for code in _codes(line)})
    found = Named()
    for line in lines:
        codes = _codes(line)
        held = [code for code in codes if code in known]
        if held and (len(held) == len(codes) or not _REFERENCES.fullmatch(line)):
            found.add(held)
            continue
        _by_words(line, found)
    if len(found.references) > MOST_NAMED:
        found.faults.append(_("Name %(n)d measures at most on a line of the report.") % {"n": MOST_NAMED})
    return found


def lines_of(references: list[str]) -> str:
    """The same as it is shown to whoever writes: a line a measure, its reference before its title."""
    titles = dict(Measure.objects.filter(reference__in=references).values_list("reference", "title"))
    return "\n".join(f"{one} {titles.get(one, '')}".strip() for one in references)


def _codes(line: str) -> list[str]:
    if _REFERENCES.fullmatch(line):
        return [code.upper() for code in re.split(r"[\s,]+", line)]
    begins = _BEGINS.match(line)
    return [begins[1].upper()] if begins else []


def _published(references) -> set[str]:
    if not references:
        return set()
    measures = Measure.objects.filter(reference__in=references, published_on__isnull=False)
    return set(measures.values_list("reference", flat=True))


def _by_words(line: str, found: Named) -> None:
    asked = Q(published_on__isnull=False)
    for term in line.split()[:MOST_TERMS]:
        asked &= Q(title__icontains=term)
    several = list(Measure.objects.filter(asked).order_by("-year", "title", "pk")[: MOST_PROPOSED + 1])
    if len(several) == 1:
        found.add([several[0].reference])
        return
    words = {"which": line[:80]}
    if not several:
        found.faults.append(_("No published measure has this reference or these words: %(which)s.") % words)
        return
    told = "; ".join(f"{one.reference} {one.title}" for one in several[:MOST_PROPOSED])
    sentence = _("“%(which)s” names several measures: write one of these instead: %(measures)s.")
    found.faults.append(sentence % (words | {"measures": told}))
