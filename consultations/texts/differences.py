"""How one version differs from another, without the database: units matched, words compared. Deterministic.

Units are matched, in this order: by key; by the same words; by likeness (the share of their words that two units have
in common, Dice's coefficient on counted words, Dice 1945, at least ``ALIKE``), the most alike first and, between
equals, the nearest. What is left is new, removed, cut off another unit (``PART`` of its words stood there) or put
into another one. Units whose order changed are those outside the longest run that kept theirs.
"""

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

ALIKE, PART = 0.5, 0.7
# Two changes with fewer words than this between them are read as one.
BETWEEN = 2
_WORDS = re.compile(r"\w+", re.UNICODE)
_TOKENS = re.compile(r"\s+|[\w’'-]+|[^\w\s]", re.UNICODE)
CHANGED, ADDED, REMOVED, MOVED, SPLIT, MERGED = "changed", "added", "removed", "moved", "split", "merged"
EQUAL, INSERTED, DELETED = "equal", "ins", "del"


@dataclass(frozen=True)
class Unit:
    """What is compared of a unit; ``key`` is empty for a unit read from a file."""

    key: str
    label: str
    title: str
    body: str
    kind: str = "article"
    from_key: str = ""

    @property
    def words(self) -> str:
        return f"{self.title}\n{self.body}" if self.title else self.body


@dataclass(frozen=True)
class Piece:
    """A run of words: the same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Span:
    """One place that changed."""

    key: str
    kind: str
    position: int
    before: str
    after: str

    @property
    def fingerprint(self) -> str:
        """The same for the same change of the same unit, whatever else changed around it."""
        told = "\x1f".join((self.key, self.kind, self.before, self.after))
        return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Line:
    """One unit of the comparison: as it was, as it is, and how it changed."""

    old: Unit | None
    new: Unit | None
    kinds: tuple[str, ...] = ()
    title: tuple[Piece, ...] = ()
    body: tuple[Piece, ...] = ()
    # The other unit of a cut or of a union.
    other: Unit | None = None
    spans: tuple[Span, ...] = field(default=())

    @property
    def is_changed(self) -> bool:
        return bool(self.kinds)


def likeness(one: str, other: str) -> float:
    """Dice's coefficient on counted words, from 0 to 1; two empty texts are alike."""
    first, second = _bag(one), _bag(other)
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 1.0


def part_of(small: str, large: str) -> float:
    """The share of the words of ``small`` that stand in ``large``."""
    bag = _bag(small)
    count = sum(bag.values())
    return sum((bag & _bag(large)).values()) / count if count else 0.0


def _bag(text: str) -> Counter:
    return Counter(word.casefold() for word in _WORDS.findall(text))


