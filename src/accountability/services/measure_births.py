"""How a measure begins: of an announced yes, of what a meeting promised, of what the city read of many people."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from src.directory.models import Unit
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.text import tidy
from src.search.freshness import changed

from .. import registry, rules
from ..enums import Outcome, StepKind
from ..models import Decision, Measure, MeasureOrigin, Milestone
from .measures import FOUND_AS, TEXT_MAX, TEXT_MIN, TITLE_MAX, TITLE_MIN, _between, _remember

STEP_MIN, STEP_MAX = 5, 240


@transaction.atomic
def born_of(decision: Decision) -> Measure | None:
    """The measure an announced *yes* or *trial* becomes, made once whatever happens; None for other answers.

    Everybody reads it at once when its subject was everybody's; otherwise its words wait for somebody to read them
    again (``publish``), and agents who see the subject see it meanwhile.
    """
    if decision.outcome not in (Outcome.ACCEPTED, Outcome.PILOT):
        return None
    known = MeasureOrigin.objects.filter(decision=decision).select_related("measure").first()
    if known is not None:
        return known.measure
    words = registry.measure_words(decision.subject_kind, decision.subject_reference)
    if words is None:
        return None
    day = timezone.localdate(decision.batch.announced_at)
    return _born(
        origin={
            "subject_kind": decision.subject_kind,
            "subject_reference": decision.subject_reference,
            "decision": decision,
        },
        first_step=(decision.first_milestone, decision.first_milestone_on),
        day=day,
        at=decision.batch.announced_at,
        unit=decision.unit,
        title=words.title,
        is_trial=decision.outcome == Outcome.PILOT,
        owner_label=decision.measure_owner,
        published_on=day if words.for_everybody else None,
    )


@transaction.atomic
def born_of_commitment(
    *, subject_kind: str, reference: str, title: str, unit, owner=None, owner_label: str, due_on: date
) -> Measure:
    """The measure a commitment becomes, made once whatever happens: its first step is the day promised.

    Its words wait for somebody to read them again for everybody (``publish``); who sees the commitment sees it
    meanwhile. A written day in the past is kept as it is: the promise was late when it was told.
    """
    known = (
        MeasureOrigin.objects.filter(subject_kind=subject_kind, subject_reference=reference)
        .select_related("measure")
        .first()
    )
    if known is not None:
        return known.measure
    return _born(
        origin={"subject_kind": subject_kind, "subject_reference": reference},
        first_step=(title[:TITLE_MAX], due_on),
        day=clock.today(),
        unit=unit,
        title=title[:TITLE_MAX],
        owner=owner,
        owner_label=owner_label,
        due_on=due_on,
    )


@transaction.atomic
def begin(
    *,
    actor,
    unit: Unit,
    title: str,
    changes: str,
    first_step: str,
    first_step_on: date,
    subject_kind: str,
    subject_reference: str,
) -> Measure:
    """Begin a measure that a unit will carry, with its first step; everybody reads it at once.

    Its origin is the subject named, which the person must see (``registry.register_visible_subjects``). Asked twice
    with the same title for the same subject and unit, the first one is given back.

    Refuses with PermissionDenied whoever doesn't decide for the unit, with ValidationError, field by field, words
    that are too short or too long, a first step already past, and a subject that isn't shown to the person.
    """
    viewer = as_viewer(actor)
    if not viewer.is_authenticated or not rules.holds_measures(viewer, unit):
        raise PermissionDenied(_("Only the person who decides for this unit begins a measure there."))
    seen = registry.visible_subjects().get(subject_kind)
    if seen is None or not seen(viewer).filter(reference=subject_reference).exists():
        raise ValidationError(_("What this measure comes from is not shown to you."))
    title = _between("title", tidy(title, one_line=True), TITLE_MIN, TITLE_MAX)
    changes = _between("changes", tidy(changes), TEXT_MIN, TEXT_MAX)
    step = _between("first_step", tidy(first_step, one_line=True), STEP_MIN, STEP_MAX)
    today = clock.today()
    if first_step_on < today:
        raise ValidationError({"first_step_on": _("This day has passed: give a day to come.")})
    # Held: two presses of the button begin one measure.
    Unit.objects.select_for_update().get(pk=unit.pk)
    origin = {"subject_kind": subject_kind, "subject_reference": subject_reference}
    begun = Measure.objects.filter(
        unit=unit, title=title, pk__in=MeasureOrigin.objects.filter(**origin).values("measure")
    ).first()
    if begun is not None:
        return begun
    return _born(
        origin=origin,
        first_step=(step, first_step_on),
        day=today,
        viewer=viewer,
        unit=unit,
        title=title,
        changes=changes,
        published_on=today,
    )


def _born(*, origin: dict, first_step: tuple[str, date], day: date, unit, viewer=None, at=None, **fields) -> Measure:
    """A measure, the unit it is for, where it comes from, its first step and the line of its story."""
    measure = Measure.objects.create(
        year=day.year,
        unit=unit,
        direction_id=unit.direction_id or unit.pk,
        created_on=day,
        heard_on=day,
        **fields,
    )
    measure.perimeter.add(unit)
    MeasureOrigin.objects.create(measure=measure, **origin)
    title, planned_on = first_step
    Milestone.objects.create(measure=measure, title=title, planned_on=planned_on)
    _remember(measure, StepKind.BORN, viewer, from_status="", at=at)
    changed(FOUND_AS, measure.pk)
    return measure
