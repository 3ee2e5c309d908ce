"""Everything a dossier's page shows one person; the same statements whatever the number of rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.accountability import measure_reading, plan_reading
from src.accountability.models import Measure, Plan
from src.foundations import clock
from src.participation import activities
from src.participation.enums import ActivityPhase, Circle
from theme.charts import Series
from theme.templatetags.theme import short_day

from . import figure_measures, phases
from .enums import DossierState, FigureKind
from .models import ConsultationDossier, DossierFollow, DossierTold, DossierWork, ReportRow
from .rules import writes_dossiers

NEWS_SHOWN, WORKS_SHOWN, CHARTED = 5, 6, 6
TONES = {DossierState.OPEN: "ok", DossierState.COMING: "info", DossierState.ENDED: ""}
ICONS = {DossierState.OPEN: "circle-play", DossierState.COMING: "clock", DossierState.ENDED: "flag"}


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands, in words; the list, the page, the file and the API read this."""

    state: DossierState
    step: phases.Step | None
    following: phases.Step | None
    begins: date | None
    ends: date | None

    @property
    def is_ended(self) -> bool:
        return self.state == DossierState.ENDED

    @property
    def label(self) -> str:
        return str(self.state.label)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def step_label(self) -> str:
        """The word of the step that runs; empty when none does."""
        return str(ActivityPhase(self.step.kind).label) if self.step else ""

    @property
    def step_words(self) -> str:
        """« Étape en cours : recueillir, jusqu'au 8 décembre »."""
        if self.step is not None and self.step.ends_on is not None:
            words = _("Current step: %(step)s, until %(day)s")
            return words % {"step": self.step_label.lower(), "day": short_day(self.step.ends_on)}
        if self.step is not None:
            words = _("Current step: %(step)s, since %(day)s")
            return words % {"step": self.step_label.lower(), "day": short_day(self.step.starts_on)}
        if self.following is not None:
            words = _("Next step: %(step)s, from %(day)s")
            label = str(ActivityPhase(self.following.kind).label)
            return words % {"step": label.lower(), "day": short_day(self.following.starts_on)}
        return _("No step is planned after this.") if self.begins else ""


def standing_of(rows: Iterable) -> Standing:
    """From the rows of a phase line, in the database or in a preview."""
    today = clock.today()
    steps = phases.in_order(phases.Step(row.kind, row.starts_on, row.ends_on) for row in rows if row.starts_on)
    ends = [step.ends_on for step in steps if step.ends_on]
    return Standing(
        state=phases.state(steps, today),
        step=phases.current(steps, today),
        following=phases.following(steps, today),
        begins=min((step.starts_on for step in steps), default=None),
        ends=max(ends, default=None),
    )


def ordered_rows(rows: Iterable) -> list:
    """The rows of a phase line, in its order."""
    return sorted(rows, key=lambda row: phases.ORDER[ActivityPhase(row.kind)])


@dataclass(frozen=True)
class Told:
    """One line of the report, with the measures this person may read."""

    row: ReportRow
    measures: list[measure_reading.MeasureRow] = field(default_factory=list)
    # The figures of syntheses that these measures answer, as this person may read them: each once.
    figures: list = field(default_factory=list)


@dataclass(frozen=True)
class Counted:
    """Figures of one kind, as a chart and as a table."""

    series: Series
    columns: list
    rows: list
    total: str = ""

    @property
    def is_short(self) -> bool:
        """Whether a chart of it still reads at a glance."""
        return len(self.rows) <= CHARTED


def context_of(dossier: ConsultationDossier, viewer) -> dict:
    """What the template reads."""
    line = [row for row in dossier.phases.all() if row.starts_on]
    news = sorted(dossier.news.all(), key=lambda post: (post.on, post.pk or 0), reverse=True)
    works = [*dossier.works.select_related("document"), *shared_works(dossier, viewer)]
    return {
        "nav_key": "consultations",
        "standing": standing_of(line),
        "steps": line_of(line),
        "circle": Circle(dossier.space.circle).label,
        "activities": [(card, ActivityPhase(card.phase).label) for card in activities.cards_of(dossier.space, viewer)],
        "documents": list(dossier.documents.select_related("document")),
        "works": works[:WORKS_SHOWN],
        "more_works": len(works) > WORKS_SHOWN,
        "bodies": list(dossier.bodies.select_related("document")),
        "contributions": list(dossier.contributions.select_related("document")),
        "news": news[:NEWS_SHOWN],
        "older_news": news[NEWS_SHOWN:],
        "figures": figures_of(dossier),
        **_report(dossier, viewer),
        **_following(dossier, viewer),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[dossier.pk]) if _writes(dossier, viewer) else "",
    }


def shared_works(dossier, viewer) -> list[DossierWork]:
    """The works of other dossiers shown here that this person may read, in their order; a statement more for some."""
    wanted = [one.work_id for one in dossier.shared_works.all() if one.work_id]
    if not wanted:
        return []
    seen = DossierWork.objects.visible_to(viewer).filter(pk__in=wanted).exclude(dossier=dossier.pk)
    found = {one.pk: one for one in seen.select_related("document", "dossier")}
    for one in found.values():
        # The page names the dossier each comes from.
        one.told_of = one.dossier
    return [found[pk] for pk in wanted if pk in found]


def _writes(dossier, viewer) -> bool:
    return dossier.pk is not None and writes_dossiers(viewer)


