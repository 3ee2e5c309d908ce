"""What the index and the page of results know of measures and plans; never whose idea a measure was."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from src.foundations import clock, references
from src.search import registry
from src.search.registry import Document, Result, Shown

from .enums import MeasureStatus
from .measure_reading import STATUS_WORDS, row_of
from .models import Measure, Plan

MEASURE, PLAN = "measure", "plan"
WORD_OF = {status: word for word, statuses in STATUS_WORDS.items() for status in statuses}
STEPS = {
    "a-venir": MeasureStatus.PLANNED.label,
    "en-cours": pgettext_lazy("measures", "Under way"),
    "a-confirmer": MeasureStatus.DELIVERED.label,
    "confirmee": MeasureStatus.VERIFIED.label,
    "arretee": MeasureStatus.STOPPED.label,
}


def measures():
    """Every measure, with what its document says."""
    return Measure.objects.select_related("direction").prefetch_related("notes")


def document(measure: Measure) -> Document:
    """Title, what it changes, where, its news, and the direction by its name and its letters."""
    direction = measure.direction
    known_by = f"{direction.name} {direction.acronym}" if direction else measure.direction_label
    return Document(
        measure.title,
        body="\n".join([measure.changes, measure.place, *(note.text for note in measure.notes.all())]),
        extra=f"{measure.reference} {measure.theme} {known_by}",
        genre=MEASURE,
        step=WORD_OF[measure.status],
        direction=(direction.code, direction.name) if direction else ("", ""),
        day=measure.news_on or measure.created_on,
    )


def results(viewer, pks) -> dict:
    """These measures as results, those the viewer may read."""
    seen = Measure.objects.visible_to(viewer).filter(pk__in=pks).select_related("direction")
    today = clock.today()
    return {measure.pk: _result(measure, today) for measure in seen.prefetch_related("notes", "origins")}


def _result(measure: Measure, today) -> Result:
    row = row_of(measure, today)
    return Result(
        title=row.title,
        url=row.url,
        label=_("Measure"),
        icon="wrench",
        tone="consult",
        texts=(("", row.changes), *((_("News:"), note.text) for note in measure.notes.all())),
        badge_label=row.status_label,
        badge_tone=row.tone,
        facts=(row.direction_label, row.place, str(row.year)),
    )


def direct(viewer, typed: str) -> str:
    """The address of the measure whose reference was typed, if the viewer sees it."""
    reference = references.normalise(typed)
    if not references.is_reference(reference):
        return ""
    measure = Measure.objects.visible_to(viewer).filter(reference=reference).only("reference").first()
    return measure.get_absolute_url() if measure else ""


def plan_document(plan: Plan) -> Document:
    """Title, a few lines, and its parts."""
    parts = [plan.summary, *(axis.title for axis in plan.axes.all())]
    return Document(plan.title, body="\n".join(parts), extra=plan.reference, genre=PLAN, day=plan.adopted_on)


def plan_results(viewer, pks) -> dict:
    """These plans as results, those the viewer may read."""
    return {
        plan.pk: Result(
            title=plan.title,
            url=plan.get_absolute_url(),
            label=_("Plan"),
            icon="list-checks",
            tone="consult",
            texts=(("", plan.summary),),
            facts=(str(plan.unit), str(plan.adopted_on.year)),
        )
        for plan in Plan.objects.visible_to(viewer).filter(pk__in=pks).select_related("unit")
    }


def register() -> None:
    """Put measures and plans on the page of results."""
    registry.register(
        MEASURE,
        Measure,
        document,
        measures,
        Shown(
            visible=Measure.objects.visible_to,
            results=results,
            genres={MEASURE: gettext_lazy("Measures")},
            steps=STEPS,
            direct=direct,
        ),
    )
    registry.register(
        PLAN,
        Plan,
        plan_document,
        lambda: Plan.objects.prefetch_related("axes"),
        Shown(visible=Plan.objects.visible_to, results=plan_results, genres={PLAN: gettext_lazy("Plans")}),
    )
