"""What may be told of answers: tables above the smallest number, so that no subtraction gives a small one back.

Four rules stand beside ``publishable``, which holds for one table (``docs/adr/0293``):

- A question asked of some by a condition is told only when the table it depends on is shown whole: how many were
  asked would otherwise give back what was merged there.
- Lines of a grid share who didn't answer: they are told only when that table is shown whole.
- A choice among several is told when those who ticked it *and* those who didn't are enough; the bounds on how many
  may be ticked leave every small one at least k possible values.
- Where everybody said the same, the answer isn't told: it would be everybody's.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings

from src.participation.small_numbers import Cell, publishable

from . import asking

# Keys of cells that are no choice of the organiser's; their words are given where they are shown.
GIVEN, IS_DECLINED, BLANK = "_given", "_declined", "_blank"
SMALL, LINKED, SAME, EVERYBODY = "small", "linked", "same", "everybody"
BINS = 5


@dataclass
class Counts:
    """What is counted of one question as it was worded, before anything is merged."""

    question: object
    revisions: list = field(default_factory=list)
    asked: int = 0
    hidden: int = 0
    declined: int = 0
    blank: int = 0
    values: Counter = field(default_factory=Counter)
    rows: dict = field(default_factory=lambda: defaultdict(Counter))

    @property
    def given(self) -> int:
        return self.asked - self.declined - self.blank

    @property
    def k(self) -> int:
        return threshold(self.question)


def threshold(question) -> int:
    """The smallest count told of a question."""
    return max(settings.TERRAIN_K_SENSITIVE if question.is_sensitive else settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)


def wording(question) -> str:
    """What makes two questions the same one: the words and the choices, whatever their place."""
    said = [question.key, question.kind, question.text, question.settings, question.condition, question.is_sensitive]
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def count(revisions: Iterable, sets: Iterable[tuple[int, Mapping]]) -> list[Counts]:
    """Counts of each question as worded, last revision first; ``sets`` are (revision id, answers by key)."""
    found: dict[str, Counts] = {}
    of_revision: dict[int, list[tuple[object, Counts]]] = {}
    for revision in sorted(revisions, key=lambda one: -one.number):
        pairs = []
        for question in revision.ordered:
            counts = found.setdefault(wording(question), Counts(question))
            counts.revisions.append(revision.number)
            pairs.append((question.spec, counts))
        of_revision[revision.pk] = pairs
    for revision_id, answers in sets:
        known = {}
        for spec, counts in of_revision[revision_id]:
            known[spec.key] = spec
            if not spec.is_asked:
                continue
            if not asking.is_shown(spec, known, answers):
                counts.hidden += 1
                continue
            counts.asked += 1
            _add(counts, spec, answers.get(spec.key))
    return [one for one in found.values() if one.question.is_asked]


def _add(counts: Counts, spec: asking.Question, value) -> None:
    if asking.is_blank(value):
        counts.blank += 1
    elif asking.is_declined(value):
        counts.declined += 1
    elif spec.kind in asking.WITH_ROWS:
        for row in spec.rows:
            counts.rows[row][value.get(row, BLANK)] += 1
    elif spec.kind == asking.MULTIPLE:
        counts.values.update(value)
    elif spec.kind in asking.TEXTS:
        counts.values[GIVEN] += 1
    else:
        counts.values[_cell_of(spec, value)] += 1


def _cell_of(spec: asking.Question, value) -> str:
    if spec.kind == asking.RANKING:
        return value[0]
    if spec.kind == asking.NUMBER:
        number, step = Decimal(str(value)), _step(spec)
        return str(min(int((number - spec.least) // step), BINS - 1))
    if spec.kind == asking.DATE:
        return value[:7]
    return str(value)


def _step(spec: asking.Question) -> Decimal:
    return Decimal(spec.most - spec.least) / BINS


def release(counts: list[Counts], answers: int) -> dict:
    """The content of the results: nothing at all when fewer than k answered."""
    k = max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
    if answers < k:
        return {"answers": None, "k": k, "questions": []}
    told: dict[tuple, dict] = {}
    for one in sources_first(counts):
        told[name_of(one)] = _told(one, told, counts)
    return {"answers": answers, "k": k, "questions": [told[name_of(one)] for one in counts]}


def name_of(one: Counts) -> tuple:
    return one.question.key, max(one.revisions)


def sources_first(counts: list[Counts]) -> list[Counts]:
    """What a condition reads is earlier in its revision: read in the order of positions, sources come first."""
    return sorted(counts, key=lambda one: (-max(one.revisions), one.question.position))


def _told(one: Counts, told: dict, counts: list[Counts]) -> dict:
    question = one.question
    shown = {
        "key": question.key,
        "text": question.text,
        "kind": question.kind,
        "revisions": sorted(one.revisions),
        "k": one.k,
        "asked": None,
        "withheld": "",
        "tables": [],
        "options": [],
        "hidden": [],
    }
    if question.condition and not _source_is_whole(one, told, counts):
        return shown | {"withheld": LINKED}
    if one.asked < one.k:
        return shown | {"withheld": SMALL}
    shown["asked"] = one.asked
    if question.kind == asking.MULTIPLE:
        return _tell_options(one, shown)
    if question.kind in asking.WITH_ROWS:
        return _tell_rows(one, shown)
    cells = [(key, label, one.values[key]) for key, label in _labels(one)]
    cells += [(IS_DECLINED, "", one.declined), (BLANK, "", one.blank)]
    return _tell_one(shown, cells, one.k)


def _tell_one(shown: dict, cells: list, k: int) -> dict:
    if sum(1 for _key, _label, number in cells if number) == 1 and shown["kind"] not in asking.TEXTS:
        return shown | {"withheld": SAME, "asked": None}
    table = _table("", cells, k)
    if table is None:
        return shown | {"withheld": SMALL, "asked": None}
    return shown | {"tables": [table]}


def _table(label: str, cells: list, k: int) -> dict | None:
    """Rows in their order, and what the others make together; None when nothing may be told."""
    told, together = publishable([Cell(key, number) for key, _label, number in cells], k)
    if not told:
        return None
    known = {cell.key for cell in told}
    # A table shown whole says its zeros; one that merged doesn't say which of the others are.
    rows = [[key, words, number] for key, words, number in cells if key in known or not together]
    return {"label": label, "rows": rows, "together": together}


def is_whole(told: dict) -> bool:
    """Whether everything counted of a question is shown: nothing merged, nothing withheld."""
    if told["withheld"] or told["hidden"]:
        return False
    return all(not table["together"] for table in told["tables"])


def _source_is_whole(one: Counts, told: dict, counts: list[Counts]) -> bool:
    """Whether how many were asked can already be read in the tables of the question the condition reads.

    Of several choices ticked, one alone can be named: two would tell how many ticked both.
    """
    condition = one.question.condition
    sources = [
        other for other in counts
        if other.question.key == condition["question"] and set(other.revisions) & set(one.revisions)
    ]  # fmt: skip
    if len(sources) != 1 or set(sources[0].revisions) != set(one.revisions):
        return False
    source = sources[0]
    if source.question.kind == asking.MULTIPLE and len(condition["values"]) > 1:
        return False
    return is_whole(told[name_of(source)])


def _labels(one: Counts) -> list[tuple[str, str]]:
    """The cells of a question and their words, in the order of the question."""
    question, spec = one.question, one.question.spec
    if spec.kind in asking.TEXTS:
        return [(GIVEN, "")]
    if spec.kind == asking.SCALE:
        return [(value, "" if value == asking.NO_OPINION else scale_words(question, value)) for value in spec.readable]
    if spec.kind == asking.NUMBER:
        step = _step(spec)
        return [
            (str(n), f"{_plain(spec.least + n * step)} – {_plain(spec.least + (n + 1) * step)}") for n in range(BINS)
        ]
    if spec.kind == asking.DATE:
        return [(month, f"{month[5:]}/{month[:4]}") for month in sorted(one.values)]
    return [(choice["key"], choice["label"]) for choice in question.choices]


def scale_words(question, value: str) -> str:
    spec, ends = question.spec, question.settings
    if int(value) == spec.least and ends.get("least_label"):
        return f"{value} ({ends['least_label']})"
    if int(value) == spec.most and ends.get("most_label"):
        return f"{value} ({ends['most_label']})"
    return value


def _plain(number: Decimal) -> str:
    return f"{Decimal(number):f}".rstrip("0").rstrip(".") if "." in f"{Decimal(number):f}" else str(number)


def _tell_rows(one: Counts, shown: dict) -> dict:
    """Each line of a grid over those who answered, when how many they are is told."""
    who = _table("", [(GIVEN, "", one.given), (IS_DECLINED, "", one.declined), (BLANK, "", one.blank)], one.k)
    if who is None or who["together"]:
        return shown | {"withheld": LINKED, "asked": None}
    tables = []
    for row in one.question.rows:
        cells = [
            (choice["key"], choice["label"], one.rows[row["key"]][choice["key"]]) for choice in one.question.choices
        ]
        cells.append((BLANK, "", one.rows[row["key"]][BLANK]))
        same = sum(1 for _key, _label, number in cells if number) <= 1
        table = None if same else _table(row["label"], cells, one.k)
        tables.append(table or {"label": row["label"], "rows": [], "together": one.given})
    return shown | {"tables": [*tables, who]}


def _tell_options(one: Counts, shown: dict) -> dict:
    """Of several choices, those that enough people ticked and enough didn't."""
    who = _table("", [(GIVEN, "", one.given), (IS_DECLINED, "", one.declined), (BLANK, "", one.blank)], one.k)
    if who is None:
        return shown | {"withheld": SMALL, "asked": None}
    ticked = {choice["key"]: one.values[choice["key"]] for choice in one.question.choices}
    spec = one.question.spec
    told = tellable(
        ticked, one.given, one.k, least=(spec.least or 1) * one.given, most=(spec.most or len(ticked)) * one.given
    )
    if not told:
        return shown | {"withheld": SMALL, "asked": None}
    return shown | {
        "given": one.given,
        "tables": [who],
        "options": [
            [choice["key"], choice["label"], ticked[choice["key"]]]
            for choice in one.question.choices
            if choice["key"] in told
        ],
        "hidden": [choice["label"] for choice in one.question.choices if choice["key"] not in told],
    }