def line_of(rows: Iterable) -> list[dict]:
    """The phase line as the theme's path draws it: what is over, what runs, what comes."""
    today = clock.today()
    notes = {row.kind: row.note for row in rows}
    steps = phases.in_order(phases.Step(row.kind, row.starts_on, row.ends_on) for row in rows)
    now = phases.current(steps, today)
    return [
        {
            "label": ActivityPhase(step.kind).label,
            "state": "now" if step == now else "done" if step.is_over(today) else "todo",
            "when_label": _days(step, is_now=step == now),
            "fact": notes[step.kind],
        }
        for step in steps
    ]


def _days(step: phases.Step, *, is_now: bool) -> str:
    words = {"from": short_day(step.starts_on), "to": short_day(step.ends_on)}
    if is_now and step.ends_on is not None:
        return _("Now, until %(to)s") % words
    if is_now:
        return _("Now, since %(from)s") % words
    if step.ends_on is None:
        return _("From %(from)s on") % words
    return _("From %(from)s to %(to)s") % words


def figures_of(dossier) -> list[Counted]:
    """The figures typed by who runs the dossier: by channel with their sum, by theme without (themes overlap)."""
    rows = list(dossier.figures.all())
    found = []
    for kind in FigureKind:
        of_kind = [row for row in rows if row.kind == kind and row.count]
        if not of_kind:
            continue
        total = sum(row.count for row in of_kind)
        words = ngettext("%(n)s answer in all", "%(n)s answers in all", total) % {"n": number(total)}
        columns = [{"label": str(kind.label)}, {"label": pgettext("of a figure", "Number"), "numeric": True}]
        found.append(
            Counted(
                Series(str(kind.label), [(row.label, row.count) for row in of_kind]),
                columns,
                [[row.label, number(row.count)] for row in of_kind],
                words if kind == FigureKind.CHANNEL else "",
            )
        )
    return found


def number(value: int) -> str:
    return number_format(value, force_grouping=True)


def _report(dossier, viewer) -> dict:
    """The report, whole, once it is published; and where its plan stands."""
    is_preview = dossier.pk is None or bool(getattr(dossier, "_cluster_related_objects", None))
    told = None
    if dossier.shows_report and not is_preview:
        told = DossierTold.objects.filter(dossier_id=dossier.pk, what=DossierTold.REPORT).first()
    if not (dossier.shows_report and (told or is_preview)):
        return {"report": [], "reported_at": None, "plan": None}
    rows = list(dossier.report_rows.all())
    wanted = {reference for row in rows for reference in row.references}
    today = clock.today()
    measures = {}
    if wanted:
        seen = Measure.objects.visible_to(viewer).filter(reference__in=wanted)
        seen = seen.select_related("direction", "unit").prefetch_related("origins")
        measures = {one.reference: measure_reading.row_of(one, today) for one in seen}
    figures = _figures_of(seen, viewer) if wanted else {}
    report = []
    for row in rows:
        codes = [code for code in row.references if code in measures]
        behind = {words.url: words for code in codes for words in figures.get(code, ())}
        report.append(Told(row, [measures[code] for code in codes], list(behind.values())))
    plan = plan_of(dossier.plan_reference, viewer)
    return {"report": report, "reported_at": told.at if told else None, "plan": plan}


def _figures_of(measures, viewer) -> dict[str, list]:
    """By measure, the figures it was born of; a statement when there are some, none otherwise."""
    pairs = [
        (one.reference, origin.subject_reference)
        for one in measures
        for origin in one.origins.all()
        if origin.subject_kind == figure_measures.KIND
    ]
    known = figure_measures.words(viewer, [theme for _code, theme in pairs]) if pairs else {}
    found: dict[str, list] = {}
    for code, theme in pairs:
        if theme in known:
            found.setdefault(code, []).append(known[theme])
    return found


def plan_of(reference: str, viewer) -> dict | None:
    """A plan in a few figures, chapter by chapter; None when this person doesn't see it."""
    if not reference:
        return None
    try:
        page = plan_reading.read(viewer, reference)
    except Plan.DoesNotExist:
        return None
    standing = page.row.standing
    counts = standing.counts
    confirmed, to_confirm = counts.get("confirmee", 0), counts.get("a-confirmer", 0)
    return {
        "row": page.row,
        "total": standing.total,
        "points": Series(
            _("Where the measures stand"),
            [
                (_("Confirmed or done"), confirmed + to_confirm),
                (_("Under way"), counts.get("en-cours", 0)),
                (_("To come"), counts.get("a-venir", 0)),
                (_("Stopped"), counts.get("arretee", 0)),
            ],
        ),
        "columns": [
            {"label": _("Chapter")},
            {"label": _("Measures"), "numeric": True},
            {"label": _("Confirmed or done"), "numeric": True},
            {"label": _("Under way"), "numeric": True},
            {"label": _("To come"), "numeric": True},
            {"label": _("Stopped"), "numeric": True},
        ],
        "chapters": [_chapter(axis) for axis in page.axes],
    }


def _chapter(axis) -> list[str]:
    counts = axis.standing.counts
    done = counts.get("confirmee", 0) + counts.get("a-confirmer", 0)
    told = [axis.standing.total, done, *(counts.get(word, 0) for word in ("en-cours", "a-venir", "arretee"))]
    return [axis.part.title, *map(str, told)]


def _following(dossier, viewer) -> dict:
    if dossier.pk is None or not viewer.is_authenticated:
        return {"follow_url": "", "following": False}
    following = DossierFollow.objects.filter(dossier_id=dossier.pk, user_id=viewer.user_id).exists()
    return {"follow_url": reverse("consultations:follow", args=[dossier.slug]), "following": following}
