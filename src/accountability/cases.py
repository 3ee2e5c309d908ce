"""The cases behind each figure: one answer owed a row, told to a stranger by its reference, direction and dates."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from src.foundations import clock, keyset

from .figures import NO_DIRECTION, OTHERS, published
from .models import ResponseOwed
from .registry import links_of

PAGE_SIZE = 50
# The order of what isn't signed tells no moment: its clock starts on the Monday.
ORDER = ("-started_on", "subject_reference", "pk")
STATES = {
    "a-temps": _("Answered in time"),
    "apres-la-date": _("Answered late"),
    "en-attente": _("Waiting"),
    "en-retard": _("Late"),
}


@dataclass(frozen=True)
class CaseFilters:
    """Which cases: one direction that is told, one month of answers, one state. Anything unknown isn't asked."""

    direction: str = ""
    month: date | None = None
    state: str = ""

    @classmethod
    def read(cls, data) -> "CaseFilters":
        state = data.get("etat", "")
        return cls(
            direction=str(data.get("direction", ""))[:32],
            month=_month(data.get("mois", "")),
            state=state if state in STATES else "",
        )

    def query(self, **more: str) -> str:
        pairs = {
            "direction": self.direction,
            "mois": f"{self.month:%Y-%m}" if self.month else "",
            "etat": self.state,
            **more,
        }
        return urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One case as somebody sees it; ``title`` and ``url`` are empty for who doesn't see the subject."""

    reference: str
    direction: str
    started_on: date
    by_week: bool
    promised_on: date
    answered_on: date | None
    state: str
    title: str = ""
    url: str = ""


def cases(viewer, filters: CaseFilters, told: dict[str, str], *, cursor: str = "", on: date | None = None):
    """One page of cases: ``(rows, page)``, with titles and addresses for who may see the subjects. Two statements.

    ``told`` are the directions with a line of their own (``figures.told_directions``); the others answer to
    ``autres`` alone, so that no list gives back what the table merged.
    """
    day = on or clock.today()
    page = keyset.paginate(_asked(filters, told, day), order=ORDER, cursor=cursor, size=PAGE_SIZE)
    links: dict[tuple[str, str], tuple[str, str]] = {}
    for kind in sorted({owed.subject_kind for owed in page.items}):
        references = [owed.subject_reference for owed in page.items if owed.subject_kind == kind]
        links |= {(kind, ref): link for ref, link in links_of(kind, references, viewer).items()}
    return [_row(owed, told, day, links) for owed in page.items], page


def every_case(filters: CaseFilters, told: dict[str, str], *, on: date | None = None):
    """All the cases asked for, one by one, as a stranger reads them: for a file."""
    day = on or clock.today()
    for owed in _asked(filters, told, day).order_by(*ORDER).iterator(chunk_size=500):
        yield _row(owed, told, day, {})


def _asked(filters: CaseFilters, told: dict[str, str], day: date):
    found = published(day).select_related("unit__direction")
    if filters.direction == OTHERS:
        found = found.exclude(unit__direction__code__in=[code for code in told if code != NO_DIRECTION])
        if NO_DIRECTION in told:
            found = found.filter(unit__direction__isnull=False)
    elif filters.direction == NO_DIRECTION and NO_DIRECTION in told:
        found = found.filter(unit__direction__isnull=True)
    elif filters.direction in told:
        found = found.filter(unit__direction__code=filters.direction)
    elif filters.direction:
        return ResponseOwed.objects.none()
    if filters.month:
        found = found.filter(answered_on__gte=filters.month, answered_on__lt=_next(filters.month))
    late = Q(paused_on__isnull=True, promised_on__lt=day) | Q(paused_until__lt=day, promised_after_pause__lt=day)
    conditions = {
        "a-temps": Q(answered_on__lte=F("promised_on")),
        "apres-la-date": Q(answered_on__gt=F("promised_on")),
        "en-attente": Q(answered_on__isnull=True),
        "en-retard": Q(answered_on__isnull=True) & late,
    }
    return found.filter(conditions[filters.state]) if filters.state else found


def _row(owed: ResponseOwed, told: dict[str, str], day: date, links: dict) -> CaseRow:
    direction = owed.unit.direction
    code = direction.code if direction else NO_DIRECTION
    title, url = links.get((owed.subject_kind, owed.subject_reference), ("", ""))
    return CaseRow(
        reference=owed.subject_reference,
        direction=told.get(code, "") if code != NO_DIRECTION else "",
        started_on=owed.started_on,
        by_week=owed.by_week,
        promised_on=owed.promised(day),
        answered_on=owed.answered_on,
        state=_state(owed, day),
        title=title,
        url=url,
    )


def _state(owed: ResponseOwed, day: date) -> str:
    if owed.answered_on is not None:
        return "a-temps" if owed.answered_on <= owed.promised_on else "apres-la-date"
    return "en-retard" if owed.is_late(day) else "en-attente"


def _month(value: str) -> date | None:
    try:
        return date.fromisoformat(f"{value}-01")
    except ValueError:
        return None


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
