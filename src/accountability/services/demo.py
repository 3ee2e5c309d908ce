"""Loads the plan of the demo city, by the verbs people use, at their dates; run twice, nothing changes."""

from datetime import date, timedelta

from django.db import transaction

from src.directory.models import Unit, User
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.models import OutboxEvent

from ..demo_plan import ADOPTED, AXES, ENDS, FOLLOWED_BY, LAST_YEAR, SUMMARY, THIS_YEAR, TITLE, Told
from ..enums import MeasureStatus, StepKind
from ..models import Measure, MeasureStep, Milestone, Plan
from .measure_endings import confirm_by_word, stop
from .measures import _note, _write, give_news, moved
from .plan_reports import freeze_report, write_report
from .plans import add_axis, add_orientation, attach, create_plan

ORIGIN = "Appel « Une administration plus écologique »"


def load_plan() -> int:
    """Load the plan when it isn't there; answers how many measures it holds."""
    if Plan.objects.filter(title=TITLE).exists():
        return 0
    units = {unit.code: unit for unit in Unit.objects.filter(kind="direction")}
    people = {user.username: user for user in User.objects.filter(username__in=_names())}
    with transaction.atomic():
        plan = create_plan(
            actor=people["decideur2"],
            title=TITLE,
            summary=SUMMARY,
            adopted_on=_day(ADOPTED),
            ends_on=_day(ENDS),
            unit=units[FOLLOWED_BY],
        )
        for title, orientations in AXES:
            axis = add_axis(plan, actor=people["decideur2"], title=title)
            for words, measures in orientations:
                orientation = add_orientation(axis, actor=people["decideur2"], title=words)
                for told in measures:
                    measure = _live(told, units, people)
                    attach(orientation, actor=people["decideur2"], reference=measure.reference)
        Plan.objects.filter(pk=plan.pk).update(published_on=_day(ADOPTED))
        # What happened then was told then.
        waiting = OutboxEvent.objects.filter(topic__startswith="accountability.", done_at__isnull=True)
        waiting.update(done_at=clock.now())
    return plan.entries.count()


def load_reports() -> int:
    """Last year's report, frozen in January, and a draft of this year's; answers how many came in."""
    plan = Plan.objects.select_related("unit").filter(title=TITLE).first()
    if plan is None or plan.reports.exists():
        return 0
    today, signer = clock.today(), User.objects.get(username="decideur2")
    last = today.year - 1
    introduction, axes = LAST_YEAR
    with transaction.atomic():
        frozen = write_report(
            plan, actor=signer, year=last, figures_on=date(last, 12, 31), introduction=introduction, axes=axes
        )
        freeze_report(frozen, actor=signer, at=clock.start_of_day(min(today, date(today.year, 1, 20))))
        introduction, axes = THIS_YEAR
        write_report(plan, actor=signer, year=today.year, figures_on=today, introduction=introduction, axes=axes)
    return 2


def _names() -> set[str]:
    told = [one for _title, orientations in AXES for _words, measures in orientations for one in measures]
    return {"decideur2"} | {one.runner for one in told} | {one.seen[1] for one in told if one.seen}


def _day(ago: int):
    return clock.today() + timedelta(days=ago)


def _live(told: Told, units, people) -> Measure:
    unit, runner, born = units[told.direction], people[told.runner], _day(told.born)
    measure = Measure.objects.create(
        title=told.title,
        changes=told.changes,
        is_trial=told.is_trial,
        year=born.year,
        theme="Écologie",
        unit=unit,
        direction=unit,
        owner=runner,
        # Somebody's word confirms those that a lot of colleagues doesn't.
        changes_daily_work=not told.seen,
        created_on=born,
        published_on=born,
        heard_on=born,
    )
    measure.perimeter.add(unit)
    measure.origins.create(subject_kind="label", label=ORIGIN)
    Milestone.objects.bulk_create(
        Milestone(
            measure=measure,
            title=title,
            planned_on=_day(planned) if planned is not None else None,
            done_on=_day(done) if done is not None else None,
        )
        for title, planned, done in told.steps
    )
    moment = clock.start_of_day(born)
    MeasureStep.objects.create(measure=measure, kind=StepKind.BORN, to_status="planned", on=born, at=moment)
    for ago, status, text in told.news:
        give_news(measure, actor=runner, text=text, status=status, on=_day(ago))
    if told.done:
        _done(measure, runner, *told.done)
    if told.seen:
        ago, who, text = told.seen
        confirm_by_word(measure, actor=people[who], text=text, on=_day(ago))
    if told.stopped:
        ago, reason, text = told.stopped
        stop(measure, actor=runner, reason=reason, text=text, on=_day(ago))
    return measure


def _done(measure: Measure, runner: User, ago: int, proof: str) -> None:
    """Said to be done on a past day, without a picture: the demo city has none."""
    day, before = _day(ago), measure.status
    columns = {"delivered_on": day, "delivered_by": runner, "delivered_proof": proof, "heard_on": day, "news_on": day}
    _write(measure, status=MeasureStatus.DELIVERED, **columns)
    _note(measure, as_viewer(runner), proof, None, "", day)
    moved(measure, StepKind.DELIVERED, as_viewer(runner), from_status=before, text=proof, on=day)
