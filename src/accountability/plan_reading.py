"""Reads of plans, shaped for a page, a file or another program: the rows of measures, in the order of the plan."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import pgettext_lazy

from src.directory.viewer import as_viewer
from src.foundations import clock, keyset
from src.foundations.text import tidy

from . import rules
from .enums import RUNNING, MeasureStatus
from .measure_reading import SILENT, STATUS_WORDS, MeasureRow, row_of
from .models import Measure, Plan, PlanAxis, PlanMeasure, PlanOrientation

PAGE = 20
ORDER = ("-adopted_on", "reference")
WORD_OF = {status: word for word, statuses in STATUS_WORDS.items() for status in statuses}
# The columns of the table, in the order of a measure's life; "without news" is counted among those under way too.
COLUMNS = (
    ("a-venir", MeasureStatus.PLANNED.label),
    ("en-cours", pgettext_lazy("measures", "Under way")),
    (SILENT, pgettext_lazy("measures", "Without news")),
    ("a-confirmer", MeasureStatus.DELIVERED.label),
    ("confirmee", MeasureStatus.VERIFIED.label),
    ("arretee", MeasureStatus.STOPPED.label),
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How many measures stand where, by the words of the address; silent ones are counted twice, and told so."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Every measure, once."""
        return sum(count for word, count in self.counts.items() if word != SILENT)

    @property
    def silent(self) -> int:
        return self.counts.get(SILENT, 0)

    @property
    def done(self) -> int:
        """Said to be done, confirmed or not yet."""
        return self.counts.get("a-confirmer", 0) + self.counts.get("confirmee", 0)


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One line of the list of plans."""

    reference: str
    url: str
    title: str
    summary: str
    adopted_on: date
    ends_on: date | None
    direction_label: str
    is_published: bool
    standing: Standing


@dataclass(frozen=True)
class Entry:
    """A measure in its plan."""

    number: int
    row: MeasureRow
    direction_code: str
    pk: int


@dataclass
class OrientationBlock:
    """An orientation and those of its measures that were asked for."""

    part: PlanOrientation
    entries: list[Entry] = field(default_factory=list)


@dataclass
class AxisBlock:
    """An axis, where all its measures stand, and its orientations."""

    part: PlanAxis
    standing: Standing
    orientations: list[OrientationBlock] = field(default_factory=list)

    @property
    def shown(self) -> int:
        return sum(len(block.entries) for block in self.orientations)


@dataclass(frozen=True)
class PlanQuestion:
    """What is asked of a plan's measures; anything unknown is simply not asked."""

    q: str = ""
    axis: int | None = None
    status: str = ""
    direction: str = ""

    @classmethod
    def read(cls, data) -> "PlanQuestion":
        """From an address: ``q``, ``axe``, ``etat``, ``direction``."""

        def word(name: str, limit: int = 40) -> str:
            return tidy(str(data.get(name, "")).replace("\x00", ""), one_line=True)[:limit]

        axis, status = word("axe", 4), word("etat")
        return cls(
            q=word("q", 200),
            axis=int(axis) if axis.isascii() and axis.isdecimal() else None,
            status=status if status in STATUS_WORDS or status == SILENT else "",
            direction=word("direction", 32),
        )

    @property
    def asked(self) -> dict[str, str]:
        """What was really asked, under the names of the address."""
        axis = "" if self.axis is None else str(self.axis)
        pairs = {"q": self.q, "axe": axis, "etat": self.status, "direction": self.direction}
        return {name: value for name, value in pairs.items() if value}

    def keeps(self, axis: PlanAxis, entry: Entry) -> bool:
        """Whether a measure of an axis answers."""
        if self.axis is not None and axis.number != self.axis:
            return False
        if self.status and self.status not in words_of(entry.row):
            return False
        if self.direction and entry.direction_code != self.direction:
            return False
        row = entry.row
        named = {str(entry.number), row.reference.casefold()}
        read = f"{row.title} {row.changes} {row.place} {row.theme}".casefold()
        return all(term in named or term in read for term in self.q.casefold().split()[:8])


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """Everything a plan's page shows this viewer."""

    plan: Plan
    row: PlanRow
    axes: list[AxisBlock]
    directions: list[tuple[str, str]]
    may_follow: bool

    @property
    def shown(self) -> int:
        return sum(axis.shown for axis in self.axes)


def words_of(row: MeasureRow) -> tuple[str, ...]:
    """The words of the address under which a measure is found."""
    word = WORD_OF[MeasureStatus(row.status)]
    return (word, SILENT) if row.silent_days else (word,)


