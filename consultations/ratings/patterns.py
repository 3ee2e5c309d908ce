"""Ten patterns that honest visitors don't make, looked for in one day of one point: pure, without Django.

Thresholds are written here and in docs/ratings.md; the bench plants each pattern among 100,000 ratings and counts what
is flagged. Nothing here removes anything: it answers which ratings somebody should look at.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, log, sqrt

BURST, NETWORK, TEXT, NIGHT, ONE_GRADE, REGULAR, HASTE, SWING, VOLUME, COPIED = (1 << n for n in range(10))

BURST_SECONDS, BURST_LEAST, BURST_TIMES = 600, 20, 4
NETWORK_SECONDS, NETWORK_LEAST = 3600, 15
TEXT_LENGTH, TEXT_LEAST = 15, 5
NIGHT_UNTIL, NIGHT_LEAST = 5, 8
# A run of one grade is flagged when chance makes it less than once in ten million.
RUN_CHANCE, RUN_LEAST, RUN_MOST_LIKELY = 1e-7, 12, 0.9
# A visitor or two cut it in pieces: those beside it are of it when chance makes each less than once in a thousand.
PIECE_CHANCE, CUT_BY_AT_MOST = 1e-3, 2
REGULAR_RUN, REGULAR_SPREAD, REGULAR_LONGEST = 10, 0.05, 3600
# A page drawn and answered within the same second, or nearly.
HASTE_SECONDS, HASTE_LEAST = 1, 6
SWING_LEAST, SWING_DEVIATIONS, SWING_KNOWN = 25, 6.0, 60
VOLUME_LEAST, VOLUME_DEVIATIONS, VOLUME_DAYS = 40, 8.0, 10
# The line apart: the same grade, reasons (two at least), language and wording.
COPIED_SECONDS, COPIED_LEAST = 3600, 10


@dataclass(frozen=True, slots=True)
class Seen:
    """One rating as the check sees it; ``at`` in the city's time; ``shared``: a kiosk, one network by nature."""

    pk: int
    at: datetime
    grade: int
    reasons: int = 0
    words: str = ""
    language: str = "fr"
    easy: bool = False
    seconds: int | None = None
    network: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Usual:
    """What the point was like before that day: totals a day, grades together (very good first), the fullest burst."""

    days: tuple[int, ...] = ()
    grades: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    def likelihood(self, grade: int) -> float:
        """The share of a grade until now; with few ratings, one towards a fifth each."""
        return (self.grades[5 - grade] + 2) / (sum(self.grades) + 10)

    @property
    def satisfied(self) -> float:
        return (self.grades[0] + self.grades[1] + 1) / (sum(self.grades) + 2)


def look(day: Iterable[Seen], usual: Usual) -> dict[int, set[int]]:
    """Pattern → ratings of the day that make it, for one point. Empty when there is nothing to look at."""
    rows = sorted(day, key=lambda row: (row.at, row.pk))
    found = {pattern: check(rows, usual) for pattern, check in _CHECKS.items()}
    return {pattern: pks for pattern, pks in found.items() if pks}


def _windows(rows: Sequence[Seen], seconds: int, least: int) -> set[int]:
    """Ratings that stand in a window of so many seconds with at least so many others."""
    found: set[int] = set()
    start = 0
    for end, row in enumerate(rows):
        while (row.at - rows[start].at).total_seconds() > seconds:
            start += 1
        if end - start + 1 >= least:
            found.update(other.pk for other in rows[start : end + 1])
    return found


def _grouped(rows: Sequence[Seen], key: Callable) -> Iterable[list[Seen]]:
    groups = defaultdict(list)
    for row in rows:
        name = key(row)
        if name:
            groups[name].append(row)
    return groups.values()


def _burst(rows, usual):
    """As many within ten minutes as the point usually has in a good part of a day."""
    mean = sum(usual.days) / len(usual.days) if usual.days else 0
    # A usual ten minutes holds a sixtieth of a day of ten hours.
    usually = BURST_TIMES * (mean / 60 + sqrt(mean / 60))
    return _windows(rows, BURST_SECONDS, max(BURST_LEAST, ceil(usually)))


def _network(rows, usual):
    """One network, many times within an hour; a shared tablet is one network by nature."""
    return _each(rows, lambda row: "" if row.shared else row.network, NETWORK_SECONDS, NETWORK_LEAST)


def _text(rows, usual):
    """The same sentence, long enough not to be a usual word of thanks."""
    groups = _grouped(rows, lambda row: _plain(row.words) if len(_plain(row.words)) >= TEXT_LENGTH else "")
    return {row.pk for group in groups if len(group) >= TEXT_LEAST for row in group}


