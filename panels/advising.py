"""What the quotas allow with the people registered now, asked at each edit: numbers and quotas, nobody's ticket."""

from dataclasses import dataclass, field

from .consistency import Typed, faults_of
from .models import CriterionValue
from .pool import LIST, lottery_pool, people_of


@dataclass(frozen=True)
class Bound:
    """One side of a quota, in words: "Logement : Logement social", ``minimum`` or ``maximum``.

    ``gain``: how far the least chance would rise if this bound moved by one seat, in millionths.
    """

    label: str
    side: str
    gain: int = 0


@dataclass(frozen=True)
class Moved:
    """A bound that would give way; ``quota`` is its number, none of a crossed one."""

    label: str
    side: str
    before: int
    after: int
    is_protected: bool
    quota: int | None = None


@dataclass(frozen=True)
class LiveCheck:
    """What the table of quotas tells at each edit.

    ``faults``: what no pool could mend. ``best_chance``: the least chance that the fairest draw gives those who have
    one, in millionths. ``limits`` name what keeps it down; ``conflict``, what contradicts itself when no panel exists.
    ``relaxations`` never touch a protected quota: what would move, and the chance after; where nothing else works,
    ``signed_relaxations`` do, and need two signatures. ``missing``: how many more volunteers, and of whom.
    ``certain`` and ``without_chance`` are numbers of people.
    """

    people: int
    exists: bool
    faults: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    best_chance: int = 0
    limits: list[Bound] = field(default_factory=list)
    conflict: list[Bound] = field(default_factory=list)
    relaxations: list[tuple[list[Moved], int]] = field(default_factory=list)
    signed_relaxations: list[tuple[list[Moved], int]] = field(default_factory=list)
    missing: int = 0
    missing_of: list[tuple[str, int]] = field(default_factory=list)
    eaten: list[tuple[str, int, int]] = field(default_factory=list)
    certain: int = 0
    without_chance: int = 0


def live_check(panel, *, people=None, typed: Typed | None = None) -> LiveCheck:
    """Whether a panel exists among those who may be drawn now, how fair the fairest draw is, and what limits it.

    ``typed`` are bounds that somebody tries, by the number of the quota: nothing is written.
    """
    people = people_of(panel) if people is None else people
    faults = faults_of(panel, typed)
    if faults or not people:
        return LiveCheck(people=len(people), exists=False, faults=faults)
    from .lottery import advice  # numpy and the solver load when the first person asks

    pool = lottery_pool(panel, people, typed=typed)
    told = advice(pool)
    signed = ()
    if not told.feasible and not told.relaxations:
        signed = advice(pool, touch_protected=True).relaxations
    said = Words(panel)
    return LiveCheck(
        people=len(people),
        exists=told.feasible,
        codes=sorted({problem.code for problem in told.problems}),
        best_chance=round(told.bound * 1_000_000),
        limits=[Bound(said(one.label), one.side, round(one.rate * 1_000_000)) for one in told.limits],
        conflict=[Bound(said(label), side) for label, side in told.conflict],
        relaxations=[said.relaxation(one) for one in told.relaxations],
        signed_relaxations=[said.relaxation(one) for one in signed],
        missing=told.volunteers.people if told.volunteers else 0,
        missing_of=[(said(label), count) for label, count in told.volunteers.needs] if told.volunteers else [],
        eaten=[(said(one.label), one.minimum, one.people) for one in told.eaten],
        certain=len(told.certain),
        without_chance=sum(len(one.tickets) for one in told.without_chance),
    )


class Words:
    """Labels of the engine in the panel's own words."""

    def __init__(self, panel):
        rows = CriterionValue.objects.filter(criterion__panel=panel).select_related("criterion", "quota")
        self.said = {(one.criterion.key, one.key): f"{one.criterion.label} : {one.label}" for one in rows}
        self.numbers = {(one.criterion.key, one.key): one.quota.pk for one in rows if hasattr(one, "quota")}
        lists = panel.source_lists.values_list("slug", "label")
        self.said |= {(LIST, slug): label for slug, label in lists}

    def __call__(self, label) -> str:
        return " + ".join(self.said.get(pair, " : ".join(pair)) for pair in label)

    def relaxation(self, one) -> tuple[list[Moved], int]:
        """What would move, and the least chance after, in millionths."""
        moved = [
            Moved(
                self(change.label), change.side, change.before, change.after, change.protected,
                self.numbers.get(change.label[0]) if len(change.label) == 1 else None,
            )
            for change in one.changes
        ]  # fmt: skip
        return moved, round(one.bound * 1_000_000)
