"""The page before the Council: what was promised, is late, was kept or refused, what comes; and the replies to sign.

Each figure opens the cases behind it: reference, direction, dates. Nothing here reads who wrote a subject, and no case
of an answer tells its title or leads to its page, where the name of whoever signed it stands.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock, keyset

from . import registry
from .enums import MeasureStatus, Outcome
from .figures import first_day, published
from .models import Decision, Measure, Milestone, ReplySignature, ResponseOwed
from .registry import ReplyWords, published_subjects

PAGE_SIZE = 50
SOON = timedelta(days=30)
# Words of the address → what the figure counts; answers first, measures after.
ANSWERS = {
    "reponses-promises": pgettext_lazy("answers", "Promised, in time so far"),
    "reponses-en-retard": pgettext_lazy("answers", "Late"),
    "reponses-tenues": pgettext_lazy("answers", "Kept: answered in time"),
    "reponses-refusees": pgettext_lazy("answers", "Refused: the answer was no"),
    "reponses-trente-jours": pgettext_lazy("answers", "Due within thirty days"),
}
MEASURES = {
    "mesures-promises": pgettext_lazy("measures", "Promised, under way"),
    "mesures-sans-nouvelles": pgettext_lazy("measures", "Late: without news"),
    "mesures-tenues": pgettext_lazy("measures", "Kept: confirmed on the ground"),
    "mesures-arretees": pgettext_lazy("measures", "Given up, with the reason"),
    "mesures-trente-jours": pgettext_lazy("measures", "Steps due within thirty days"),
}
LABELS = {**ANSWERS, **MEASURES}
IN_THE_YEAR = ("reponses-tenues", "reponses-refusees", "mesures-tenues", "mesures-arretees")
PROMISED, ANSWERED, REFUSED = gettext_lazy("Promised for"), gettext_lazy("Answered on"), gettext_lazy("Answer on")


@dataclass(frozen=True)
class CouncilFigure:
    """One figure and the word of its cases."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class CouncilCase:
    """One case: no author, no title but a measure's, which is everybody's."""

    reference: str
    direction: str
    dates: list[tuple[str, date]]
    title: str = ""
    url: str = ""
    by_week: bool = False


@dataclass(frozen=True, kw_only=True)
class ReplyRow:
    """A reply to sign, in the list."""

    reference: str
    url: str
    outcome_label: str
    opening: str
    direction: str
    promised_on: date | None
    title: str


@dataclass(frozen=True, kw_only=True)
class CouncilPage:
    """Everything the page shows."""

    since: date
    answers: list[CouncilFigure]
    measures: list[CouncilFigure]
    to_sign: list[ReplyRow]
    signed: list[ReplySignature]


def council(viewer, on: date | None = None) -> CouncilPage:
    """The page of the day, for the branch the official holds. Eight statements, whatever there is to count."""
    viewer, day = as_viewer(viewer), on or clock.today()
    counts = _answer_counts(viewer, day) | _measure_counts(viewer, day)
    counts["reponses-refusees"] = _refusals(viewer, day).count()
    counts["mesures-trente-jours"] = _steps(viewer, day).count()
    return CouncilPage(
        since=first_day(day),
        answers=[CouncilFigure(key, str(label), counts[key]) for key, label in ANSWERS.items()],
        measures=[CouncilFigure(key, str(label), counts[key]) for key, label in MEASURES.items()],
        to_sign=replies_to_sign(viewer),
        signed=list(
            ReplySignature.objects.filter(official_id=viewer.user_id, signed_at__isnull=False)
            .select_related("decision__unit", "decision__batch")
            .order_by("-signed_at")[:10]
        ),
    )