def _night(rows, usual):
    """Many before five in the morning, when nobody was served."""
    night = [row.pk for row in rows if row.at.hour < NIGHT_UNTIL]
    return set(night) if len(night) >= NIGHT_LEAST else set()


def _one_grade(rows, usual):
    """A run of one grade longer than chance makes it, at a point where this grade is as frequent as it is here."""
    found: set[int] = set()
    runs = list(_runs(rows))
    for place, run in enumerate(runs):
        likely = min(RUN_MOST_LIKELY, max(0.2, usual.likelihood(run[0].grade)))
        if len(run) >= max(RUN_LEAST, ceil(log(RUN_CHANCE) / log(likely))):
            pieces = [run, *_beside(runs[place + 1 :], run, likely), *_beside(runs[:place][::-1], run, likely)]
            found.update(row.pk for piece in pieces for row in piece)
    return found


def _beside(runs, run, likely):
    """The pieces of a run on one side of it, others' ratings between them left out."""
    between, least = 0, ceil(log(PIECE_CHANCE) / log(likely))
    for other in runs:
        if other[0].grade != run[0].grade or len(other) < least:
            between += len(other)
            if between > CUT_BY_AT_MOST:
                return
        else:
            between = 0
            yield other


def _runs(rows):
    run = []
    for row in rows:
        if run and run[-1].grade != row.grade:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _regular(rows, usual):
    """Ten gaps in a row as equal as a clock's: their spread is under a twentieth of their mean."""
    gaps = [(b.at - a.at).total_seconds() for a, b in zip(rows, rows[1:], strict=False)]
    found: set[int] = set()
    for start in range(len(gaps) - REGULAR_RUN + 1):
        part = gaps[start : start + REGULAR_RUN]
        mean = sum(part) / REGULAR_RUN
        if not 1 <= mean <= REGULAR_LONGEST:
            continue
        spread = sqrt(sum((gap - mean) ** 2 for gap in part) / REGULAR_RUN)
        if spread <= REGULAR_SPREAD * mean:
            found.update(row.pk for row in rows[start : start + REGULAR_RUN + 1])
    return found


def _haste(rows, usual):
    """Answered as soon as drawn: nobody reads a page within a second, and a program does."""
    quick = [row for row in rows if row.seconds is not None and row.seconds < HASTE_SECONDS]
    return {row.pk for row in quick} if len(quick) >= HASTE_LEAST else set()


def _swing(rows, usual):
    """A day whose share of satisfied is six deviations away from what the point was like."""
    known = sum(usual.grades)
    if len(rows) < SWING_LEAST or known < SWING_KNOWN:
        return set()
    share = usual.satisfied
    satisfied = sum(row.grade >= 4 for row in rows)
    deviation = sqrt(share * (1 - share) * (1 / len(rows) + 1 / known))
    if abs(satisfied / len(rows) - share) <= SWING_DEVIATIONS * deviation:
        return set()
    # Those that pull it away; the others of the day are as usual.
    pulled_down = satisfied / len(rows) < share
    return {row.pk for row in rows if (row.grade < 4) == pulled_down}


def _volume(rows, usual):
    """A day with far more than the days before, which vary by themselves."""
    if len(usual.days) < VOLUME_DAYS or len(rows) < VOLUME_LEAST:
        return set()
    mean = sum(usual.days) / len(usual.days)
    variance = max(mean, sum((one - mean) ** 2 for one in usual.days) / len(usual.days))
    return {row.pk for row in rows} if len(rows) > mean + VOLUME_DEVIATIONS * sqrt(variance) else set()


def _copied(rows, usual):
    """The same grade, the same two reasons or more, the same language, again and again within an hour."""

    def answers(row):
        several = row.reasons & (row.reasons - 1)
        return (row.grade, row.reasons, row.language, row.easy) if several else ""

    return _each(rows, answers, COPIED_SECONDS, COPIED_LEAST)


def _each(rows, key, seconds, least):
    found: set[int] = set()
    for group in _grouped(rows, key):
        found |= _windows(group, seconds, least)
    return found


def _plain(words: str) -> str:
    """A sentence without its case, its stops and its spaces: what is copied is often dressed up."""
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def usual_of(days: Counter, grades: Counter) -> Usual:
    """The usual of a point from what was counted before the day."""
    return Usual(tuple(days.values()), tuple(grades[grade] for grade in (5, 4, 3, 2, 1)))  # type: ignore[arg-type]


_CHECKS: dict[int, Callable[[Sequence[Seen], Usual], set[int]]] = {
    BURST: _burst,
    NETWORK: _network,
    TEXT: _text,
    NIGHT: _night,
    ONE_GRADE: _one_grade,
    REGULAR: _regular,
    HASTE: _haste,
    SWING: _swing,
    VOLUME: _volume,
    COPIED: _copied,
}