def match(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """Position in ``new`` → position in ``old``, each used once; the same for the same texts."""
    found: dict[int, int] = {}
    at_key = {unit.key: i for i, unit in enumerate(old) if unit.key}
    for j, unit in enumerate(new):
        if unit.key and unit.key in at_key:
            found[j] = at_key[unit.key]
    # A unit typed with a key of its own, unknown before, is new: its likeness isn't looked at.
    free = [j for j, unit in enumerate(new) if j not in found and not unit.key]
    left = sorted(set(range(len(old))) - set(found.values()))
    by_words: dict[str, list[int]] = {}
    for i in left:
        by_words.setdefault(" ".join(old[i].words.split()), []).append(i)
    for j in list(free):
        same = by_words.get(" ".join(new[j].words.split()))
        if same:
            found[j] = same.pop(0)
            free.remove(j)
    left = sorted(set(left) - set(found.values()))
    bags_old = {i: _bag(old[i].words) for i in left}
    bags_new = {j: _bag(new[j].words) for j in free}
    pairs = []
    for j in free:
        for i in left:
            total = sum(bags_old[i].values()) + sum(bags_new[j].values())
            alike = 2 * sum((bags_old[i] & bags_new[j]).values()) / total if total else 0.0
            if alike >= ALIKE:
                pairs.append((-alike, abs(i - j), j, i))
    for _alike, _far, j, i in sorted(pairs):
        if j not in found and i not in found.values():
            found[j] = i
    return found


def compare(old: Sequence[Unit], new: Sequence[Unit]) -> list[Line]:
    """The whole comparison, in the order of the new version; what was removed stands where it stood."""
    found = match(old, new)
    taken = set(found.values())
    steady = _longest_run([found[j] for j in sorted(found)])
    merged = {i: j for i in range(len(old)) if i not in taken and (j := _merged_into(old, new, found, i)) is not None}
    lines: list[Line] = []
    removed = [i for i in range(len(old)) if i not in taken]
    position = 0
    for j in range(len(new)):
        here = found.get(j)
        if here is not None and here in steady:
            while removed and removed[0] < here:
                lines.append(_gone(old, new, merged, removed.pop(0), position))
                position += 1
        lines.append(_line(old, new, found, steady, j, position))
        position += 1
    lines.extend(_gone(old, new, merged, i, position + n) for n, i in enumerate(removed))
    return lines


def spans(old: Sequence[Unit], new: Sequence[Unit]) -> list[Span]:
    """Every place that changed, in reading order; two equal changes of one unit are one."""
    found = {span.fingerprint: span for line in compare(old, new) for span in line.spans}
    return list(found.values())


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Words the same, removed and added, in order; changes with less than ``BETWEEN`` words between are one."""
    one, other = _TOKENS.findall(before), _TOKENS.findall(after)
    runs: list[list] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes():
        kept = one[i1:i2]
        if tag == EQUAL:
            few = sum(1 for token in kept if _WORDS.search(token)) < BETWEEN
            inside = runs and runs[-1][0] == CHANGED and i2 < len(one) and j2 < len(other)
            if few and inside:
                runs[-1][1] += kept
                runs[-1][2] += kept
            else:
                runs.append([EQUAL, kept, kept])
        elif runs and runs[-1][0] == CHANGED:
            runs[-1][1] += one[i1:i2]
            runs[-1][2] += other[j1:j2]
        else:
            runs.append([CHANGED, one[i1:i2], other[j1:j2]])
    told = []
    for kind, left, right in runs:
        if kind == EQUAL:
            told.append(Piece(EQUAL, "".join(left)))
            continue
        if left:
            told.append(Piece(DELETED, "".join(left)))
        if right:
            told.append(Piece(INSERTED, "".join(right)))
    return tuple(told)


def changes(told: Sequence[Piece]) -> list[tuple[str, str]]:
    """(before, after) of each change in a run of pieces."""
    found: list[tuple[str, str]] = []
    waiting = ""
    for piece in told:
        if piece.kind == DELETED:
            waiting = piece.text
        elif piece.kind == INSERTED:
            found.append((waiting, piece.text))
            waiting = ""
        elif waiting:
            found.append((waiting, ""))
            waiting = ""
    return [*found, (waiting, "")] if waiting else found


def _line(old, new, found, steady, j, position) -> Line:
    unit, here = new[j], found.get(j)
    if here is None:
        source = _cut_from(old, new, found, unit)
        kind = SPLIT if source is not None else ADDED
        whole = Span(unit.key, kind, position, "", unit.words)
        return Line(
            None,
            unit,
            (kind,),
            title=(Piece(INSERTED, unit.title),) if unit.title else (),
            body=(Piece(INSERTED, unit.body),) if unit.body else (),
            other=source,
            spans=(whole,),
        )
    was = old[here]
    title, body = pieces(was.title, unit.title), pieces(was.body, unit.body)
    told = [Span(unit.key, CHANGED, position, *pair) for pair in (*changes(title), *changes(body))]
    kinds = [CHANGED] if told else []
    if here not in steady:
        kinds.append(MOVED)
        told.append(Span(unit.key, MOVED, position, str(here + 1), str(j + 1)))
    return Line(was, unit, tuple(kinds), title=title, body=body, spans=tuple(told))


def _gone(old, new, merged, i, position) -> Line:
    unit = old[i]
    kind = MERGED if i in merged else REMOVED
    return Line(
        unit,
        None,
        (kind,),
        title=(Piece(DELETED, unit.title),) if unit.title else (),
        body=(Piece(DELETED, unit.body),) if unit.body else (),
        other=new[merged[i]] if i in merged else None,
        spans=(Span(unit.key, kind, position, unit.words, ""),),
    )


def _cut_from(old, new, found, unit) -> Unit | None:
    """The unit from which a new one was cut: as its writer says, or where most of its words stood and no longer do."""
    for one in old:
        if unit.from_key and one.key == unit.from_key:
            return one
    into = {i: new[j] for j, i in found.items()}
    best = max(((part_of(unit.words, one.words), -i) for i, one in enumerate(old) if i in into), default=(0.0, 0))
    if best[0] < PART:
        return None
    source = -best[1]
    gone = part_of(unit.words, into[source].words)
    return old[source] if gone < best[0] else None


def _merged_into(old, new, found, i) -> int | None:
    """The unit into which a removed one was put: where most of its words stand now and did not."""
    best = max(((part_of(old[i].words, new[j].words), -j) for j in found), default=(0.0, 0))
    if best[0] < PART:
        return None
    j = -best[1]
    return j if part_of(old[i].words, old[found[j]].words) < best[0] else None


def _longest_run(values: Sequence[int]) -> set[int]:
    """The values of a longest increasing run (patience sorting): what kept its order."""
    tops: list[int] = []
    where: list[int] = []
    before: list[int] = []
    for n, value in enumerate(values):
        at = bisect_left(tops, value)
        before.append(where[at - 1] if at else -1)
        tops[at : at + 1] = [value]
        where[at : at + 1] = [n]
    kept: set[int] = set()
    n = where[-1] if where else -1
    while n >= 0:
        kept.add(values[n])
        n = before[n]
    return kept