def tellable(ticked: Mapping[str, int], given: int, k: int, *, least: int, most: int) -> frozenset[str]:
    """The choices whose count may be told, of those that the ``given`` people who answered could tick.

    ``least`` and ``most`` bound all the ticks together. While what is hidden could be pinned down by them to fewer
    values than a small count has, the smallest choice told joins it, with all its equals.
    """
    told = {key for key, number in ticked.items() if k <= number <= given - k}
    while told:
        hidden = [_room(number, given, k) for key, number in ticked.items() if key not in told]
        shown = sum(ticked[key] for key in told)
        low, high = sum(lowest for lowest, _most in hidden), sum(highest for _least, highest in hidden)
        loose = all(
            least - shown - (high - highest) <= lowest and most - shown - (low - lowest) >= highest
            for lowest, highest in hidden
        )
        if not hidden or loose:
            break
        smallest = min(ticked[key] for key in told)
        told = {key for key in told if ticked[key] > smallest}
    return frozenset(told)


def _room(number: int, given: int, k: int) -> tuple[int, int]:
    """What a reader who knows the rule knows of a hidden count: small, nearly everybody, or between."""
    if number < k:
        return 0, min(k - 1, given)
    if number > given - k:
        return max(given - k + 1, 0), given
    return k, given - k
