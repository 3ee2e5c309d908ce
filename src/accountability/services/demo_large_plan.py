"""Loads the seventy measures of the large consultation at once: the verbs people use would take as long as the rest.

What is written here is what these verbs write, at their dates; the triggers of the database look at each row.
"""

from datetime import date, timedelta
from itertools import count

from django.db import transaction

from src.directory.models import Unit, User
from src.foundations import clock

from .. import demo_public_services as content
from ..demo_public_services import BEING_DONE, CONFIRMED, DONE, ORDERED, STOPPED, STUDIED, Short
from ..enums import Confirmation, MeasureStatus, StepKind
from ..models import Measure, MeasureStep, Plan, PlanAxis, PlanMeasure, PlanOrientation, ProgressNote
from .signing import signature_of

STATUS = {
    CONFIRMED: MeasureStatus.DELIVERED,
    DONE: MeasureStatus.DELIVERED,
    STUDIED: MeasureStatus.STUDIES,
    ORDERED: MeasureStatus.PROCEDURE,
    BEING_DONE: MeasureStatus.WORKS,
    STOPPED: MeasureStatus.STOPPED,
}
HEARD_EVERY, SILENT_EVERY = 83, 13


def load_large_plan() -> int:
    """Load the plan when it isn't there; answers how many measures it holds."""
    if Plan.objects.filter(title=content.TITLE).exists():
        return 0
    adopted = _day(content.ADOPTED)
    units = {unit.code: unit for unit in Unit.objects.filter(kind="direction")}
    with transaction.atomic():
        plan = Plan.objects.create(
            title=content.TITLE,
            summary=content.SUMMARY,
            adopted_on=adopted,
            ends_on=_day(content.ENDS),
            unit=units[content.FOLLOWED_BY],
            created_on=adopted,
            published_on=adopted,
        )
        told = _places(plan)
        _write(plan, told, adopted, units)
    return len(told)


def _places(plan: Plan) -> list[tuple[PlanOrientation, Short]]:
    """The axes and orientations of the plan, and each measure under its own, in order."""
    told = []
    for number, (title, orientations) in enumerate(content.CHAPTERS, start=1):
        axis = PlanAxis.objects.create(plan=plan, number=number, title=title)
        for rank, (words, measures) in enumerate(orientations, start=1):
            orientation = PlanOrientation.objects.create(axis=axis, number=rank, title=words)
            told += [(orientation, one) for one in measures]
    return told


def _write(plan: Plan, told, adopted: date, units) -> None:
    people = {user.username: user for user in User.objects.filter(username__in=_names())}
    numbers = count(1)
    rows = [(number, place, one) for (place, one), number in zip(told, numbers, strict=False)]
    made = Measure.objects.bulk_create(_measure(one, number, adopted, units, people) for number, _place, one in rows)
    PlanMeasure.objects.bulk_create(
        PlanMeasure(plan=plan, orientation=place, measure=measure, number=number)
        for measure, (number, place, _one) in zip(made, rows, strict=True)
    )
    pairs = [(measure, one) for measure, (_number, _place, one) in zip(made, rows, strict=True)]
    Measure.perimeter.through.objects.bulk_create(
        Measure.perimeter.through(measure=measure, unit=units[one.direction]) for measure, one in pairs
    )
    origin = Measure._meta.get_field("origins").related_model
    origin.objects.bulk_create(
        origin(measure=measure, subject_kind="label", label=content.ORIGIN) for measure, _one in pairs
    )
    MeasureStep.objects.bulk_create(_born(measure, adopted) for measure, _one in pairs)
    spoken = [(measure, one) for measure, one in pairs if one.said]
    ProgressNote.objects.bulk_create(_note(measure, one) for measure, one in spoken if one.state != STOPPED)
    MeasureStep.objects.bulk_create(_step(measure, one) for measure, one in spoken)
    _confirm([(measure, one) for measure, one in pairs if one.state == CONFIRMED], people)


