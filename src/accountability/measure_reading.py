"""Reads of measures, shaped for a page, a file or another program: one gate, one row, one vocabulary."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from src.directory.viewer import as_viewer
from src.foundations import clock, keyset
from src.foundations.text import tidy
from src.participation import neutral

from . import registry
from .enums import RUNNING, MeasureStatus
from .models import Measure

PAGE = 20
ORDER = ("-year", "reference")
# Word of the address → states asked of the database. "Without news" is a reading of dates, not a state.
STATUS_WORDS = {
    "a-venir": (MeasureStatus.PLANNED,),
    "en-cours": (MeasureStatus.STUDIES, MeasureStatus.PROCEDURE, MeasureStatus.WORKS),
    "a-confirmer": (MeasureStatus.DELIVERED,),
    "confirmee": (MeasureStatus.VERIFIED,),
    "arretee": (MeasureStatus.STOPPED,),
}
SILENT = "sans-nouvelles"
TONES = {
    MeasureStatus.PLANNED: ("", "calendar"),
    MeasureStatus.STUDIES: ("info", "wrench"),
    MeasureStatus.PROCEDURE: ("info", "wrench"),
    MeasureStatus.WORKS: ("info", "wrench"),
    MeasureStatus.DELIVERED: ("warn", "search"),
    MeasureStatus.VERIFIED: ("ok", "shield-check"),
    MeasureStatus.STOPPED: ("", "circle-x"),
}


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """One line of a list: what everybody may read of a measure."""

    reference: str
    url: str
    title: str
    changes: str
    status: str
    status_label: str
    tone: str
    icon: str
    is_trial: bool
    year: int
    theme: str
    place: str
    direction_label: str
    budget: int | None
    due_on: date | None
    news_on: date | None
    silent_days: int
    is_published: bool
    is_imported: bool
    origin_kinds: tuple[str, ...] = ()
    # Whose idea it was, where the author asked for it to be said.
    credits: tuple[str, ...] = ()

    @property
    def budget_label(self) -> str:
        """The budget as people read it; empty without one."""
        return f"{number_format(self.budget, force_grouping=True)}\u00a0€" if self.budget is not None else ""


@dataclass(frozen=True)
class MeasureQuestion:
    """What is asked of the list; anything unknown is simply not asked."""

    q: str = ""
    status: str = ""
    direction: str = ""
    origin: str = ""
    year: int | None = None

    @classmethod
    def read(cls, data) -> "MeasureQuestion":
        """From an address: ``q``, ``etat``, ``direction``, ``origine``, ``annee``."""

        def word(name: str, limit: int = 40) -> str:
            return tidy(str(data.get(name, "")).replace("\x00", ""), one_line=True)[:limit]

        status, year = word("etat"), word("annee", 4)
        return cls(
            q=word("q", 200),
            status=status if status in STATUS_WORDS or status == SILENT else "",
            direction=word("direction", 32),
            origin=word("origine", 200),
            year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
        )

    @property
    def asked(self) -> dict[str, str]:
        """What was really asked, under the names of the address."""
        pairs = {
            "q": self.q,
            "etat": self.status,
            "direction": self.direction,
            "origine": self.origin,
            "annee": str(self.year or ""),
        }
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True)
class Progress:
    """How many measures stand where, and how many of the running ones nobody hears of."""

    counts: dict[str, int]
    silent: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def asked_measures(viewer, question: MeasureQuestion):
    """The measures the viewer may see that answer a question."""
    found = Measure.objects.visible_to(viewer)
    if question.status == SILENT:
        found = found.silent(clock.today())
    elif question.status:
        found = found.filter(status__in=STATUS_WORDS[question.status])
    if question.direction:
        found = found.filter(direction__code=question.direction)
    if question.year:
        found = found.filter(year=question.year)
    if question.origin in registry.origin_labels():
        found = found.filter(origins__subject_kind=question.origin, origins__subject_reference__gt="").distinct()
    elif question.origin:
        found = found.filter(origins__label=question.origin).distinct()
    return with_words(found, question.q)


def with_words(found, typed: str):
    """Those of a queryset of measures that have each of the words typed: eight at most."""
    for term in typed.split()[:8]:
        reads = Q(title__icontains=term) | Q(changes__icontains=term) | Q(place__icontains=term)
        found = found.filter(reads | Q(reference__iexact=term) | Q(theme__icontains=term))
    return found


def measure_list(viewer, question: MeasureQuestion, *, cursor: str = "", size: int = PAGE) -> keyset.Page:
    """One page of rows, the latest year first; two statements whatever the number of measures."""
    found = asked_measures(viewer, question).select_related("direction", "unit").prefetch_related("origins")
    page = keyset.paginate(found, order=ORDER, cursor=cursor, size=size)
    today = clock.today()
    rows = _without_praise([row_of(one, today) for one in page.items])
    return keyset.Page(rows, page.next_cursor, page.previous_cursor)


def _without_praise(rows: list[MeasureRow]) -> list[MeasureRow]:
    """In a pre-electoral period nobody is credited (ADR 0279). One statement where somebody is."""
    if any(row.credits for row in rows) and neutral.current() is not None:
        return [replace(row, credits=()) for row in rows]
    return rows


def row_of(measure: Measure, today: date) -> MeasureRow:
    """The line of a measure read with its direction and its origins; no query."""
    tone, icon = TONES[MeasureStatus(measure.status)]
    silent = measure.silent_days(today)
    if silent:
        tone, icon = "danger", "clock-alert"
    return MeasureRow(
        reference=measure.reference,
        url=measure.get_absolute_url(),
        title=measure.title,
        changes=measure.changes,
        status=measure.status,
        status_label=status_label(measure, silent),
        tone=tone,
        icon=icon,
        is_trial=measure.is_trial,
        year=measure.year,
        theme=measure.theme,
        place=measure.place,
        direction_label=measure.direction.name if measure.direction else measure.direction_label,
        budget=measure.budget,
        due_on=measure.due_on,
        news_on=measure.news_on,
        silent_days=silent,
        is_published=measure.is_published,
        is_imported=measure.is_imported,
        origin_kinds=tuple(sorted({origin.subject_kind for origin in measure.origins.all()})),
        credits=tuple(sorted({origin.credited for origin in measure.origins.all() if origin.credited})),
    )


def status_label(measure: Measure, silent_days: int) -> str:
    """The word of its badge: a silence is told before the step it stopped at."""
    if silent_days:
        return _("Without news for %(days)d days") % {"days": silent_days}
    if measure.is_trial and measure.status in RUNNING and measure.status != MeasureStatus.PLANNED:
        return pgettext("measure", "Being tried")
    return str(measure.get_status_display())


def progress(viewer, question: MeasureQuestion) -> Progress:
    """The picture of the list as asked, its state aside: one statement."""
    asked = MeasureQuestion(q=question.q, direction=question.direction, origin=question.origin, year=question.year)
    ids = asked_measures(viewer, asked).order_by().values("pk")
    today = clock.today()
    silent = Q(status__in=RUNNING, heard_on__lt=today - Measure.SILENCE)
    rows = (
        Measure.objects.filter(pk__in=ids)
        .order_by()
        .values("status")
        .annotate(all=Count("pk"), silent=Count("pk", filter=silent))
    )
    counts, quiet = dict.fromkeys(MeasureStatus.values, 0), 0
    for row in rows:
        counts[row["status"]] = row["all"]
        quiet += row["silent"]
    return Progress(counts, quiet)


@dataclass(frozen=True)
class Choices:
    """What the filters offer: (value, words) pairs."""

    directions: list
    years: list
    origins: list
    # Whether one of these measures is in the viewer's own hands.
    has_own: bool


def choices(viewer) -> Choices:
    """What the filters offer among the measures the viewer may see; two statements."""
    seen = Measure.objects.visible_to(viewer).order_by().values("pk")
    found = (
        Measure.objects.filter(pk__in=seen)
        .order_by()
        .values_list("direction__code", "direction__name", "year")
        .annotate(own=Count("pk", filter=Q(owner__isnull=False, owner=as_viewer(viewer).user_id)))
    )
    directions = {code: name for code, name, _year, _own in found if code}
    years = sorted({year for _code, _name, year, _own in found}, reverse=True)
    origins = Measure.origins.rel.related_model.objects.filter(measure__in=seen).order_by()
    kinds = registry.origin_labels()
    asked = []
    for kind, label in origins.values_list("subject_kind", "label").distinct():
        asked.append((label, label) if label else (kind, str(kinds.get(kind, kind))))
    return Choices(
        directions=sorted(directions.items(), key=lambda pair: pair[1].casefold()),
        years=[(str(year), str(year)) for year in years],
        origins=sorted(asked, key=lambda pair: pair[1].casefold()),
        has_own=any(own for *_of, own in found),
    )


def born_from(viewer, subject_kind: str, reference: str) -> list[MeasureRow]:
    """The measures a subject became, for a page of that subject; two statements."""
    found = (
        Measure.objects.visible_to(as_viewer(viewer))
        .filter(
            pk__in=Measure.origins.rel.related_model.objects.filter(
                subject_kind=subject_kind, subject_reference=reference
            ).values("measure_id")
        )
        .select_related("direction", "unit")
        .prefetch_related("origins")
        .order_by("-created_on", "reference")
    )
    today = clock.today()
    return _without_praise([row_of(measure, today) for measure in found])