def plan_list(viewer, *, cursor: str = "", size: int = PAGE) -> keyset.Page:
    """One page of plans, the latest adopted first; two statements whatever their number."""
    found = Plan.objects.visible_to(viewer).select_related("unit")
    page = keyset.paginate(found, order=ORDER, cursor=cursor, size=size)
    standings = _standings(page.items)
    rows = [_row(plan, standings[plan.pk]) for plan in page.items]
    return keyset.Page(rows, page.next_cursor, page.previous_cursor)


def read(viewer, reference: str, question: PlanQuestion | None = None) -> PlanPage:
    """A plan with its measures, those asked for; Plan.DoesNotExist when the viewer doesn't see it.

    Five statements whatever the number of measures. Where each axis stands is counted over all of them.
    """
    viewer, question = as_viewer(viewer), question or PlanQuestion()
    plan = Plan.objects.visible_to(viewer).select_related("unit").get(reference=reference)
    axes = list(plan.axes.prefetch_related("orientations"))
    today = clock.today()
    # A measure whose words were taken back from everybody can't be here: only published ones are given a place.
    found = (
        PlanMeasure.objects.filter(plan=plan)
        .select_related("measure__direction", "measure__unit")
        .prefetch_related("measure__origins")
        .order_by("number")
    )
    by_orientation: dict[int, list[Entry]] = {}
    directions: dict[str, str] = {}
    for one in found:
        row, direction = row_of(one.measure, today), one.measure.direction
        if direction is not None:
            directions[direction.code] = direction.name
        entry = Entry(one.number, row, direction.code if direction else "", one.pk)
        by_orientation.setdefault(one.orientation_id, []).append(entry)
    blocks = [_axis(axis, by_orientation, question) for axis in axes]
    whole = Standing(counts=_sum(block.standing for block in blocks))
    return PlanPage(
        plan=plan,
        row=_row(plan, whole),
        axes=blocks,
        directions=sorted(directions.items(), key=lambda pair: pair[1].casefold()),
        may_follow=rules.can_follow_plan(viewer, plan),
    )


def plans_of(viewer, measure: Measure) -> list[PlanMeasure]:
    """The places of a measure in plans the viewer may see; one statement."""
    seen = Plan.objects.visible_to(viewer)
    return list(PlanMeasure.objects.filter(measure=measure, plan__in=seen).select_related("plan").order_by("plan_id"))


def _axis(axis: PlanAxis, by_orientation: dict[int, list[Entry]], question: PlanQuestion) -> AxisBlock:
    orientations = list(axis.orientations.all())
    every = [entry for part in orientations for entry in by_orientation.get(part.pk, [])]
    block = AxisBlock(axis, standing_of(entry.row for entry in every))
    for part in orientations:
        kept = [entry for entry in by_orientation.get(part.pk, []) if question.keeps(axis, entry)]
        block.orientations.append(OrientationBlock(part, kept))
    return block


def standing_of(rows) -> Standing:
    """Where these measures stand."""
    return Standing(counts=dict(Counter(word for row in rows for word in words_of(row))))


def _sum(standings) -> dict[str, int]:
    total: Counter = Counter()
    for standing in standings:
        total.update(standing.counts)
    return dict(total)


def _standings(plans: list[Plan]) -> dict[int, Standing]:
    silent = Q(measure__status__in=RUNNING, measure__heard_on__lt=clock.today() - Measure.SILENCE)
    rows = (
        PlanMeasure.objects.filter(plan__in=plans)
        .order_by()
        .values_list("plan_id", "measure__status")
        .annotate(all=Count("pk"), silent=Count("pk", filter=silent))
    )
    counts: dict[int, Counter] = {plan.pk: Counter() for plan in plans}
    for plan_id, status, every, quiet in rows:
        counts[plan_id][WORD_OF[MeasureStatus(status)]] += every
        counts[plan_id][SILENT] += quiet
    return {pk: Standing(counts=dict(found)) for pk, found in counts.items()}


def _row(plan: Plan, standing: Standing) -> PlanRow:
    return PlanRow(
        reference=plan.reference,
        url=plan.get_absolute_url(),
        title=plan.title,
        summary=plan.summary,
        adopted_on=plan.adopted_on,
        ends_on=plan.ends_on,
        direction_label=plan.unit.name,
        is_published=plan.is_published,
        standing=standing,
    )


def attachable(plan: Plan):
    """The published measures that aren't in the plan yet."""
    return Measure.objects.filter(published_on__isnull=False).exclude(pk__in=plan.entries.values("measure"))