def cases(viewer, key: str, *, cursor: str = "", on: date | None = None):
    """``(rows, page)`` behind one figure, fifty at a time; as many rows as the figure says. One statement."""
    viewer, day = as_viewer(viewer), on or clock.today()
    if key in ANSWERS and key != "reponses-refusees":
        found = _answers(viewer, day).filter(_answer_condition(key, day))
        page = keyset.paginate(found, order=("-started_on", "subject_reference", "pk"), cursor=cursor, size=PAGE_SIZE)
        return [_answer_row(owed, day) for owed in page.items], page
    if key == "reponses-refusees":
        found = _refusals(viewer, day).annotate(said=F("batch__announced_at"))
        page = keyset.paginate(found, order=("-said", "-pk"), cursor=cursor, size=PAGE_SIZE)
        return [_refusal_row(decision) for decision in page.items], page
    if key == "mesures-trente-jours":
        found = _steps(viewer, day).annotate(day=F("planned_on"))
        page = keyset.paginate(found, order=("day", "pk"), cursor=cursor, size=PAGE_SIZE)
        return [_step_row(step) for step in page.items], page
    found = _measures(viewer).filter(_measure_condition(key, day))
    page = keyset.paginate(found, order=("-year", "reference"), cursor=cursor, size=PAGE_SIZE)
    return [_measure_row(measure) for measure in page.items], page


# ------------------------------------------------------------------------------------------------------------ answers
def _held(viewer, path: str) -> Q:
    return viewer.role_condition(Role.ELECTED_OFFICIAL, path)


def _answers(viewer, day: date):
    """Answers owed to subjects that are told in figures: members' spaces and hidden texts aren't counted."""
    due = Case(When(paused_until__lt=day, then=F("promised_after_pause")), default=F("promised_on"))
    return published(day).filter(_held(viewer, "unit__path")).annotate(due=due).select_related("unit__direction")


def _answer_condition(key: str, day: date) -> Q:
    waiting = Q(answered_on__isnull=True)
    paused = Q(paused_on__isnull=False, paused_until__gte=day)
    late = waiting & ~paused & Q(due__lt=day)
    return {
        "reponses-promises": waiting & (paused | Q(due__gte=day)),
        "reponses-en-retard": late,
        "reponses-tenues": Q(answered_on__isnull=False, answered_on__lte=F("promised_on")),
        "reponses-trente-jours": waiting & ~paused & Q(due__gte=day, due__lte=day + SOON),
    }[key]


def _answer_counts(viewer, day: date) -> dict[str, int]:
    asked = [key for key in ANSWERS if key != "reponses-refusees"]
    found = _answers(viewer, day).order_by()
    counts = found.aggregate(
        **{key.replace("-", "_"): Count("pk", filter=_answer_condition(key, day)) for key in asked}
    )
    return {key: counts[key.replace("-", "_")] for key in asked}


def _answer_row(owed: ResponseOwed, day: date) -> CouncilCase:
    dates = [(str(PROMISED), owed.promised(day))]
    if owed.answered_on:
        dates.append((str(ANSWERED), owed.answered_on))
    return CouncilCase(reference=owed.subject_reference, direction=_direction(owed.unit), dates=dates)


def _refusals(viewer, day: date):
    condition = Q(pk__in=[])
    for kind, references in published_subjects().items():
        condition |= Q(subject_kind=kind, subject_reference__in=references().values("reference"))
    since = clock.start_of_day(first_day(day))
    found = Decision.objects.announced().filter(condition, outcome=Outcome.DECLINED, batch__announced_at__gte=since)
    return found.filter(_held(viewer, "unit__path")).select_related("unit__direction", "batch")


def _refusal_row(decision: Decision) -> CouncilCase:
    day = timezone.localdate(decision.batch.announced_at)
    return CouncilCase(
        reference=decision.subject_reference, direction=_direction(decision.unit), dates=[(str(REFUSED), day)]
    )


# ----------------------------------------------------------------------------------------------------------- measures
def _measures(viewer):
    return (
        Measure.objects.filter(published_on__isnull=False)
        .filter(_held(viewer, "unit__path"))
        .select_related("unit__direction", "direction")
    )


def _measure_condition(key: str, day: date) -> Q:
    since = first_day(day)
    running = Q(
        status__in=[MeasureStatus.PLANNED, MeasureStatus.STUDIES, MeasureStatus.PROCEDURE, MeasureStatus.WORKS]
    )
    silent = running & Q(heard_on__lt=day - Measure.SILENCE)
    return {
        "mesures-promises": running & ~Q(heard_on__lt=day - Measure.SILENCE),
        "mesures-sans-nouvelles": silent,
        "mesures-tenues": Q(status=MeasureStatus.VERIFIED, verified_on__gte=since),
        "mesures-arretees": Q(status=MeasureStatus.STOPPED, stopped_on__gte=since),
    }[key]


