"""What the page of results shows somebody: everything of their circle that answers, narrowed, in order, with counts.

Each kind is joined with its own ``visible`` before anything is counted, corrected or ordered: what the viewer may not
see changes nothing. Statements: one for the counts and the page, one for each kind on the page; two more when a slip
is forgiven, one more when nothing is found.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Q, Value, When
from django.utils.html import escape
from django.utils.safestring import SafeString

from src.directory.viewer import as_viewer

from . import question, registry, selectors, vendor
from .analyser import fold, stem_word
from .asking import MAX_PAGES, NAMES, Asked
from .highlighting import Wanted, found_words, marked, passage
from .models import SearchDocument
from .registry import Result
from .vendor import Groups, Term

SIZE = 20
OFFERED = 12


@dataclass(frozen=True)
class Choice:
    """One value results may be narrowed by, and how many there would be."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One trait and the values it takes among the results."""

    trait: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Line:
    """One result with the words of the question marked."""

    result: Result
    title: SafeString
    passage: SafeString
    before: str
    kind: str
    day: date


@dataclass(frozen=True)
class Found:
    """What a question finds."""

    asked: Asked
    lines: tuple[Line, ...] = ()
    # With what narrows it, and without.
    total: int = 0
    everything: int = 0
    facets: tuple[Facet, ...] = ()
    # The words really looked for, when a slip was forgiven.
    corrected: str = ""
    # When nothing is found: words of the question that find something alone, and how much.
    alone: tuple[tuple[str, int], ...] = field(default=())
    has_words: bool = False

    @property
    def pages(self) -> int:
        return min(-(-self.total // SIZE), MAX_PAGES)

    @property
    def is_bounded(self) -> bool:
        """Whether some results are beyond the last page."""
        return self.total > MAX_PAGES * SIZE


@dataclass(frozen=True)
class _Cell:
    """How many results share the same traits."""

    traits: dict
    count: int

    def fits(self, narrowed: dict, but: str = "") -> bool:
        return all(self.traits[trait] == value for trait, value in narrowed.items() if trait != but)


@dataclass(frozen=True)
class _Place:
    """One result of the page: whose room reads it, and the day it bears."""

    kind: str
    pk: int
    day: date


@dataclass(frozen=True)
class _Answer:
    """What the index answers: how many results for each combination of traits, and the page in order."""

    cells: tuple[_Cell, ...] = ()
    page: tuple[_Place, ...] = ()


def direct(viewer, asked: Asked) -> str:
    """The address of the object whose reference was typed, when the viewer sees it."""
    viewer = as_viewer(viewer)
    loaders = [kind.shown.direct for kind in registry.shown_kinds().values() if kind.shown.direct]
    return next((url for loader in loaders if (url := loader(viewer, asked.q))), "")


def find(viewer, asked: Asked) -> Found:
    """What the viewer may see that answers the question, on one page. Never fails on what is typed."""
    viewer = as_viewer(viewer)
    typed = question.asked_words(asked.q)
    if not typed:
        return Found(asked)
    groups = question.exact(typed)
    answer = _ask(viewer, groups, asked)
    meant: dict[str, set[str]] = {}
    if not answer.cells and not asked.exact:
        meant = _known(question.slips(typed))
        if any(meant.values()):
            groups = question.forgiving(typed, meant)
            answer = _ask(viewer, groups, asked)
    cells = answer.cells
    if not cells:
        return Found(asked, alone=_alone(viewer, typed), has_words=True)
    wanted = Wanted.of(groups)
    lines = tuple(_lines(viewer, answer.page, wanted))
    return Found(
        asked,
        lines=lines,
        total=sum(cell.count for cell in cells if cell.fits(asked.narrowed)),
        everything=sum(cell.count for cell in cells),
        facets=_facets(cells, asked),
        corrected=_corrected(typed, meant, lines, wanted) if meant else "",
        has_words=True,
    )


def _answering(viewer, condition: Q) -> list:
    """For each kind, the documents that answer among those the viewer may see."""
    return [
        SearchDocument.objects.filter(
            condition, kind=name, object_id__in=kind.shown.visible(viewer).order_by().values("pk")
        ).order_by()
        for name, kind in registry.shown_kinds().items()
    ]


def _together(querysets: list):
    first, *others = querysets
    return first.union(*others, all=True) if others else first


def _ask(viewer, groups: Groups, asked: Asked) -> _Answer:
    """What answers, read once through the gates, then counted by traits and put in order. One statement."""
    fits = Q(**{("day__year" if trait == "year" else trait): value for trait, value in asked.narrowed.items()})
    narrowed = Case(When(fits, then=1), default=0) if asked.narrowed else Value(1)
    found = [
        kind.annotate(weight=vendor.relevance(groups), fits=narrowed).values_list(
            "pk", "cell", "day", "tie", "weight", "fits"
        )
        for kind in _answering(viewer, vendor.holding(groups))
    ]
    if not found:
        return _Answer()
    order = "day DESC, tie" if asked.sort == "recents" else "weight DESC, day DESC, tie"
    rows = vendor.counted_and_ordered(_together(found), order, SIZE, (asked.page - 1) * SIZE)
    return _Answer(
        cells=tuple(_Cell(traits, count) for count, traits in rows.counts),
        page=tuple(_Place(kind, pk, day) for kind, pk, day in rows.page),
    )


def _facets(cells: tuple[_Cell, ...], asked: Asked) -> tuple[Facet, ...]:
    """Each trait with the values it takes under the others; nothing to choose, nothing offered."""
    names = {"genre": registry.genres(), "step": registry.steps()}
    order = {trait: {value: place for place, value in enumerate(labels)} for trait, labels in names.items()}
    facets = []
    for trait in NAMES:
        counts: Counter = Counter()
        said: dict[str, str] = {}
        for cell in cells:
            value = cell.traits[trait]
            if value and cell.fits(asked.narrowed, but=trait):
                counts[value] += cell.count
                said[value] = cell.traits.get(f"{trait}_name", "")
        chosen = getattr(asked, trait)
        if len(counts) < 2 and chosen not in counts:
            continue
        shown = [value for value, _count in counts.most_common(OFFERED)]
        if chosen in counts and chosen not in shown:
            shown[-1] = chosen
        if trait in order:
            shown.sort(key=lambda value, places=order[trait]: places.get(value, len(places)))
        elif trait == "year":
            shown.sort(reverse=True)
        labels = {value: str(names.get(trait, {}).get(value) or said[value] or value) for value in shown}
        choices = tuple(Choice(value, labels[value], counts[value], value == chosen) for value in shown)
        facets.append(Facet(trait, choices))
    return tuple(facets)


def _lines(viewer, page: tuple[_Place, ...], wanted: Wanted):
    """The results of one page, each read from its own room through its own gate."""
    by_kind: dict[str, list[int]] = {}
    for place in page:
        by_kind.setdefault(place.kind, []).append(place.pk)
    results = {kind: registry.get(kind).shown.results(viewer, pks) for kind, pks in by_kind.items()}
    for place in page:
        result = results[place.kind].get(place.pk)
        if result is not None:
            before, text = _best_passage(result, wanted)
            yield Line(result, marked(result.title, wanted), text, before, place.kind, place.day)


def _best_passage(result: Result, wanted: Wanted) -> tuple[str, SafeString]:
    """The first text that holds a word of the question, else the beginning of the first."""
    beginnings = []
    for before, text in result.texts:
        cut, holds = passage(text, wanted)
        if holds:
            return before, cut
        beginnings.append((before, cut))
    return next(((before, cut) for before, cut in beginnings if cut), ("", escape("")))


def _known(slips: dict[str, set[str]]) -> dict[str, set[str]]:
    """Of all the slips, those that are words of the kinds shown here. One statement."""
    return selectors.known_stems(list(registry.shown_kinds()), slips)


def _corrected(typed: list[str], meant: dict[str, set[str]], lines: tuple[Line, ...], wanted: Wanted) -> str:
    """The question as it was understood, in words the first results hold: no other word of the index is told."""
    seen = [
        word.lower()
        for line in lines
        for text in (line.result.title, *(text for _before, text in line.result.texts))
        for word in found_words(text, wanted)
    ]
    by_stem: dict[str, str] = {}
    often: Counter = Counter()
    for word in seen:
        stem = stem_word(fold(word))
        by_stem.setdefault(stem, word)
        often[stem] += 1
    understood = []
    for word in typed:
        options = [stem_word(word), *sorted(meant.get(word, ()), key=lambda stem: (-often[stem], stem))]
        understood.append(next((by_stem[stem] for stem in options if stem in by_stem), word))
    return " ".join(understood)


def _alone(viewer, typed: list[str]) -> tuple[tuple[str, int], ...]:
    """Words of a question that find something by themselves, the rarest first. One statement."""
    words = typed[:4]
    if len(words) < 2:
        return ()
    terms = [Term(stem_word(word)) for word in words]
    counts = {f"w{n}": Count("pk", filter=vendor.holds(term.stem)) for n, term in enumerate(terms)}
    found = _answering(viewer, vendor.holding(vendor.AnyOf([[term] for term in terms])))
    totals: Counter = Counter()
    for row in _together([kind.values("kind").annotate(**counts).values_list(*counts) for kind in found]):
        for word, count in zip(words, row, strict=True):
            totals[word] += count
    return tuple(sorted(((w, n) for w, n in totals.items() if n), key=lambda pair: (pair[1], pair[0])))
