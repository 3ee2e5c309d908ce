"""The list of dossiers and the library of works: what is asked, what is found, as a page and as a file."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from src.foundations import clock, keyset, together
from src.foundations.text import tidy
from src.participation.enums import Circle
from src.publishing.blocks import viewer_of

from . import reading
from .enums import DossierState, WorkKind
from .models import ConsultationDossier, DossierPhase, DossierWork

PAGE_SIZE = 20
MOST_WORDS = 8
FIRST_YEAR, LAST_YEAR = 1000, 9998
# Word of the address → what it asks.
STATES = {"en-cours": DossierState.OPEN, "a-venir": DossierState.COMING, "terminees": DossierState.ENDED}
SORTS = {
    "recentes": (gettext_lazy("Most recent first"), ("-begins", "-pk")),
    "anciennes": (gettext_lazy("Oldest first"), ("begins", "pk")),
    "titre": (gettext_lazy("By title"), ("title", "pk")),
}
WORK_KINDS = {
    "recherche": WorkKind.RESEARCH,
    "agents": WorkKind.AGENTS,
    "rapport": WorkKind.REPORT,
    "droit": WorkKind.LAW,
    "autre": WorkKind.OTHER,
}
WORK_ORDER = ("-year", "pk")


def word(data, name: str, limit: int = 40) -> str:
    """One word of an address, whatever was typed there."""
    return tidy(str(data.get(name, "")).replace("\x00", ""), one_line=True)[:limit]


def year(data, name: str) -> int | None:
    """A year of four figures; None for anything else."""
    asked = word(data, name, 5)
    found = int(asked) if asked.isascii() and asked.isdecimal() else 0
    return found if FIRST_YEAR <= found <= LAST_YEAR else None


@dataclass(frozen=True)
class DossierQuestion:
    """What is asked of the list; anything unknown is simply not asked."""

    q: str = ""
    state: str = ""
    year: int | None = None
    sort: str = "recentes"

    @classmethod
    def read(cls, data) -> "DossierQuestion":
        """From an address: ``q``, ``etat``, ``annee``, ``tri``."""
        state, sort = word(data, "etat"), word(data, "tri")
        return cls(
            q=word(data, "q", 200),
            state=state if state in STATES else "",
            year=year(data, "annee"),
            sort=sort if sort in SORTS else "recentes",
        )

    @property
    def asked(self) -> dict[str, str]:
        """What was really asked, under the names of the address."""
        sort = "" if self.sort == "recentes" else self.sort
        pairs = {"q": self.q, "etat": self.state, "annee": str(self.year or ""), "tri": sort}
        return {name: value for name, value in pairs.items() if value}

    def address(self, **changed) -> str:
        """The address of the same question, changed."""
        asked = {name: value for name, value in {**self.asked, **changed}.items() if value}
        return f"?{urlencode(asked)}" if asked else "."


@dataclass(frozen=True, kw_only=True)
class DossierLine:
    """One dossier of the list."""

    title: str
    slug: str
    url: str
    summary: str
    circle: str
    circle_code: str
    standing: reading.Standing


def asked_dossiers(viewer, question: DossierQuestion, *, whatever_state: bool = False):
    """The dossiers this person may read that answer a question."""
    found = ConsultationDossier.objects.visible_to(viewer)
    if question.state and not whatever_state:
        found = found.standing(STATES[question.state], clock.today())
    else:
        found = found.with_days()
    if question.year:
        found = found.filter(begins__year=question.year)
    for term in question.q.split()[:MOST_WORDS]:
        found = found.filter(Q(title__icontains=term) | Q(summary__icontains=term))
    return found


def dossier_list(viewer, question: DossierQuestion, *, cursor: str = "", size: int = PAGE_SIZE) -> keyset.Page:
    """One page of lines; two statements whatever their number."""
    found = asked_dossiers(viewer, question).select_related("space")
    page = keyset.paginate(found, order=SORTS[question.sort][1], cursor=cursor, size=size)
    return keyset.Page(lines_of(page.items), page.next_cursor, page.previous_cursor)


@together.reading
def lines_of(dossiers):
    """Lines of these dossiers; one statement for the steps of all."""
    steps: dict[int, list] = {}
    for row in (yield DossierPhase.objects.filter(dossier__in=[one.pk for one in dossiers])):
        steps.setdefault(row.dossier_id, []).append(row)
    return [
        DossierLine(
            title=one.title,
            slug=one.slug,
            url=one.address,
            summary=one.summary,
            circle=str(Circle(one.space.circle).label),
            circle_code=one.space.circle,
            standing=reading.standing_of(steps.get(one.pk, [])),
        )
        for one in dossiers
    ]


def context_of(request) -> dict:
    """What the section's page shows: the list as asked. Six statements whatever the number of dossiers."""
    from .forms import DossierFilterForm  # forms read this module

    viewer, question = viewer_of({"request": request}), DossierQuestion.read(request.GET)
    try:
        page = dossier_list(viewer, question, cursor=request.GET.get("page") or "")
    except BadRequest:
        page = dossier_list(viewer, question)
    counts = counts_of(viewer, question)
    asked = urlencode(question.asked)
    return {
        "nav_key": "consultations",
        "question": question,
        "rows": page.items,
        "tabs": _tabs(question, counts),
        "filter_form": DossierFilterForm(question, years_of(viewer)),
        "is_narrowed": bool(question.q or question.year),
        "reset_url": "." if question.asked else "",
        "asked": f"?{asked}" if asked else "",
        "next_page": question.address(page=page.next_cursor) if page.next_cursor else "",
        "previous_page": question.address(page=page.previous_cursor) if page.previous_cursor else "",
    }