def _measure_counts(viewer, day: date) -> dict[str, int]:
    asked = [key for key in MEASURES if key != "mesures-trente-jours"]
    counts = (
        _measures(viewer)
        .order_by()
        .aggregate(**{key.replace("-", "_"): Count("pk", filter=_measure_condition(key, day)) for key in asked})
    )
    return {key: counts[key.replace("-", "_")] for key in asked}


def _measure_row(measure: Measure) -> CouncilCase:
    pairs = (
        (_("Decided on"), measure.created_on),
        (_("Last news"), measure.news_on),
        (_("Planned end"), measure.due_on),
        (_("Confirmed on"), measure.verified_on),
        (_("Stopped on"), measure.stopped_on),
    )
    return CouncilCase(
        reference=measure.reference,
        direction=_direction(measure.unit) if measure.unit else measure.direction_label,
        dates=[(label, day) for label, day in pairs if day],
        title=measure.title,
        url=measure.get_absolute_url(),
    )


def _steps(viewer, day: date):
    """Steps of measures under way, planned within thirty days."""
    running = Q(
        measure__status__in=[
            MeasureStatus.PLANNED,
            MeasureStatus.STUDIES,
            MeasureStatus.PROCEDURE,
            MeasureStatus.WORKS,
        ]
    )
    return (
        Milestone.objects.filter(
            running,
            measure__published_on__isnull=False,
            done_on__isnull=True,
            planned_on__gte=day,
            planned_on__lte=day + SOON,
        )
        .filter(_held(viewer, "measure__unit__path"))
        .select_related("measure__unit__direction")
    )


def _step_row(step: Milestone) -> CouncilCase:
    measure = step.measure
    return CouncilCase(
        reference=measure.reference,
        direction=_direction(measure.unit),
        dates=[(step.title, step.planned_on)],
        title=measure.title,
        url=measure.get_absolute_url(),
    )


def _direction(unit) -> str:
    return unit.direction.name if unit.direction else unit.name


# ---------------------------------------------------------------------------------------------------------- to sign
def waiting_for(viewer):
    """Signatures that wait for the official, whose decision still does."""
    return ReplySignature.objects.filter(
        official_id=as_viewer(viewer).user_id,
        signed_at__isnull=True,
        returned_at__isnull=True,
        decision__batch__announced_at__isnull=True,
    )


def replies_to_sign(viewer) -> list[ReplyRow]:
    """What waits for the official, the nearest promise first. Three statements, whatever their number."""
    waiting = list(waiting_for(viewer).select_related("decision__unit__direction").order_by("asked_at", "pk")[:100])
    references = [one.decision.subject_reference for one in waiting]
    promised = {
        (owed.subject_kind, owed.subject_reference): owed.promised(clock.today())
        for owed in ResponseOwed.objects.open().filter(subject_reference__in=references)
    }
    words: dict[tuple[str, str], ReplyWords] = {}
    for kind in sorted({one.decision.subject_kind for one in waiting}):
        of_kind = [one.decision.subject_reference for one in waiting if one.decision.subject_kind == kind]
        words |= {(kind, reference): said for reference, said in registry.reply_words(kind, of_kind).items()}
    rows = []
    for one in waiting:
        decision = one.decision
        key = (decision.subject_kind, decision.subject_reference)
        rows.append(
            ReplyRow(
                reference=decision.subject_reference,
                url=f"/reponses/conseil/{decision.subject_reference}/",
                outcome_label=str(Outcome(decision.outcome).label),
                opening=decision.text,
                direction=_direction(decision.unit),
                promised_on=promised.get(key),
                title=words[key].title if key in words else "",
            )
        )
    return sorted(rows, key=lambda row: (row.promised_on is None, row.promised_on or date.max, row.reference))