def _measure(one: Short, number: int, adopted: date, units, people) -> Measure:
    unit, runner = units[one.direction], people[content.RUNNERS[one.direction]]
    # News came in over the last months; one measure under way in thirteen has gone silent.
    heard = _day(-(7 * number % HEARD_EVERY) - 3)
    if number % SILENT_EVERY == 0 and one.state in (STUDIED, ORDERED, BEING_DONE):
        heard = _day(-96 - number)
    status = STATUS.get(one.state, MeasureStatus.PLANNED)
    day = heard if one.said else _day(-20)
    measure = Measure(
        title=one.title,
        changes=one.changes,
        status=status,
        year=adopted.year,
        theme=content.THEME,
        unit=unit,
        direction=unit,
        owner=runner,
        # A word confirms them: none was put to a lot of colleagues.
        changes_daily_work=False,
        created_on=adopted,
        published_on=adopted,
        heard_on=day,
        news_on=day if one.said else None,
    )
    if status == MeasureStatus.DELIVERED:
        measure.delivered_on, measure.delivered_by, measure.delivered_proof = day, runner, one.said
    if status == MeasureStatus.STOPPED:
        measure.stopped_on, measure.stopped_by = day, runner
        measure.stop_reason, measure.stop_text = one.reason, one.said
        measure.stop_signed_as = signature_of(runner)
    return measure


def _born(measure: Measure, adopted: date) -> MeasureStep:
    moment = clock.start_of_day(adopted)
    return MeasureStep(measure=measure, kind=StepKind.BORN, to_status=MeasureStatus.PLANNED, on=adopted, at=moment)


def _note(measure: Measure, one: Short) -> ProgressNote:
    return ProgressNote(
        measure=measure,
        on=measure.news_on,
        text=one.said,
        status=MeasureStatus.PLANNED if measure.status == MeasureStatus.DELIVERED else measure.status,
        author=measure.owner,
        signed_as=signature_of(measure.owner),
    )


def _step(measure: Measure, one: Short) -> MeasureStep:
    kinds = {MeasureStatus.DELIVERED: StepKind.DELIVERED, MeasureStatus.STOPPED: StepKind.STOPPED}
    return MeasureStep(
        measure=measure,
        kind=kinds.get(measure.status, StepKind.MOVED),
        from_status=MeasureStatus.PLANNED,
        to_status=measure.status,
        on=measure.news_on,
        at=clock.start_of_day(measure.news_on) + timedelta(hours=10),
        actor=measure.owner,
        text=one.said,
    )


def _confirm(pairs, people) -> None:
    """Somebody else of the direction went and saw: what was done is confirmed."""
    steps = []
    for rank, (measure, one) in enumerate(pairs):
        day = min(clock.today(), measure.delivered_on + timedelta(days=2))
        measure.status, measure.verified_on = MeasureStatus.VERIFIED, day
        measure.confirmation, measure.confirmed_by = Confirmation.WORD, people[_correspondent(one.direction)]
        measure.confirmation_text = content.SEEN[rank % len(content.SEEN)]
        steps.append(
            MeasureStep(
                measure=measure,
                kind=StepKind.VERIFIED,
                from_status=MeasureStatus.DELIVERED,
                to_status=MeasureStatus.VERIFIED,
                on=day,
                at=clock.start_of_day(day) + timedelta(hours=15),
                actor=measure.confirmed_by,
                text=measure.confirmation_text,
            )
        )
    columns = ["status", "verified_on", "confirmation", "confirmed_by", "confirmation_text"]
    Measure.objects.bulk_update([measure for measure, _one in pairs], columns)
    MeasureStep.objects.bulk_create(steps)


def _correspondent(direction: str) -> str:
    return "correspondant" if direction == "PRO" else f"{direction.lower()}.correspondant"


def _names() -> set[str]:
    return {*content.RUNNERS.values(), *map(_correspondent, content.RUNNERS), content.FOLLOWER}


def _day(ago: int) -> date:
    return clock.today() + timedelta(days=ago)