def counts_of(viewer, question: DossierQuestion) -> dict[str, int]:
    """How many dossiers are in each state, whatever state was asked; one statement, the days of each."""
    today = clock.today()
    found = asked_dossiers(viewer, question, whatever_state=True)
    counts = dict.fromkeys(STATES, 0)
    words = {state: name for name, state in STATES.items()}
    for has_line, begins, asks, until in found.values_list("has_line", "begins", "asks", "asks_until"):
        begun = has_line and begins <= today
        over = not asks or until < today
        state = DossierState.COMING if not begun else DossierState.ENDED if over else DossierState.OPEN
        counts[words[state]] += 1
    return counts


def years_of(viewer) -> list[int]:
    """The years in which dossiers of this person began, the latest first."""
    begins = ConsultationDossier.objects.visible_to(viewer).with_days().values_list("begins", flat=True)
    return sorted({day.year for day in begins}, reverse=True)


def _tabs(question: DossierQuestion, counts: dict[str, int]) -> list[dict]:
    labels = {
        "": pgettext("consultations", "All"),
        "en-cours": pgettext("consultations", "Under way"),
        "a-venir": pgettext("consultations", "Coming"),
        "terminees": pgettext("consultations", "Ended"),
    }
    total = sum(counts.values())
    return [
        {
            "label": label,
            "url": question.address(etat=name),
            "current": question.state == name,
            "count": counts.get(name, total),
        }
        for name, label in labels.items()
    ]


# Works


@dataclass(frozen=True)
class WorkQuestion:
    """What is asked of the library."""

    q: str = ""
    kind: str = ""
    year: int | None = None

    @classmethod
    def read(cls, data) -> "WorkQuestion":
        """From an address: ``q``, ``genre``, ``annee``."""
        kind = word(data, "genre")
        return cls(q=word(data, "q", 200), kind=kind if kind in WORK_KINDS else "", year=year(data, "annee"))

    @property
    def asked(self) -> dict[str, str]:
        pairs = {"q": self.q, "genre": self.kind, "annee": str(self.year or "")}
        return {name: value for name, value in pairs.items() if value}


def work_list(viewer, question: WorkQuestion, *, cursor: str = "", size: int = PAGE_SIZE) -> keyset.Page:
    """One page of works of the dossiers this person may read, the latest first; one statement."""
    found = DossierWork.objects.visible_to(viewer).select_related("dossier", "document")
    if question.kind:
        found = found.filter(kind=WORK_KINDS[question.kind])
    if question.year:
        found = found.filter(year=question.year)
    for term in question.q.split()[:MOST_WORDS]:
        found = found.filter(Q(title__icontains=term) | Q(authors__icontains=term) | Q(summary__icontains=term))
    return keyset.paginate(found, order=WORK_ORDER, cursor=cursor, size=size)


def work_years(viewer) -> list[int]:
    """The years of the works this person may read."""
    years = DossierWork.objects.visible_to(viewer).order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


DOSSIER_COLUMNS = (
    (pgettext_lazy("column", "Title"), lambda line: line.title),
    (pgettext_lazy("column", "State"), lambda line: line.standing.label),
    (pgettext_lazy("of a phase", "Step"), lambda line: line.standing.step_label),
    (pgettext_lazy("column", "Begins"), lambda line: line.standing.begins),
    (pgettext_lazy("column", "Ends"), lambda line: line.standing.ends),
    (pgettext_lazy("column", "Who reads it"), lambda line: line.circle),
    (pgettext_lazy("column", "In one sentence"), lambda line: line.summary),
    (pgettext_lazy("column", "Address"), lambda line: line.url),
)
WORK_COLUMNS = (
    (pgettext_lazy("column", "Title"), lambda work: work.title),
    (pgettext_lazy("column", "Authors"), lambda work: work.authors),
    (pgettext_lazy("of a work", "Year"), lambda work: work.year),
    (pgettext_lazy("of a work", "Kind"), lambda work: work.get_kind_display()),
    (pgettext_lazy("column", "What it says"), lambda work: work.summary),
    (pgettext_lazy("column", "Address"), lambda work: work.link),
    (pgettext_lazy("column", "Dossier"), lambda work: work.dossier.title),
)
