"""Measures that answer the findings of barometers: tied by an organiser, read on both pages."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.accountability import measure_choice, measure_reading
from src.accountability.models import Measure, MeasureOrigin
from src.accountability.registry import OriginWords
from src.foundations import clock, journal
from src.questionnaires.answering_findings import Answer
from src.questionnaires.models import Barometer, Finding

KIND = "finding"
MOST = 12


@transaction.atomic
def tie(finding: Finding, reference: str, actor) -> MeasureOrigin:
    """Have a measure answer a finding: the measure's page says that it comes from there. Safe twice.

    Refuses what isn't a published measure, and too many measures for one finding. The view has checked who organises.
    """
    measure = Measure.objects.filter(reference=reference, published_on__isnull=False).first()
    if measure is None:
        raise ValidationError(_("No published measure has this reference or these words."))
    rows = MeasureOrigin.objects.filter(subject_kind=KIND, subject_reference=finding.reference)
    if rows.exclude(measure=measure).count() >= MOST:
        raise ValidationError(_("Keep %(n)d measures at most for one finding.") % {"n": MOST})
    made, is_new = MeasureOrigin.objects.get_or_create(
        measure=measure, subject_kind=KIND, subject_reference=finding.reference, label=""
    )
    if is_new:
        _record("consultations.finding_answered", finding, measure, actor)
    return made


@transaction.atomic
def untie(finding: Finding, reference: str, actor) -> None:
    """Take a measure off a finding. Safe twice; what else the measure comes from stays."""
    found = MeasureOrigin.objects.filter(
        measure__reference=reference, subject_kind=KIND, subject_reference=finding.reference
    ).select_related("measure")
    for one in found:
        _record("consultations.finding_left", finding, one.measure, actor)
    found.delete()


def tied(finding: Finding) -> list[str]:
    """References of the measures that answer a finding."""
    rows = MeasureOrigin.objects.filter(subject_kind=KIND, subject_reference=finding.reference)
    return list(rows.order_by("pk").values_list("measure__reference", flat=True))


def find(finding: Finding, typed: str, most: int) -> tuple[list, int]:
    """The published measures that have these words and don't answer the finding yet, as choices."""
    free = Measure.objects.filter(published_on__isnull=False).exclude(reference__in=tied(finding))
    return measure_choice.offered(free, typed, most)


def read(finding_pks: list[int], viewer) -> dict[int, list[Answer]]:
    """The measures that answer each finding, those this viewer may see, the first decided first. Four statements."""
    references = dict(Finding.objects.filter(pk__in=finding_pks).values_list("reference", "pk"))
    rows = MeasureOrigin.objects.filter(subject_kind=KIND, subject_reference__in=list(references))
    pairs = list(rows.values_list("measure_id", "subject_reference"))
    if not pairs:
        return {}
    seen = (
        Measure.objects.visible_to(viewer)
        .filter(pk__in={measure for measure, _reference in pairs})
        .select_related("direction", "unit")
        .prefetch_related("origins")
    )
    today = clock.today()
    lines = {one.pk: _answer(one, measure_reading.row_of(one, today)) for one in seen}
    found: dict[int, list[Answer]] = {}
    for measure, reference in pairs:
        if measure in lines:
            found.setdefault(references[reference], []).append(lines[measure])
    return {pk: sorted(answers, key=lambda one: (one.decided_on, one.reference)) for pk, answers in found.items()}


def _answer(measure: Measure, row: measure_reading.MeasureRow) -> Answer:
    return Answer(
        reference=row.reference,
        url=row.url,
        title=row.title,
        state_label=row.status_label,
        tone=row.tone,
        icon=row.icon,
        decided_on=measure.created_on,
        direction=row.direction_label,
    )


def origin_words(viewer, references: list[str]) -> dict[str, OriginWords]:
    """The findings a measure comes from, for those who may read their barometer."""
    barometers = Barometer.objects.visible_to(viewer).order_by()
    found = Finding.objects.filter(reference__in=references, edition__barometer__in=barometers.values("pk"))
    return {
        one.reference: OriginWords(
            _("%(barometer)s, %(edition)s: %(finding)s")
            % {
                "barometer": one.edition.barometer.title,
                "edition": one.edition.words.lower(),
                "finding": one.text,
            },
            one.edition.barometer.get_absolute_url(),
        )
        for one in found.select_related("edition__barometer")
    }


def _record(verb: str, finding: Finding, measure: Measure, actor) -> None:
    journal.record(
        verb,
        actor=actor,
        object_ref=f"barometer:{finding.edition.barometer.reference}",
        payload={"finding": finding.reference, "measure": measure.reference},
    )
